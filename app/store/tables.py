"""The tables, in SQLAlchemy Core. `migrations/` builds the same ones; a test compares the two on both databases.

In clear: what is needed to find, order and expire rows. Everything a person typed or gave is in a sealed column
(`LargeBinary`).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """A moment, stored as microseconds since 1970 in UTC: the same on both databases, exact, and it sorts."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Raises `ValueError` for a moment without a time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        return None if value is None else _EPOCH + value * _MICROSECOND


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_draft() -> Column[str]:
    return Column("draft_id", String(16), ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False)


key_checks = Table(
    "key_checks",
    metadata,
    Column("key_id", LargeBinary(8), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

revisions = Table(
    "revisions",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("slug", String(100), nullable=False),
    Column("number", Integer, nullable=False),
    Column("canonical_json", Text, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("engine_version", String(40), nullable=False),
    UniqueConstraint("slug", "number"),
)

in_force = Table(
    "in_force",
    metadata,
    Column("slug", String(100), primary_key=True),
    Column("sha256", String(64), ForeignKey("revisions.sha256"), nullable=False),
    Column("since", Moment, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("procedure", String(100), nullable=False),
    Column("revision", String(64), nullable=False),
    Column("locale", String(20), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False, index=True),
    Column("code_tag", LargeBinary(32), nullable=False, unique=True),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

access = Table(
    "access",
    metadata,
    Column("draft_id", String(16), ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("token_tag", LargeBinary(32), primary_key=True),
    Column("granted_at", Moment, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    _of_draft(),
    Column("at", Moment, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("detail", LargeBinary),
    Index(None, "draft_id"),
)

files = Table(
    "files",
    metadata,
    Column("id", String(32), primary_key=True),
    _of_draft(),
    Column("position", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("detail", LargeBinary, nullable=False),
    Column("blob", String(32)),
    Column("thumb", String(32)),
    Index(None, "draft_id"),
)
"""`blob` names what is kept now, once it is no longer what came in under `id`; `thumb` its small picture."""

held_blobs = select(func.coalesce(files.c.blob, files.c.id), files.c.thumb)
"""The names of everything that rows of `files` hold in the file store."""

jobs = Table(
    "jobs",
    metadata,
    Column("file_id", String(32), ForeignKey("files.id", ondelete="CASCADE"), primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Index(None, "due_at"),
)
"""Work that files wait for. A row is there from the moment the file is until its work is done."""

uploads = Table(
    "uploads",
    metadata,
    Column("id", String(32), primary_key=True),
    _of_draft(),
    Column("size", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
    Column("detail", LargeBinary, nullable=False),
    Index(None, "draft_id"),
)
"""Files that arrive piece by piece. Their pieces lie in the file store for a day, then they go as what crashes left."""

submissions = Table(
    "submissions",
    metadata,
    _of_draft(),
    Column("kind", String(20), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("reference", String(20), nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("revision", String(64), nullable=False),
    Column("draft_version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("draft_id", "kind", "edition"),
    UniqueConstraint("reference", "kind", "edition"),
    CheckConstraint("kind <> 'sent' OR edition = 1", name="sent_once"),
)

failures = Table(
    "failures",
    metadata,
    Column("minute", BigInteger, primary_key=True, autoincrement=False),
    Column("tag", LargeBinary(32), primary_key=True),
    Column("times", Integer, nullable=False),
)

buckets = Table(
    "buckets",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("spent", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
)
