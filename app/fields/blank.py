"""Questions drawn once for everybody, with places where a person's own text goes.

All of a question but what a person typed or ticked is the same for a revision and a language; drawing it again for each
request was half of the time of a page. So the templates draw it once, as nobody had answered it, with a mark wherever
an answer would show. `Blank` remembers the places of the marks, and a request only puts the person's text there.

What a blank cannot say is drawn whole: a fault, a text with a placeholder, the box "the same as", boxes that depend on
the answer. A test holds both ways of drawing equal, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from app.fields.field import SPECIFY, UNKNOWN_CHOICE, KindField
from app.fields.parameters import Bound, Component
from app.fields.registry import ADAPTERS
from app.fields.wording import Form, Words
from app.spec.model import Text

Draw = Callable[[Component], Markup]

# Private-use letters: authors' texts lose them (app/pages/texts.py), and nothing that a person typed is there yet.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
SELECTED = " selected"
_TICK = re.compile(rf"[^>]*?( checked|{SELECTED})(?=[\s>])")
"""What the template prints in the tag of a choice that is ticked."""

Name = tuple[str, str | None]
"""A part of the answer and, for a choice, its value."""


class _Marks:
    """Marks for the parameters of one question. Each choice is drawn as ticked; its mark stands at its value."""

    def __init__(self) -> None:
        self.names: list[tuple[Name, str]] = []

    def text(self, part: str) -> str:
        return self._new((part, None), "")

    def choice(self, part: str, value: str, written: str) -> str:
        """`written` is what stands in the place of the mark: the value, or the name of a box that stands alone."""
        return self._new((part, value), str(escape(written)))

    def _new(self, name: Name, written: str) -> str:
        self.names.append((name, written))
        return f"{_OPEN}{len(self.names) - 1}{_CLOSE}"


class _ConstantWords(Words):
    """Words that notice whether one of them is another for each person."""

    varied = False

    def _fetch(self, form: Form, text: Text) -> str | Markup:
        self.varied = self.varied or "{" in text.source
        return super()._fetch(form, text)


@dataclass(frozen=True, slots=True)
class Filled:
    """A blank and what one person typed: what a page shows of a question."""

    blank: Blank
    field: KindField

    def html(self, draw: Draw) -> Markup:
        return self.blank.filled(self.field, draw)


class Blanks:
    """The blanks of a procedure in one language, each made at its first use."""

    def __init__(self) -> None:
        self._made: dict[str, Blank | None] = {}

    def drawn(self, bound: Bound) -> Filled | Component:
        """What the templates need to draw a question: a filled blank where it says all, else all parameters."""
        field, adapter = bound.field, ADAPTERS[bound.spec.kind]
        if field.problems or field.page_errors or bound.same_label is not None or not adapter.usual(field):
            return adapter.component(bound)
        if field.spec.id not in self._made:
            self._made[field.spec.id] = _blank(bound)
        blank = self._made[field.spec.id]
        return adapter.component(bound) if blank is None else Filled(blank, field)


def _blank(bound: Bound) -> Blank | None:
    """The question as nobody answered it; None if its own words are others for each person."""
    words = _ConstantWords(bound.words.locale, bound.words.texts, bound.words.held)
    component = ADAPTERS[bound.spec.kind].component(Bound(bound.field.copy(), words))
    return None if words.varied else Blank(component, bound.field)


class Blank:
    """One question in one language, answered by nobody yet."""

    def __init__(self, component: Component, field: KindField) -> None:
        marks = _Marks()
        self._component: Component | None = _marked(component, field, marks)
        self._names = marks.names
        self._html = ""
        self._texts: dict[str, int] = {}
        self._ticks: dict[str, tuple[str, dict[str, int]]] = {}

    def filled(self, field: KindField, draw: Draw) -> Markup:
        """The question as `draw` draws it for the person who typed what `field` holds."""
        if self._component is not None:
            self._cut(draw(self._component))
            self._component = None
        html, at = self._html, 0
        pieces: list[str] = []
        for place, text in sorted(self._put(field)):
            pieces += html[at:place], text
            at = place
        return Markup("".join((*pieces, html[at:])))  # noqa: S704 - drawn by our templates; what is put in is escaped

    def _cut(self, html: str) -> None:
        pieces = _MARK.split(html)
        length = len(pieces[0])
        for mark in range(1, len(pieces), 2):
            (part, value), written = self._names[int(pieces[mark])]
            after = pieces[mark + 1]
            length += len(written)
            if value is None:
                self._texts[part] = length
            elif tick := _TICK.match(after):
                self._ticks.setdefault(part, (tick[1], {}))[1][value] = length + tick.start(1)
                after = after[: tick.start(1)] + after[tick.end(1) :]
            pieces[mark], pieces[mark + 1] = written, after
            length += len(after)
        self._html = "".join(pieces)

    def _put(self, field: KindField) -> Iterator[tuple[int, str]]:
        for part, place in self._texts.items():
            for text in _typed(field, part)[:1]:
                yield place, str(escape(text))
        for part, (tick, places) in self._ticks.items():
            chosen = _typed(field, part)
            for value in chosen[:1] if tick == SELECTED else dict.fromkeys(chosen):
                if value in places:
                    yield places[value], tick


def _typed(field: KindField, part: str) -> Sequence[str]:
    """What was typed or chosen in a part; a list of which nothing was chosen stands at its empty line."""
    if part == UNKNOWN_CHOICE:
        return ("yes",) if field.unknown_ticked else ()
    if part.startswith(SPECIFY):
        place = int(part.removeprefix(SPECIFY))
        return field.texts[place : place + 1]
    return field.typed.get(part) or ("",)


def _marked(component: Component, field: KindField, marks: _Marks) -> Component:
    """The parameters of an unanswered question with a mark in each place of an answer."""
    parts = {control: part for part, control in field.controls.items()}
    part = parts.get(component["name"], "")
    marked = {
        **component,
        "value": marks.text(part),
        "options": _options(component["options"], part, marks),
        "choices": list(_choices(component["choices"], part, marks)),
        "parts": [
            {**box, "value": marks.text(box["part"]), "options": _options(box["options"], box["part"], marks)}
            for box in component["parts"]
        ],
    }
    if component["unknown"] is not None:
        box = component["unknown"]
        marked["unknown"] = {**box, "name": marks.choice(UNKNOWN_CHOICE, "yes", box["name"]), "checked": True}
    return marked


def _options(lines: Sequence[Mapping[str, Any]], part: str, marks: _Marks) -> list[Component]:
    return [{**line, "value": marks.choice(part, line["value"], line["value"]), "selected": True} for line in lines]


def _choices(choices: Sequence[Component], part: str, marks: _Marks) -> Iterator[Component]:
    boxes = 0
    for choice in choices:
        value = choice["value"]
        unknown = value == UNKNOWN_CHOICE
        mark = marks.choice(UNKNOWN_CHOICE if unknown else part, "yes" if unknown else value, value)
        marked = {**choice, "value": mark, "checked": True}
        if choice["specify"] is not None:
            marked["specify"] = {**choice["specify"], "value": marks.text(f"{SPECIFY}{boxes}")}
            boxes += 1
        yield marked
