"""`guichet work`: the work that files wait for, outside every request.

`guichet serve` starts one such process and starts it anew if it dies. Any number may work on the same data.
"""

from __future__ import annotations

import logging
import os
import subprocess  # our own command, started without a shell
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from app.paper.look import looked_at
from app.spec.arguments import Arguments
from app.store import Store
from app.store.blobs import BlobsAway
from app.store.envelope import Tampered
from app.store.files import UNCHECKED, FileRecord
from app.store.jobs import Job
from app.web import clamd, file_names
from app.web.settings import Settings, SettingsError
from app.web.sniff import MEDIA_TYPES
from app.web.storage import STORAGE_ERRORS, open_storage

log = logging.getLogger("guichet.queue")

ROOT = Path(__file__).resolve().parents[2]
IDLE = 0.4
"""Seconds between two looks at an empty queue."""
LATER = (1, 2, 5, 10, 30, 60)
"""Seconds until a job that failed through no fault of its file is tried again; the last one from then on."""

ZEROS = 65_536
"""Bytes of each piece of a file that is only a trial."""

TRIES = 3
"""How often a file that is missing or damaged on disk is looked for before its job ends."""


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 1 when the data cannot be opened, 2 on a wrong setting."""
    parser = Arguments(prog="guichet work", description="Prépare et vérifie les fichiers reçus.")
    parser.add_argument("--once", action="store_true", help="fait ce qui attend, puis s'arrête")
    parser.add_argument("--data", metavar="DIR", help="dossier des données (data)")
    arguments = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    try:
        settings = Settings.read(os.environ, data=arguments.data)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    try:
        store = open_storage(settings)
    except STORAGE_ERRORS as error:
        sys.stderr.write(f"{error}\n")
        return 1
    try:
        if arguments.once:
            work_off(store, settings)
        else:
            # Pages come first where there is one core for both.
            os.nice(5)
            try_scanner(settings)
            _work(store, settings, _parent_gone())
    finally:
        store.close()
    return 0


def try_scanner(settings: Settings) -> None:
    """Give clamd, where there is one, a file of zeros as large as people may send: an operator reads now what would
    keep somebody's file waiting for good.
    """
    if not settings.clamd:
        return
    whole, rest = divmod(settings.max_upload, ZEROS)
    try:
        clamd.problem_in(settings.clamd, (bytes(size) for size in (*[ZEROS] * whole, rest) if size))
    except clamd.ScanError as error:
        log.warning("tried with a file as large as people may send: %s", error)


def work_off(store: Store, settings: Settings) -> int:
    """Do every job that is due; how many."""
    done = 0
    while (job := store.jobs.claim()) is not None:
        work_on(store, settings, job)
        done += 1
    return done


def work_on(store: Store, settings: Settings, job: Job) -> None:
    """Do one job, or put it back to be tried again."""
    try:
        _prepare(store, settings, job)
    except (FileNotFoundError, Tampered) as error:
        # Removed while it waited; or, if this goes on, the file store has lost or changed it.
        log.warning("a file that waits cannot be read: %s", type(error).__name__)
        if job.attempts < TRIES:
            store.jobs.postpone(job, timedelta(seconds=LATER[job.attempts - 1]))
        else:
            store.jobs.settle(job, replace(job.file, state="lost", problem=UNCHECKED))
    except (OSError, BlobsAway, clamd.ScanError) as error:
        log.warning("a file has to wait: %s", error if isinstance(error, clamd.ScanError) else type(error).__name__)
        store.jobs.postpone(job, timedelta(seconds=LATER[min(job.attempts, len(LATER)) - 1]))


def _prepare(store: Store, settings: Settings, job: Job) -> None:
    if settings.clamd and (problem := clamd.problem_in(settings.clamd, store.jobs.read(job))):
        store.jobs.settle(job, _refused(job.file, problem))
        return
    with looked_at(store.jobs.read(job), job.file.size, job.file.takes) as look:
        if look.problem is not None:
            store.jobs.settle(job, _refused(job.file, look.problem))
            return
        kept = replace(
            job.file,
            state="ready",
            name=file_names.renamed(job.file.name, look.format),
            media_type=MEDIA_TYPES[look.format],
            pages=look.pages,
            notes=look.notes,
        )
        store.jobs.settle(job, kept, look.content, look.thumb)


def _refused(file: FileRecord, problem: str) -> FileRecord:
    return replace(file, state="refused", problem=problem)


def _work(store: Store, settings: Settings, stopped: threading.Event) -> None:
    while not stopped.is_set():
        try:
            job = store.jobs.claim()
            if job is not None:
                work_on(store, settings, job)
                continue
        except STORAGE_ERRORS as error:
            # The database may be away for a night; the queue must go on.
            log.error("the queue cannot reach its data: %s", type(error).__name__)
        stopped.wait(IDLE)


def _parent_gone() -> threading.Event:
    """Set when standard input ends: whoever started this process has ended, however it ended."""
    gone = threading.Event()

    def watch() -> None:
        while sys.stdin.buffer.read(1024):
            pass
        gone.set()

    threading.Thread(target=watch, name="parent", daemon=True).start()
    return gone


def keep_working(settings: Settings, stopped: threading.Event, *, pause: float = 1) -> threading.Thread:
    """Have a process of its own work on the queue until `stopped` is set, and start it anew when it dies."""
    thread = threading.Thread(target=_supervise, args=(settings, stopped, pause), name="queue", daemon=True)
    thread.start()
    return thread


def _supervise(settings: Settings, stopped: threading.Event, pause: float) -> None:
    given = {name: value for name, value in settings.environment.items() if value}
    while not stopped.is_set():
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "app", "work"],
                env={**os.environ, **given, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
            )
        except OSError as error:
            log.error("the queue could not be started: %s", type(error).__name__)
        else:
            _until(stopped, process)
        stopped.wait(pause)


def _until(stopped: threading.Event, process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of the process, or end it."""
    assert process.stdin is not None
    while process.poll() is None:
        if stopped.wait(0.2):
            break
    process.stdin.close()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
