"""The number of a residence permit, front of the card. Value: 6 to 12 capital letters and digits (facts, 5.2)."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings
from app.kinds.codes import CodeKind, checked


class _PermitNumber(CodeKind):
    name = "permit_number"
    error_codes = ("required", "characters", "length")
    examples = (
        Example({"": ["xa 000 0001"]}, "XA0000001"),
        Example({"": [""]}, code="required"),
        Example({"": ["XA00<0001"]}, code="characters"),
        Example({"": ["XA1"]}, code="length"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        return checked(text, 6, 12)


KIND = _PermitNumber()
