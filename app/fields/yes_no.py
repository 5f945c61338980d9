"""Yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, choices
from app.fields.wording import Words
from app.spec.model import Field


def _(source: str) -> str:
    return source


LABELS = {"yes": _("Oui"), "no": _("Non")}


def component(bound: Bound) -> Component:
    return choices(bound, [(value, bound.words.say(label)) for value, label in LABELS.items()])


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [words.say(LABELS[value]) if value in LABELS else str(value)]


ADAPTER = Adapter(component, lines)
