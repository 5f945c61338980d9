"""One nationality, or up to three boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.country import offered
from app.fields.parameters import Adapter, Bound, Component, group, part, select
from app.fields.wording import Words
from app.locale import country_name
from app.spec.model import Field


def _(source: str) -> str:
    return source


LABELS = {"": _("Première nationalité"), "2": _("Deuxième nationalité"), "3": _("Troisième nationalité")}


def component(bound: Bound) -> Component:
    named = offered(bound.spec, bound.words.locale, nationality=True)
    if not bound.spec.settings.get("multiple"):
        return select(bound, named)
    parts = [part(bound, name, label, offered=named, optional=name != "") for name, label in LABELS.items()]
    return group(bound, parts)


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    codes = value if isinstance(value, list) else [value]
    return [country_name(str(code), words.locale) for code in codes]


ADAPTER = Adapter(component, lines)
