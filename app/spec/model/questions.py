"""Steps, pages and questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.spec.model.values import Condition, Text


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: Text
    hint: Text | None = None
    exclusive: bool = False
    specify: Text | None = None
    """Label of the text box that asks "which one?"; its answer is kept under `<field id>__specify`."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `settings` holds what only its kind knows (`unknown_parts`, `not_after`, `min`, `multiple`, …),
    already validated by `schemas/fields/<kind>.json`. `errors` overrides messages by error code.
    """

    id: str
    kind: str
    label: Text
    hint: Text | None = None
    help: Text | None = None
    why: Text | None = None
    example: str | None = None
    required: bool = True
    unknown: Text | None = None
    when: Condition | None = None
    choices: tuple[Choice, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    subject: Literal["self", "other"] = "self"
    autocomplete: str | None = None
    same_as: str | None = None
    errors: Mapping[str, Text] = field(default_factory=dict)
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    text: Text
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A cross-field check: when `when` is true, `says` is shown at field `at` (or at the page). Advice never blocks."""

    when: Condition
    says: Text
    level: Literal["error", "advice"] = "error"
    at: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    file: str
    alt: Text


@dataclass(frozen=True, slots=True)
class Repeat:
    """`for_each` names a checkboxes field: one item per ticked choice, its choice id is the item id; with `choices`,
    only those make one. Else the person adds items.
    """

    item: Text
    min: int = 0
    max: int = 10
    for_each: str | None = None
    choices: tuple[str, ...] = ()

    def ticked(self, answer: Any) -> list[str]:
        """The choices of an answer that make an item; "I do not know" makes none."""
        given = answer if isinstance(answer, list) else []
        return [choice for choice in given if not self.choices or choice in self.choices]

    def own(self, item: str) -> dict[str, list[str]]:
        """Seen from inside an item, the answer it was made for is its own choice alone."""
        return {} if self.for_each is None else {self.for_each: [item]}


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked at once: a step, or the part of it that starts where a field's `when` reads its own step.

    `id` is the step id, or `<step id>/<first field id>` for a later page of the step.
    """

    id: str
    fields: tuple[Field, ...]
    checks: tuple[Check, ...] = ()
    """Those whose last read field is on this page."""


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    title: Text
    pages: tuple[Page, ...]
    when: Condition | None = None
    private: bool = False
    notes: tuple[Note, ...] = ()
    picture: Picture | None = None
    repeat: Repeat | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(f for page in self.pages for f in page.fields)
