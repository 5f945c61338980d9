"""The number of a passport."""

from __future__ import annotations

from app.fields.parameters import Adapter, Bound, Component, as_typed, single


def component(bound: Bound) -> Component:
    return single(bound, spellcheck=False, width="10")


ADAPTER = Adapter(component, as_typed)
