"""A country, by its name in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, Option, select
from app.fields.wording import Words
from app.locale import country_choices, country_name
from app.spec.model import Field


def offered(field: Field, locale: str, *, nationality: bool = False) -> list[Option]:
    """Code and name of what can be chosen: all, or the author's own list."""
    only = field.settings.get("options")
    return [
        (code, name) for code, name in country_choices(locale, nationality=nationality) if only is None or code in only
    ]


def component(bound: Bound) -> Component:
    return select(bound, offered(bound.spec, bound.words.locale))


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [country_name(str(value), words.locale)]


ADAPTER = Adapter(component, lines)
