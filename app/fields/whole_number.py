"""A whole number, with its unit behind the box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, single
from app.fields.wording import Words
from app.locale import format_number
from app.spec.model import Field


def component(bound: Bound) -> Component:
    # `inputmode`, not `type=number`: that one drops what it cannot read and changes on scrolling.
    return single(bound, inputmode="numeric", spellcheck=False, width="4", suffix=bound.spec.settings.get("unit"))


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    number = format_number(value, words.locale) if isinstance(value, int) else str(value)
    unit = field.settings.get("unit")
    return [f"{number}\u00a0{unit}" if unit else number]


ADAPTER = Adapter(component, lines)
