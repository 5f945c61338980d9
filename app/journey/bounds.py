"""Values that are known only in part: "I do not know", and what lies between two days or two numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.kinds.base import UNKNOWN
from app.kinds.date import span

ANY_AMOUNT = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Between:
    """A value that lies between two others, both included, and is not settled: what a partial date comes to."""

    low: Any
    high: Any


def between(low: Any, high: Any) -> Any:
    """The value itself where both ends are one."""
    return low if low == high else Between(low, high)


def ends(value: Any) -> tuple[Any, Any]:
    """The smallest and the largest value that something may have; dates are given as days."""
    if isinstance(value, str):
        return span(value)
    return (value.low, value.high) if isinstance(value, Between) else (value, value)


def settled(value: Any) -> Any:
    """A value that can be shown: nothing where it is known only in part."""
    return None if value == UNKNOWN or isinstance(value, Between) else value


def days(value: Any) -> tuple[date, date]:
    """First and last possible day of a date, stored or computed."""
    return ends(value)
