"""What must happen every day unasked: drafts whose life has ended and the remains of broken uploads go."""

from __future__ import annotations

import logging
import os
import subprocess  # our own command, started without a shell
import sys
import threading
from pathlib import Path

from app.store import Purged
from app.web.settings import Settings
from app.web.storage import open_storage

log = logging.getLogger("guichet.upkeep")

DAY = 24 * 60 * 60
HOUR = 60 * 60
ROOT = Path(__file__).resolve().parents[2]


def purge(settings: Settings) -> Purged:
    """Erase what has come to its end, now. Raises one of `STORAGE_ERRORS`."""
    store = open_storage(settings)
    try:
        return store.purge()
    finally:
        store.close()


def keep_up(settings: Settings, stopped: threading.Event, *, every: float = DAY) -> threading.Thread:
    """Purge now and then every `every` seconds, in the background, until `stopped` is set.

    The parent of the workers does it, through a process of its own: a worker that is forked while its parent has the
    embedded database open inherits what SQLite remembers of it, and from then on sees an old state (measured: three
    first starts in four had a worker that knew no new draft). A failure is logged and tried again the next time.
    """
    thread = threading.Thread(target=_run, args=(settings, stopped, every), name="upkeep", daemon=True)
    thread.start()
    return thread


def _run(settings: Settings, stopped: threading.Event, every: float) -> None:
    while True:
        _purge_apart(settings)
        if stopped.wait(every):
            return


def _purge_apart(settings: Settings) -> None:
    given = {name: value for name, value in settings.environment.items() if value}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app", "data", "purge"],
            env={**os.environ, **given, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=HOUR,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        # The database may be away for a night; the service must go on.
        log.error("the daily purge failed: %s", type(error).__name__)
        return
    if done.returncode:
        log.error("the daily purge failed: the command ended with %d", done.returncode)
    else:
        log.info("%s", done.stdout.decode("utf-8", "replace").strip())
