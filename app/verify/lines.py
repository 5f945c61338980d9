"""Answers that lie on a line: days, whole numbers, amounts. Where a test changes along it is found, not guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.journey.dates import plus
from app.journey.evaluate import duration_of
from app.kinds.base import Value
from app.kinds.date import FIRST_YEAR, LAST_YEAR, oldest, span
from app.spec.model import Duration, FactRef, Field, Operand, Test
from app.verify.reader import Reader

FAR = 10**7
"""A number that no form asks for: the end of the line where the author sets no maximum."""


@dataclass(frozen=True, slots=True)
class Line:
    """The answers of one question as whole numbers from `low` to `high`, both included."""

    low: int
    high: int
    value: Callable[[int], Value]
    near: int
    """An ordinary answer."""
    cut: Callable[[Value], Iterable[Value]] = lambda value: ()
    """The answers that leave a part out, around one that does not."""
    marks: tuple[int, ...] = ()
    """Places that tell answers apart besides those where some test changes."""


def line_of(question: Field, today: date) -> Line | None:
    """The line of a question, None where its answers do not lie on one."""
    if question.kind == "date":
        return _days(question, today)
    if question.kind == "whole_number":
        return _whole(question)
    return _cents(question) if question.kind == "amount" else None


def _days(question: Field, today: date) -> Line:
    low, high = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    latest, earliest = (_day(question.settings.get(name), today) for name in ("not_after", "not_before"))
    if latest is not None:
        high = min(high, latest)
    if earliest is not None:
        low = max(low, earliest)
    if question.settings.get("birth"):
        low = max(low, oldest(today))
    near = today.replace(day=1)
    if question.settings.get("not_before") == "today":
        near = plus(today, Duration(2, "months"))
    elif question.settings.get("not_after") == "today":
        near = plus(today, Duration(2, "months"), -1)
    near = min(max(near, low), high)

    def cut(value: Value) -> Iterator[Value]:
        missing = tuple(question.settings.get("unknown_parts", ()))
        if missing:
            around = cut_dates(date.fromisoformat(str(value)), missing)
            yield from (one for one in around if allowed(one, question, today))

    return Line(low.toordinal(), high.toordinal(), lambda day: date.fromordinal(day).isoformat(), near.toordinal(), cut)


def _day(setting: Any, today: date) -> date | None:
    """A limit that does not depend on other answers."""
    if setting == "today":
        return today
    if isinstance(setting, str) and setting[:1].isdigit():
        return date.fromisoformat(setting)
    return None


def _whole(question: Field) -> Line:
    low, high = int(question.settings.get("min", 0)), int(question.settings.get("max", FAR))
    return Line(low, high, int, min(max(low, 1), high))


def _cents(question: Field) -> Line:
    low, high = (
        int(Decimal(str(question.settings.get(name, plain))) * 100) for name, plain in (("min", 0), ("max", FAR))
    )
    return Line(low, high, lambda cents: f"{Decimal(cents) / 100:.2f}", min(max(low, 10_000), high))


def change(holds: Callable[[int], bool], line: Line) -> int | None:
    """The first place of the line where a test that changes once has changed; None where it never does."""
    low, high = line.low, line.high
    if low > high:
        return None
    first = holds(low)
    if holds(high) == first:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle) == first:
            low = middle
        else:
            high = middle
    return high


def edges(test: Test, reader: Reader, answers: Mapping[str, Any]) -> Iterator[Test]:
    """Tests that change once along a line, such that nothing else makes `test` change. `answers` may date a fact."""
    operator, operand, ref, today = test.operator, test.operand, test.ref, reader.moment.today
    if operator in _ONCE:
        yield test
    elif operator == "between" and isinstance(operand, tuple):
        yield Test(ref, "at_least", operand[0])
        yield Test(ref, "at_most", operand[1])
    elif operator == "is" and isinstance(operand, tuple):
        for number in operand:
            if not isinstance(number, str):
                yield Test(ref, "at_least", number)
                yield Test(ref, "at_most", number)
    elif operator in ("less_than_ago", "less_than_ahead"):
        held = operand if isinstance(operand, Duration) else _span(operand, reader, answers)
        ago = operator == "less_than_ago"
        yield Test(ref, "on_or_before" if ago else "on_or_after", "today")
        if held is not None:
            yield Test(ref, "after" if ago else "before", plus(today, held, -1 if ago else 1))


def _span(operand: Operand, reader: Reader, answers: Mapping[str, Any]) -> Duration | None:
    if isinstance(operand, FactRef):
        return duration_of(reader.period(operand.name, answers))
    return operand if isinstance(operand, Duration) else None


_ONCE = frozenset(
    {
        "at_least",
        "at_most",
        "more_than",
        "less_than",
        "before",
        "after",
        "on_or_before",
        "on_or_after",
        "more_than_ago",
        "more_than_ahead",
    }
)


def cut_dates(day: date, missing: tuple[str, ...]) -> Iterator[str]:
    """The dates cut to a month or a year around a day, as far as the question lets parts be missing."""
    if "day" in missing:
        for first in (plus(day, Duration(1, "months"), -1), day, plus(day, Duration(1, "months"))):
            yield first.isoformat()[:7]
    if "month" in missing:
        for year in (day.year - 1, day.year, day.year + 1):
            yield f"{year:04}"


def allowed(value: str, question: Field, today: date) -> bool:
    """Whether a date, cut or not, is accepted: refused only when every day of it lies outside the limits."""
    low, high = span(value)
    latest, earliest = (_day(question.settings.get(name), today) for name in ("not_after", "not_before"))
    if question.settings.get("birth") and high < oldest(today):
        return False
    return not (latest is not None and low > latest) and not (earliest is not None and high < earliest)
