"""The same questions put to an SMT solver: the language written down a second time, with nothing of the application in
it but the parsed model. Numbers and days are plain integers here: nothing is cut.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import z3

from app.spec.model import (
    All,
    AnyOf,
    Condition,
    Duration,
    Field,
    Items,
    NoneOf,
    Outcome,
    Procedure,
    RuleRef,
    Step,
    Test,
)
from app.verify.model import Model

KNOWN, UNKNOWN, EMPTY = 0, 1, 2


class Oracle:
    """A procedure as formulas. Every question has a state and a value; what is not asked is neither."""

    def __init__(self, procedure: Procedure, today: date) -> None:
        self.procedure = procedure
        self.today = today.toordinal()
        self.state: dict[str, Any] = {}
        self.value: dict[str, Any] = {}
        self.asked: dict[str, Any] = {}
        self.shown: dict[str, Any] = {}
        self.base: list[Any] = []
        self.order = Model(procedure)
        """Only for the place at which outcomes are decided."""
        for step in procedure.steps:
            self.shown[step.id] = z3.BoolVal(True) if step.when is None else self.holds(step.when)
            for question in step.fields:
                self._field(step, question)

    def _field(self, step: Step, question: Field) -> None:
        name = question.id
        own = z3.BoolVal(True) if question.when is None else self.holds(question.when)
        self.asked[name] = z3.And(self.shown[step.id], own)
        state = self.state[name] = z3.Int(f"{name}.state")
        allowed = [KNOWN, *([UNKNOWN] if question.unknown else []), *([] if question.required else [EMPTY])]
        self.base.append(z3.Or([state == one for one in allowed]))
        settings, known = question.settings, z3.And(self.asked[name], state == KNOWN)
        if question.kind == "checkboxes":
            ticked = {choice.id: z3.Bool(f"{name}.{choice.id}") for choice in question.choices}
            self.value[name] = ticked
            self.base.append(z3.Implies(known, z3.Or(list(ticked.values()))))
            for choice in question.choices:
                if choice.exclusive:
                    others = [one for other, one in ticked.items() if other != choice.id]
                    self.base.append(z3.Implies(z3.And(known, ticked[choice.id]), z3.Not(z3.Or(others))))
            return
        value = self.value[name] = z3.Int(name)
        if question.kind in ("yes_no", "radios"):
            count = 2 if question.kind == "yes_no" else len(question.choices)
            self.base.append(z3.And(value >= 0, value < count))
        elif question.kind == "date":
            self.base += [value >= date(1900, 1, 1).toordinal(), value <= date(2100, 12, 31).toordinal()]
            if settings.get("not_after") == "today":
                self.base.append(value <= self.today)
        else:
            scale = 100 if question.kind == "amount" else 1
            self.base.append(value >= int(settings.get("min", 0)) * scale)
            self.base.append(value <= int(settings.get("max", 10**7)) * scale)

    # --- conditions

    def holds(self, condition: Condition) -> Any:
        match condition:
            case Test():
                return self._test(condition)
            case All(parts):
                return z3.And([self.holds(part) for part in parts])
            case AnyOf(parts):
                return z3.Or([self.holds(part) for part in parts])
            case NoneOf(parts):
                return z3.Not(z3.Or([self.holds(part) for part in parts]))
            case RuleRef(name):
                return self.holds(self.procedure.rules[name].when)
            case Items():
                raise AssertionError("random procedures have no lists")

    def _test(self, test: Test) -> Any:
        if test.ref.scope == "derived":
            there, value, open_ended = self._computed(test.ref.name)
            bounded = z3.BoolVal(True) if test.operator in ("at_least", "more_than") else z3.Not(open_ended)
            return z3.And(there, bounded, self._compared(value, test, 1))
        name = test.ref.name
        question = next(one for step in self.procedure.steps for one in step.fields if one.id == name)
        asked, state = self.asked[name], self.state[name]
        if test.operator == "answered":
            return z3.And(asked, state == (KNOWN if test.operand == "yes" else EMPTY))
        if test.operator == "unknown":
            return z3.And(asked, state == (UNKNOWN if test.operand == "yes" else KNOWN))
        known = z3.And(asked, state == KNOWN)
        if question.kind == "checkboxes":
            read = [self.value[name][one] for one in test.operand]  # type: ignore[union-attr]
            said = {"includes_all": z3.And(read), "includes_none": z3.Not(z3.Or(read))}
            return z3.And(known, said.get(test.operator, z3.Or(read)))
        if question.kind in ("yes_no", "radios"):
            ids = ["yes", "no"] if question.kind == "yes_no" else [choice.id for choice in question.choices]
            inside = z3.Or([self.value[name] == ids.index(str(one)) for one in test.operand])  # type: ignore[union-attr]
            return z3.And(known, z3.Not(inside) if test.operator == "not_in" else inside)
        scale = 100 if question.kind == "amount" else 1
        return z3.And(known, self._compared(self.value[name], test, scale))

    def _compared(self, value: Any, test: Test, scale: int) -> Any:
        operand = test.operand
        if isinstance(operand, Duration):
            days, today = operand.count, self.today
            return {
                "more_than_ago": value < today - days,
                "less_than_ago": z3.And(value > today - days, value <= today),
                "less_than_ahead": z3.And(value >= today, value < today + days),
                "more_than_ahead": value > today + days,
            }[test.operator]
        if test.operator == "between":
            low, high = operand  # type: ignore[misc]
            return z3.And(value >= int(str(low)) * scale, value <= int(str(high)) * scale)
        limit = self._constant(operand, scale)
        return {
            "at_least": lambda: value >= limit,
            "at_most": lambda: value <= limit,
            "more_than": lambda: value > limit,
            "less_than": lambda: value < limit,
            "before": lambda: value < limit,
            "after": lambda: value > limit,
            "on_or_before": lambda: value <= limit,
            "on_or_after": lambda: value >= limit,
        }[test.operator]()

    def _constant(self, operand: Any, scale: int) -> int:
        if operand == "today":
            return self.today
        if isinstance(operand, int | Decimal):
            return int(operand) * scale
        return (operand if isinstance(operand, date) else date.fromisoformat(operand)).toordinal()

    def _computed(self, name: str) -> tuple[Any, Any, Any]:
        """Whether a derived value exists, what it is at least, and whether it may be anything above: an amount that is
        not known may add anything to a sum.
        """
        derived = self.procedure.derived[name]
        read = [one.name for one in derived.arguments if hasattr(one, "scope")]
        known = {one: z3.And(self.asked[one], self.state[one] == KNOWN) for one in read}
        if derived.function == "between":
            return z3.And(list(known.values())), self.value[read[1]] - self.value[read[0]], z3.BoolVal(False)
        if derived.function == "date_plus":
            later = self.value[read[0]] + derived.arguments[1].count  # type: ignore[union-attr]
            return known[read[0]], later, z3.BoolVal(False)
        kinds = {one.id: one.kind for step in self.procedure.steps for one in step.fields}
        parts = [
            z3.If(known[one], z3.ToReal(self.value[one]) / (100 if kinds[one] == "amount" else 1), z3.RealVal(0))
            for one in read
        ]
        unknown = [z3.And(self.asked[one], self.state[one] == UNKNOWN) for one in read]
        return z3.Or([*known.values(), *unknown]), z3.Sum(parts), z3.Or(unknown)

    # --- journeys

    def alive(self, place: int, *, stops: tuple[int, int], errors: int) -> Any:
        """Nothing has failed on a page before `errors` and nothing has ended the journey before `stops`."""
        found = [z3.BoolVal(True)]
        for number, (step, page) in enumerate(self.order.pages):
            if number >= errors:
                break
            asked = z3.Or([self.asked[question.id] for question in page.fields])
            found += [z3.Not(z3.And(asked, self.holds(check.when))) for check in page.checks if check.level == "error"]
            assert step
            for question in page.fields:
                other = question.settings.get("not_before")
                if other in self.value:
                    both = [z3.And(self.asked[one], self.state[one] == KNOWN) for one in (question.id, other)]
                    found.append(z3.Implies(z3.And(both), self.value[question.id] >= self.value[other]))
        for order, outcome in enumerate(self.procedure.outcomes):
            if outcome.effect == "stop" and (self.order.decided_at(outcome), order) < stops:
                found.append(z3.Not(self.holds(outcome.when)))
        return z3.And(found)

    def complete(self) -> Any:
        end = len(self.order.pages)
        return self.alive(end, stops=(end, 0), errors=end)

    def question(self, name: str) -> Any:
        place = next(n for n, (_, page) in enumerate(self.order.pages) if name in [one.id for one in page.fields])
        return z3.And(self.alive(place, stops=(place, 0), errors=place), self.asked[name])

    def outcome(self, order: int, outcome: Outcome) -> Any:
        place = self.order.decided_at(outcome)
        return z3.And(self.alive(place, stops=(place, order), errors=place + 1), self.holds(outcome.when))

    def possible(self, formula: Any) -> bool:
        """Whether somebody makes a formula true."""
        solver = z3.Solver()
        solver.add(*self.base, formula)
        answer = solver.check()
        assert answer != z3.unknown
        return bool(answer == z3.sat)
