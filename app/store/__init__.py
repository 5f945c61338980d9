"""The store: everything that must survive a restart. `open_store` is the way in; workers never load migrations
through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, inspect, select
from sqlalchemy.exc import IntegrityError

from app.store.blobs import Blobs, LocalBlobs
from app.store.database import Database, database_url
from app.store.draft_rows import DraftRows
from app.store.drafts import Drafts
from app.store.files import Files
from app.store.jobs import Jobs
from app.store.keys import KeyRing, KeysError
from app.store.limits import Limits
from app.store.records import Clock
from app.store.revisions import Revisions
from app.store.spool import EncryptedSpool
from app.store.submissions import Submissions
from app.store.tables import drafts as draft_table
from app.store.tables import files as file_table
from app.store.tables import key_checks
from app.store.uploads import Uploads
from app.store.vault import Vault

__all__ = ["Counts", "Purged", "Store", "database_url", "load_keys", "open_store"]

DRAFT_LIFETIME = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge removed: drafts whose life had ended, files that crashes had left."""

    drafts: int
    files: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an installation holds: drafts by (procedure, state), files and their bytes."""

    drafts: Mapping[tuple[str, str], int]
    files: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class Store:
    """One per process, opened after the process was forked; shared by its threads."""

    database: Database
    keys: KeyRing
    drafts: Drafts
    submissions: Submissions
    revisions: Revisions
    files: Files
    jobs: Jobs
    uploads: Uploads
    clock: Clock

    def ping(self) -> None:
        """Raises what the driver raises if the database does not answer."""
        self.database.ping()

    def counts(self) -> Counts:
        """What is held now; nothing of it is about a person."""
        by_state = select(draft_table.c.procedure, draft_table.c.state, func.count()).group_by(
            draft_table.c.procedure, draft_table.c.state
        )
        with self.database.read() as connection:
            drafts = {(procedure, state): number for procedure, state, number in connection.execute(by_state)}
            held = connection.execute(select(func.count(), func.coalesce(func.sum(file_table.c.size), 0))).one()
        return Counts(drafts, int(held[0]), int(held[1]))

    def spool(self) -> EncryptedSpool:
        """Where one upload waits while it arrives."""
        return EncryptedSpool()

    def purge(self, now: datetime | None = None) -> Purged:
        """Erase what has come to its end. To be called daily, by one process or several."""
        drafts = self.drafts.purge_expired(now)
        self.uploads.purge(now)
        return Purged(drafts, self.files.purge_orphans(now))

    def rotate_keys(self) -> int:
        """Wrap every data key with the current master key; how many were not yet. Afterwards older master keys may be
        taken away.
        """
        moved = self.drafts.rewrap()
        current = self.keys.current_id
        with self.database.write() as connection:
            stale = func.substr(draft_table.c.wrapped_key, 2, len(current)) != current
            if not connection.scalar(select(func.count()).select_from(draft_table).where(stale)):
                connection.execute(delete(key_checks).where(key_checks.c.key_id != current))
        return moved

    def close(self) -> None:
        self.database.close()


def _utc_now() -> datetime:
    return datetime.now(UTC)


def load_keys(data_dir: Path, url: str | None, environment: Mapping[str, str]) -> KeyRing:
    """The keys of an installation; on its first start they are made. Raises `KeysError`, `DatabaseError`.

    A start without the key file is a first start only if nothing has been sealed yet, in the data folder or in the
    database.
    """
    files = data_dir / "files"
    holds = files.is_dir() and any(path.is_file() for path in files.rglob("*"))
    embedded = data_dir / "guichet.sqlite3"
    if not holds and (url is not None or embedded.exists()):
        database = Database(database_url(data_dir, url))
        try:
            with database.read() as connection:
                holds = bool(_check_values(connection))
        finally:
            database.close()
    return KeyRing.load(environment, data_dir, holds_data=holds)


def open_store(
    data_dir: Path,
    url: str | None,
    keys: KeyRing,
    clock: Clock = _utc_now,
    *,
    draft_lifetime: timedelta = DRAFT_LIFETIME,
    limits: Limits | None = None,
    blobs: Blobs | None = None,
    engine_version: str = "",
) -> Store:
    """Open an installation whose tables are up to date (`app.store.migrate.upgrade`).

    `url` is the configured database, None for the embedded one; `blobs` keeps files elsewhere than in the data
    folder; `engine_version` is recorded with published revisions. Raises `KeysError` if the stored data were sealed
    with other keys.
    """
    database = Database(database_url(data_dir, url))
    try:
        _check_keys(database, keys)
    except BaseException:
        database.close()
        raise
    kept = blobs if blobs is not None else LocalBlobs(data_dir / "files")
    rows = DraftRows(Vault(keys), draft_lifetime)
    return Store(
        database=database,
        keys=keys,
        drafts=Drafts(database, rows, kept, limits or Limits(), clock),
        submissions=Submissions(database, rows, clock),
        revisions=Revisions(database, clock, engine_version),
        files=Files(database, rows, kept, clock),
        jobs=Jobs(database, rows, kept, clock),
        uploads=Uploads(database, rows, kept, clock),
        clock=clock,
    )


def _check_values(connection: Connection) -> list[bytes]:
    if not inspect(connection).has_table(key_checks.name):
        return []
    return list(connection.scalars(select(key_checks.c.sealed)))


def _check_keys(database: Database, keys: KeyRing) -> None:
    """See that these keys are those of the data; remember a master key that is new. Raises `KeysError`."""
    with database.read() as connection:
        rows = connection.execute(select(key_checks)).all()
    if not all(keys.opens(row.sealed) for row in rows):
        raise KeysError(
            "Les clés données ne sont pas celles des données : rien ne pourrait être relu. "
            "Remettez le fichier de clés d'origine (ou toutes les clés de GUICHET_DATA_KEYS). Voir docs/operations.md."
        )
    if any(bytes(row.key_id) == keys.current_id for row in rows):
        return
    try:
        with database.write() as connection:
            connection.execute(insert(key_checks).values(key_id=keys.current_id, sealed=keys.check_value()))
    except IntegrityError:
        # Another process was first; it must have the same keys.
        _check_keys(database, keys)
