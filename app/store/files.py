"""The files that people give: sealed on arrival, listed only once they are whole on disk, read back by chunks."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import IO, Any, Literal

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from app.store.blobs import Blobs
from app.store.database import Database
from app.store.draft_rows import DraftRows, from_json, to_json
from app.store.envelope import Key, Tampered
from app.store.records import Clock, DraftGone
from app.store.stream import CHUNK, Measured, decrypted, encrypted
from app.store.tables import drafts, files, held_blobs, jobs

GRACE = timedelta(hours=24)
"""A file on disk without a row may still be arriving for this long; then it is what a crash left."""

_OF_DRAFT = (
    select(files, drafts.c.wrapped_key)
    .join(drafts, drafts.c.id == files.c.draft_id)
    .where(files.c.draft_id == bindparam("draft_id"))
    .order_by(files.c.position)
)
_ONE = _OF_DRAFT.where(files.c.id == bindparam("file_id"))


State = Literal["waiting", "ready", "refused", "lost"]
"""`waiting` for the work of the queue; `refused` after it: nothing of the content is kept. `lost`: what was kept was
missing or damaged when it was last read; it may come back from a backup.
"""

UNCHECKED = "unchecked"
"""The `problem` of a file that was lost before the queue had looked at it."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One stored file. `document` and `item` say what it is for, `size` is in bytes, `sha256` (hexadecimal) is of the
    clear content as it is kept now, `pages` is None when not counted, `position` orders the files of a draft.

    `takes` are the formats in which it may stay; `problem` is why it was refused and `notes` what was done to it or
    should be looked at, both as fixed words; `thumb`: whether there is a small picture of it.
    """

    id: str
    draft_id: str
    document: str
    item: str | None
    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None
    position: int
    created_at: datetime
    takes: tuple[str, ...] = ()
    state: State = "ready"
    problem: str | None = None
    notes: tuple[str, ...] = ()
    thumb: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """What becomes of a file that somebody gave: the queue may keep it in another of the formats `takes`. `instead` is
    the id of a file of the draft that goes, and whose place it takes. `id`, where the caller has one already, makes
    that a second time adds nothing.
    """

    takes: tuple[str, ...]
    instead: str | None = None
    id: str | None = None


class _AddedMeanwhile(Exception):
    """Another call has added the same file, under the same id, since this one looked."""


class Files:
    """All files of an installation."""

    def __init__(self, database: Database, rows: DraftRows, blobs: Blobs, clock: Clock) -> None:
        self._database = database
        self._rows = rows
        self._blobs = blobs
        self._clock = clock

    def check(self) -> None:
        """See that files can be kept. Raises `BlobsAway`, `OSError`."""
        self._blobs.check()

    def add(
        self,
        draft_id: str,
        *,
        document: str,
        name: str,
        media_type: str,
        stream: IO[bytes],
        item: str | None = None,
        arrival: Arrival | None = None,
    ) -> FileRecord:
        """Seal and keep what `stream` gives, from where it stands. When this returns, the file survives any crash.

        With an `arrival` the queue looks at it next. Raises `DraftGone`, `DraftFrozen`; then nothing is kept.
        """
        file_id = (arrival.id if arrival else None) or secrets.token_hex(16)
        known = next((file for file in self.of_draft(draft_id) if file.id == file_id), None) if arrival else None
        if known is not None and known.state != "lost":
            return known
        with self._database.read() as connection:
            opened = self._rows.get(connection, draft_id, self._clock())
        if opened is None:
            raise DraftGone(draft_id)
        clear = Measured(iter(partial(stream.read, CHUNK), b""))
        # Whoever asks twice under one id, after a crash or while the first call is still at it, writes a blob of their
        # own each time: neither finds the half of the other nor takes the other's away.
        blob = secrets.token_hex(16) if arrival and arrival.id else file_id
        self._blobs.put(blob, encrypted(opened.key, clear, draft_id, blob))
        detail = {
            "document": document,
            "item": item,
            "name": name,
            "media_type": media_type,
            "sha256": clear.hash.hexdigest(),
            "pages": None,
            "takes": arrival.takes if arrival else (),
            "state": "waiting" if arrival else "ready",
        }
        try:
            listed, gone = self._list(draft_id, file_id, blob, clear.size, detail, arrival.instead if arrival else None)
        except _AddedMeanwhile:
            self._blobs.delete(blob)
            return next(file for file in self.of_draft(draft_id) if file.id == file_id)
        except BaseException:
            self._blobs.delete(blob)
            raise
        self._drop(gone)
        return listed

    def _list(
        self, draft_id: str, file_id: str, blob: str, size: int, detail: dict[str, Any], instead: str | None
    ) -> tuple[FileRecord, Sequence[str | None]]:
        now = self._clock()
        with self._database.write() as connection:
            opened = self._rows.lock_unsent(connection, draft_id, now)
            before = connection.execute(_ONE, {"draft_id": draft_id, "file_id": file_id}).one_or_none()
            if before is not None and record_of(before, opened.key).state != "lost":
                raise _AddedMeanwhile
            last = connection.scalar(select(func.max(files.c.position)).where(files.c.draft_id == draft_id))
            place, gone = self._taken_out(connection, draft_id, instead)
            if before is not None and instead != file_id:
                # The same file was kept before and is lost: it comes back in its own place.
                place, held = self._taken_out(connection, draft_id, file_id)
                gone = (*gone, *held)
            row: dict[str, Any] = {"id": file_id, "draft_id": draft_id, "position": place or (last or 0) + 1}
            row |= {"size": size, "created_at": now}
            sealed = opened.key.seal(to_json(detail), draft_id, f"files.detail {file_id}")
            connection.execute(insert(files), {**row, "detail": sealed, "blob": None if blob == file_id else blob})
            if detail["state"] == "waiting":
                connection.execute(insert(jobs), {"file_id": file_id, "due_at": now, "attempts": 0})
            self._rows.note(connection, opened, now, "file_added", {"file": file_id, **detail})
            self._rows.save(connection, opened, now)
        return FileRecord(**row, **detail), gone

    def _taken_out(
        self, connection: Connection, draft_id: str, file_id: str | None
    ) -> tuple[int | None, Sequence[str | None]]:
        """Take one row out: its position and the blobs that it held; None and nothing if the draft has no such file."""
        mine = files.c.draft_id == draft_id, files.c.id == file_id
        place = connection.scalar(select(files.c.position).where(*mine))
        held = connection.execute(held_blobs.where(*mine)).one_or_none()
        if place is None or held is None:
            return None, ()
        connection.execute(delete(files).where(*mine))
        return int(place), tuple(held)

    def _drop(self, names: Sequence[str | None]) -> None:
        for name in filter(None, names):
            self._blobs.delete(name)

    def of_draft(self, draft_id: str) -> list[FileRecord]:
        """The files of a draft, in the order they were given."""
        with self._database.read() as connection:
            rows = connection.execute(_OF_DRAFT, {"draft_id": draft_id}).all()
        return [self._record(row)[0] for row in rows]

    def read(self, record: FileRecord) -> Iterator[bytes]:
        """The clear content, by chunks of 64 KiB.

        Raises `FileNotFoundError` here if it was removed meanwhile; the iterator raises `Tampered` if what is on disk
        is not what was kept.
        """
        with self._database.read() as connection:
            row = connection.execute(_ONE, {"draft_id": record.draft_id, "file_id": record.id}).one_or_none()
        if row is None:
            raise FileNotFoundError(record.id)
        key = self._record(row)[1]
        name = row.blob or row.id
        return decrypted(key, self._blobs.open(name), record.draft_id, name)

    def read_thumb(self, record: FileRecord) -> Iterator[bytes]:
        """The small picture, a JPEG. Raises `FileNotFoundError` here if there is none, and `Tampered` like `read`."""
        with self._database.read() as connection:
            row = connection.execute(_ONE, {"draft_id": record.draft_id, "file_id": record.id}).one_or_none()
        if row is None or row.thumb is None:
            raise FileNotFoundError(record.id)
        return decrypted(self._record(row)[1], self._blobs.open(row.thumb), record.draft_id, row.thumb)

    def unreadable(self, record: FileRecord, into: IO[bytes] | None = None) -> bool:
        """Read a file through, and remember in its state whether that worked: True when it is missing or damaged.

        One that can be read again is `ready` again, or waits for the queue if that had not looked at it. `into` is
        given the content as it is read; what writing it raises says nothing of the file.
        """
        pieces: Iterator[bytes] | None = None
        while True:
            try:
                pieces = self.read(record) if pieces is None else pieces
                piece = next(pieces, None)
            except (OSError, Tampered):
                self.lose(record)
                return True
            if piece is None:
                break
            if into is not None:
                into.write(piece)
        if record.state == "lost":
            self._turn(record, "lost", "waiting" if record.problem == UNCHECKED else "ready")
        return False

    def lose(self, record: FileRecord) -> None:
        """Remember that a file could not be read. One that waits is left to the queue."""
        if record.state == "ready":
            self._turn(record, "ready", "lost")

    def _turn(self, record: FileRecord, before: State, after: State) -> None:
        """Change the state alone, so that what was frozen stays as it was; nothing if it has changed meanwhile."""
        now = self._clock()
        with suppress(DraftGone), self._database.write() as connection:
            key = self._rows.lock(connection, record.draft_id, now).key
            row = connection.execute(_ONE, {"draft_id": record.draft_id, "file_id": record.id}).one_or_none()
            if row is None or record_of(row, key).state != before:
                return
            context = record.draft_id, f"files.detail {record.id}"
            detail = from_json(key.open(row.detail, *context)) | {"state": after, "problem": None}
            sealed = key.seal(to_json(detail), *context)
            connection.execute(update(files).where(files.c.id == record.id).values(detail=sealed))
            if after == "waiting":
                connection.execute(insert(jobs), {"file_id": record.id, "due_at": now, "attempts": 0})

    def remove(self, draft_id: str, file_id: str) -> bool:
        """Remove one file for good; False if the draft has no such file. Raises `DraftGone`, `DraftFrozen`."""
        now = self._clock()
        with self._database.write() as connection:
            opened = self._rows.lock_unsent(connection, draft_id, now)
            place, held = self._taken_out(connection, draft_id, file_id)
            if place is None:
                return False
            self._rows.note(connection, opened, now, "file_removed", {"file": file_id})
            self._rows.save(connection, opened, now)
        self._drop(held)
        return True

    def swap(self, draft_id: str, one: str, other: str) -> None:
        """Let two files of a draft change places; nothing happens if one is gone. Raises `DraftGone`, `DraftFrozen`."""
        now = self._clock()
        with self._database.write() as connection:
            opened = self._rows.lock_unsent(connection, draft_id, now)
            wanted = select(files.c.id, files.c.position).where(files.c.draft_id == draft_id)
            places = {row.id: row.position for row in connection.execute(wanted.where(files.c.id.in_((one, other))))}
            if len(places) == 2:
                for mine, theirs in ((one, other), (other, one)):
                    moved = update(files).where(files.c.id == mine).values(position=places[theirs])
                    connection.execute(moved)
                self._rows.note(connection, opened, now, "files_swapped", {"files": [one, other]})
                self._rows.save(connection, opened, now)

    def purge_orphans(self, now: datetime | None = None) -> int:
        """Remove what crashes left on disk without a row; how many files."""
        before = (now or self._clock()) - GRACE
        with self._database.read() as connection:
            known = set(chain.from_iterable(connection.execute(held_blobs)))
        orphans = [name for name, written in self._blobs.list() if written < before and name not in known]
        for name in orphans:
            self._blobs.delete(name)
        return len(orphans)

    def _record(self, row: Row[Any]) -> tuple[FileRecord, Key]:
        key = self._rows.vault.key(row.draft_id, row.wrapped_key)
        return record_of(row, key), key


def record_of(row: Row[Any], key: Key) -> FileRecord:
    """The record of a row of `files`, opened with the key of its draft. Raises `Tampered`."""
    detail = from_json(key.open(row.detail, row.draft_id, f"files.detail {row.id}"))
    for several in ("takes", "notes"):
        detail[several] = tuple(detail.get(several, ()))
    return FileRecord(
        id=row.id,
        draft_id=row.draft_id,
        position=row.position,
        size=row.size,
        created_at=row.created_at,
        thumb=row.thumb is not None,
        **detail,
    )
