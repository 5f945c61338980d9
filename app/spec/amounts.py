"""What an author meant who wrote a text where a number, a duration or a size is asked: "10", « 4 mois », « 10 Mo »."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from app.spec.units import FRENCH, KNOWN

_AMOUNT = re.compile(r"\s*(-?[0-9]+(?:[ \u00a0\u202f][0-9]{3})*(?:[.,][0-9]+)?)[ \u00a0\u202f]*([^\W\d_]+|€|%|)\s*")
_SPACES = re.compile("[ \u00a0\u202f]")
_SIZES: Final[Mapping[str, str]] = {"mo": "MB", "mb": "MB", "ko": "KB", "kb": "KB"}
_TIME = frozenset({"days", "weeks", "months", "years"})


def number_and_unit(text: str) -> tuple[str, str] | None:
    """`"877,50 euros"` is `("877.50", "EUR")`; the unit is "" where there is none. None for anything else."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    written, unit = _SPACES.sub("", found[1]).replace(",", "."), found[2].lower()
    known = {name.lower(): name for name in KNOWN}
    meant = FRENCH.get(unit) or known.get(unit) or ("percent" if unit == "%" else unit)
    return format(Decimal(written), "f"), meant


def duration_of(text: str) -> str | None:
    """« 4 mois » is "4 months"; None for what is no whole number of days, weeks, months or years."""
    found = number_and_unit(text)
    unit = "" if found is None else found[1] if found[1] in _TIME else f"{found[1]}s"
    return f"{found[0]} {unit}" if found is not None and unit in _TIME and found[0].isdigit() else None


def size_of(text: str) -> str | None:
    """« 10 Mo » is "10 MB"; None for anything else."""
    found = number_and_unit(text)
    unit = _SIZES.get(found[1].lower()) if found is not None else None
    return f"{found[0]} {unit}" if found is not None and unit is not None else None
