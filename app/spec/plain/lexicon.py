"""What the rules need to know of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EVERYWHERE = frozenset(
    {"PDF", "SMS", "OK", "JPEG", "PNG", "HEIC", "BMP", "TIFF", "GIF", "PIN", "SIM", "QR", "TV", "CV", "II", "III"}
)
"""Acronyms that are read alike in every language."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`heavy`: turns that are never needed, with what to write instead. `trade`: words that must be explained where
    they are used, with what they mean. `rare`: words that have an easier one. `known`: acronyms that everybody reads.
    """

    heavy: Mapping[str, str]
    trade: Mapping[str, str]
    rare: Mapping[str, str]
    known: frozenset[str]
    abbreviations: tuple[str, ...]
    heavy_words: re.Pattern[str]
    trade_words: re.Pattern[str]
    rare_words: re.Pattern[str]
    passive: re.Pattern[str]
    by: str
    """The word before who acts, without which there is no `passive`."""
    twice_no: re.Pattern[str]
    empty_link: re.Pattern[str]
    explains: str
    """How a text explains a word: a template in which `{word}` stands for it."""


def words(entries: Iterable[str]) -> re.Pattern[str]:
    """Any of these words or turns, whole. A star stands for any ending: `bénéfici*`."""
    ordered = sorted(entries, key=len, reverse=True)
    found = "|".join(re.escape(entry).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for entry in ordered)
    return re.compile(rf"(?<![\w-])(?:{found})(?![\w-])", re.IGNORECASE)


def entry_for(found: str, entries: Mapping[str, str]) -> str:
    """The entry that a found word stands under."""
    plain = " ".join(found.lower().split())
    for entry in entries:
        stem = entry.lower()
        if plain == stem or (stem.endswith("*") and plain.startswith(stem[:-1])):
            return entry
    return plain
