"""Conditions as closures over a state.

Meaning, fixed once (the language, section 3): a question that was not asked, or has no answer, makes every test on it
false. "I do not know" is an answer: only `unknown: yes` is true of it. A partial date is an interval, and so is what is
computed from it: a test holds only if it holds for all of it, and `unknown: yes` holds as well. `answered: no` is true
only of a question that is asked and empty. "Ahead" begins today, "ago" ends today; the last day of the span itself is
neither more nor less than the span.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.journey.bounds import Between, days
from app.journey.dates import plus
from app.kinds.base import UNKNOWN
from app.spec.model import (
    All,
    AnyOf,
    Condition,
    Duration,
    FactRef,
    Items,
    NoneOf,
    Period,
    Procedure,
    Ref,
    RuleRef,
    Test,
)

Predicate = Callable[["State"], bool]


@dataclass(slots=True)
class State:
    """What conditions may read: answers so far, derived values, facts, today. `item` holds an item's own answers."""

    today: date
    answers: dict[str, Any]
    asked: set[str]
    derived: Callable[[str], Any]
    fact: Callable[[str], Period | None]
    part: Callable[[str, Any, str], Any]
    item: Mapping[str, Any] | None = None
    item_asked: set[str] = field(default_factory=set)
    item_sets: dict[int, set[str]] = field(default_factory=dict)
    """The questions asked in each item, by the identity of its answers, which live as long as the state."""

    def value(self, ref: Ref) -> Any:
        """The value a reference has now; None when there is none. Dates are ISO text or `date`."""
        if ref.scope == "derived":
            found = self.derived(ref.name)
            return found.get(ref.part) if ref.part and isinstance(found, Mapping) and found != UNKNOWN else found
        item = self.item
        found = item[ref.name] if item is not None and ref.name in item else self.answers.get(ref.name)
        if ref.part is None or found is None or found == UNKNOWN:
            return found
        return self.part(ref.name, found, ref.part)

    def is_asked(self, name: str) -> bool:
        return name in self.asked or name in self.item_asked

    def within(self, item: Mapping[str, Any]) -> State:
        """The same state seen from inside an item of a repeat."""
        asked = self.item_sets.get(id(item))
        seen = set(item) if asked is None else asked
        return State(
            self.today, self.answers, self.asked, self.derived, self.fact, self.part, item, seen, self.item_sets
        )


class Conditions:
    """Compiles conditions to closures, each once. `rules` are the procedure's named conditions, `partial` the questions
    whose answer may be a date without its day or month.
    """

    def __init__(self, rules: Mapping[str, Condition], partial: Collection[str] = ()) -> None:
        self._rules = rules
        self._partial = partial
        self._compiled: dict[int, tuple[Condition, Predicate]] = {}

    def predicate(self, condition: Condition) -> Predicate:
        """The closure of a condition. The condition is kept beside it, so its identity stays a valid key."""
        held = self._compiled.get(id(condition))
        if held is None:
            held = self._compiled[id(condition)] = (condition, self._compile(condition))
        return held[1]

    def holds(self, condition: Condition | None, state: State) -> bool:
        """Whether a condition is true; no condition is true."""
        if condition is None:
            return True
        held = self._compiled.get(id(condition))
        return (self.predicate(condition) if held is None else held[1])(state)

    def _compile(self, condition: Condition) -> Predicate:
        match condition:
            case Test():
                return _test(condition, condition.ref.scope == "field" and condition.ref.name in self._partial)
            case All(parts):
                return _every(tuple(map(self.predicate, parts)))
            case AnyOf(parts):
                return _some(tuple(map(self.predicate, parts)), found=True)
            case NoneOf(parts):
                return _some(tuple(map(self.predicate, parts)), found=False)
            case RuleRef(name):
                return self.predicate(self._rules[name])
            case Items():
                return self._items(condition)

    def _items(self, condition: Items) -> Predicate:
        inner = self.predicate(condition.when)
        of, quantifier = condition.of, condition.quantifier

        def over(state: State) -> bool:
            held = [inner(state.within(item["answers"])) for item in state.answers.get(of, ())]
            if not held:
                return False
            return all(held) if quantifier == "every" else any(held) is (quantifier == "any")

        return over


# Loops, not `all` and `any` over generators: each condition runs at every request, and a generator costs more than
# what it runs.


def _every(parts: tuple[Predicate, ...]) -> Predicate:
    def every(state: State) -> bool:
        for part in parts:  # noqa: SIM110
            if not part(state):
                return False
        return True

    return every


def _some(parts: tuple[Predicate, ...], *, found: bool) -> Predicate:
    """`found` when one part is true, else its contrary."""

    def some(state: State) -> bool:
        for part in parts:
            if part(state):
                return found
        return not found

    return some


def partial_dates(procedure: Procedure) -> frozenset[str]:
    """The questions whose answer may be a date without its day or month."""
    fields = (question for step in procedure.steps for question in step.fields)
    return frozenset(question.id for question in fields if question.settings.get("unknown_parts"))


def _test(test: Test, partial: bool) -> Predicate:
    if test.operator == "answered":
        return _answered(test)
    if test.operator == "unknown":
        return _unknown(test, partial)
    build = _BUILDERS[test.operator]
    check = build(test.operator, test.operand)
    ref, name = test.ref, test.ref.name
    if ref.scope != "derived" and ref.part is None:

        def read(state: State) -> bool:
            # What `State.value` does for a whole answer, without the call: most tests are of this sort.
            item = state.item
            value = item[name] if item is not None and name in item else state.answers.get(name)
            return value is not None and value != UNKNOWN and check(value, state)

        return read

    def run(state: State) -> bool:
        value = state.value(ref)
        return value is not None and value != UNKNOWN and check(value, state)

    return run


