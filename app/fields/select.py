"""One choice in a long list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, chosen_label, select
from app.fields.wording import Words
from app.spec.model import Field


def component(bound: Bound) -> Component:
    return select(bound, [(choice.id, bound.words.plain(choice.label)) for choice in bound.spec.choices])


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [chosen_label(field, value, words)]


ADAPTER = Adapter(component, lines)
