"""A person in the middle of a procedure, and the requests of theirs that are measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import yaml

from app.journey.answers import VISITED
from app.spec.model import Procedure
from app.store import Store
from app.verify.cases import read_answers
from app.web.published import stored
from app.web.settings import Settings
from app.web.storage import open_storage
from bench.load import ACCEPT, Reply, ask, build
from bench.servers import ROOT, Server

SLUG = "dcem"
START = f"/fr/{SLUG}/"
STEP = "applicant"
"""A page of five questions: three names, a choice, a number; bench/handwritten.py asks the same."""
COUNTRIES = "child_birth"
"""A page with two lists of all countries."""
CHANGED = "birth_name"
"""The answer that every valid POST changes."""


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

    def post(self, path: str, form: Mapping[str, str]) -> tuple[str, Reply]:
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
class Draft:
    """A draft with all its answers; `base` is its address."""

    person: Person
    base: str

    def page(self, key: str) -> str:
        return f"{self.base}/{key}"

    def get(self, key: str) -> bytes:
        return build("GET", self.page(key), cookie=self.person.cookie, accept=ACCEPT)

    def valid_posts(self, key: str) -> tuple[bytes, ...]:
        """Two requests that undo each other: each changes an answer and carries the digest that the other leaves."""
        requests = []
        for name in ("Diallo", "Traoré", "Diallo"):
            form = {**self._sent(key), CHANGED: name}
            requests.append(self._post(key, form))
            self.person.post(self.page(key), form)
        # The first one was made over the answer of the worked example.
        return tuple(requests[1:])

    def invalid_posts(self, key: str) -> tuple[bytes, ...]:
        """Two requests with faults in what was typed; each is kept as typed in place of the other."""
        sent = self._sent(key)
        empty = {name: "" if name in _typed(sent) else value for name, value in sent.items()}
        return tuple(self._post(key, {**empty, CHANGED: name}) for name in ("123", "456"))

    def _post(self, key: str, form: Mapping[str, str]) -> bytes:
        return build("POST", self.page(key), cookie=self.person.cookie, form=urlencode(form), accept=ACCEPT)

    def _sent(self, key: str) -> dict[str, str]:
        """What the form of a page sends as it stands."""
        _, page = self.person.get(self.page(key))
        return {**filled(page.body, "digest")[1], "action": "continue"}


def begin(server: Server, data: Path) -> Draft:
    """Start a draft as a browser does, and give it the answers of the first worked example."""
    person = Person(server)
    _, start = person.get(START)
    action, sent = filled(start.body, "csrf_token")
    path, _ = person.post(action, sent)
    base = "/".join(path.split("/")[:4])
    store = open_storage(Settings.read({"GUICHET_DATA": str(data)}))
    try:
        _answer(store, base.rpartition("/")[2])
    finally:
        store.close()
    return Draft(person, base)


def _answer(store: Store, draft: str) -> None:
    revision = store.revisions.latest(SLUG)
    assert revision is not None
    procedure: Procedure = stored(revision)
    written = yaml.safe_load((ROOT / "procedures" / SLUG / "cases.yaml").read_text(encoding="utf-8"))
    answers: dict[str, Any] = read_answers(procedure, written[0]["answers"])
    answers[VISITED] = [page.id for step in procedure.steps for page in step.pages]
    store.drafts.update(draft, lambda record: {**record.data, "answers": answers})


def _typed(form: Mapping[str, str]) -> set[str]:
    return set(form) - {"csrf_token", "digest", "action"}


def filled(html: bytes, holds: str) -> tuple[str, dict[str, str]]:
    """Address of the first form that has a control of that name, and what it sends as it stands."""
    root = html5lib.parse(html.decode(), treebuilder="etree", namespaceHTMLElements=False)
    for form in root.iter("form"):
        sent = {node.get("name", ""): node.get("value", "") for node in form.iter("input") if _is_sent(node)}
        if holds in sent:
            return form.get("action", ""), sent
    raise RuntimeError(f"the page has no form with « {holds} »")


def _is_sent(node: Element) -> bool:
    return node.get("type") not in ("radio", "checkbox") or node.get("checked") is not None
