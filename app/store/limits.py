"""Limits that hold for the whole installation, never for an address: a carrier, a shelter or a library shares one
(design, decision 8).

Their state is in the database, so that all processes count together and a restart forgets nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.store.tables import buckets, failures

EVERYONE = b"*"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much.

    Failures: 60 a minute in all. A stranger who keeps to that all year tries 3·10^7 of 10^18 codes: with a million
    drafts open, one chance in 36,000 of finding any. The same wrong code more than 5 times a minute is a machine, or
    a person who needs to be told to look again. Creation: 300 drafts at once, then 2 a second.
    """

    failures_per_minute: int = 60
    failures_per_code: int = 5
    drafts_at_once: int = 300
    drafts_per_second: float = 2.0


class TooManyDrafts(Exception):
    """Drafts are being created faster than the installation allows; `until` is when the next one may be."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many drafts are being created")
        self.until = until


def _minute(now: datetime) -> int:
    return int(now.timestamp()) // 60


def throttled_until(connection: Connection, tag: bytes, now: datetime, limits: Limits) -> datetime | None:
    """When failures may be tried again, if this minute's are used up for everyone or for this code; else None."""
    found = select(failures.c.tag, failures.c.times).where(
        failures.c.minute == _minute(now), failures.c.tag.in_((EVERYONE, tag))
    )
    counts = {bytes(row.tag): row.times for row in connection.execute(found)}
    if counts.get(EVERYONE, 0) < limits.failures_per_minute and counts.get(tag, 0) < limits.failures_per_code:
        return None
    return datetime.fromtimestamp((_minute(now) + 1) * 60, tz=now.tzinfo)


def count_failure(connection: Connection, tag: bytes, now: datetime) -> None:
    """Count one failure for everyone and for this code; forget the minutes before."""
    minute = _minute(now)
    connection.execute(delete(failures).where(failures.c.minute < minute))
    # Always in this order, so that two processes never wait for each other in a circle.
    for name in (EVERYONE, tag):
        _add_one(connection, minute, name)


def _add_one(connection: Connection, minute: int, tag: bytes) -> None:
    add = update(failures).where(failures.c.minute == minute, failures.c.tag == tag).values(times=failures.c.times + 1)
    if connection.execute(add).rowcount:
        return
    try:
        with connection.begin_nested():
            connection.execute(insert(failures).values(minute=minute, tag=tag, times=1))
    except IntegrityError:
        connection.execute(add)


_CREATION = "drafts"
_BUCKET = select(buckets.c.spent, buckets.c.at).where(buckets.c.name == bindparam("name")).with_for_update()


def spend_creation(connection: Connection, now: datetime, limits: Limits) -> None:
    """Take one from the bucket that limits the creation of drafts. Raises `TooManyDrafts`.

    `spent` counts thousandths of drafts and empties with time.
    """
    row = connection.execute(_BUCKET, {"name": _CREATION}).one_or_none()
    if row is None:
        try:
            with connection.begin_nested():
                connection.execute(insert(buckets).values(name=_CREATION, spent=0, at=now))
        except IntegrityError:
            pass
        row = connection.execute(_BUCKET, {"name": _CREATION}).one()
    elapsed = max(0.0, (now - row.at).total_seconds())
    spent = max(0, row.spent - math.floor(elapsed * limits.drafts_per_second * 1000))
    over = spent + 1000 - limits.drafts_at_once * 1000
    if over > 0:
        raise TooManyDrafts(now + timedelta(seconds=over / 1000 / limits.drafts_per_second))
    connection.execute(update(buckets).where(buckets.c.name == _CREATION).values(spent=spent + 1000, at=now))
