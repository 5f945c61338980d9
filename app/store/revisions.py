"""Revisions: what a procedure was each time it was published, for ever (design, decision 9)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.store.database import Database
from app.store.records import Clock
from app.store.tables import in_force, revisions

_IN_FORCE = select(revisions).join(in_force, in_force.c.sha256 == revisions.c.sha256)


@dataclass(frozen=True, slots=True)
class Revision:
    """One published state of a procedure. `sha256` (hexadecimal) is of `canonical_json`; `number` counts from 1 for
    each slug.
    """

    sha256: str
    slug: str
    number: int
    canonical_json: str
    published_at: datetime
    engine_version: str


class Revisions:
    """All revisions of an installation. A row is never changed; which one is in force is a table of its own."""

    def __init__(self, database: Database, clock: Clock, engine_version: str) -> None:
        self._database = database
        self._clock = clock
        self._engine_version = engine_version

    def publish(self, slug: str, canonical_json: str) -> Revision:
        """Put a procedure in force. The same text again changes nothing; going back to an earlier text puts that
        revision in force again.

        Raises `ValueError` if the same text was published for another procedure.
        """
        sha256 = hashlib.sha256(canonical_json.encode()).hexdigest()
        while True:
            try:
                return self._publish(slug, canonical_json, sha256)
            except IntegrityError:
                # Another process published at the same moment; otherwise the next attempt would fail in the same way.
                if self.get(sha256) is None and self.latest(slug) is None:
                    raise

    def _publish(self, slug: str, canonical_json: str, sha256: str) -> Revision:
        now = self._clock()
        with self._database.write() as connection:
            row = connection.execute(select(revisions).where(revisions.c.sha256 == sha256)).one_or_none()
            if row is not None and row.slug != slug:
                raise ValueError(f"this text is already published as {row.slug}")
            if row is None:
                last = connection.scalar(select(func.max(revisions.c.number)).where(revisions.c.slug == slug))
                made = Revision(sha256, slug, (last or 0) + 1, canonical_json, now, self._engine_version)
                connection.execute(insert(revisions), {name: getattr(made, name) for name in Revision.__slots__})
            else:
                made = _revision(row)
            held = connection.scalar(select(in_force.c.sha256).where(in_force.c.slug == slug).with_for_update())
            if held is None:
                connection.execute(insert(in_force).values(slug=slug, sha256=sha256, since=now))
            elif held != sha256:
                connection.execute(update(in_force).where(in_force.c.slug == slug).values(sha256=sha256, since=now))
            return made

    def latest(self, slug: str) -> Revision | None:
        """The revision in force; None if the procedure was never published."""
        with self._database.read() as connection:
            row = connection.execute(_IN_FORCE.where(in_force.c.slug == slug)).one_or_none()
        return None if row is None else _revision(row)

    def in_force(self, slug: str) -> str | None:
        """The hash of the revision in force, without its text; None if the procedure was never published."""
        with self._database.read() as connection:
            return connection.scalar(select(in_force.c.sha256).where(in_force.c.slug == slug))

    def get(self, sha256: str) -> Revision | None:
        """A revision by its hash, in force or not."""
        with self._database.read() as connection:
            row = connection.execute(select(revisions).where(revisions.c.sha256 == sha256)).one_or_none()
        return None if row is None else _revision(row)

    def all_latest(self) -> list[Revision]:
        """The revisions in force, in the order of their slugs."""
        with self._database.read() as connection:
            return [_revision(row) for row in connection.execute(_IN_FORCE.order_by(in_force.c.slug))]


def _revision(row: Row[Any]) -> Revision:
    return Revision(row.sha256, row.slug, row.number, row.canonical_json, row.published_at, row.engine_version)
