"""Several choices. Value: list of choice ids in the author's order, never empty.

Setting `exclusive`: ids of the choices that stand alone ("none of these"); the caller takes it from the choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.kinds.base import Example, Parsed, Raw, Settings, Value, ValueType
from app.kinds.single import MANY_TESTS, BaseKind, wrong


class _Checkboxes(BaseKind):
    name = "checkboxes"
    value_type: ValueType = "choices"
    operators = MANY_TESTS
    choice_based = True
    error_codes = ("required", "choice", "exclusive")
    examples = (
        Example({"": ["b", "a", "b"]}, ["a", "b"]),
        Example({"": ["none"]}, ["none"], settings={"exclusive": ["none"]}),
        Example({}, code="required"),
        Example({"": ["gone"]}, code="choice"),
        Example({"": ["a", "none"]}, code="exclusive", settings={"exclusive": ["none"]}),
    )

    def parse(self, raw: Raw, settings: Settings, *, choices: Sequence[str] = (), today: date) -> Parsed:
        ticked = {text for text in raw.get("", ()) if text}
        if not ticked <= set(choices):
            return wrong("choice")
        alone = [name for name in settings.get("exclusive", ()) if name in ticked]
        if alone and len(ticked) > 1:
            return wrong("exclusive", exclusive=alone[0])
        return Parsed([name for name in choices if name in ticked] or None)

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        return {"": list(value) if isinstance(value, list) else []}


KIND = _Checkboxes()