def _unknown(test: Test, partial: bool) -> Predicate:
    """Whether the answer is "I do not know", a date of which a part is missing, or computed from either."""
    wanted, ref = test.operand == "yes", test.ref

    def run(state: State) -> bool:
        value = state.value(ref)
        if value is None:
            return False
        cut = partial and isinstance(value, str) and len(value) < len("2001-02-28")
        return (value == UNKNOWN or isinstance(value, Between) or cut) is wanted

    return run


def _answered(test: Test) -> Predicate:
    ref = test.ref
    if test.operand == "yes":
        return lambda state: state.value(ref) not in (None, "", [], UNKNOWN)
    return lambda state: state.is_asked(ref.name) and state.value(ref) in (None, "", [])


Check = Callable[[Any, State], bool]


def _choice(operator: str, operand: Any) -> Check:
    wanted = operand if isinstance(operand, tuple) else (operand,)
    if any(isinstance(one, int | Decimal) for one in wanted):
        return _numeric_choice(operator, frozenset(map(Decimal, wanted)))
    plain = frozenset(wanted)
    if operator == "not_in":
        return lambda value, _: all(one not in plain for one in _many(value))
    # A list answer (several nationalities) "is" or is "in" when one of its members is.
    return lambda value, _: any(one in plain for one in value) if isinstance(value, list) else value in plain


def _numeric_choice(operator: str, wanted: frozenset[Decimal]) -> Check:
    """Numbers compare as numbers however they are stored: the amount "877.50" is 877.5."""
    if operator == "not_in":
        return lambda value, _: all(not low <= one <= high for low, high in (_amounts(value),) for one in wanted)
    return lambda value, _: not isinstance(value, Between) and Decimal(value) in wanted


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _includes(operator: str, operand: Any) -> Check:
    wanted = set(operand if isinstance(operand, tuple) else (operand,))
    if operator == "includes_all":
        return lambda value, _: wanted <= set(value)
    if operator == "includes_none":
        return lambda value, _: wanted.isdisjoint(value)
    return lambda value, _: not wanted.isdisjoint(value)


_NUMERIC: dict[str, Callable[[Decimal, Decimal, Decimal], bool]] = {
    "at_least": lambda low, high, limit: low >= limit,
    "at_most": lambda low, high, limit: high <= limit,
    "more_than": lambda low, high, limit: low > limit,
    "less_than": lambda low, high, limit: high < limit,
}


def _amounts(value: Any) -> tuple[Decimal, Decimal]:
    """The smallest and largest number that a value may be."""
    if isinstance(value, Between):
        return Decimal(value.low), Decimal(value.high)
    number = Decimal(value)
    return number, number


def _number(operator: str, operand: Any) -> Check:
    if operator == "between":
        least, most = (Decimal(bound) for bound in operand)
        return lambda value, _: all(least <= one <= most for one in _amounts(value))
    compare = _NUMERIC[operator]
    if isinstance(operand, FactRef):

        def against(value: Any, state: State) -> bool:
            period = state.fact(operand.name)
            return period is not None and compare(*_amounts(value), Decimal(str(period.value)))

        return against
    limit = Decimal(operand)
    return lambda value, _: compare(*_amounts(value), limit)


_DAYS: dict[str, Callable[[date, date, date], bool]] = {
    "before": lambda first, last, day: last < day,
    "after": lambda first, last, day: first > day,
    "on_or_before": lambda first, last, day: last <= day,
    "on_or_after": lambda first, last, day: first >= day,
}


def _day(operator: str, operand: Any) -> Check:
    compare = _DAYS[operator]

    def check(value: Any, state: State) -> bool:
        day = _one_day(operand, state)
        return day is not None and compare(*days(value), day)

    return check


def _one_day(operand: Any, state: State) -> date | None:
    if operand == "today":
        return state.today
    if isinstance(operand, FactRef):
        period = state.fact(operand.name)
        return None if period is None else date.fromisoformat(str(period.value))
    return operand if isinstance(operand, date) else date.fromisoformat(str(operand))


_SPANS: dict[str, Callable[[date, date, date, Duration], bool]] = {
    "more_than_ago": lambda first, last, today, span: last < plus(today, span, -1),
    "less_than_ago": lambda first, last, today, span: first > plus(today, span, -1) and last <= today,
    "less_than_ahead": lambda first, last, today, span: first >= today and last < plus(today, span),
    "more_than_ahead": lambda first, last, today, span: first > plus(today, span),
}


def _span(operator: str, operand: Any) -> Check:
    compare = _SPANS[operator]

    def check(value: Any, state: State) -> bool:
        span = operand if isinstance(operand, Duration) else duration_of(state.fact(operand.name))
        return span is not None and compare(*days(value), state.today, span)

    return check


def duration_of(period: Period | None) -> Duration | None:
    """A fact's value as a span of time (`{value: 3, unit: "months"}`)."""
    if period is None or period.unit is None:
        return None
    return Duration(int(str(period.value)), period.unit)  # type: ignore[arg-type]


_BUILDERS: dict[str, Callable[[str, Any], Check]] = {
    **dict.fromkeys(("is", "in", "not_in"), _choice),
    **dict.fromkeys(("includes", "includes_any", "includes_all", "includes_none"), _includes),
    **dict.fromkeys((*_NUMERIC, "between"), _number),
    **dict.fromkeys(_DAYS, _day),
    **dict.fromkeys(_SPANS, _span),
}
