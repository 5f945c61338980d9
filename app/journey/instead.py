"""What a person says instead of giving a document: that they will bring it, or that they do not have it and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.spec.model import DESKS, Channel, Document, Saying


@dataclass(frozen=True, slots=True)
class Instead:
    """`reason` in the person's own words, with `do_not_have` only."""

    says: Saying
    reason: str = ""


def may_be_said(document: Document, channels: Iterable[Channel]) -> tuple[Saying, ...]:
    """What may be said instead of giving a document, under the ways of filing that are open: a paper is brought only
    where somebody takes it.
    """
    desk = any(
        channel.files and channel.kind in DESKS and (not document.channels or channel.id in document.channels)
        for channel in channels
    )
    return tuple(word for word in document.may_say if desk or word != "will_bring")
