"""The engine: SQLite embedded by default, PostgreSQL by its URL alone. What differs between the two is in this file
and nowhere else.

SQLite: write-ahead log and `synchronous=FULL`, so that a commit that returned survives a power cut; `BEGIN
IMMEDIATE`, so that a read-modify-write holds the write lock from its first read; `secure_delete`, so that erased rows
are overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import local
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import URL, Connection, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError

from app.store.statement import Direct, Runner, Statement

BUSY_MS = 10_000
"""How long a writer waits for another one, in milliseconds."""

_WRITE = "guichet_write"
_BEGIN = "BEGIN IMMEDIATE"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)


class DatabaseError(Exception):
    """The database cannot be used as configured. The message says why, without the password of the URL."""


def database_url(data: Path, configured: str | None) -> str:
    """The configured URL, or that of the embedded database inside the data folder."""
    return configured or URL.create("sqlite", database=str(data / "guichet.sqlite3")).render_as_string()


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseError("GUICHET_DATABASE_URL n'est pas une adresse de base de données.") from None
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise DatabaseError("GUICHET_DATABASE_URL : seules sqlite: et postgresql: sont prises en charge.")
    return parsed


class Database:
    """One engine per process, made after the process was forked. Threads share it; each gets its own connection."""

    def __init__(self, url: str, *, connections: int = 8) -> None:
        """Open nothing yet. `connections` are kept open; twice as many more may be opened for a while. Raises
        `DatabaseError`.
        """
        parsed = _checked(url)
        self.embedded = parsed.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"pool_size": connections, "max_overflow": 2 * connections, "pool_timeout": 30}
        if not self.embedded:
            options["pool_pre_ping"] = True
        self.engine = create_engine(parsed, **options)
        self._own = local()
        self._writer = self.engine.execution_options(**{_WRITE: True})
        # A read is one statement, or several that may see later commits: it needs no transaction of its own.
        self._reader = self.engine if self.embedded else self.engine.execution_options(isolation_level="AUTOCOMMIT")
        if self.embedded:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)

    def read(self) -> AbstractContextManager[Connection]:
        """A connection for single reads."""
        return self._reader.connect()

    def fetch(self, statement: Statement, **values: Any) -> SimpleNamespace | None:
        """The row of one `select`, or None."""
        if not self.embedded:
            with self.read() as connection:
                return statement.run(connection, **values)
        # SQLite needs nothing of what a connection of SQLAlchemy prepares, nor of what its pool puts back in order:
        # one statement alone leaves no transaction behind.
        return statement.run_on(self._looking().cursor(), self.engine.dialect, values)

    def _looking(self) -> DBAPIConnection:
        """The connection with which this thread looks up single rows of the embedded database."""
        held: DBAPIConnection | None = getattr(self._own, "connection", None)
        if held is None:
            pooled = self.engine.raw_connection()
            held = self._own.connection = cast(DBAPIConnection, pooled.driver_connection)
            pooled.detach()
        return held

    def change(self) -> AbstractContextManager[Runner]:
        """Like `write`, for transactions that run nothing but `Statement`s: what every request does. Raises what
        SQLAlchemy would if the transaction cannot begin or be committed.
        """
        return self._changing() if self.embedded else self.write()

    @contextmanager
    def _changing(self) -> Iterator[Runner]:
        held = self._looking()
        self._say(held, _BEGIN)
        try:
            yield Direct(held, self.engine.dialect)
            self._say(held, "COMMIT")
        except BaseException:
            self._give_up(held)
            raise

    def _say(self, held: Any, statement: str) -> None:
        """Errors become what SQLAlchemy makes of them: callers know only these."""
        failures = self.engine.dialect.loaded_dbapi.Error
        try:
            held.execute(statement)
        except failures as error:
            raise DBAPIError.instance(statement, None, error, failures) from error

    def _give_up(self, held: DBAPIConnection) -> None:
        """Undo what a transaction did. A connection that cannot even do that is not used again: closing undoes too."""
        try:
            held.rollback()
        except self.engine.dialect.loaded_dbapi.Error:
            self._own.connection = None
            held.close()

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that commits, durably, when the block ends, and rolls back if it raises."""
        return self._writer.begin()

    def ping(self) -> None:
        """Raises what the driver raises if the database does not answer."""
        with self.read() as connection:
            connection.execute(text("SELECT 1"))

    def scrub(self) -> None:
        """After an erasure: fold the write-ahead log into the database, where freed space is overwritten. Nothing to
        do on PostgreSQL.

        If another connection is reading, the log is folded by a later call; erased data keys make what it holds
        unreadable only then.
        """
        if self.embedded:
            with self.read() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def lock_migrations(self, connection: Connection) -> None:
        """Let one process migrate at a time. On SQLite the write transaction is that lock already."""
        if not self.embedded:
            connection.execute(text("SELECT pg_advisory_xact_lock(7182818284)"))

    def close(self) -> None:
        self.engine.dispose()
        # What a thread alone holds is closed when it is let go.
        self._own = local()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions start late and deferred: ours are explicit.
    connection.isolation_level = None
    cursor = connection.cursor()
    # First, since switching to the write-ahead log may itself have to wait.
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITE):
        connection.exec_driver_sql(_BEGIN)
