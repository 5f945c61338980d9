"""A person who starts a procedure as a browser without scripts would, and gives the requests to be measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element

import html5lib

from bench.load import Reply, ask, build
from bench.servers import Server

START = "/fr/dcem/"
FIRST, SECOND = ("first", "renewal")
"""Two answers to the first question of the first step; both valid, so that every POST changes something."""


@dataclass
class Person:
    """Keeps cookies; follows redirects."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> tuple[str, Reply]:
        """The page and its address, after redirects."""
        return self._follow(path, self._ask(build("GET", path, cookie=self.cookie)))

    def post(self, path: str, form: dict[str, str]) -> tuple[str, Reply]:
        return self._follow(path, self._ask(build("POST", path, cookie=self.cookie, form=urlencode(form))))

    def _follow(self, path: str, reply: Reply) -> tuple[str, Reply]:
        while reply.status in (302, 303, 308):
            target = urlsplit(reply.headers["location"])
            path = target.path + (f"?{target.query}" if target.query else "")
            reply = self._ask(build("GET", path, cookie=self.cookie))
        if reply.status != 200:
            raise RuntimeError(f"{path} answered {reply.status}:\n{reply.body.decode('utf-8', 'replace')[:2000]}")
        return path, reply

    def _ask(self, request: bytes) -> Reply:
        reply = ask(self.server, request)
        for line in reply.headers.get("set-cookie", "").splitlines():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return reply


@dataclass(frozen=True)
class Step:
    """The first step of a draft: `page` is its HTML, `posts(n)` the n-th valid POST, which changes an answer."""

    path: str
    cookie: str
    page: bytes
    posts: Callable[[int], bytes]


def first_step(server: Server) -> Step:
    """Start a draft and make ready two POST requests that alternate: each has the digest that the other leaves."""
    person = Person(server)
    _, start = person.get(START)
    action, hidden, _ = read_form(start.body, "csrf_token")
    path, page = person.post(action, hidden)
    requests = []
    for answer in (FIRST, SECOND, FIRST):
        _, page = person.get(path)
        action, form, choices = read_form(page.body, "digest")
        form |= {name: values[0] for name, values in choices.items()}
        name = next(name for name, values in choices.items() if {FIRST, SECOND} <= set(values))
        form |= {name: answer, "action": "continue"}
        requests.append(build("POST", action, cookie=person.cookie, form=urlencode(form)))
        person.post(action, form)
    # The first request was made on an empty draft; the second and third are made on answers that stand.
    alternating = (requests[1], requests[2])
    return Step(path, person.cookie, page.body, lambda number: alternating[number % 2])


def read_form(html: bytes, holds: str) -> tuple[str, dict[str, str], dict[str, list[str]]]:
    """Address, hidden values and choices of the first form with a hidden control of that name."""
    root = html5lib.parse(html.decode(), treebuilder="etree", namespaceHTMLElements=False)
    for form in root.iter("form"):
        hidden = {node.get("name", ""): node.get("value", "") for node in _inputs(form, "hidden")}
        if holds in hidden and form.get("method") == "post":
            choices: dict[str, list[str]] = {}
            for node in _inputs(form, "radio"):
                choices.setdefault(node.get("name", ""), []).append(node.get("value", ""))
            return form.get("action", ""), hidden, choices
    raise RuntimeError(f"the page has no form with « {holds} »")


def _inputs(form: Element, kind: str) -> list[Element]:
    return [node for node in form.iter("input") if node.get("type") == kind]
