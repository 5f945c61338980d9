"""What every field kind is: how typed text becomes a value, and what a condition may ask of it.

A kind is pure. It knows no language, no page and no procedure: it receives the raw text of its controls and its own
settings, and gives back a JSON value or coded problems. Messages and display are the business of `app.fields`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

Value = str | int | list[str] | dict[str, Any]
"""An answer as it is stored: JSON only. The shape for each kind is in its module's docstring."""

Raw = Mapping[str, Sequence[str]]
"""Typed text by part name; the part `""` is the control that bears the field's own id. A missing part was not sent."""

Settings = Mapping[str, Any]

ValueType = Literal["text", "choice", "choices", "number", "date", "composite"]

UNKNOWN: dict[str, Any] = {"unknown": True}
"""The answer "I do not know", for every kind."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why typed text is not a value. `code` is permanent and documented; `part` names the faulty control (`"month"`),
    None for the first; `params` fills the message (`{"max": 31}`).
    """

    code: str
    part: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """`value` is None when nothing was typed or when there are problems. `advice` never blocks."""

    value: Value | None = None
    problems: tuple[Problem, ...] = ()
    advice: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """Typed text with what must come of it: feeds tests, documentation and the list of error states to audit. A `code`
    beside a `value` is advice; without one it is an error; `required` is for an empty answer.
    """

    raw: Mapping[str, Sequence[str]]
    value: Value | None = None
    code: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


class Kind(Protocol):
    """One field kind. Instances are module constants named `KIND`, found by `app.kinds.registry`. Its facts never
    change, so that a kind may state them as plain class attributes.
    """

    @property
    def name(self) -> str: ...

    @property
    def value_type(self) -> ValueType: ...

    @property
    def parts(self) -> tuple[str, ...]:
        """Suffixes of its controls; `("",)` for one named by the field id, `("day", "month", "year")` for a date."""
        ...

    @property
    def operators(self) -> frozenset[str]:
        """Tests that a condition may make on it (see `app.spec.model.Test`)."""
        ...

    @property
    def readable_parts(self) -> tuple[str, ...]:
        """Parts of the value that a condition may read, as `address.department`."""
        ...

    @property
    def error_codes(self) -> tuple[str, ...]:
        """Every code `parse` can give, `required` included."""
        ...

    @property
    def advice_codes(self) -> tuple[str, ...]:
        """Every code of the advice that `parse` can give; advice never blocks."""
        ...

    @property
    def choice_based(self) -> bool:
        """Whether the author lists `choices`."""
        ...

    @property
    def examples(self) -> tuple[Example, ...]: ...

    def parse(self, raw: Raw, settings: Settings, *, choices: Sequence[str] = (), today: date) -> Parsed:
        """Read typed text. Empty text gives `Parsed()`: whether an answer is required is the caller's business."""
        ...

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        """What the controls show for a stored value: the inverse of `parse`."""
        ...

    def part(self, value: Value, name: str) -> Value | None:
        """A readable part of a composite value; None where it has none."""
        ...
