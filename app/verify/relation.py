"""One test, or one limit of a date, seen as a relation between the answers it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.kinds.base import Value
from app.kinds.date import span
from app.spec.model import FactRef, Test
from app.verify.lines import edges
from app.verify.reader import Reader
from app.verify.reads import Reads


class Slot(NamedTuple):
    """A place for an answer: to a question outside of repeats (item 0) or of the n-th item; or the number of items."""

    name: str
    item: int = 0


Values = Mapping[Slot, Value | None]
"""Answers to the questions that are asked; None where one is left empty. What is not there was not asked."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The question `name` is a date that may not lie after (or before) the answer to another."""

    name: str
    other: str
    after: bool
    """Whether it is `not_after`."""


Relation = Test | Limit


class Relations:
    """Evaluates the relations of one procedure at one moment."""

    def __init__(self, reads: Reads, reader: Reader) -> None:
        self.reads = reads
        self.reader = reader
        self._has_repeats = bool(reads.repeats)
        self._edges: dict[Relation, tuple[Relation, ...]] = {}

    def names(self, relation: Relation) -> frozenset[str]:
        if isinstance(relation, Test):
            return self.reads.names_of(relation)
        return frozenset((relation.name, relation.other))

    def holds(self, relation: Relation, values: Values, item: int = 0) -> bool:
        """Whether the relation is true of these answers, seen from one item of a repeat or from outside (0)."""
        if isinstance(relation, Limit):
            return self._within(relation, values, item)
        if not self._has_repeats:
            plain = {slot.name: value for slot, value in values.items()}
            asked = set(plain)
            if None in plain.values():
                plain = {name: value for name, value in plain.items() if value is not None}
            return self.reader.holds(relation, plain, asked)
        answers, inner = self._assembled(values)
        asked = {slot.name for slot in values if slot.item == 0}
        if item == 0:
            return self.reader.holds(relation, answers, asked)
        own = {slot.name for slot in values if slot.item == item}
        return self.reader.holds(relation, answers, asked, inner.get(item), own)

    def limited_at(self, limit: Limit, name: str, known: Value | None) -> int | None:
        """The first day from which one of the two dates of a limit changes whether it is kept, the other being known;
        None where that does not matter.
        """
        if not isinstance(known, str):
            return None
        first, last = (day.toordinal() for day in span(known))
        if name == limit.name:
            return last + 1 if limit.after else first
        return first if limit.after else last + 1

    def needs_all(self, relation: Relation) -> bool:
        """Whether a relation is the same whatever is answered, as soon as one of its questions is not asked. A sum, the
        earliest and the latest do with what there is.
        """
        return isinstance(relation, Limit) or not self.reads.does_with_less(relation)

    def edges(self, relation: Relation, values: Values) -> tuple[Relation, ...]:
        """Relations that change once along the line of any one answer, the others being fixed."""
        if isinstance(relation, Limit):
            return (relation,)
        if isinstance(relation.operand, FactRef):
            answers, _ = self._assembled(values)
            return tuple(edges(relation, self.reader, answers))
        if relation not in self._edges:
            self._edges[relation] = tuple(edges(relation, self.reader, {}))
        return self._edges[relation]

    def _assembled(self, values: Values) -> tuple[dict[str, Any], dict[int, dict[str, Value]]]:
        """Answers as they are stored, and each item's own. Items beyond those described are like the first."""
        answers: dict[str, Any] = {}
        inner: dict[int, dict[str, Value]] = {}
        for slot, value in values.items():
            if slot.item:
                held = inner.setdefault(slot.item, {})
                if value is not None:
                    held[slot.name] = value
            elif value is not None:
                answers[slot.name] = value
        for name, step in self.reads.repeats.items():
            assert step.repeat is not None
            source = step.repeat.for_each
            if source is not None and source in answers:
                answers[name] = _items(len(step.repeat.ticked(answers[source])), inner)
            elif isinstance(answers.get(name), int):
                answers[name] = _items(int(str(answers[name])), inner)
        return answers, inner

    def _within(self, limit: Limit, values: Values, item: int) -> bool:
        """As `app.kinds.date`: a date is refused only when every day of it lies beyond the limit."""
        value = values.get(Slot(limit.name, item))
        other = values.get(Slot(limit.other, item if self.reads.in_item(limit.other) else 0))
        if not isinstance(value, str) or not isinstance(other, str):
            return True
        first, last = span(other)
        low, high = span(value)
        return low <= last if limit.after else high >= first


def _items(count: int, inner: Mapping[int, dict[str, Value]]) -> list[dict[str, object]]:
    first = inner.get(1, {})
    return [{"id": str(number), "answers": inner.get(number, first)} for number in range(1, count + 1)]
