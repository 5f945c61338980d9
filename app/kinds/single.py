"""What kinds with one control have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date

from app.kinds.base import Example, Parsed, Problem, Raw, Settings, Value, ValueType
from app.kinds.typed import first, one_line

TEXT_TESTS = frozenset({"answered", "unknown"})
ONE_TESTS = frozenset({"is", "in", "not_in", "answered", "unknown"})
MANY_TESTS = frozenset({"includes", "includes_any", "includes_all", "includes_none", "answered", "unknown"})
NUMBER_TESTS = frozenset({"is", "at_least", "at_most", "more_than", "less_than", "between", "answered", "unknown"})
DATE_TESTS = frozenset(
    {
        "before",
        "after",
        "on_or_before",
        "on_or_after",
        "more_than_ago",
        "less_than_ago",
        "less_than_ahead",
        "more_than_ahead",
        "answered",
        "unknown",
    }
)


def wrong(code: str, part: str | None = None, **params: str | int) -> Parsed:
    """The result of reading text that has one problem."""
    return Parsed(problems=(Problem(code, part, params),))


class BaseKind:
    """What most kinds have alike; each says how it parses."""

    name: str
    value_type: ValueType = "text"
    parts: tuple[str, ...] = ("",)
    operators: frozenset[str] = TEXT_TESTS
    readable_parts: tuple[str, ...] = ()
    error_codes: tuple[str, ...] = ("required",)
    advice_codes: tuple[str, ...] = ()
    choice_based: bool = False
    examples: tuple[Example, ...] = ()

    def clean(self, text: str) -> str:
        return one_line(text)

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        return {"": [str(value)]}

    def part(self, value: Value, name: str) -> Value | None:
        return None


class SingleKind(BaseKind, ABC):
    """One control, one value kept as text. A kind overrides `read`, which receives text that is never empty."""

    def parse(self, raw: Raw, settings: Settings, *, choices: Sequence[str] = (), today: date) -> Parsed:
        text = self.clean(first(raw))
        return self.read(text, settings, choices) if text else Parsed()

    @abstractmethod
    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        """The value of `text`, or what is wrong with it."""


class OneChoice(SingleKind):
    """One choice of the author's. Value: its id."""

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
