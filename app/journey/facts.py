"""Which dated value of a fact counts on a given day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.spec.model import Fact, Period


def period_on(fact: Fact, day: date | None) -> Period | None:
    """The value of `fact` on `day` (None: the day is not known yet, so no period can be chosen unless there is only
    one).

    Where sources disagree, the stricter value counts, as the fact says which side is strict. None when no period
    covers the day.
    """
    if fact.conflict:
        choose = min if fact.stricter == "smallest" else max
        return choose(fact.conflict, key=_size)
    if day is None:
        return fact.periods[0] if len(fact.periods) == 1 else None
    # The latest period that has begun wins; a period whose beginning is unknown counts as begun, since being told of
    # it and
    # checking it is safer than being told nothing.
    covering = [
        period
        for period in fact.periods
        if (period.starts is None or period.starts <= day) and (period.ends is None or day <= period.ends)
    ]
    return covering[-1] if covering else None


def _size(period: Period) -> Decimal:
    days = {"days": 1, "weeks": 7, "months": 30, "years": 365}.get(period.unit or "", 1)
    return Decimal(str(period.value)) * days
