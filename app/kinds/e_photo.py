"""The code of a digital photo and signature (e-photo). Value: 22 capital letters and digits (facts, 5.4)."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings
from app.kinds.codes import CodeKind, checked
from app.kinds.single import wrong

LENGTH = 22


class _EPhoto(CodeKind):
    name = "e_photo"
    error_codes = ("required", "characters", "one_missing", "length")
    examples = (
        Example({"": ["abcd-efgh-ijkl-mnop-qrst-12"]}, "ABCDEFGHIJKLMNOPQRST12"),
        Example({"": [""]}, code="required"),
        Example({"": ["ABCDEFGHIJKLMNOPQRST1!"]}, code="characters"),
        Example({"": ["ABCDEFGHIJKLMNOPQRST1"]}, code="one_missing"),
        Example({"": ["ABCD"]}, code="length"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        parsed = checked(text, LENGTH, LENGTH)
        return wrong("one_missing") if parsed.problems and len(text) == LENGTH - 1 and _bare(parsed) else parsed


def _bare(parsed: Parsed) -> bool:
    return parsed.problems[0].code == "length"


KIND = _EPhoto()
