"""Sizes of files in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from babel.units import format_unit

from app.locale.formats import format_number

_FRENCH = ("octets", "Ko", "Mo")
_UNITS = ("digital-byte", "digital-kilobyte", "digital-megabyte")


def format_size(size: int, locale: str) -> str:
    """`size` bytes as a person reads it: `850 Ko`, `1,2 Mo`. Decimal units, as phones show them."""
    if size < 1000:
        return _written(Decimal(size), 0, locale)
    if size < 1_000_000:
        return _written(Decimal(-(-size // 1000)), 1, locale)
    value = (Decimal(size) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return _written(value.to_integral_value() if value == value.to_integral_value() else value, 2, locale)


def _written(value: Decimal, unit: int, locale: str) -> str:
    if locale == "fr":
        # "octets" in full, and the capital letters that phones show, where the CLDR has "o", "ko", "Mo".
        return f"{format_number(value, locale)}\u00a0{_FRENCH[unit]}"
    # In Arabic the short form is two letters with a full stop (`م.ب`), which no voice says as a size.
    length: Literal["short", "long"] = "long" if locale.partition("-")[0] == "ar" else "short"
    written = format_unit(value, _UNITS[unit], length=length, locale=locale.replace("-", "_"))
    return str(written).replace(" ", "\u00a0")
