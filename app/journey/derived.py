"""Derived values: a closed set of functions over answers, facts and today.

What is asked and not answered has no value, and nothing is computed from it. "I do not know" and a date without its day
are answers: what is computed from them is known only in part (`app.journey.bounds`), so that a test on it holds if it
holds whatever the missing part is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.journey.bounds import ANY_AMOUNT, Between, between, days
from app.journey.dates import plus, whole_months, whole_years
from app.journey.evaluate import State, duration_of
from app.kinds.base import UNKNOWN
from app.spec.model import Derived, Duration, FactRef, Ref, Table

Result = Any
"""`int`, `Decimal`, `date`, a text or a row; `Between` or `UNKNOWN` where it is known in part; None where it is not."""

Days = tuple[date, date]


def compute(derived: Derived, state: State, tables: dict[str, Table]) -> Result:
    """The value of `derived` now; None when something it needs is unanswered.

    Numbers are `int` or `Decimal`, dates `date`; `lookup` gives a row (column name to text) or, with a column, a text.
    """
    if derived.function == "lookup":
        return _lookup(derived, state, tables)
    return _FUNCTIONS[derived.function](derived, state)


def _read(argument: Any, state: State) -> Any:
    if isinstance(argument, Ref):
        return state.value(argument)
    if isinstance(argument, FactRef):
        period = state.fact(argument.name)
        return None if period is None else period.value
    return state.today if argument == "today" else argument


def _dates(arguments: Iterable[Any], state: State) -> list[Days] | dict[str, Any] | None:
    """Every date as its first and last possible day; `UNKNOWN` or None where one is."""
    found: list[Days] = []
    unknown = False
    for argument in arguments:
        value = _read(argument, state)
        if value is None:
            return None
        if value == UNKNOWN:
            unknown = True
        else:
            found.append(days(value))
    return dict(UNKNOWN) if unknown else found


def _sum(derived: Derived, state: State) -> Result:
    """Unanswered amounts count for nothing; with no answer at all there is no sum. One that the person does not know
    may add anything.
    """
    name = derived.options.get("item_field")
    if name is None:
        values = [_read(argument, state) for argument in derived.arguments]
    else:
        items = _read(derived.arguments[0], state) or []
        values = [item["answers"].get(name) for item in items]
    given = [_amount(value) for value in values if value is not None]
    known = [amount for amount in given if amount is not None]
    low, high = (sum((one[end] for one in known), Decimal(0)) for end in (0, 1))
    return between(low, high) if known else None


def _amount(value: Any) -> tuple[Decimal, Decimal] | None:
    if value == UNKNOWN:
        return Decimal(0), ANY_AMOUNT
    low, high = (value.low, value.high) if isinstance(value, Between) else (value, value)
    try:
        return Decimal(str(low)), Decimal(str(high))
    except InvalidOperation:
        return None


def _count(derived: Derived, state: State) -> Result:
    value = _read(derived.arguments[0], state)
    if value is None or value == UNKNOWN:
        return value
    only = derived.options.get("choices")
    return len(value) if only is None else len([one for one in value if one in only])


def _years_at(derived: Derived, state: State) -> Result:
    """Age. Born between two days and looked at between two others, one is at least as old as the last and the first."""
    found = _dates(derived.arguments, state)
    if not isinstance(found, list):
        return found
    born, day = found
    return between(whole_years(born[1], day[0]), whole_years(born[0], day[1]))


def _between(derived: Derived, state: State) -> Result:
    found = _dates(derived.arguments, state)
    if not isinstance(found, list):
        return found
    first, last = found
    measure = _MEASURES[derived.options.get("unit", "months")]
    return between(measure(first[1], last[0]), measure(first[0], last[1]))


_MEASURES: dict[str, Callable[[date, date], int]] = {
    "days": lambda first, last: (last - first).days,
    "weeks": lambda first, last: (last - first).days // 7,
    "months": whole_months,
    "years": lambda first, last: int(whole_months(first, last) / 12),
}


def _shift(sign: int) -> Callable[[Derived, State], Result]:
    def shift(derived: Derived, state: State) -> Result:
        found, written = _dates(derived.arguments[:1], state), derived.arguments[1]
        span = duration_of(state.fact(written.name)) if isinstance(written, FactRef) else written
        if not isinstance(found, list):
            return found
        if not isinstance(span, Duration):
            return None
        low, high = found[0]
        return between(plus(low, span, sign), plus(high, span, sign))

    return shift


def _pick(choose: Callable[[Iterable[date]], date]) -> Callable[[Derived, State], Result]:
    """The first or last of the dates that are given; one that the person does not know may be any day."""

    def pick(derived: Derived, state: State) -> Result:
        values = [value for argument in derived.arguments if (value := _read(argument, state)) is not None]
        if all(value == UNKNOWN for value in values):
            return values[0] if values else None
        found = [(date.min, date.max) if value == UNKNOWN else days(value) for value in values]
        return between(choose(low for low, _ in found), choose(high for _, high in found))

    return pick


def _differs(derived: Derived, state: State) -> Result:
    first, second = (_read(argument, state) for argument in derived.arguments)
    if first is None or second is None:
        return None
    if UNKNOWN in (first, second):
        return dict(UNKNOWN)
    return "yes" if first != second else "no"


def _lookup(derived: Derived, state: State, tables: dict[str, Table]) -> Result:
    key = _read(derived.arguments[0], state)
    if key == UNKNOWN:
        return key
    row = tables[derived.options["table"]].rows.get(str(key)) if key is not None else None
    if row is None:
        return None
    column = derived.options.get("column")
    return dict(row) if column is None else row[column]


_FUNCTIONS: dict[str, Callable[[Derived, State], Result]] = {
    "sum": _sum,
    "count": _count,
    "years_at": _years_at,
    "between": _between,
    "date_plus": _shift(1),
    "date_minus": _shift(-1),
    "earliest": _pick(min),
    "latest": _pick(max),
    "differs": _differs,
}
