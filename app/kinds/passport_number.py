"""A passport number of any country. Value: 5 to 15 capital letters and digits."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings
from app.kinds.codes import CodeKind, checked


class _PassportNumber(CodeKind):
    name = "passport_number"
    error_codes = ("required", "characters", "length")
    examples = (
        Example({"": ["a 0123-4567"]}, "A01234567"),
        Example({"": ["Ａ０１２３４５６７"]}, "A01234567"),
        Example({"": [""]}, code="required"),
        Example({"": ["A0123*567"]}, code="characters"),
        Example({"": ["A12"]}, code="length"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        return checked(text, 5, 15)


KIND = _PassportNumber()
