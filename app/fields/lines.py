"""A stored answer in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.registry import ADAPTERS
from app.fields.wording import Words
from app.kinds.base import UNKNOWN
from app.spec.model import Field


def _(source: str) -> str:
    return source


NOT_KNOWN = _("Je ne sais pas")


def display(field: Field, value: Any, words: Words) -> Sequence[str]:
    """The lines of an answer; one that a revision has made impossible is shown as it is stored."""
    if value == UNKNOWN:
        return [words.say(NOT_KNOWN) if field.unknown is None else words.plain(field.unknown)]
    return ADAPTERS[field.kind].lines(field, value, words)
