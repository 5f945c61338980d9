"""Journeys that were worked out a moment ago, so that the page after a POST need not work out the same one again."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from app.journey.model import Journey

DRAFTS = 64
"""Drafts that a process remembers: who is filling in a form right now."""
EACH = 2
"""Journeys of one draft: a page that is sent looks at it before, as it would be, and after it was saved."""

Asked = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A journey, and what else was worked out from nothing but it: kept under a name that says all that it is about."""

    journey: Journey
    told: dict[Any, Any] = field(default_factory=dict)


class Walked:
    """The latest journeys of the latest drafts of this process.

    A journey is a pure function of what was `asked` (revision, days, answers), and is found again only for an equal
    question: a change made by another tab, process or day is never missed. It holds answers in the memory of the
    process, beside the keys that open them; nothing is written anywhere.
    """

    def __init__(self, drafts: int = DRAFTS) -> None:
        self._most = drafts
        self._known: OrderedDict[str, tuple[tuple[Asked, Remembered], ...]] = OrderedDict()
        self._lock = Lock()

    def find(self, draft_id: str, asked: Asked) -> Remembered | None:
        """The journey that was worked out for an equal question about this draft."""
        return next((found for known, found in self._known.get(draft_id, ()) if known == asked), None)

    def keep(self, draft_id: str, asked: Asked, journey: Journey) -> Remembered:
        """Remember a journey, and forget the oldest of this draft and the draft that was least lately changed."""
        kept = Remembered(journey)
        with self._lock:
            self._known[draft_id] = (*self._known.get(draft_id, ())[1 - EACH :], (asked, kept))
            self._known.move_to_end(draft_id)
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return kept

    def forget(self, draft_id: str) -> None:
        """Remember nothing of a draft: it was erased, or its person left this browser."""
        with self._lock:
            self._known.pop(draft_id, None)
