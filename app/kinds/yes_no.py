"""Yes or no. Value: "yes" or "no"."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings, ValueType
from app.kinds.single import ONE_TESTS, SingleKind, wrong

ANSWERS = ("yes", "no")


class _YesNo(SingleKind):
    name = "yes_no"
    value_type: ValueType = "choice"
    operators = ONE_TESTS
    error_codes = ("required", "choice")
    examples = (
        Example({"": ["yes"]}, "yes"),
        Example({"": ["no"]}, "no"),
        Example({}, code="required"),
        Example({"": ["oui"]}, code="choice"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        return Parsed(text) if text in ANSWERS else wrong("choice")


KIND = _YesNo()
