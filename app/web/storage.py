"""Opens the store as the settings say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.spec.version import ENGINE
from app.store import Store, load_keys, open_store
from app.store import database_url as address_of
from app.store.blobs import Blobs, BlobsAway
from app.store.database import DatabaseError
from app.store.keys import KeysError
from app.web.settings import Settings

STORAGE_ERRORS: tuple[type[Exception], ...] = (OSError, KeysError, DatabaseError, BlobsAway)
"""What opening the store may raise: its message says what is wrong and what to do, and holds no secret."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def database_url(settings: Settings) -> str:
    """The database of the settings, or the embedded one in the data folder."""
    return address_of(settings.data, settings.database_url)


def open_storage(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> Store:
    """The store of an installation whose tables are up to date; its keys are made at its first start.

    Raises one of `STORAGE_ERRORS`.
    """
    keys = load_keys(settings.data, settings.database_url, settings.environment)
    return open_store(
        settings.data,
        settings.database_url,
        keys,
        clock,
        draft_lifetime=timedelta(days=settings.draft_days),
        engine_version=ENGINE,
        blobs=_blobs(settings),
    )


def _blobs(settings: Settings) -> Blobs | None:
    """Where files lie if not in the data folder. The library is imported only then."""
    if settings.bucket is None:
        return None
    from app.store.s3 import Bucket, S3Blobs

    return S3Blobs(Bucket(**settings.bucket))
