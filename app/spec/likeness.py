"""Which known word a mistyped one was meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from unicodedata import combining, normalize


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` most looks like, None where none is near. Earlier words win ties.

    A word with two letters swapped comes before one that only begins alike: `unti` is `unit`, not `until`.
    """
    words = list(dict.fromkeys(known))
    folded = {_folded(known_word): known_word for known_word in reversed(words)}
    written = _folded(word)
    near = get_close_matches(written, list(folded), n=3, cutoff=0.6)
    swapped = [one for one in near if sorted(one) == sorted(written) and distance(written, one) == 1]
    return folded[(swapped or near)[0]] if near else None


def _folded(word: str) -> str:
    """A word without what authors mix up: capitals, accents, hyphens."""
    letters = normalize("NFD", word.lower().replace("-", "_").replace("œ", "oe"))
    return "".join(letter for letter in letters if not combining(letter))


def distance(one: str, other: str) -> int:
    """How many letters must be changed, added, removed or swapped with their neighbour to make one word the other."""
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
