"""What must happen every day unasked: drafts whose life has ended and the remains of broken uploads go."""

from __future__ import annotations

import logging
import threading

from app.store import Purged
from app.web.settings import Settings
from app.web.storage import STORAGE_ERRORS, open_storage

log = logging.getLogger("guichet.upkeep")

DAY = 24 * 60 * 60


def purge(settings: Settings) -> Purged:
    """Erase what has come to its end, now. Raises one of `STORAGE_ERRORS`."""
    store = open_storage(settings)
    try:
        return store.purge()
    finally:
        store.close()


def keep_up(settings: Settings, stopped: threading.Event, *, every: float = DAY) -> threading.Thread:
    """Purge now and then every `every` seconds, in the background, until `stopped` is set.

    The parent process does it, so that workers only answer people. A failure is logged and tried again the next time.
    """
    thread = threading.Thread(target=_run, args=(settings, stopped, every), name="upkeep", daemon=True)
    thread.start()
    return thread


def _run(settings: Settings, stopped: threading.Event, every: float) -> None:
    while True:
        try:
            purged = purge(settings)
            log.info("purged %d drafts and %d files whose time had ended", purged.drafts, purged.files)
        except Exception as error:  # noqa: BLE001 - the database may be away for a night; the service must go on
            log.error("the daily purge failed: %s", type(error).__name__)
        if stopped.wait(every):
            return


__all__ = ["STORAGE_ERRORS", "keep_up", "purge"]
