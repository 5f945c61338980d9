"""A person's name, in any script. Value: str, NFC, inner spaces single, otherwise as typed. Setting `max_length`
(characters, 120).

A person who has only one name answers the other question by the box of its `unknown`. A digit is only remarked upon:
registers hold stranger names than any rule foresees.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Problem, Settings
from app.kinds.single import SingleKind, wrong
from app.kinds.typed import has_control, has_symbol

LENGTH = 120


class _Name(SingleKind):
    name = "name"
    error_codes = ("required", "too_long", "characters")
    advice_codes = ("digits",)
    examples = (
        Example({"": ["N’Diaye-O'Brien  de la Cruz"]}, "N’Diaye-O'Brien de la Cruz"),
        Example({"": ["ሣራ ተስፋዬ"]}, "ሣራ ተስፋዬ"),
        Example({"": ["\u202eعلي\u202c"]}, "علي"),
        Example({"": ["D"]}, "D"),
        Example({"": ["Jean 3"]}, "Jean 3", code="digits"),
        Example({"": [""]}, code="required"),
        Example({"": ["a" * 121]}, code="too_long"),
        Example({"": ["Awa 😀"]}, code="characters"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        if has_control(text) or has_symbol(text):
            return wrong("characters")
        longest = int(settings.get("max_length", LENGTH))
        if len(text) > longest:
            return wrong("too_long", max=longest, length=len(text))
        strange = any(mark.isdecimal() for mark in text)
        return Parsed(text, advice=(Problem("digits"),) if strange else ())


KIND = _Name()
