"""Every text that a part of the model holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from app.spec.model.questions import Field
from app.spec.model.values import Text


@dataclass(frozen=True, slots=True)
class Said:
    """A text, the part of the model that holds it, what it is there, and the question it belongs to."""

    text: Text
    owner: Any
    role: str
    question: Field | None


def said_in(value: Any) -> Iterator[Said]:
    """The texts of a part of the model, in its order; empty ones left out."""
    yield from _walk(value, value, "", None)


def _walk(value: Any, owner: Any, role: str, question: Field | None) -> Iterator[Said]:
    if isinstance(value, Text):
        if value.source.strip():
            yield Said(value, owner, role, question)
    elif is_dataclass(value) and not isinstance(value, type):
        inside = value if isinstance(value, Field) else question
        for field in fields(value):
            yield from _walk(getattr(value, field.name), value, field.name, inside)
    elif isinstance(value, Mapping):
        for child in value.values():
            yield from _walk(child, owner, role, question)
    elif isinstance(value, tuple):
        for child in value:
            yield from _walk(child, owner, role, question)
