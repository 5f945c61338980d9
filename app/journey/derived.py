"""Derived values: a closed set of functions over answers, facts and today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.journey.dates import exact, interval, plus, whole_months, whole_years
from app.journey.evaluate import State, duration_of
from app.kinds.base import UNKNOWN
from app.spec.model import Derived, Duration, FactRef, Ref, Table

Result = int | Decimal | date | str | dict[str, str] | None


def compute(derived: Derived, state: State, tables: dict[str, Table]) -> Result:
    """The value of `derived` now; None when something it needs is unanswered or unknown.

    Numbers are `int` or `Decimal`, dates `date`; `lookup` gives a row (column name to text) or, with a column, a text.
    """
    if derived.function == "lookup":
        return _lookup(derived, state, tables)
    return _FUNCTIONS[derived.function](derived, state)


def _read(argument: Any, state: State) -> Any:
    if isinstance(argument, Ref):
        value = state.value(argument)
        return None if value == UNKNOWN else value
    if isinstance(argument, FactRef):
        period = state.fact(argument.name)
        return None if period is None else period.value
    return argument


def _day(argument: Any, state: State) -> date | None:
    value = _read(argument, state)
    if value == "today":
        return state.today
    if isinstance(value, date) or value is None:
        return value
    return exact(str(value))


def _sum(derived: Derived, state: State) -> Result:
    """Unanswered amounts count for nothing; with no answer at all there is no sum."""
    name = derived.options.get("item_field")
    if name is None:
        values = [_read(argument, state) for argument in derived.arguments]
    else:
        items = _read(derived.arguments[0], state) or []
        values = [item["answers"].get(name) for item in items]
    numbers = [number for value in values if (number := _number(value)) is not None]
    return sum(numbers, Decimal(0)) if numbers else None


def _number(value: Any) -> Decimal | None:
    if value is None or isinstance(value, dict):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def _count(derived: Derived, state: State) -> Result:
    value = _read(derived.arguments[0], state)
    if value is None:
        return None
    only = derived.options.get("choices")
    return len(value) if only is None else len([one for one in value if one in only])


def _years_at(derived: Derived, state: State) -> Result:
    """Age; for a partial birth date, only when every possible day gives the same age."""
    born, day = _read(derived.arguments[0], state), _day(derived.arguments[1], state)
    if born is None or day is None:
        return None
    ages = {whole_years(bound, day) for bound in ((born, born) if isinstance(born, date) else interval(born))}
    return ages.pop() if len(ages) == 1 else None


def _between(derived: Derived, state: State) -> Result:
    first, last = (_day(argument, state) for argument in derived.arguments)
    if first is None or last is None:
        return None
    unit = derived.options.get("unit", "months")
    if unit == "days":
        return (last - first).days
    if unit == "weeks":
        return (last - first).days // 7
    months = whole_months(first, last)
    return months if unit == "months" else int(months / 12)


def _shift(sign: int) -> Callable[[Derived, State], Result]:
    def shift(derived: Derived, state: State) -> Result:
        day, written = _day(derived.arguments[0], state), derived.arguments[1]
        span = duration_of(state.fact(written.name)) if isinstance(written, FactRef) else written
        return plus(day, span, sign) if day is not None and isinstance(span, Duration) else None

    return shift


def _pick(choose: Callable[[list[date]], date]) -> Callable[[Derived, State], Result]:
    def pick(derived: Derived, state: State) -> Result:
        days = [day for argument in derived.arguments if (day := _day(argument, state)) is not None]
        return choose(days) if days else None

    return pick


def _differs(derived: Derived, state: State) -> Result:
    first, second = (_read(argument, state) for argument in derived.arguments)
    if first is None or second is None:
        return None
    return "yes" if first != second else "no"


def _lookup(derived: Derived, state: State, tables: dict[str, Table]) -> Result:
    key = _read(derived.arguments[0], state)
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
