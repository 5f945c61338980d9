"""A French department or overseas collectivity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, Option, select
from app.fields.wording import Words
from app.kinds.data.departments import DEPARTMENTS
from app.spec.model import Field


def shown(code: str) -> str:
    """`94 Val-de-Marne`: people know one or the other."""
    return f"{code} {DEPARTMENTS[code]}" if code in DEPARTMENTS else code


def component(bound: Bound) -> Component:
    only = bound.spec.settings.get("options", DEPARTMENTS)
    named: list[Option] = [(code, shown(code)) for code in DEPARTMENTS if code in only]
    return select(bound, named)


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [shown(str(value))]


ADAPTER = Adapter(component, lines)
