"""The states of the pages of questions: empty, filled in, in each error of each question alone, in all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.audit.installation import Installation, Visitor
from app.audit.journeys import Journeyed, shape, variant
from app.audit.mistakes import Mistake, Typed, advised, belongs, mistakes
from app.audit.states import Asked, State
from app.fields import build_form
from app.fields.field import SPECIFY
from app.journey.answers import COUNTERS
from app.journey.model import Stop
from app.journey.summary import answers_at
from app.spec.model import Field, Procedure

UNBROKEN = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewiss"
"""A family name of sixty letters without a place to break it."""
ARABIC = "عبد الرحمن بن محمد الفاسي"
CLOSED = re.compile("<details(?! open)(?=[ >])")
"""Help of a question that is not open yet."""
NAMES = {"long-names": UNBROKEN, "arabic-names": ARABIC}


@dataclass(slots=True)
class Seen:
    """What was taken already, so that the same page is not taken for every person."""

    variants: set[object] = field(default_factory=set)
    mistakes: set[tuple[str, str, str]] = field(default_factory=set)
    shapes: dict[str, int] = field(default_factory=dict)
    once: set[str] = field(default_factory=set)

    def name(self, shaped: str) -> str:
        """The name of another variant of a page: `child`, `child~2`, …"""
        self.shapes[shaped] = self.shapes.get(shaped, 0) + 1
        return shaped if self.shapes[shaped] == 1 else f"{shaped}~{self.shapes[shaped]}"

    def first(self, what: str) -> bool:
        """Whether this is the first time that somebody asks for it."""
        fresh = what not in self.once
        self.once.add(what)
        return fresh


@dataclass(slots=True)
class Visit:
    """One person's draft, in one language; `seen` is what was taken already."""

    installation: Installation
    procedure: Procedure
    locale: str
    person: Journeyed
    seen: Seen
    visitor: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self.visitor = self.installation.draft(
            self.procedure.slug, self.locale, self.person.journey, self.person.answers
        )


