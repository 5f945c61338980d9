"""Files that arrive piece by piece, so that a cut costs one piece. Each piece is sealed and whole on disk before the
sender is told; what is not finished within a day is forgotten.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from app.store.blobs import Blobs
from app.store.database import Database
from app.store.draft_rows import DraftRows, from_json, to_json
from app.store.envelope import Key, Tampered
from app.store.files import GRACE
from app.store.records import Clock
from app.store.stream import Joined, decrypted, encrypted
from app.store.tables import drafts, uploads
from app.store.vault import Vault

MOST = 40
"""Files of one draft that may be arriving at once."""


class Moved(Exception):
    """The piece does not begin where the upload stands: another request was faster, or an answer was lost."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way. `key` names the document it is for, `replaces` the file whose place it takes ("": none)."""

    id: str
    draft_id: str
    size: int
    received: int
    name: str
    key: str
    replaces: str
    done: bool = False
    """It became a file, or was given up: its pieces are gone."""

    @property
    def whole(self) -> bool:
        return self.received == self.size


class Uploads:
    """All uploads of an installation."""

    def __init__(self, database: Database, rows: DraftRows, blobs: Blobs, clock: Clock) -> None:
        self._database = database
        self._rows = rows
        self._blobs = blobs
        self._clock = clock

    def begin(self, draft_id: str, size: int, *, name: str, key: str, replaces: str = "") -> Upload | None:
        """Expect a file of `size` bytes; None while too many are arriving. Raises `DraftGone`, `DraftFrozen`."""
        now = self._clock()
        upload_id = secrets.token_hex(16)
        mine = select(func.count()).where(uploads.c.draft_id == draft_id, uploads.c.received < uploads.c.size)
        with self._database.write() as connection:
            opened = self._rows.lock_unsent(connection, draft_id, now)
            if int(connection.scalar(mine.where(uploads.c.created_at > now - GRACE)) or 0) >= MOST:
                return None
            detail = {"name": name, "key": key, "replaces": replaces, "pieces": []}
            row = {"id": upload_id, "draft_id": draft_id, "size": size, "received": 0, "created_at": now}
            connection.execute(insert(uploads), {**row, "detail": _sealed(opened.key, draft_id, upload_id, detail)})
        return Upload(upload_id, draft_id, size, 0, name, key, replaces)

    def find(self, draft_id: str, upload_id: str) -> Upload | None:
        """An upload of a draft; None if there is none, or none any more."""
        with self._database.read() as connection:
            row = self._row(connection, draft_id, upload_id)
        return None if row is None else _upload(row, self._detail(row))

    def append(self, upload: Upload, offset: int, piece: bytes) -> Upload:
        """Keep one piece that begins at `offset`. When this returns it survives any crash.

        Raises `Moved` if the upload stands elsewhere, `ValueError` for more than was announced, `DraftGone`,
        `DraftFrozen`; then nothing is kept.
        """
        if offset + len(piece) > upload.size:
            raise ValueError("more than was announced")
        blob = secrets.token_hex(16)
        with self._database.read() as connection:
            row = self._row(connection, upload.draft_id, upload.id)
        if row is None or row.received != offset:
            raise Moved
        key = self._rows.vault.key(row.draft_id, row.wrapped_key)
        self._blobs.put(blob, encrypted(key, [piece], upload.draft_id, blob))
        try:
            with self._database.write() as connection:
                opened = self._rows.lock_unsent(connection, upload.draft_id, self._clock())
                row = self._row(connection, upload.draft_id, upload.id)
                if row is None or row.received != offset:
                    raise Moved
                detail = self._detail(row)
                detail["pieces"].append(blob)
                values = {
                    "received": offset + len(piece),
                    "detail": _sealed(opened.key, upload.draft_id, upload.id, detail),
                }
                connection.execute(update(uploads).where(uploads.c.id == upload.id).values(**values))
        except BaseException:
            self._blobs.delete(blob)
            raise
        return Upload(
            upload.id, upload.draft_id, upload.size, offset + len(piece), upload.name, upload.key, upload.replaces
        )

    def open(self, upload: Upload) -> io.BufferedReader:
        """What has arrived, as one stream. Raises `FileNotFoundError` if it is gone."""
        with self._database.read() as connection:
            row = self._row(connection, upload.draft_id, upload.id)
        if row is None:
            raise FileNotFoundError(upload.id)
        key, pieces = self._rows.vault.key(row.draft_id, row.wrapped_key), self._detail(row)["pieces"]
        chunks = (
            chunk for piece in pieces for chunk in decrypted(key, self._blobs.open(piece), upload.draft_id, piece)
        )
        return io.BufferedReader(Joined(chunks), 64 * 1024)

    def finish(self, upload: Upload) -> None:
        """Let the pieces of an upload go. The row stays for a day: a sender whose answer was lost asks again."""
        with self._database.write() as connection:
            row = self._row(connection, upload.draft_id, upload.id)
            if row is None:
                return
            detail = self._detail(row)
            pieces, detail["pieces"], detail["done"] = detail["pieces"], [], True
            key = self._rows.vault.key(row.draft_id, row.wrapped_key)
            sealed = _sealed(key, upload.draft_id, upload.id, detail)
            connection.execute(update(uploads).where(uploads.c.id == upload.id).values(detail=sealed))
        self._drop(pieces)

    def forget(self, upload: Upload) -> None:
        """The person has thought better of it."""
        self.finish(upload)
        with self._database.write() as connection:
            connection.execute(delete(uploads).where(uploads.c.id == upload.id))

    def purge(self, now: datetime | None = None) -> int:
        """Forget what was not finished within a day; how many. Their pieces go with what crashes left."""
        with self._database.write() as connection:
            old = delete(uploads).where(uploads.c.created_at <= (now or self._clock()) - GRACE)
            return int(connection.execute(old).rowcount)

    def _row(self, connection: Connection, draft_id: str, upload_id: str) -> Row[Any] | None:
        wanted = select(uploads, drafts.c.wrapped_key).join(drafts, drafts.c.id == uploads.c.draft_id)
        mine = uploads.c.id == upload_id, uploads.c.draft_id == draft_id, uploads.c.created_at > self._clock() - GRACE
        return connection.execute(wanted.where(*mine)).one_or_none()

    def _detail(self, row: Row[Any]) -> dict[str, Any]:
        return _opened(self._rows.vault.key(row.draft_id, row.wrapped_key), row)

    def _drop(self, names: Iterable[str]) -> None:
        for name in names:
            self._blobs.delete(name)


