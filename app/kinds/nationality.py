"""One nationality, or up to three. Value: list of codes as for a country, with XXA (stateless) and XXB (refugee); never
empty.

Settings: `multiple` (three boxes instead of one), `options` (the only codes offered). "Stateless" beside a nationality
is remarked upon, not refused: some papers do say both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.kinds.base import Example, Parsed, Problem, Raw, Settings, Value, ValueType
from app.kinds.data.countries import NATIONALITIES, STATELESS
from app.kinds.single import MANY_TESTS, BaseKind
from app.kinds.typed import first

_KNOWN = frozenset(NATIONALITIES)
_SEVERAL = {"multiple": True}


class _Nationality(BaseKind):
    name = "nationality"
    value_type: ValueType = "choices"
    parts = ("", "2", "3")
    operators = MANY_TESTS
    error_codes = ("required", "choice")
    advice_codes = ("stateless", "repeated")
    examples = (
        Example({"": ["SN"]}, ["SN"]),
        Example({"": ["XXA"]}, ["XXA"]),
        Example({"": ["SN"], "2": [""], "3": ["CA"]}, ["SN", "CA"], settings=_SEVERAL),
        Example({"": ["SN"], "2": ["XXA"]}, ["SN", "XXA"], code="stateless", settings=_SEVERAL),
        Example({"": ["SN"], "2": ["SN"], "3": ["SN"]}, ["SN"], code="repeated", settings=_SEVERAL),
        Example({"": [""]}, code="required"),
        Example({"": ["SN"], "2": ["ZZ"]}, code="choice", settings=_SEVERAL),
    )

    def parse(self, raw: Raw, settings: Settings, *, choices: Sequence[str] = (), today: date) -> Parsed:
        offered = settings.get("options", _KNOWN)
        boxes = self.parts if settings.get("multiple") else ("",)
        chosen: dict[str, str] = {}
        problems: list[Problem] = []
        remarks: list[Problem] = []
        for part in boxes:
            code = first(raw, part)
            if code and code not in offered:
                problems.append(Problem("choice", part or None))
            elif code in chosen:
                remarks.append(Problem("repeated", part))
            elif code:
                chosen[code] = part
        if problems:
            return Parsed(problems=tuple(problems))
        if STATELESS in chosen and len(chosen) > 1:
            remarks.append(Problem("stateless"))
        return Parsed(list(chosen) or None, advice=tuple(remarks[:1]))

    def raw(self, value: Value, settings: Settings) -> dict[str, list[str]]:
        codes = value if isinstance(value, list) else []
        boxes = self.parts if settings.get("multiple") else ("",)
        return {part: [codes[place] if place < len(codes) else ""] for place, part in enumerate(boxes)}


KIND = _Nationality()
