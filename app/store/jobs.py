"""The queue: work that stored files wait for, in a table of the same database.

A file and its job are written in one transaction. A job is lent for a while; whoever dies over it lends nothing for
longer. The result is written in one transaction too, so a file is as it was or as it became, never between.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from app.store.blobs import Blobs
from app.store.database import Database
from app.store.draft_rows import DraftRows, Opened, to_json
from app.store.files import FileRecord, record_of
from app.store.records import Clock, DraftGone
from app.store.stream import Measured, decrypted, encrypted
from app.store.tables import drafts, files, jobs, submissions

LEASE = timedelta(minutes=5)
"""Longer than any one piece of work may last."""

_SEALED = ("document", "item", "name", "media_type", "sha256", "pages", "takes", "state", "problem", "notes")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to work on. `attempts` counts this one."""

    file: FileRecord
    attempts: int


class Jobs:
    """The queue of an installation; any number of processes may work on it."""

    def __init__(self, database: Database, rows: DraftRows, blobs: Blobs, clock: Clock) -> None:
        self._database = database
        self._rows = rows
        self._blobs = blobs
        self._clock = clock

    def claim(self) -> Job | None:
        """The job that has been due for longest, lent to the caller for `LEASE`; None when nothing is due."""
        now = self._clock()
        due = select(jobs).where(jobs.c.due_at <= now).order_by(jobs.c.due_at, jobs.c.file_id).limit(1)
        while True:
            with self._database.read() as connection:
                found = connection.execute(due).one_or_none()
            if found is None:
                return None
            mine = jobs.c.file_id == found.file_id, jobs.c.due_at == found.due_at
            with self._database.write() as connection:
                lent = update(jobs).where(*mine).values(due_at=now + LEASE, attempts=found.attempts + 1)
                row = self._row(connection, found.file_id) if connection.execute(lent).rowcount else None
            if row is not None:
                return Job(record_of(row, self._rows.vault.key(row.draft_id, row.wrapped_key)), found.attempts + 1)

    def read(self, job: Job) -> Iterator[bytes]:
        """The clear content of the job's file. Nothing is opened before the first piece is asked for: then it raises
        `FileNotFoundError` if the file was removed, `Tampered` if it is not what was kept.
        """
        with self._database.read() as connection:
            row = self._row(connection, job.file.id)
        if row is None:
            raise FileNotFoundError(job.file.id)
        name, key = row.blob or row.id, self._rows.vault.key(row.draft_id, row.wrapped_key)
        yield from decrypted(key, self._blobs.open(name), row.draft_id, name)

    def postpone(self, job: Job, wait: timedelta) -> None:
        """Give a job back, to be done after `wait`."""
        with self._database.write() as connection:
            later = update(jobs).where(jobs.c.file_id == job.file.id).values(due_at=self._clock() + wait)
            connection.execute(later)

    def waiting(self) -> int:
        """How many files wait."""
        with self._database.read() as connection:
            return int(connection.scalar(select(func.count()).select_from(jobs)) or 0)

    def settle(
        self, job: Job, file: FileRecord, content: Iterable[bytes] | None = None, thumb: bytes | None = None
    ) -> None:
        """Write what became of a job's file: `file` is its record with the new name, type, state, problem and notes.

        `content` takes the place of what was kept, `thumb` becomes its small picture. A refused file keeps no content.
        What was frozen by the last act is never altered: then only state, problem and notes change. Nothing happens if
        the file was removed meanwhile.
        """
        fresh: list[str] = []
        try:
            old = self._settle(job, file, content, thumb, fresh)
        except DraftGone:
            old = fresh
        except BaseException:
            self._drop(fresh)
            raise
        self._drop(old)

    def _settle(
        self, job: Job, file: FileRecord, content: Iterable[bytes] | None, thumb: bytes | None, fresh: list[str]
    ) -> list[str]:
        """The blobs that nothing names any more."""
        with self._database.read() as connection:
            row = self._row(connection, job.file.id)
            opened = self._rows.get(connection, job.file.draft_id, self._clock())
        if row is None or opened is None:
            raise DraftGone(job.file.draft_id)
        measured = Measured(content) if content is not None else None
        blob = self._put(opened, measured, fresh) if measured is not None else None
        small = self._put(opened, [thumb], fresh) if thumb else None
        if measured is not None:
            file = replace(file, size=measured.size, sha256=measured.hash.hexdigest())
        with self._database.write() as connection:
            return self._write(connection, job, file, blob, small, fresh)

    def _write(
        self, connection: Connection, job: Job, file: FileRecord, blob: str | None, small: str | None, fresh: list[str]
    ) -> list[str]:
        opened = self._rows.lock(connection, file.draft_id, self._clock())
        row = self._row(connection, file.id)
        connection.execute(delete(jobs).where(jobs.c.file_id == file.id))
        if row is None:
            return fresh
        made = select(func.count()).where(
            submissions.c.draft_id == file.draft_id, submissions.c.sent_at >= job.file.created_at
        )
        old = [name for name in (row.blob or row.id,) if blob or file.state == "refused"]
        if connection.scalar(made):
            kept = replace(job.file, state=file.state, problem=file.problem, notes=file.notes)
            if opened.record.frozen and file.state != "lost":
                kept = replace(kept, state="ready")
            # Frozen: what came in stays, and what was made of it goes.
            file, blob, small, old = kept, None, None, fresh
        detail = {name: getattr(file, name) for name in _SEALED}
        sealed = opened.key.seal(to_json(detail), file.draft_id, f"files.detail {file.id}")
        values = {"size": file.size, "detail": sealed, "thumb": small, "blob": blob or row.blob}
        connection.execute(update(files).where(files.c.id == file.id).values(**values))
        return old

    def _put(self, opened: Opened, pieces: Iterable[bytes], fresh: list[str]) -> str:
        name = secrets.token_hex(16)
        self._blobs.put(name, encrypted(opened.key, pieces, opened.record.id, name))
        fresh.append(name)
        return name

    def _row(self, connection: Connection, file_id: str) -> Row[Any] | None:
        wanted = select(files, drafts.c.wrapped_key).join(drafts, drafts.c.id == files.c.draft_id)
        return connection.execute(wanted.where(files.c.id == file_id)).one_or_none()

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            self._blobs.delete(name)
