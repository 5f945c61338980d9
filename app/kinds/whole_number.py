"""A whole number. Value: int. Settings `min` (0), `max`, `unit` (a word shown after the box, also accepted behind the
number).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings, ValueType
from app.kinds.single import NUMBER_TESTS, SingleKind, wrong
from app.kinds.typed import digits

_SPACES = re.compile(r"[\s'’]")
_DECIMAL = re.compile(r"[+-]?\d+[.,]\d+")
_LONGEST = 15


class _WholeNumber(SingleKind):
    name = "whole_number"
    value_type: ValueType = "number"
    operators = NUMBER_TESTS
    error_codes = ("required", "not_number", "decimal", "too_small", "too_large")
    examples = (
        Example({"": ["1 234"]}, 1234),
        Example({"": ["۳۵"]}, 35),
        Example({"": ["35 heures"]}, 35, settings={"unit": "heures"}),
        Example({"": ["0"]}, 0),
        Example({"": [""]}, code="required"),
        Example({"": ["trois"]}, code="not_number"),
        Example({"": ["12,5"]}, code="decimal"),
        Example({"": ["-1"]}, code="too_small"),
        Example({"": ["11"]}, code="too_large", settings={"max": 10}),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        plain = digits(text).replace("−", "-")
        unit = str(settings.get("unit", ""))
        if unit and plain.casefold().endswith(unit.casefold()):
            plain = plain[: len(plain) - len(unit)]
        plain = _SPACES.sub("", plain)
        if _DECIMAL.fullmatch(plain):
            return wrong("decimal")
        if not re.fullmatch(r"[+-]?[0-9]+", plain) or len(plain) > _LONGEST:
            return wrong("not_number")
        number = int(plain)
        least, most = int(settings.get("min", 0)), settings.get("max")
        if number < least:
            return wrong("too_small", min=least)
        if most is not None and number > int(most):
            return wrong("too_large", max=int(most))
        return Parsed(number)


KIND = _WholeNumber()
