"""A person who goes through a procedure in a browser without scripts: reads forms, fills them in, presses buttons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.fields.field import UNKNOWN_CHOICE
from app.kinds.base import UNKNOWN
from app.kinds.registry import kind
from app.spec.model import Field, Procedure
from app.verify.cases import read_answers
from tests.checks.client import CheckedClient

MOST_PAGES = 120


class Lost(AssertionError):
    """The person cannot go on; the message says where and what the page shows."""


@dataclass
class Person:
    """`reply` is the page in front of them, `url` its address. `htmx`: their browser runs htmx."""

    client: CheckedClient
    locale: str = "fr"
    htmx: bool = False
    reply: TestResponse = field(init=False)
    url: str = field(init=False, default="/")

    # --- looking

    @property
    def html(self) -> str:
        return self.reply.get_data(as_text=True)

    @property
    def page(self) -> Element:
        found: Element = html5lib.parse(self.html, treebuilder="etree", namespaceHTMLElements=False)
        return found

    @property
    def text(self) -> str:
        """Every visible word of the page's `<main>`, spaces made single."""
        main = self.page.find(".//main")
        return " ".join("".join((main if main is not None else self.page).itertext()).split())

    @property
    def heading(self) -> str:
        found = self.page.find(".//h1")
        return " ".join("".join(found.itertext()).split()) if found is not None else ""

    def errors(self) -> list[str]:
        """The lines of the error summary."""
        box = self.page.find(".//*[@id='errors']")
        return [] if box is None else [" ".join("".join(line.itertext()).split()) for line in box.iter("li")]

    def form(self, *, holds: str = "action", action: str | None = None) -> Form:
        """The first form with a control of that name (or posted to an address that ends so)."""
        for element in self.page.iter("form"):
            made = Form.read(element)
            if action is not None and urlsplit(made.action).path.endswith(action):
                return made
            has = bool(made.buttons) if holds == "action" else holds in made.values or holds in made.names
            if action is None and has:
                return made
        raise Lost(f"{self.url}: no form {action or holds}\n{self.text[:600]}")

    def link(self, words: str) -> str:
        """The address of the first link with these words."""
        for element in self.page.iter("a"):
            if words in " ".join("".join(element.itertext()).split()):
                return element.get("href", "")
        raise Lost(f"{self.url}: no link « {words} »\n{self.text[:600]}")

    # --- acting

    def open(self, url: str) -> Person:
        self.reply = self.client.get(url, headers=self._headers())
        return self._arrive(url)

    def follow(self, words: str) -> Person:
        return self.open(urljoin(self.url, self.link(words)))

    def press(self, form: Form, button: str | None = None, **typed: Any) -> Person:
        """Send a form as it stands, with what is typed in; `button` is the value of the control `action`."""
        data = form.values.copy()
        for name, texts in typed.items():
            data.setlist(name, texts if isinstance(texts, list) else [texts])
        if button is not None:
            data["action"] = button
        target = urljoin(self.url, form.action)
        self.reply = self.client.post(
            target, data=data, headers=self._headers(), content_type="multipart/form-data" if form.multipart else None
        )
        return self._arrive(target)

    def _headers(self) -> dict[str, str]:
        return {"HX-Request": "true"} if self.htmx else {}

    def _arrive(self, url: str) -> Person:
        """Go where the reply sends: redirects, or htmx's address."""
        self.url = url
        while self.reply.status_code in (301, 302, 303, 308):
            self.url = urljoin(self.url, self.reply.headers["Location"])
            self.reply = self.client.get(self.url, headers=self._headers())
        if "HX-Redirect" in self.reply.headers:
            # The browser loads a whole page: not a request of htmx.
            self.url = self.reply.headers["HX-Redirect"]
            self.reply = self.client.get(self.url)
            return self._arrive(self.url)
        self.url = self.reply.headers.get("HX-Push-Url", self.url)
        return self

    # --- whole journeys

    def start(self, slug: str) -> Person:
        self.open(f"/{self.locale}/{slug}/")
        return self.press(self.form(holds="csrf_token", action=f"/{slug}/"))

    @property
    def draft(self) -> str:
        """The id of the draft they are in."""
        return urlsplit(self.url).path.split("/")[3]

    @property
    def key(self) -> str:
        """The address of the page below the draft."""
        return "/".join(urlsplit(self.url).path.split("/")[4:])

    def go_through(self, procedure: Procedure, written: Mapping[str, Any], *, until: str | None = None) -> list[str]:
        """Answer page after page, as in a worked example, up to the first page that is no question (or `until`).

        Returns the keys of the pages met. Raises `Lost` where an answer is missing or refused.
        """
        sheet = AnswerSheet(procedure, read_answers(procedure, written))
        met: list[str] = []
        for _ in range(MOST_PAGES):
            if self.key == until or not self._asks():
                return met
            met.append(self.key)
            before = self.url
            self._answer_page(sheet)
            if self.reply.status_code != 200:
                raise Lost(f"{before}: status {self.reply.status_code}\n{self.errors()}\n{self.text[:1500]}")
        raise Lost(f"more than {MOST_PAGES} pages: {met[-6:]}")

    def _asks(self) -> bool:
        first = self.key.split("/")[0]
        return first not in {"documents", "check", "declaration", "receipt", "saved", ""} and (
            first != "outcome" or self._outcome_goes_on()
        )

    def _outcome_goes_on(self) -> bool:
        try:
            self.form(action=urlsplit(self.url).path)
        except Lost:
            return False
        return True

    def _answer_page(self, sheet: AnswerSheet) -> None:
        if self.key.startswith("outcome/"):
            self.press(self.form(action=urlsplit(self.url).path))
            return
        form = self.form(action=urlsplit(self.url).path)
        if "add" in form.buttons or self._is_list(sheet):
            missing = sheet.next_item(self.key, self.url)
            self.press(form, "add" if missing else "continue")
            return
        for name in form.names:
            sheet.put(form, name, self.key)
        self.press(form, "continue")

    def _is_list(self, sheet: AnswerSheet) -> bool:
        return self.key in sheet.repeats


