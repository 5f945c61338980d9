"""What there is to translate, before any file is written: the messages of the interface and the texts of procedures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

INTERFACE = "messages"
"""The domain of our own sentences: `messages.po`."""

Key = tuple[str | None, str]
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One text to translate. `places` are files and lines (0: the line is not kept), `comments` are for translators.

    `plural` is the French plural of a message that counts.
    """

    source: str
    context: str | None = None
    places: tuple[Place, ...] = ()
    comments: tuple[str, ...] = ()
    plural: str | None = None

    @property
    def key(self) -> Key:
        return self.context, self.source


def merged(entries: Iterable[Entry]) -> list[Entry]:
    """Each text once, with all its places and comments, in the order in which they come."""
    held: dict[Key, Entry] = {}
    for entry in entries:
        known = held.get(entry.key)
        held[entry.key] = entry if known is None else _both(known, entry)
    return list(held.values())


def _both(one: Entry, other: Entry) -> Entry:
    places = tuple(dict.fromkeys((*one.places, *other.places)))
    comments = tuple(dict.fromkeys((*one.comments, *other.comments)))
    return replace(one, places=places, comments=comments, plural=one.plural or other.plural)
