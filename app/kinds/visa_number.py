"""The number of a visa sticker. Value: "FRA" or nothing, then 9 digits on French ones; else 8 to 12 capital letters and
digits, remarked upon (facts, 5.2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Problem, Settings
from app.kinds.codes import CodeKind, checked

_FRENCH = re.compile(r"(FRA)?[0-9]{9}")


class _VisaNumber(CodeKind):
    name = "visa_number"
    error_codes = ("required", "characters", "length")
    advice_codes = ("unusual",)
    examples = (
        Example({"": ["fra 123 456 789"]}, "FRA123456789"),
        Example({"": ["123456789"]}, "123456789"),
        Example({"": ["AB12345678"]}, "AB12345678", code="unusual"),
        Example({"": [""]}, code="required"),
        Example({"": ["12345678?"]}, code="characters"),
        Example({"": ["1234567"]}, code="length"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        if _FRENCH.fullmatch(text):
            return Parsed(text)
        parsed = checked(text, 8, 12)
        return parsed if parsed.problems else Parsed(text, advice=(Problem("unusual"),))


KIND = _VisaNumber()
