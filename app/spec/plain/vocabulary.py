"""Which texts hold which words, so that a rule about words reads only the few texts that may have one of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import takewhile

_WORD = re.compile(r"\w+")
_ENTRY = re.compile(r"\w+\*?")


class Vocabulary:
    """The words of some texts, in small letters, each with the numbers of the texts that hold it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts: dict[str, set[int]] = {}
        for number, text in enumerate(texts):
            for word in _WORD.findall(text.lower()):
                self._texts.setdefault(word, set()).add(number)
        self._sorted = sorted(self._texts)

    def holding(self, entries: Iterable[str]) -> set[int]:
        """The numbers of the texts that hold all the words of an entry; a star stands for any ending."""
        found: set[int] = set()
        for entry in entries:
            found |= set.intersection(*map(self._with, _ENTRY.findall(entry.lower())))
        return found

    def _with(self, word: str) -> set[int]:
        if not word.endswith("*"):
            return self._texts.get(word, set())
        stem = word[:-1]
        first = bisect_left(self._sorted, stem)
        alike = takewhile(lambda one: one.startswith(stem), self._sorted[first:])
        return set().union(*(self._texts[one] for one in alike))
