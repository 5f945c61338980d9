"""Texts with their permanent address, and the small values that every part of the model uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.spec.canonical import decode_condition
from app.spec.model import Condition, Note, Text

Plain = Mapping[str, Any]


def text(value: Any, context: str) -> Text:
    """A text of the file: a string, or a map with `verbatim`."""
    if isinstance(value, str):
        return Text(value, context)
    return Text(value["text"], context, bool(value.get("verbatim", False)))


def text_of(plain: Plain, key: str, context: str) -> Text | None:
    """The text under `key`, with `key` as the end of its address; None where it is absent."""
    value = plain.get(key)
    return None if value is None else text(value, f"{context}/{key}")


def texts_of(plain: Plain, key: str, context: str) -> tuple[Text, ...]:
    return tuple(text(value, f"{context}/{key}/{number}") for number, value in enumerate(plain.get(key, ())))


def condition_of(plain: Plain) -> Condition | None:
    when = plain.get("when")
    return None if when is None else decode_condition(when)


def day_of(plain: Plain, key: str) -> date | None:
    value = plain.get(key)
    return None if value is None else date.fromisoformat(value)


def notes_of(values: Sequence[Any], context: str) -> tuple[Note, ...]:
    """Texts that may have a condition: notes of a step, paragraphs of a letter."""
    return tuple(_note(value, f"{context}/{number}") for number, value in enumerate(values))


def _note(value: Any, context: str) -> Note:
    if isinstance(value, str):
        return Note(Text(value, context))
    if isinstance(value["text"], str):
        return Note(Text(value["text"], context, bool(value.get("verbatim", False))), condition_of(value))
    return Note(text(value["text"], context), condition_of(value))
