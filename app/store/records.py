"""What the store gives back about drafts, and what it raises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Clock = Callable[[], datetime]
"""Gives the present moment, with a time zone."""

State = Literal["open", "ready", "sent", "withdrawn"]
"""Of a draft that exists; an erased one leaves nothing."""

FROZEN: frozenset[State] = frozenset({"sent", "withdrawn"})
"""What was sent to an authority changes no more, whether or not the person took it back afterwards."""


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """One draft as it was read. `data` is one JSON document; `data["code"]` is its resume code, as shown. Times are
    in UTC.
    """

    id: str
    procedure: str
    revision: str
    locale: str
    mode: str
    started_at: datetime
    changed_at: datetime
    expires_at: datetime
    version: int
    state: State
    data: dict[str, Any]

    @property
    def frozen(self) -> bool:
        """Whether it was sent: answers and files stay as they were."""
        return self.state in FROZEN

    @property
    def withdrawn_at(self) -> datetime | None:
        """When the person took back what was sent; None if they did not."""
        return datetime.fromisoformat(self.data["withdrawn_at"]) if self.state == "withdrawn" else None


@dataclass(frozen=True, slots=True)
class DraftPreview:
    """What a resume code tells before the person confirms: no answer is in it."""

    draft_id: str
    procedure: str
    started_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Throttled:
    """Too many wrong codes just now; wrong ones are looked at again from `until` on. A right code is never
    throttled.
    """

    until: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a draft. `detail` is what the caller recorded with it."""

    at: datetime
    kind: str
    detail: dict[str, Any] | None


class DraftGone(LookupError):
    """No such draft: erased, expired, or never there."""


class NotSent(Exception):
    """The draft was not sent: there is nothing to take back."""


class DraftFrozen(Exception):
    """The draft was sent: what belongs to it can no longer change."""


class Conflict(Exception):
    """The draft changed since the caller read it; `current` is what it is now. Nothing was saved."""

    def __init__(self, current: DraftRecord) -> None:
        super().__init__("the draft has changed since it was read")
        self.current = current
