"""An example person: from a point of a decision diagram to answers that the engine itself walks through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.journey.model import Journey
from app.journey.summary import summary
from app.kinds.base import UNKNOWN, Value
from app.spec.model import Field, Step
from app.verify.cases import faults, walk
from app.verify.coded import Linked, Plain
from app.verify.reader import Moment
from app.verify.reads import Reads
from app.verify.relation import Slot
from app.verify.side import Side
from app.verify.spaces import Spaces

MOST_REPAIRS = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Answers of one applicant on one day, as they are stored, and what comes of them."""

    moment: Moment
    answers: Mapping[str, Any]
    journey: Journey

    def as_json(self, says: Sequence[str] = ()) -> dict[str, Any]:
        """The `witness` of a diagnostic: `today`, `answers`, and `says`, the few that matter, in words."""
        found: dict[str, Any] = {"today": self.moment.today.isoformat(), "answers": dict(self.answers)}
        if self.moment.started != self.moment.today:
            found["started"] = self.moment.started.isoformat()
        return {**found, "says": list(says)}


class People:
    """Makes persons of one procedure at one moment."""

    def __init__(self, spaces: Spaces) -> None:
        self.spaces = spaces
        self.model = spaces.model
        self.moment = spaces.moment

    def person(self, side: Side, function: int) -> Person | None:
        """Somebody for whom a function is true, who completes the journey where that can be; None where nobody is."""
        chosen = self._chosen(side, function)
        if chosen is None:
            return None
        values: dict[Slot, Value | None] = {}
        for number, other in enumerate(self.spaces.completing()):
            picked = other.diagrams.pick(other.alive(self.model.end)) or {}
            values.update(values_at(other, picked, every=number == 0))
        values.update(chosen)
        return self._repaired(values, frozenset(chosen))

    def _chosen(self, side: Side, function: int) -> dict[Slot, Value | None] | None:
        complete = side.diagrams.both(function, side.alive(self.model.end))
        picked = side.diagrams.pick(complete)
        if picked is None:
            picked = side.diagrams.pick(function)
        if picked is None:
            return None
        # In a small space every question counts: days and numbers there go together.
        return values_at(side, picked, every=bool(side.view.several))

    def _repaired(self, values: dict[Slot, Value | None], fixed: frozenset[Slot]) -> Person:
        """Change answers that matter to nothing until no page refuses one."""
        person = self._walked(values)
        wrong = dict(faults(person.journey))
        for _ in range(MOST_REPAIRS):
            better = self._better(values, wrong, fixed) if wrong else None
            if better is None:
                break
            values, person, wrong = better
        return person

    def _better(
        self, values: dict[Slot, Value | None], wrong: Mapping[str, str], fixed: frozenset[Slot]
    ) -> tuple[dict[Slot, Value | None], Person, dict[str, str]] | None:
        for name in wrong:
            for slot, value in self._others(name):
                if slot in fixed or values.get(slot) == value:
                    continue
                changed = {**values, slot: value}
                person = self._walked(changed)
                left = dict(faults(person.journey))
                if len(left) < len(wrong):
                    return changed, person, left
        return None

    def _others(self, name: str) -> Iterator[tuple[Slot, Value | None]]:
        """Every known answer to a question that is refused, and to the others of its page."""
        page = self.model.reads.page_of.get(name)
        together = [question.id for question in page.fields] if page is not None else [name]
        for side in self.spaces.completing():
            for slot, coded in side.frame.coded.items():
                if slot.name in together and isinstance(coded, Plain):
                    for answer in coded.answers:
                        yield slot, answer.value
                        yield from ((slot, value) for value in answer.also[-1:])

    def _walked(self, values: Mapping[Slot, Value | None]) -> Person:
        answers = stored(self.model.reads, values)
        journey = walk(self.model.procedure, answers, self.moment.today, started=self.moment.started)
        return Person(self.moment, dict(journey.answers), journey)


def stored(reads: Reads, values: Mapping[Slot, Value | None]) -> dict[str, Any]:
    """Answers as a draft keeps them; items beyond those described are like the first."""
    answers: dict[str, Any] = {}
    for slot, value in values.items():
        if slot.item == 0 and value is not None and slot.name not in reads.repeats:
            answers[slot.name] = value
    for name, step in reads.repeats.items():
        assert step.repeat is not None
        source = step.repeat.for_each
        count = values.get(Slot(name))
        ids = [str(number) for number in range(1, (count if isinstance(count, int) else 0) + 1)]
        if source is not None:
            ids = step.repeat.ticked(answers.get(source))
        answers[name] = [{"id": item, "answers": _item(step, number, values)} for number, item in enumerate(ids, 1)]
    return answers


def _item(step: Step, number: int, values: Mapping[Slot, Value | None]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for question in step.fields:
        slot = Slot(question.id, number)
        value = values.get(slot if slot in values else Slot(question.id, 1))
        if value is not None:
            found[question.id] = value
    return found


def values_at(side: Side, picked: Mapping[int, int], *, every: bool) -> dict[Slot, Value | None]:
    """The answers of an assignment; with `every`, also of the questions that it leaves open."""
    found: dict[Slot, Value | None] = {}
    for slot, coded in side.frame.coded.items():
        if not isinstance(coded, Linked) and (every or any(level in picked for level in coded.levels)):
            found[slot] = coded.value(picked)
    for chain in side.frame.chains:
        found.update(chain.answers(picked))
    return found


def said(question: Field, value: Value | None) -> str:
    """A question and its answer as a person would say them."""
    return f"{question.label.source} : {in_words(question, value)}"


def in_words(question: Field, value: Value | None) -> str:
    """An answer in French words, as far as the file has words for it."""
    if value is None:
        return "(laissé vide)"
    if value == UNKNOWN:
        return question.unknown.source if question.unknown is not None else "Je ne sais pas"
    if isinstance(value, list):
        return ", ".join(in_words(question, one) for one in value)
    labels = {choice.id: choice.label.source for choice in question.choices}
    if question.kind == "yes_no":
        labels = {"yes": "Oui", "no": "Non"}
    if question.kind == "date" and isinstance(value, str):
        return "/".join(reversed(value.split("-")))
    if isinstance(value, dict):
        return (
            ", ".join(str(value[key]) for key in ("line", "postcode", "city", "country") if value.get(key)) or "aucune"
        )
    return labels.get(str(value), str(value))


def says(person: Person, names: Iterable[str], most: int = 8) -> list[str]:
    """The answers of a person to some questions, in words, in the order in which they were asked."""
    found: list[str] = []
    for row in summary(person.journey):
        if row.field.id in names and not any(line.startswith(row.field.label.source) for line in found):
            found.append(said(row.field, row.value))
    return found[:most]
