"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keys and revisions, drafts and what belongs to them, counters."""
    _keys_and_revisions()
    _drafts()
    _of_drafts()
    _counters()


def _keys_and_revisions() -> None:
    op.create_table(
        "key_checks",
        sa.Column("key_id", sa.LargeBinary(8), nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key_id", name="pk_key_checks"),
    )
    op.create_table(
        "revisions",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("canonical_json", sa.Text, nullable=False),
        sa.Column("published_at", sa.BigInteger, nullable=False),
        sa.Column("engine_version", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_revisions"),
        sa.UniqueConstraint("slug", "number", name="uq_revisions_slug_number"),
    )
    op.create_table(
        "in_force",
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_in_force"),
        sa.ForeignKeyConstraint(["sha256"], ["revisions.sha256"], name="fk_in_force_sha256"),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("procedure", sa.String(100), nullable=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("locale", sa.String(20), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("code_tag", sa.LargeBinary(32), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("code_tag", name="uq_drafts_code_tag"),
    )
    op.create_index("ix_drafts_expires_at", "drafts", ["expires_at"])
    op.create_table(
        "access",
        sa.Column("draft_id", sa.String(16), nullable=False),
        sa.Column("token_tag", sa.LargeBinary(32), nullable=False),
        sa.Column("granted_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("draft_id", "token_tag", name="pk_access"),
        _to_draft("access"),
    )


def _of_drafts() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False, autoincrement=True),
        sa.Column("draft_id", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        _to_draft("events"),
    )
    op.create_index("ix_events_draft_id", "events", ["draft_id"])
    op.create_table(
        "files",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("draft_id", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("detail", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
        _to_draft("files"),
    )
    op.create_index("ix_files_draft_id", "files", ["draft_id"])
    op.create_table(
        "submissions",
        sa.Column("draft_id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("edition", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("sent_at", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("draft_version", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        _to_draft("submissions"),
        sa.UniqueConstraint("draft_id", "kind", "edition", name="uq_submissions_draft_id_kind_edition"),
        sa.UniqueConstraint("reference", "kind", "edition", name="uq_submissions_reference_kind_edition"),
        sa.CheckConstraint("kind <> 'sent' OR edition = 1", name="sent_once"),
    )


def _counters() -> None:
    op.create_table(
        "failures",
        sa.Column("minute", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("tag", sa.LargeBinary(32), nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("minute", "tag", name="pk_failures"),
    )
    op.create_table(
        "buckets",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("spent", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_buckets"),
    )


def _to_draft(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], ondelete="CASCADE", name=f"fk_{table}_draft_id")
