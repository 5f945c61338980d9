"""The words of a glossary, as they occur in texts: in singular or plural, under any of their spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_APART = re.compile(r"\s*[,(]\s*|\s+ou\s+|\s+or\s+|\)\s*")


@lru_cache(maxsize=5_000)
def spellings(word: str) -> tuple[str, ...]:
    """« tuteur, tutrice » and « numéro étranger (AGDREF) » are two words each."""
    return tuple(part for part in _APART.split(word) if part)


@lru_cache(maxsize=5_000)
def pattern(word: str, also: tuple[str, ...] = ()) -> re.Pattern[str]:
    """A term as a whole word. Capital letters count only in acronyms (« OFII », « APS »)."""
    found = [one for spelling in (word, *also) for one in spellings(spelling)]
    return re.compile("|".join(_spelled(one) for one in sorted(dict.fromkeys(found), key=len, reverse=True)))


def may_occur(word: str, also: tuple[str, ...], lower: str) -> bool:
    """Whether a term may be in a text, given in small letters: most are not, and no pattern is made for those."""
    return any(part.split()[0].lower() in lower for one in (word, *also) for part in spellings(one))


def _spelled(word: str) -> str:
    each = r"\s+".join(re.escape(part) + ("" if part.isupper() else r"(?:s|x|es)?") for part in word.split())
    return rf"(?<!\w)(?:{each})(?!\w)" if word.isupper() else rf"(?<!\w)(?i:{each})(?!\w)"


def occurring(glossary: Mapping[str, tuple[str, ...]], texts: Iterable[str]) -> list[str]:
    """The terms that occur in texts, longest first found: « titre de séjour » hides no shorter term inside it.

    `glossary` gives the other spellings of each term.
    """
    written = "\n".join(texts)
    plain = written.lower()
    found: set[str] = set()
    for word in sorted(glossary, key=len, reverse=True):
        if not may_occur(word, glossary[word], plain):
            continue
        written, count = pattern(word, glossary[word]).subn(" ", written)
        if count:
            found.add(word)
    return [word for word in glossary if word in found]
