"""One choice in a long list. Value: the choice id."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings, ValueType
from app.kinds.single import ONE_TESTS, SingleKind, wrong


class _Select(SingleKind):
    name = "select"
    value_type: ValueType = "choice"
    operators = ONE_TESTS
    choice_based = True
    error_codes = ("required", "choice")
    examples = (
        Example({"": ["a"]}, "a"),
        Example({"": [""]}, code="required"),
        Example({"": ["gone"]}, code="choice"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        return Parsed(text) if text in choices else wrong("choice")


KIND = _Select()
