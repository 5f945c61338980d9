"""What says that the database or the place of files does not answer now: nothing of it is about what is kept."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError

from app.store.blobs import BlobsAway

AWAY: tuple[type[Exception], ...] = (SQLAlchemyError, BlobsAway)
