"""Who reads what: which questions stand behind a test, and which others decide whether those are asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from app.journey.plan import page_positions
from app.spec.model import (
    All,
    AnyOf,
    Condition,
    FactRef,
    Field,
    Items,
    NoneOf,
    Page,
    Procedure,
    Ref,
    RuleRef,
    Step,
    Test,
)

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_day(value: object) -> bool:
    """Whether a value is a day of the calendar, as such or as ISO text."""
    return isinstance(value, date) or (isinstance(value, str) and DAY.fullmatch(value) is not None)


class Reads:
    """The names that conditions of one procedure depend on: question ids, and ids of repeated steps."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.fields: dict[str, Field] = {}
        self.step_of: dict[str, Step] = {}
        self.page_of: dict[str, Page] = {}
        for step in procedure.steps:
            for page in step.pages:
                for question in page.fields:
                    self.fields[question.id] = question
                    self.step_of[question.id] = step
                    self.page_of[question.id] = page
            if step.repeat is not None:
                self.step_of[step.id] = step
        self.places = page_positions(procedure)
        self.repeats = {step.id: step for step in procedure.steps if step.repeat is not None}
        self._of_condition: dict[int, tuple[Condition, frozenset[str]]] = {}
        self._of_test: dict[Test, frozenset[str]] = {}
        self._of_field: dict[str, frozenset[str]] = {}
        self._timely: dict[Test, bool] = {}

    @cached_property
    def end(self) -> int:
        """The place after the last page."""
        return sum(len(step.pages) for step in self.procedure.steps)

    @cached_property
    def everything(self) -> frozenset[str]:
        """Every question, and every repeat that has a number of items of its own."""
        return frozenset(self.fields) | frozenset(map(self.counted, self.repeats))

    def tests(self, condition: Condition) -> Iterator[Test]:
        """Every test of a condition, those of its rules included."""
        match condition:
            case Test():
                yield condition
            case All(parts) | AnyOf(parts) | NoneOf(parts):
                for part in parts:
                    yield from self.tests(part)
            case RuleRef(name):
                yield from self.tests(self.procedure.rules[name].when)
            case Items(when=when):
                yield from self.tests(when)

    def quantified(self, condition: Condition) -> Iterator[Items]:
        """Every `any_item`, `every_item`, `no_item` of a condition."""
        match condition:
            case All(parts) | AnyOf(parts) | NoneOf(parts):
                for part in parts:
                    yield from self.quantified(part)
            case RuleRef(name):
                yield from self.quantified(self.procedure.rules[name].when)
            case Items():
                yield condition

    def names(self, condition: Condition) -> frozenset[str]:
        """What a condition reads."""
        held = self._of_condition.get(id(condition))
        if held is None:
            found: set[str] = {self.counted(items.of) for items in self.quantified(condition)}
            for test in self.tests(condition):
                found |= self.names_of(test)
            held = self._of_condition[id(condition)] = (condition, frozenset(found))
        return held[1]

    def names_of(self, test: Test) -> frozenset[str]:
        """What one test reads: more than one name where a derived value or a dated fact brings others."""
        if test not in self._of_test:
            found = set(self._ref(test.ref, frozenset()))
            found.update(self._argument(test.operand, frozenset()))
            self._of_test[test] = frozenset(found)
        return self._of_test[test]

    def timely(self, test: Test) -> bool:
        """Whether a test compares with a day of the calendar, or with a fact that changes."""
        if test not in self._timely:
            found = self._is_timely(test.operand) or (test.ref.scope == "derived" and self._is_timely(test.ref))
            self._timely[test] = found
        return self._timely[test]

    def _is_timely(self, one: object) -> bool:
        if isinstance(one, FactRef):
            periods = self.procedure.facts[one.name].periods
            dated = any(period.starts is not None or period.ends is not None for period in periods)
            return dated or any(is_day(period.value) for period in periods)
        if isinstance(one, Ref):
            return one.scope == "derived" and any(map(self._is_timely, self.procedure.derived[one.name].arguments))
        return is_day(one)

    def fixed(self, name: str) -> bool:
        """Whether a question has a day of the calendar as a limit."""
        question = self.fields.get(name)
        limits = () if question is None else (question.settings.get(key) for key in ("not_after", "not_before"))
        return any(map(is_day, limits))

    def counted(self, name: str) -> str:
        """What tells how many items a repeat has: itself, or the boxes whose ticked choices it follows."""
        step = self.repeats.get(name)
        assert step is None or step.repeat is not None
        return name if step is None or step.repeat is None or step.repeat.for_each is None else step.repeat.for_each

    def looked_up(self, test: Test) -> bool:
        """Whether a test goes through a table, which tells every code from the others."""
        return test.ref.scope == "derived" and self._through_table(test.ref.name)

    def _through_table(self, name: str) -> bool:
        derived = self.procedure.derived[name]
        inner = (one.name for one in derived.arguments if isinstance(one, Ref) and one.scope == "derived")
        return derived.function == "lookup" or any(map(self._through_table, inner))

    def does_with_less(self, test: Test) -> bool:
        """Whether a test reads a value that is computed from what there is, however little."""
        return test.ref.scope == "derived" and self._with_less(test.ref.name)

    def _with_less(self, name: str) -> bool:
        derived = self.procedure.derived[name]
        inner = (one.name for one in derived.arguments if isinstance(one, Ref) and one.scope == "derived")
        return derived.function in ("sum", "earliest", "latest") or any(map(self._with_less, inner))

    def in_item(self, name: str) -> bool:
        """Whether a question is asked once for each item of a repeat."""
        return name in self.fields and self.step_of[name].repeat is not None

    def _ref(self, ref: Ref, inside: frozenset[str]) -> Iterator[str]:
        if ref.scope != "derived":
            yield self.counted(ref.name)
        elif ref.name not in inside:
            derived = self.procedure.derived[ref.name]
            for argument in derived.arguments:
                yield from self._argument(argument, inside | {ref.name})
            item_field = derived.options.get("item_field")
            if item_field is not None:
                yield item_field

    def _argument(self, argument: object, inside: frozenset[str]) -> Iterator[str]:
        if isinstance(argument, Ref):
            yield from self._ref(argument, inside)
        elif isinstance(argument, FactRef):
            fact = self.procedure.facts[argument.name]
            if fact.as_of != "started" and len(fact.periods) > 1:
                scope: Ref = Ref(fact.as_of, "derived" if fact.as_of in self.procedure.derived else "field")
                yield from self._ref(scope, inside)

    def asked_by(self, name: str) -> frozenset[str]:
        """What decides whether a question is asked, directly: its own condition, its step's, the source of a repeat."""
        if name not in self._of_field:
            step = self.step_of[name]
            found: set[str] = set()
            if step.when is not None:
                found |= self.names(step.when)
            question = self.fields.get(name)
            if question is not None and question.when is not None:
                found |= self.names(question.when)
            if step.repeat is not None:
                found.add(self.counted(step.id))
            self._of_field[name] = frozenset(found - {name})
        return self._of_field[name]
