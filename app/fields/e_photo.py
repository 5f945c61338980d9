"""The code of a photograph that a photographer sent to the State."""

from __future__ import annotations

from app.fields.parameters import Adapter, Bound, Component, as_typed, single


def component(bound: Bound) -> Component:
    return single(bound, spellcheck=False, width="20")


ADAPTER = Adapter(component, as_typed)
