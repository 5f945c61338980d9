"""One choice among a few, all shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, authored_choices, chosen_label
from app.fields.wording import Words
from app.spec.model import Field


def component(bound: Bound) -> Component:
    return authored_choices(bound)


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [chosen_label(field, value, words)]


ADAPTER = Adapter(component, lines)
