"""Dates, numbers, amounts and durations as the reader's language writes them (CLDR), remembered once written."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.dates import format_date as cldr_date
from babel.dates import format_skeleton, get_timezone, get_timezone_location
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from babel.units import format_unit

from app.locale.cldr import cldr
from app.spec.model import Duration

_UNITS = {
    "day": "duration-day",
    "days": "duration-day",
    "week": "duration-week",
    "weeks": "duration-week",
    "month": "duration-month",
    "months": "duration-month",
    "year": "duration-year",
    "years": "duration-year",
    "hour": "duration-hour",
    "hours": "duration-hour",
    "minute": "duration-minute",
    "minutes": "duration-minute",
    "percent": "concentr-percent",
    "%": "concentr-percent",
}


@lru_cache(maxsize=10_000)
def format_date(when: date | str, locale: str) -> str:
    """A day in words: `24 novembre 2026`. A stored partial date says what is known: `novembre 2026`, `2026`.

    Text that is not a date comes back as it is.
    """
    if isinstance(when, date):
        return _full(when, locale)
    parts = when.split("-")
    try:
        if len(parts) == 1:
            return when
        if len(parts) == 2:
            month = format_skeleton("yMMMM", date(int(parts[0]), int(parts[1]), 1), locale=cldr(locale))
            return _whole_year(month, locale)
        return _full(date(*map(int, parts)), locale)
    except (TypeError, ValueError):
        return when


def _whole_year(written: str, locale: str) -> str:
    """The word « year », where the CLDR has its first letter and a full stop: that stop would end a sentence twice."""
    return re.sub(r"\sр\.$", " року", written) if locale.startswith("uk") else written


def _full(day: date, locale: str) -> str:
    written = _whole_year(cldr_date(day, "long", locale=cldr(locale)), locale)
    # The first of the month is an ordinal in French, which the CLDR pattern does not say.
    return written.replace("1 ", "1er ", 1) if day.day == 1 and locale.startswith("fr") else written


@lru_cache(maxsize=5_000)
def format_number(value: Decimal | int | str, locale: str) -> str:
    """A number with the language's separators."""
    return format_decimal(Decimal(value), locale=cldr(locale))


@lru_cache(maxsize=5_000)
def format_amount(value: Decimal | int | str, unit: str | None, locale: str) -> str:
    """A number with its unit: `225 €`, `877,50 €`, `3 mois`. Text that is no number, or a unit without a CLDR name, is
    put as it is.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return f"{value} {unit}" if unit else str(value)
    if unit is None:
        return format_number(number, locale)
    if unit in _UNITS:
        return _measure(number, _UNITS[unit], cldr(locale))
    if len(unit) == 3 and unit.isupper():
        whole = _whole_currency(locale) if number == number.to_integral_value() else None
        written = format_currency(number, unit, whole, locale=cldr(locale), currency_digits=whole is None)
        return written.replace(unit, currency_sign(unit, locale))
    return f"{format_number(number, locale)}\u00a0{unit}"


def _measure(number: Decimal, unit: str, locale: str) -> str:
    """A number of days, months, ... in words. Where the long words are the short ones (Arabic: `3 أشهر`), the CLDR
    says them once, as the short ones, and Babel does not look there: it writes the code of the unit.
    """
    words = str(format_unit(number, unit, length="long", locale=locale))
    if unit in words:
        words = str(format_unit(number, unit, length="short", locale=locale))
    # A line never ends between a number and its unit: the CLDR holds them together in some words only (`2 ans`).
    return re.sub(r"(?<=\d) ", "\u00a0", words)


@lru_cache(maxsize=1_000)
def format_place(zone: str, locale: str) -> str:
    """The city that a time zone is named after (`Europe/Paris`), in the reader's language."""
    return str(get_timezone_location(get_timezone(zone), locale=cldr(locale), return_city=True))


def currency_sign(unit: str, locale: str) -> str:
    """The sign of a currency (`EUR`) as the language writes it: `€`, also where the CLDR has the code (Ukrainian)."""
    sign = str(get_currency_symbol(unit, locale=cldr(locale)))
    return "€" if sign == "EUR" else sign


def _whole_currency(locale: str) -> str:
    return str(Locale.parse(cldr(locale)).currency_formats["standard"].pattern).replace("0.00", "0")


def format_duration(span: Duration, locale: str) -> str:
    """A span of time in words: `3 mois`."""
    return format_amount(span.count, span.unit, locale)
