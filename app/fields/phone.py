"""A phone number of any country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, single
from app.fields.wording import Words
from app.locale import format_phone
from app.spec.model import Field


def component(bound: Bound) -> Component:
    return single(bound, inputmode="tel", spellcheck=False, width="10")


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [format_phone(str(value), words.locale)]


ADAPTER = Adapter(component, lines)
