"""Several choices among a few, all shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, authored_choices, chosen_label
from app.fields.wording import Words
from app.spec.model import Field


def component(bound: Bound) -> Component:
    # Never `required` on a box: it would ask for that box, not for at least one (WTForms does that).
    return authored_choices(bound, required=False)


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [chosen_label(field, one, words) for one in (value if isinstance(value, list) else [value])]


ADAPTER = Adapter(component, lines)