class Pages(Visit):
    """The pages of one person, in one language."""

    def states(self) -> Iterator[State]:
        """Every state of every page that was not taken from somebody else."""
        for stop in self.person.journey.path:
            key = variant(stop)
            if stop.is_list:
                if self.seen.first(f"list {stop.key}"):
                    yield from self._list(stop)
            elif key not in self.seen.variants:
                self.seen.variants.add(key)
                yield from self._page(stop)

    # --- a page of questions

    def _page(self, stop: Stop) -> Iterator[State]:
        name = self.seen.name(shape(stop))
        asked = Asked(stop.fields)
        self._as(self.without(stop))
        yield self._get(stop).state(f"{name}:empty", "step", asked)
        self._as(self.person.answers)
        filled = self._get(stop).state(f"{name}:filled", "step", asked)
        yield filled
        if CLOSED.search(filled.html):
            whole = f"{self.locale}/{self.procedure.slug}/{name}:help-open"
            yield replace(filled, name=whole, html=CLOSED.sub("<details open", filled.html))
        yield from self._wrong(stop, name)
        yield from self._sliding(stop, name)
        yield from self._named(stop, name)
        yield from self._around(stop, name)

    def _wrong(self, stop: Stop, name: str) -> Iterator[State]:
        good, every = self._typed(stop), list[tuple[Field, Mistake]]()
        around = {**self.person.answers, **answers_at(self.person.journey, stop)}
        for question in stop.fields:
            own = {control: texts for control, texts in good.items() if belongs(control, question)}
            for found in mistakes(question, own, around, self.person.journey.today, self.locale):
                every.append((question, found))
                key = (shape(stop), question.id, found.code)
                if key not in self.seen.mistakes:
                    self.seen.mistakes.add(key)
                    typed = {control: texts for control, texts in good.items() if not belongs(control, question)}
                    typed.update(found.typed)
                    yield from self._refused(stop, f"{name}:{question.id}.{found.code}", typed, [(question, found)])
        for state, wrong in _together(every):
            yield from self._refused(stop, f"{name}:{state}", _typed_together(wrong), wrong)

    def _refused(self, stop: Stop, name: str, typed: Typed, wrong: Sequence[tuple[Field, Mistake]]) -> Iterator[State]:
        """The page that comes back for what is wrong; nothing where it is taken all the same."""
        self._as(self.without(stop))
        self._send(stop, typed)
        if self.visitor.status == 422:
            codes = {question.id: found.code for question, found in wrong}
            messages = {question.id: found.message for question, found in wrong if _is_known(found)}
            yield self.visitor.state(name, "step", Asked(stop.fields, codes, messages))

    def _sliding(self, stop: Stop, name: str) -> Iterator[State]:
        """Advice: what is saved and may be a slip, and what a check of the procedure says of these answers."""
        good = self._typed(stop)
        for question in stop.fields:
            around = {**self.person.answers, **answers_at(self.person.journey, stop)}
            for code, typed in advised(question, around, self.person.journey.today):
                if self.seen.first(f"advice {shape(stop)} {question.id} {code}"):
                    self._as(self.without(stop))
                    self._send(stop, {**good, **typed})
                    if 'class="box advice"' in self.visitor.html:
                        yield self.visitor.state(f"{name}:{question.id}.{code}", "step", Asked(stop.fields))
        for shown in (*self.person.journey.errors, *self.person.journey.advice):
            words = shown.check.says.context
            if shown.key == stop.key and self.seen.first(f"check {words}"):
                self._as(self.without(stop))
                self._send(stop, good)
                yield self.visitor.state(f"{name}:{words.rpartition('/')[0].rpartition('/')[2]}", "step")

    def _named(self, stop: Stop, name: str) -> Iterator[State]:
        """Names that a page must stand: sixty letters without a break, and Arabic in a French page."""
        questions = [question for question in stop.fields if question.kind == "name"]
        for state, text in NAMES.items() if questions and self.seen.first(f"names {shape(stop)}") else ():
            self._as(self.without(stop))
            self._send(stop, {**self._typed(stop), **{question.id: [text] for question in questions}})
            yield self._get(stop).state(f"{name}:{state}", "step", Asked(stop.fields))

    def _around(self, stop: Stop, name: str) -> Iterator[State]:
        """What may happen to any page, looked at on the first that can show it: a form that is not ours, two tabs."""
        if self.seen.first("token"):
            self._as(self.person.answers)
            self._get(stop).send(self._url(stop), {**self._typed(stop), "csrf_token": ""})
            yield self.visitor.state(f"{name}:token-refused", "step", Asked(stop.fields))
        question = next((one for one in stop.fields if one.choices and stop.item is None), None)
        if question is None or "conflict" in self.seen.once:
            return
        other = next((c.id for c in question.choices if [c.id] != self._typed(stop).get(question.id)), "")
        self._as(self.without(stop))
        self._get(stop)
        held = self.visitor.html
        self._as(self.person.answers)
        self.visitor.html = held
        self.visitor.send(self._url(stop), {**self._typed(stop), question.id: [other]})
        if self.visitor.status == 409:
            self.seen.once.add("conflict")
            yield self.visitor.state(f"{name}:conflict", "step", Asked(stop.fields))

    # --- lists

    def _list(self, stop: Stop) -> Iterator[State]:
        """A list without an item, with one, with as many as there may be; going on too early; removing."""
        repeat = stop.step.repeat
        assert repeat is not None
        items = list(self.person.answers.get(stop.step.id, ()))
        name = shape(stop)
        if repeat.for_each is None:
            for item in items:
                self._as(self._items(stop, []))
                yield self._get(stop).state(f"{name}:no-item", "list")
                if repeat.min:
                    yield self.visitor.send(self._url(stop), {"action": "continue"}).state(f"{name}:too-few", "list")
                self._as(self._items(stop, [item]))
                yield self._get(stop).state(f"{name}:one-item", "list")
                many = [{**item, "id": str(number)} for number in range(1, repeat.max + 1)]
                # Two of one name, and names that a line must stand.
                yield from self._many(stop, name, many)
                break
        else:
            self._as(self.person.answers)
            yield self._get(stop).state(f"{name}:items", "list")

    def _many(self, stop: Stop, name: str, many: list[dict[str, Any]]) -> Iterator[State]:
        asks = [question.id for question in stop.step.fields if question.kind == "name"]
        for number, text in zip((1, 2), NAMES.values(), strict=True):
            if len(many) > number:
                many[number] = {**many[number], "answers": {**many[number]["answers"], **dict.fromkeys(asks, text)}}
        self._as(self._items(stop, many))
        yield self._get(stop).state(f"{name}:full", "list")
        for number in range(min(3, len(many))):
            state = ("plain", *NAMES)[number]
            removal = self.visitor.below(f"remove/{stop.step.id}/{many[number]['id']}")
            yield self.visitor.open(removal).state(f"{name}:remove-{state}", "remove")

    def _items(self, stop: Stop, items: list[dict[str, Any]]) -> dict[str, Any]:
        held = {**self.person.answers, stop.step.id: items}
        return {**held, COUNTERS: {**held.get(COUNTERS, {}), stop.step.id: len(items)}}

    # --- acting

    def _as(self, answers: Mapping[str, Any]) -> None:
        self.visitor.hold(answers, self.person.journey)

    def without(self, stop: Stop) -> dict[str, Any]:
        """The answers without those of a page."""
        gone = {name for question in stop.fields for name in (question.id, f"{question.id}{SPECIFY}")}
        if stop.item is None:
            return {name: value for name, value in self.person.answers.items() if name not in gone}
        items = [
            {**item, "answers": {name: value for name, value in item["answers"].items() if name not in gone}}
            if item["id"] == stop.item
            else item
            for item in self.person.answers[stop.step.id]
        ]
        return {**self.person.answers, stop.step.id: items}

    def _typed(self, stop: Stop) -> Typed:
        """What this person types on a page."""
        journey = self.person.journey
        form = build_form(stop, self.procedure, self.locale)
        bound = form.bind(None, answers_at(journey, stop), None, journey.today, around=journey.answers)
        return {control: list(texts) for control, texts in bound.raw.items()}

    def _url(self, stop: Stop) -> str:
        return self.visitor.below(stop.key)

    def _get(self, stop: Stop) -> Visitor:
        return self.visitor.open(self._url(stop))

    def _send(self, stop: Stop, typed: Typed) -> None:
        self._get(stop).send(self._url(stop), {**typed, "action": "continue"})


def _together(every: Sequence[tuple[Field, Mistake]]) -> Iterator[tuple[str, list[tuple[Field, Mistake]]]]:
    """Everything wrong at once: nothing answered; each answer in another error than its absence."""
    first = {question.id: (question, found) for question, found in reversed(every) if found.code == "required"}
    last = {question.id: (question, found) for question, found in every}
    for state, wrong in (("unanswered", first), ("all-wrong", last)):
        if len(wrong) > 1:
            yield state, list(wrong.values())


def _typed_together(wrong: Sequence[tuple[Field, Mistake]]) -> Typed:
    return {control: texts for _, found in wrong for control, texts in found.typed.items()}


def _is_known(found: Mistake) -> bool:
    """Whether the words are those of the page: a placeholder in them is filled only there."""
    return "{" not in found.message
