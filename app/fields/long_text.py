"""Several lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, single
from app.fields.wording import Words
from app.kinds.long_text import ROWS
from app.spec.model import Field


def component(bound: Bound) -> Component:
    # No `maxlength`: browsers cut a pasted text without a word. The message tells how much is too much.
    return single(bound, rows=bound.spec.settings.get("rows", ROWS))


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return str(value).split("\n")


ADAPTER = Adapter(component, lines)
