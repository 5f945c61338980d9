"""A French department or overseas collectivity. Value: INSEE code ("94", "2A", "971"). Setting `options`: the only
codes offered.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings, ValueType
from app.kinds.data.departments import DEPARTMENTS
from app.kinds.single import ONE_TESTS, SingleKind, wrong


class _Department(SingleKind):
    name = "department"
    value_type: ValueType = "choice"
    operators = ONE_TESTS
    error_codes = ("required", "choice")
    examples = (
        Example({"": ["2A"]}, "2A"),
        Example({"": ["971"]}, "971"),
        Example({"": [""]}, code="required"),
        Example({"": ["20"]}, code="choice"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        return Parsed(text) if text in settings.get("options", DEPARTMENTS) else wrong("choice")


KIND = _Department()
