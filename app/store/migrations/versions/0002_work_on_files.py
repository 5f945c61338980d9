"""Files wait for work, and what is kept of them may be another file than what came in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two names beside each file, and the queue."""
    op.add_column("files", sa.Column("blob", sa.String(32), nullable=True))
    op.add_column("files", sa.Column("thumb", sa.String(32), nullable=True))
    op.create_table(
        "jobs",
        sa.Column("file_id", sa.String(32), nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("file_id", name="pk_jobs"),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], ondelete="CASCADE", name="fk_jobs_file_id"),
    )
    op.create_index("ix_jobs_due_at", "jobs", ["due_at"])
