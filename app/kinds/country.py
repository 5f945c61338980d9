"""A country. Value: ISO 3166-1 alpha-2 code, or XK for Kosovo. Setting `options`: the only codes offered."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings, ValueType
from app.kinds.data.countries import COUNTRIES
from app.kinds.single import ONE_TESTS, SingleKind, wrong

_KNOWN = frozenset(COUNTRIES)


class _Country(SingleKind):
    name = "country"
    value_type: ValueType = "choice"
    operators = ONE_TESTS
    error_codes = ("required", "choice")
    examples = (
        Example({"": ["SN"]}, "SN"),
        Example({"": ["XK"]}, "XK"),
        Example({"": [""]}, code="required"),
        Example({"": ["ZZ"]}, code="choice"),
        Example({"": ["SN"]}, code="choice", settings={"options": ["FR"]}),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        return Parsed(text) if text in settings.get("options", _KNOWN) else wrong("choice")


KIND = _Country()
