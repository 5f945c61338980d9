"""A date in three boxes. Value: ISO 8601 text, cut where parts are unknown: "2001-02-28", "2001-02", "2001".

Settings: `unknown_parts` (["day"] or ["day", "month"]: boxes that may stay empty), `not_after`, `not_before` ("today"
or an ISO date, cut or not, which the caller has taken from the answers), `birth` (nobody is older than 120). A date
that is cut is refused only when every
day of it is refused. The month is read as a number or a name. A whole date pasted into the first box is understood.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from app.kinds.base import Example, Parsed, Problem, Raw, Settings, Value, ValueType
from app.kinds.data.months import month_number
from app.kinds.single import DATE_TESTS, BaseKind, wrong
from app.kinds.typed import digits, first, one_line

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_LIFE = 120
"""Nobody alive is older; the longest life that was ever verified had 122 years."""
_PASTED_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PASTED = re.compile(r"(\d{1,2})(?:[\s./-]+|er\s+)(\w+)[\s./-]+(\d{2,4})")
_MONTH = {"unknown_parts": ["day", "month"]}
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class _Date(BaseKind):
    name = "date"
    value_type: ValueType = "date"
    parts = ("day", "month", "year")
    operators = DATE_TESTS
    error_codes = (
        "required",
        "day_missing",
        "month_missing",
        "year_missing",
        "day",
        "month",
        "year",
        "year_two_digits",
        "year_calendar",
        "impossible",
        "too_late",
        "too_early",
        "too_old",
    )
    examples = (
        Example({"day": ["3"], "month": ["9"], "year": ["2021"]}, "2021-09-03"),
        Example({"day": ["٣"], "month": ["٩"], "year": ["٢٠٢١"]}, "2021-09-03"),
        Example({"day": ["1er"], "month": ["Févr."], "year": ["2020"]}, "2020-02-01"),
        Example({"day": ["29"], "month": ["AOUT"], "year": ["2000"]}, "2000-08-29"),
        Example({"day": ["14/03/2018"], "month": [""], "year": [""]}, "2018-03-14"),
        Example({"day": [""], "month": [""], "year": ["1987"]}, "1987", settings=_MONTH),
        Example({"day": [""], "month": ["2"], "year": ["2001"]}, "2001-02", settings={"unknown_parts": ["day"]}),
        Example({"day": [""], "month": [""], "year": [""]}, code="required"),
        Example({"day": [""], "month": ["2"], "year": ["2001"]}, code="day_missing"),
        Example({"day": ["1"], "month": [""], "year": ["2001"]}, code="month_missing", settings=_MONTH),
        Example({"day": ["1"], "month": ["2"], "year": [""]}, code="year_missing"),
        Example({"day": ["32"], "month": ["2"], "year": ["2001"]}, code="day"),
        Example({"day": ["1"], "month": ["ma"], "year": ["2001"]}, code="month"),
        Example({"day": ["1"], "month": ["2"], "year": ["abcd"]}, code="year"),
        Example({"day": ["1"], "month": ["2"], "year": ["98"]}, code="year_two_digits"),
        Example({"day": ["1"], "month": ["2"], "year": ["1445"]}, code="year_calendar"),
        Example({"day": ["29"], "month": ["2"], "year": ["2001"]}, code="impossible"),
        Example(
            {"day": ["1"], "month": ["1"], "year": ["2099"]}, code="too_late", settings={"not_after": "2026-07-31"}
        ),
        Example(
            {"day": ["1"], "month": ["1"], "year": ["1999"]}, code="too_early", settings={"not_before": "2000-01-01"}
        ),
        Example({"day": ["1"], "month": ["1"], "year": ["1900"]}, code="too_old", settings={"birth": True}),
    )

    def parse(self, raw: Raw, settings: Settings, *, choices: Sequence[str] = (), today: date) -> Parsed:
        typed = _unpack({part: one_line(digits(first(raw, part))) for part in self.parts})
        if not any(typed.values()):
            return Parsed()
        read, problems = _read_parts(typed, settings.get("unknown_parts", ()))
        if problems:
            return Parsed(problems=tuple(problems))
        day, month, year = read["day"], read["month"], read["year"]
        if day and month and day > (most := calendar.monthrange(year, month)[1]):
            return wrong("impossible", "day", day=day, month=month, max=most)
        value = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day and month else "")
        return _within(value, settings, today) or Parsed(value)

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        year, month, day = (*str(value).split("-"), "", "")[:3]
        return {"day": [day.lstrip("0")], "month": [month.lstrip("0")], "year": [year]}


def _unpack(typed: dict[str, str]) -> dict[str, str]:
    """The three parts when a whole date was put into the first box and nothing into the others."""
    if typed["month"] or typed["year"]:
        return typed
    iso = _PASTED_ISO.fullmatch(typed["day"])
    if iso:
        return {"day": iso[3], "month": iso[2], "year": iso[1]}
    whole = _PASTED.fullmatch(typed["day"])
    return {"day": whole[1], "month": whole[2], "year": whole[3]} if whole else typed


def _read_parts(typed: dict[str, str], may_miss: Sequence[str]) -> tuple[dict[str, int], list[Problem]]:
    """Numbers by part (0 for an empty one) and what is wrong with each."""
    read = {
        "day": _number(typed["day"].casefold().removesuffix("er"), 1, 31),
        "month": _number(typed["month"], 1, 12) or month_number(typed["month"]),
        "year": _number(typed["year"], FIRST_YEAR, LAST_YEAR),
    }
    problems = []
    for part, text in typed.items():
        if not text:
            without_month = part == "month" and typed["day"] != ""
            if part not in may_miss or without_month:
                problems.append(Problem(f"{part}_missing", part))
        elif read[part] is None:
            problems.append(Problem(_year_code(text) if part == "year" else part, part))
    return {part: number or 0 for part, number in read.items()}, problems


def _number(text: str, low: int, high: int) -> int | None:
    if not (text.isdecimal() and text.isascii() and len(text) <= 4):
        return None
    return int(text) if low <= int(text) <= high else None


def _year_code(text: str) -> str:
    if not (text.isdecimal() and text.isascii()):
        return "year"
    return {2: "year_two_digits", 4: "year_calendar"}.get(len(text), "year")


def _within(value: str, settings: Settings, today: date) -> Parsed | None:
    """What is wrong when every day of `value` lies outside the limits; None when it may lie inside."""
    latest, earliest = _limit(settings.get("not_after"), today), _limit(settings.get("not_before"), today)
    low, high = span(value)
    if latest is not None and low > span(latest)[1]:
        code = "too_late"
        return wrong(code, _faulty(value), limit=latest, today=int(settings.get("not_after") == "today"))
    if earliest is not None and high < span(earliest)[0]:
        return wrong("too_early", _faulty(value), limit=earliest, today=int(settings.get("not_before") == "today"))
    if settings.get("birth") and high < oldest(today):
        return wrong("too_old", "year", most=LONGEST_LIFE)
    return None


def oldest(today: date) -> date:
    """The first day on which somebody alive today may have been born."""
    return date(today.year - LONGEST_LIFE, today.month, 1)


def _faulty(value: str) -> str:
    """The first box of the date that holds something."""
    return ("year", "month", "day")[value.count("-")]


def _limit(setting: object, today: date) -> str | None:
    if setting == "today":
        return today.isoformat()
    return setting if isinstance(setting, str) and _ISO.fullmatch(setting) else None


@lru_cache(maxsize=4096)
def span(value: str) -> tuple[date, date]:
    """First and last day that an ISO date, cut or not, may mean. ValueError for a day that does not exist.

    The proofs of one procedure ask it ten thousand times about a few hundred dates.
    """
    if len(value) == 10 and value[7] == "-":
        day = date.fromisoformat(value)
        return day, day
    numbers = [int(part) for part in value.split("-")]
    if len(numbers) == 3:
        return date(*numbers), date(*numbers)
    if len(numbers) == 2:
        year, month = numbers
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(numbers[0], 1, 1), date(numbers[0], 12, 31)


KIND = _Date()
