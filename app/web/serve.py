"""`guichet serve`: prepares what is missing, then serves until it is told to stop.

The parent process migrates the database, compiles and publishes the procedures, then starts workers that only load what
is stored: so a worker's memory holds no compiler, no migration, no PDF writer.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
import urllib.request
from collections.abc import Sequence

from app.spec.arguments import Arguments
from app.web.settings import Settings, SettingsError

log = logging.getLogger("guichet.serve")


def main(argv: Sequence[str]) -> int:
    """Run the command with its arguments (without the command's name). Returns 2 on a wrong setting, 1 if nothing can
    be served.
    """
    arguments = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    # What migrations tell of themselves is nothing an operator acts on.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        settings = Settings.read(
            os.environ,
            host=arguments.host,
            port=arguments.port,
            procedures=arguments.procedures,
            data=arguments.data,
            mode=arguments.mode,
        )
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if not _prepare(settings):
        return 1
    _run(settings)
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="guichet serve", description="Sert les démarches sur ce poste.")
    parser.add_argument("--host", help="adresse d'écoute (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port d'écoute (8000)")
    parser.add_argument("--procedures", metavar="DIR", help="dossier des démarches (procedures)")
    parser.add_argument("--data", metavar="DIR", help="dossier des données (data)")
    parser.add_argument("--mode", choices=("prepare", "authority"), help="aider à préparer, ou recevoir les demandes")
    return parser


def _prepare(settings: Settings) -> bool:
    """Create the data folder, its keys and tables, and publish the procedures. Says what stands in the way; True if all
    is well.
    """
    # Only the parent needs these: workers must not load migrations or the compiler.
    from app.spec.kept import Kept
    from app.store.blobs import BlobsAway
    from app.store.migrate import upgrade
    from app.web.publish import publish_folder, report
    from app.web.storage import STORAGE_ERRORS, database_url, open_storage

    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        upgrade(database_url(settings))
        store = open_storage(settings)
    except STORAGE_ERRORS as error:
        sys.stderr.write(f"{error}\n")
        return False
    try:
        store.files.check()
        folder = publish_folder(store, settings.procedures, Kept(settings.data / "compiled"))
        for text in report(store, folder):
            sys.stderr.write(f"{text}\n")
        served = [slug for slug in folder.found if store.revisions.in_force(slug) is not None]
    except BlobsAway as error:
        sys.stderr.write(f"{error}\n")
        return False
    finally:
        store.close()
    if not served:
        sys.stderr.write(f"Aucune démarche à servir dans {settings.procedures}. Voir docs/authors/tutorial.md.\n")
    return bool(served)


def _run(settings: Settings) -> None:
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from app.web.queue import keep_working
    from app.web.upkeep import keep_up

    os.environ.update({name: value for name, value in settings.environment.items() if value})
    # Not "fork": a worker would keep the parent's memory (compiler, migrations) and, if the parent has SQLite open at
    # that moment, believe it holds locks that a fork does not pass on: whoever closes the database next then deletes
    # the log that the worker goes on writing to, and with it acknowledged answers.
    multiprocessing.set_start_method("spawn", force=True)
    # Its word about many threads is a decision of ours (docs/decisions/server.md), in another language than the rest.
    logging.getLogger("_granian").addFilter(lambda record: "Python threads" not in record.getMessage())
    server = Server(
        "app.web.wsgi:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.workers,
        blocking_threads=settings.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_access=False,
        log_level=LogLevels.warning,
    )
    stopped = threading.Event()
    keep_up(settings, stopped)
    queue = keep_working(settings, stopped)
    threading.Thread(target=_tell_open, args=(settings, stopped), name="open", daemon=True).start()
    try:
        server.serve()
    finally:
        stopped.set()
        queue.join(timeout=15)


def _tell_open(settings: Settings, stopped: threading.Event) -> None:
    """Say that the service is open once a worker answers: until then the address leads nowhere."""
    here = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host  # noqa: S104 - compared, not bound
    host = f"[{here}]" if ":" in here else here
    while not stopped.wait(0.1):
        try:
            with urllib.request.urlopen(f"http://{host}:{settings.port}/healthz", timeout=2):
                break
        except OSError:
            continue
    else:
        return
    sys.stderr.write(f"Guichet est ouvert : http://{settings.host}:{settings.port}/\n")
