"""The foreigner number (AGDREF). Value: 8 to 10 digits. Ten is usual: another count is remarked upon (facts, 5.1)."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Problem, Settings
from app.kinds.codes import CodeKind, checked


class _ForeignerNumber(CodeKind):
    name = "foreigner_number"
    error_codes = ("required", "characters", "length")
    advice_codes = ("not_ten",)
    examples = (
        Example({"": ["01 23 45 67 89"]}, "0123456789"),
        Example({"": ["٠١٢٣٤٥٦٧٨٩"]}, "0123456789"),
        Example({"": ["123456789"]}, "123456789", code="not_ten"),
        Example({"": [""]}, code="required"),
        Example({"": ["FRA1234567"]}, code="characters"),
        Example({"": ["1234567"]}, code="length"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        parsed = checked(text, 8, 10, "digits")
        if parsed.problems or len(text) == 10:
            return parsed
        return Parsed(text, advice=(Problem("not_ten", None, {"length": len(text)}),))


KIND = _ForeignerNumber()
