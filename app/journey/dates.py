"""Calendar arithmetic on full and partial dates.

A date is stored as ISO 8601 text, cut where parts are unknown: `2001-02-28`, `2001-02`, `2001`. A partial date is an
interval of days (`app.kinds.date.span`).
Months end where the calendar ends: 31 January plus one month is 28 or 29 February.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from app.spec.model import Duration


def exact(text: str) -> date | None:
    """The day, when every part is known."""
    return date.fromisoformat(text) if len(text) == 10 else None


def plus(day: date, span: Duration, sign: int = 1) -> date:
    """`day` plus (or with `sign` -1, minus) a calendar span; stays within the calendar's own limits."""
    count = span.count * sign
    try:
        if span.unit == "days":
            return day + timedelta(days=count)
        if span.unit == "weeks":
            return day + timedelta(weeks=count)
        months = day.year * 12 + day.month - 1 + (count * 12 if span.unit == "years" else count)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def whole_years(born: date, day: date) -> int:
    """Age in whole years on `day`; a birthday of 29 February is reached on 1 March of common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def whole_months(first: date, last: date) -> int:
    """Whole months from `first` to `last`, negative when `last` comes before."""
    if last < first:
        return -whole_months(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if plus(first, Duration(months, "months")) <= last else months - 1
