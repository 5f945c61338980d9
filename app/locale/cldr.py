"""The CLDR as Babel holds it, without what no page of ours shows: of 1.5 MB a language, half.

Every use of Babel's formats goes through `cldr`, which lets go of the rest when a language is first used.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale, localedata

UNUSED = "compact_currency_formats", "compact_decimal_formats", "date_fields", "interval_formats"
"""Written by functions of Babel that nothing here calls: short numbers, "3 hours ago", "from … to …"."""
UNITS = ("duration-", "digital-", "concentr-percent")
"""What the names of the units begin with that a page may show."""


@cache
def cldr(code: str) -> str:
    """The CLDR's name of a language as the service writes it. Raises `babel.UnknownLocaleError`."""
    # Day before month, as on every paper in France: "24 November 2026", not "November 24, 2026".
    name = "en_GB" if code == "en" else code.replace("-", "_")
    locale = Locale.parse(name)
    _lighten(str(locale))
    return name


def own_name(code: str) -> str:
    """What a language calls itself; its code where the CLDR does not say. Raises `babel.UnknownLocaleError`."""
    locale = Locale.parse(code.replace("-", "_"))
    name = locale.get_display_name(locale) or code
    _lighten(str(locale))
    return name


def _lighten(name: str) -> None:
    """Let go of what is not shown, in a language and in those it is made from."""
    parts = name.split("_")
    for lineage in ("_".join(parts[:count]) for count in range(1, len(parts) + 1)):
        _strip(localedata.load(lineage))
    _strip(localedata.load("root"))


def _strip(data: dict[str, Any]) -> None:
    for unused in UNUSED:
        data.pop(unused, None)
    units = data.get("unit_patterns")
    if units:
        data["unit_patterns"] = {unit: units[unit] for unit in units if unit.startswith(UNITS)}