def pieces_of(connection: Connection, vault: Vault, draft_ids: Iterable[str]) -> list[str]:
    """The blobs of all that is still arriving for these drafts."""
    wanted = select(uploads, drafts.c.wrapped_key).join(drafts, drafts.c.id == uploads.c.draft_id)
    found: list[str] = []
    for row in connection.execute(wanted.where(uploads.c.draft_id.in_(list(draft_ids)))):
        # A draft whose key does not open is erased all the same: the purge finds its pieces.
        with suppress(Tampered):
            found += _opened(vault.key(row.draft_id, row.wrapped_key), row)["pieces"]
    return found


def _opened(key: Key, row: Row[Any]) -> dict[str, Any]:
    found: dict[str, Any] = from_json(key.open(row.detail, row.draft_id, f"uploads.detail {row.id}"))
    return found


def _sealed(key: Key, draft_id: str, upload_id: str, detail: dict[str, Any]) -> bytes:
    return key.seal(to_json(detail), draft_id, f"uploads.detail {upload_id}")


def _upload(row: Row[Any], detail: dict[str, Any]) -> Upload:
    return Upload(
        row.id,
        row.draft_id,
        row.size,
        row.received,
        detail["name"],
        detail["key"],
        detail["replaces"],
        bool(detail.get("done")),
    )
