"""Calendar arithmetic: months end where the calendar ends, partial dates are intervals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.journey.dates import exact, plus, whole_months, whole_years
from app.kinds.date import span
from app.spec.model import Duration


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        ("2026-01-31", 1, "months", "2026-02-28"),
        ("2028-01-31", 1, "months", "2028-02-29"),
        ("2026-11-30", 3, "months", "2027-02-28"),
        ("2028-02-29", 1, "years", "2029-02-28"),
        ("2026-12-31", 2, "weeks", "2027-01-14"),
        ("2026-03-31", -1, "months", "2026-02-28"),
        ("2026-01-15", -1, "months", "2025-12-15"),
    ],
)
def test_months_end_where_the_calendar_ends(day: str, count: int, unit: str, expected: str) -> None:
    span = Duration(abs(count), unit)  # type: ignore[arg-type]
    assert plus(date.fromisoformat(day), span, 1 if count > 0 else -1) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("expiry", "opens", "closes"),
    [
        # Facts 3.0.1: between the 120th and the 60th day before expiry (CESEDA R431-5, 1°).
        ("2026-10-31", "2026-07-03", "2026-09-01"),
        ("2026-12-31", "2026-09-02", "2026-11-01"),
        ("2027-01-15", "2026-09-17", "2026-11-16"),
        ("2027-03-01", "2026-11-01", "2026-12-31"),
        ("2028-03-01", "2027-11-02", "2028-01-01"),
    ],
)
def test_the_window_for_renewal(expiry: str, opens: str, closes: str) -> None:
    day = date.fromisoformat(expiry)
    assert plus(day, Duration(120, "days"), -1).isoformat() == opens
    assert plus(day, Duration(60, "days"), -1).isoformat() == closes


def test_a_partial_date_is_an_interval() -> None:
    assert span("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))
    assert span("2001") == (date(2001, 1, 1), date(2001, 12, 31))
    assert (exact("2001-02"), exact("2001-02-03")) == (None, date(2001, 2, 3))


def test_ages_and_whole_months() -> None:
    assert whole_years(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert whole_years(date(2008, 2, 29), date(2026, 3, 1)) == 18
    assert whole_months(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert whole_months(date(2026, 3, 15), date(2026, 1, 16)) == -1


def test_a_span_beyond_the_calendar_stays_in_it() -> None:
    assert plus(date(2026, 1, 1), Duration(9000, "years")) == date.max
    assert plus(date(2026, 1, 1), Duration(9000, "years"), -1) == date.min


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_adding_months_never_leaves_the_month_meant(day: date, count: int) -> None:
    later = plus(day, Duration(count, "months"))
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == count
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