@dataclass
class Form:
    """A form of a page: what it would send as it stands, and what it may send."""

    action: str
    multipart: bool
    values: MultiDict[str, Any]
    names: list[str]
    """Names of the controls that a person fills in."""
    buttons: list[str]
    """Values of its buttons named `action`."""

    @classmethod
    def read(cls, element: Element) -> Form:
        made = cls(element.get("action", ""), "multipart" in element.get("enctype", ""), MultiDict(), [], [])
        for control in element.iter():
            made._take(control)
        return made

    def _take(self, control: Element) -> None:
        name, sort = control.get("name", ""), control.get("type", "text")
        if control.tag == "button" and name == "action":
            self.buttons.append(control.get("value", ""))
        if not name or control.tag not in ("input", "select", "textarea"):
            return
        if sort == "hidden":
            self.values.add(name, control.get("value", ""))
            return
        if name not in self.names:
            self.names.append(name)
        if control.tag == "select":
            chosen = [o.get("value", "") for o in control.iter("option") if o.get("selected") is not None]
            self.values.add(name, chosen[0] if chosen else next(o.get("value", "") for o in control.iter("option")))
        elif control.tag == "textarea":
            self.values.add(name, (control.text or "").removeprefix("\n"))
        elif sort in ("radio", "checkbox"):
            if control.get("checked") is not None:
                self.values.add(name, control.get("value", "on"))
        elif sort != "file":
            self.values.add(name, control.get("value", ""))


class AnswerSheet:
    """What a person of a worked example types, control by control."""

    def __init__(self, procedure: Procedure, answers: Mapping[str, Any]) -> None:
        self.repeats = {step.id: step for step in procedure.steps if step.repeat is not None}
        self._answers = answers
        self._questions = {question.id: question for step in procedure.steps for question in step.fields}
        self._added: dict[str, int] = dict.fromkeys(self.repeats, 0)

    def next_item(self, key: str, _url: str) -> bool:
        """Whether the list still lacks an item of the example; counts it as added."""
        step = self.repeats.get(key)
        if step is None or step.repeat is None or step.repeat.for_each is not None:
            return False
        if self._added[key] >= len(self._answers.get(key, ())):
            return False
        self._added[key] += 1
        return True

    def put(self, form: Form, control: str, key: str) -> None:
        """Type or tick what the example says for one control."""
        question = self._question(control)
        if question is None:
            return
        answers = self._around(key)
        for name, texts in typed(question, answers.get(question.id), answers.get(f"{question.id}__specify")):
            if name == control:
                form.values.setlist(name, texts)

    def _around(self, key: str) -> Mapping[str, Any]:
        parts = key.split("/")
        if parts[0] not in self.repeats or len(parts) < 2:
            return self._answers
        items = list(self._answers.get(parts[0], ()))
        found = next((item for item in items if item["id"] == parts[1]), None)
        if found is None:
            # Item numbers are never used again: the n-th item that was added.
            found = items[self._added[parts[0]] - 1]
        inner: Mapping[str, Any] = found["answers"]
        return inner

    def _question(self, control: str) -> Field | None:
        for name in (control, control.partition("__")[0], control.rpartition("-")[0]):
            if name in self._questions:
                return self._questions[name]
        return None


def typed(question: Field, value: Any, specified: Any = None) -> Iterator[tuple[str, list[str]]]:
    """The controls of a question with what a person types for a stored answer."""
    if value is None:
        return
    if value == UNKNOWN:
        alone = question.kind in ("radios", "yes_no")
        yield (question.id, [UNKNOWN_CHOICE]) if alone else (f"{question.id}__unknown", ["yes"])
        return
    of = kind(question.kind)
    for part, texts in of.raw(value, question.settings).items():
        yield (f"{question.id}-{part}" if part else question.id), texts
    if specified is not None:
        asking = [choice.id for choice in question.choices if choice.specify is not None]
        chosen = value if isinstance(value, list) else [value]
        yield f"{question.id}__specify", [specified if choice in chosen else "" for choice in asking]
