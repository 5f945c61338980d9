"""The number of an electronic fiscal stamp. Value: 16 digits, shown in groups of four (facts, 5.5)."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings, Value
from app.kinds.codes import CodeKind, checked

LENGTH = 16


class _FiscalStamp(CodeKind):
    name = "fiscal_stamp"
    error_codes = ("required", "characters", "length")
    examples = (
        Example({"": ["1234 5678 9012 3456"]}, "1234567890123456"),
        Example({"": [""]}, code="required"),
        Example({"": ["1234 5678 9O12 3456"]}, code="characters"),
        Example({"": ["1234 5678"]}, code="length"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        return checked(text, LENGTH, LENGTH, "digits")

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        return {"": [grouped(str(value))]}


def grouped(value: str) -> str:
    """Digits in groups of four."""
    return " ".join(value[place : place + 4] for place in range(0, len(value), 4))


KIND = _FiscalStamp()
