"""An amount of money, with its currency behind the box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, single
from app.fields.wording import Words
from app.locale import currency_sign, format_amount
from app.spec.model import Field

EURO = "EUR"


def component(bound: Bound) -> Component:
    sign = currency_sign(bound.spec.settings.get("unit", EURO), bound.words.locale)
    return single(bound, inputmode="decimal", spellcheck=False, width="6", suffix=sign)


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [format_amount(value, field.settings.get("unit", EURO), words.locale)]


ADAPTER = Adapter(component, lines)
