"""What a draft keeps and does not send: shown as such on check answers, and erased for good when the person says so.

Answers whose question a later answer took away, text typed on a page that is no longer asked, files of a document that
is no longer needed. Each has a name, which the button "Erase this answer" posts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import g

from app.fields import display
from app.journey.answers import erase
from app.journey.instead import Instead
from app.kinds.registry import kind
from app.locale import messages
from app.locale.sizes import format_size
from app.pages.texts import TextRenderer
from app.pages.views import AsideRow
from app.paper.instead import in_words
from app.spec.model import Field, Step
from app.web.instead import STORED, drop_key, said_instead
from app.web.masking import covered
from app.web.opendraft import Data, OpenDraft
from app.web.pending import drop_pending, question_of

TYPED, FILE, SAID = "typed:", "file:", "said:"
"""What the names of pending text, of files and of what was said instead of one begin with; those of answers are as in
`Journey.aside`.
"""


def aside_rows(opened: OpenDraft) -> Iterator[AsideRow]:
    """One row for each thing that is kept and not sent."""
    words = _Words(opened)
    yield from (words.answer(name) for name in opened.journey.aside)
    for key, raw in opened.data.get("pending", {}).items():
        if not key.startswith("_") and opened.stop(key) is None and any(map(any, raw.values())):
            yield words.typed(key, raw)
    needed = {(one.document.id, one.item) for one in opened.journey.documents}
    titles = {document.id: document.title for document in opened.procedure.documents}
    for file in opened.site.store.files.of_draft(opened.id):
        if (file.document, file.item) not in needed:
            label = words.texts.plain(titles[file.document]) if file.document in titles else words.gone
            shown = f"{file.name} ({format_size(file.size, g.locale)})"
            yield AsideRow(FILE + file.id, label, (shown,))
    counted = said_instead(opened, opened.site.store.files.of_draft(opened.id))
    for key, kept in opened.data.get(STORED, {}).items():
        if key not in counted:
            document = titles.get(key.partition("/")[0])
            label = words.texts.plain(document) if document else words.gone
            line = in_words(Instead(kept["says"], kept["reason"]), messages(g.locale).gettext)
            yield AsideRow(SAID + key, label, (line,))


def erase_aside(opened: OpenDraft, name: str) -> None:
    """Erase what `name` stands for. Nothing happens if it is not aside now: what is asked is changed on its page."""
    if name not in {row.field for row in aside_rows(opened)}:
        return
    if name.startswith(FILE):
        opened.site.store.files.remove(opened.id, name.removeprefix(FILE))
        return
    asked = {stop.key for stop in opened.journey.path}

    def change(data: Data) -> None:
        if name.startswith(TYPED):
            drop_pending(data, name.removeprefix(TYPED))
        elif name.startswith(SAID):
            drop_key(data, name.removeprefix(SAID))
        else:
            data["answers"] = erase(data.get("answers", {}), name)
            _erase_typed(data, name, asked)
        # Advice quotes answers.
        data["advised"] = {key: words for key, words in data.get("advised", {}).items() if key in asked}

    opened.change(change, event="answer_erased")


def _erase_typed(data: Data, name: str, asked: set[str]) -> None:
    """What was typed for the same question on pages that are not asked: the person erases the answer, not one copy."""
    place, _, question = name.rpartition("/")
    pending: Mapping[str, Mapping[str, Any]] = data.get("pending", {})
    kept: dict[str, dict[str, Any]] = {}
    for key, raw in pending.items():
        under = key == place or key.startswith(f"{place}/") if place else True
        whole = name == key or key.startswith(f"{name}/")
        if key in asked or not (under or whole):
            kept[key] = dict(raw)
        elif not whole:
            kept[key] = {control: texts for control, texts in raw.items() if question_of(control) != question}
    data["pending"] = {key: raw for key, raw in kept.items() if raw or key in asked}


class _Words:
    """Labels and lines of what is aside, in the words of the procedure."""

    def __init__(self, opened: OpenDraft) -> None:
        say = messages(g.locale).gettext
        self.opened = opened
        self.texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
        self.questions = {question.id: question for step in opened.procedure.steps for question in step.fields}
        self.steps = {step.id: step for step in opened.procedure.steps}
        self.gone = say("Une question qui n'existe plus")

    def answer(self, name: str) -> AsideRow:
        step_id, _, inside = name.partition("/")
        item_id, _, field_id = inside.partition("/")
        if not inside:
            value = self.opened.answers.get(name)
            if name in self.questions:
                return AsideRow(name, self.label(name), tuple(self.lines(name, self.opened.answers)))
            if name in self.steps and isinstance(value, list):
                return AsideRow(name, self.texts.plain(self.steps[name].title), tuple(self.all_lines(value)))
            return AsideRow(name, self.gone, tuple(_plain(value)))
        held = [item for item in self.opened.answers.get(step_id, []) if item["id"] == item_id]
        if not field_id:
            return AsideRow(name, self.of_item(self.steps[step_id], held, item_id), tuple(self.all_lines(held)))
        label = f"{self.label(field_id)} ({self.of_item(self.steps[step_id], held, item_id)})"
        return AsideRow(name, label, tuple(self.lines(field_id, held[0]["answers"])))

    def typed(self, key: str, raw: Mapping[str, list[str]]) -> AsideRow:
        """Text that was typed on a page and never became an answer."""
        step = self.steps.get(key.split("/", maxsplit=1)[0])
        label = self.texts.plain(step.title) if step else self.gone
        return AsideRow(TYPED + key, label, tuple(self.typed_lines(raw)))

    def typed_lines(self, raw: Mapping[str, list[str]]) -> Iterator[str]:
        for name in dict.fromkeys(map(question_of, raw)):
            question = self.questions.get(name)
            texts = [text for control, sent in raw.items() if question_of(control) == name for text in sent if text]
            value = None if question is None else self.read(question, raw)
            if question is None or value is None:
                yield " ".join(texts)
            else:
                yield from display(question, value, g.locale, self.opened.procedure)

    def read(self, question: Field, raw: Mapping[str, list[str]]) -> Any:
        """The answer that this text would have been, so that a choice is shown by its label; None if it is none."""
        of = kind(question.kind)
        sent = {part: raw.get(f"{question.id}-{part}" if part else question.id, []) for part in of.parts}
        ids = tuple(choice.id for choice in question.choices)
        return of.parse(sent, {}, choices=ids, today=self.opened.today).value

    def label(self, name: str) -> str:
        return self.texts.plain(self.questions[name].label) if name in self.questions else self.gone

    def lines(self, name: str, answers: Mapping[str, Any]) -> Iterator[str]:
        """An answer in words; of a question that a new revision no longer has, what is stored."""
        value, specified = answers.get(name), answers.get(f"{name}__specify")
        if value is not None:
            known = self.questions.get(name)
            lines = display(known, value, g.locale, self.opened.procedure) if known else _plain(value)
            yield from map(covered, lines) if known and known.masked else lines
        if specified:
            yield str(specified)

    def all_lines(self, items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        for item in items:
            for name in item["answers"]:
                if not name.endswith("__specify"):
                    yield from self.lines(name, item["answers"])

    def of_item(self, step: Step, held: list[Any], item_id: str) -> str:
        """What an item is called: the label of its choice, or its name."""
        title = self.texts.plain(step.title)
        each = self.questions.get(step.repeat.for_each or "") if step.repeat else None
        choice = next((one for one in each.choices if one.id == item_id), None) if each else None
        if choice is not None:
            return f"{title}{messages(g.locale).gettext(' :')} {self.texts.plain(choice.label)}"
        named = TextRenderer(self.opened.procedure, g.locale, journey=self.opened.journey, item=item_id)
        return named.plain(step.repeat.item) if step.repeat and held else title


def _plain(value: Any) -> Iterator[str]:
    """A stored value of which nothing more is known: its texts, a line each."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _plain(part)
    elif isinstance(value, list):
        for part in value:
            yield from _plain(part)
    elif value is not None:
        yield str(value)
