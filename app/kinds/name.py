"""A person's name, in any script. Value: str, NFC, inner spaces single, otherwise as typed. Setting `max_length`
(characters, 120).

A person who has only one name answers the other question by the box of its `unknown`. A digit, no letter at all, and
letters that are not Latin are only remarked upon: registers hold stranger names than any rule foresees, and a passport
has the Latin letters too, which offices copy.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Problem, Settings
from app.kinds.single import SingleKind, wrong
from app.kinds.typed import has_control, has_symbol

LENGTH = 120


class _Name(SingleKind):
    name = "name"
    error_codes = ("required", "too_long", "characters")
    advice_codes = ("digits", "no_letter", "not_latin")
    examples = (
        Example({"": ["N’Diaye-O'Brien  de la Cruz"]}, "N’Diaye-O'Brien de la Cruz"),
        Example({"": ["ሣራ ተስፋዬ"]}, "ሣራ ተስፋዬ", code="not_latin"),
        Example({"": ["\u202eعلي\u202c"]}, "علي", code="not_latin"),
        Example({"": ["Jean 李"]}, "Jean 李", code="not_latin"),
        Example({"": ["Şükrü-Nguyễn Đức ʿAlī"]}, "Şükrü-Nguyễn Đức ʿAlī"),
        Example({"": ["-"]}, "-", code="no_letter"),
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
        strange = _strange(text)
        return Parsed(text, advice=(Problem(strange),) if strange else ())


def _strange(text: str) -> str | None:
    """The one thing to look at again in a name that is taken as it is."""
    letters = [mark for mark in text if mark.isalpha()]
    if any(mark.isdecimal() for mark in text):
        return "digits"
    if not letters:
        return "no_letter"
    # Modifier letters (ʿ, ʻ) stand in transcriptions and have no script of their own.
    ours = ("LATIN ", "MODIFIER ", "FEMININE ", "MASCULINE ")
    return None if all(unicodedata.name(mark, "").startswith(ours) for mark in letters) else "not_latin"


KIND = _Name()
