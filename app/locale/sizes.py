"""Sizes of files in words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from app.locale.formats import format_number

_UNITS = {"fr": ("octets", "Ko", "Mo")}
_ENGLISH = ("bytes", "KB", "MB")


def format_size(size: int, locale: str) -> str:
    """`size` bytes as a person reads it: `850 Ko`, `1,2 Mo`. Decimal units, as phones show them."""
    byte, kilo, mega = _UNITS.get(locale, _ENGLISH)
    if size < 1000:
        return f"{size}\u00a0{byte}"
    if size < 1_000_000:
        return f"{format_number(-(-size // 1000), locale)}\u00a0{kilo}"
    value = (Decimal(size) / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    shown = value.to_integral_value() if value == value.to_integral_value() else value
    return f"{format_number(shown, locale)}\u00a0{mega}"
