"""Translated texts of one domain, as they are held in memory: one piece of UTF-8 and two rows of numbers.

A dictionary of the same texts takes three times as much, since it holds the French and the address of each too. Here
they are only hashed, in 64 bits, with a secret of the process: that two of a few thousand texts have the same hash
happens once in a million million processes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping

Key = tuple[str | None, str]
"""Where a text stands, and the text in the language of the source."""


class HeldTexts:
    """Texts by key, as in the mapping it is made of."""

    __slots__ = ("_ends", "_hashes", "_said")

    def __init__(self, texts: Mapping[Key, str]) -> None:
        rows = sorted((hash(key), text.encode("utf-8", "surrogatepass")) for key, text in texts.items())
        self._hashes = array("q", (number for number, _ in rows))
        self._ends = array("L", [0])
        for _, said in rows:
            self._ends.append(self._ends[-1] + len(said))
        self._said = b"".join(said for _, said in rows)

    def get(self, key: Key) -> str | None:
        """The text of a key; None where there is none."""
        number = hash(key)
        place = bisect_left(self._hashes, number)
        if place == len(self._hashes) or self._hashes[place] != number:
            return None
        return self._said[self._ends[place] : self._ends[place + 1]].decode("utf-8", "surrogatepass")

    def __bool__(self) -> bool:
        return bool(self._hashes)
