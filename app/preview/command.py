"""`guichet preview [SLUG|DIR]`: the real service on this machine only, with a panel that explains it."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app.preview.pages import Day, Desk, install
from app.preview.workshop import Workshop
from app.spec.arguments import Arguments
from app.spec.diagnostics import did_you_mean
from app.spec.folders import procedure_folders, procedures_in
from app.store.migrate import upgrade
from app.web.factory import build_app
from app.web.published import Published
from app.web.settings import Settings, SettingsError
from app.web.site import EXTENSION, Site
from app.web.storage import database_url

MISUSE = 2
HOST = "127.0.0.1"
PORT = 8010
MOST_PORTS = 65535
KEPT = ("GUICHET_MODE", "GUICHET_OPERATOR", "GUICHET_CONTACT")
"""What of the service's settings shows on pages. Its database, keys and data are never touched."""


class NothingToShow(ValueError):
    """No procedure stands where the author said, or the port is taken; the message tells it, in French."""


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the page asks every second whether a file has changed."""


def main(argv: Sequence[str]) -> int:
    """Run the command until it is told to stop. Returns 0, or 2 when it was called wrongly."""
    try:
        arguments = _parser().parse_args(argv)
        procedures, first = find(arguments.what, procedures_in(None, os.environ))
    except NothingToShow as reason:
        print(f"guichet preview : {reason}", file=sys.stderr)
        return MISUSE
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s", stream=sys.stderr)
    # A plain end, too, goes by the place where the data are erased.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with tempfile.TemporaryDirectory(prefix="guichet-preview-") as place:
            return _run(Path(place), procedures, first, arguments.port)
    except KeyboardInterrupt:
        print()
        return 0


def _run(place: Path, procedures: Path, first: str, port: int) -> int:
    """Serve until interrupted."""
    try:
        app = build(place, procedures, first)
        server = listen(app, port)
    except (SettingsError, NothingToShow, OSError) as error:
        print(f"guichet preview : {error}", file=sys.stderr)
        return MISUSE
    site: Site = app.extensions[EXTENSION]
    with closing(site.store):
        _serve(server)
    return 0


def _serve(server: BaseWSGIServer) -> None:
    print(f"Aperçu : http://{HOST}:{server.port}/preview/  (Ctrl et C pour arrêter)", flush=True)
    print("Les réponses données ici sont effacées à l'arrêt.", flush=True)
    try:
        server.serve_forever()
    finally:
        server.server_close()


def _parser() -> Arguments:
    parser = Arguments(
        prog="guichet preview", description="Montre une démarche pendant qu'on l'écrit, sur ce poste seulement."
    )
    parser.add_argument(
        "what", nargs="?", default="", metavar="NOM", help="nom d'une démarche, son dossier, ou un dossier de démarches"
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"port d'écoute ({PORT})")
    return parser


def find(what: str, procedures: Path) -> tuple[Path, str]:
    """The folder of procedures and the one to show first. Raises `NothingToShow`."""
    known = [path.name for path in procedure_folders(procedures)]
    if what in known:
        return procedures, what
    folder = Path(what) if what else procedures
    if folder.name == "procedure.yaml":
        folder = folder.parent
    if (folder / "procedure.yaml").is_file():
        folder = folder.resolve()
        return folder.parent, folder.name
    inside = procedure_folders(folder)
    if inside:
        return folder, inside[0].name
    near = did_you_mean(what, known)
    raise NothingToShow(f"« {folder} » n'est ni une démarche, ni un dossier de démarches. {near}".rstrip())


def build(place: Path, procedures: Path, first: str) -> Flask:
    """The application of the service with the pages of the preview, its data in `place`. Raises `SettingsError`."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    settings = Settings.read(kept, data=place / "data", procedures=procedures, host=HOST)
    settings.data.mkdir(parents=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade(database_url(settings))
    day = Day()
    app = build_app(replace(settings, procedures=place / "none"), clock=day)

    def publish(published: Published) -> None:
        app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], published=published)

    site: Site = app.extensions[EXTENSION]
    workshop = Workshop(procedures, site.store, publish)
    workshop.refresh()
    install(app, Desk(workshop, day, first))
    return app


def listen(app: Flask, port: int) -> BaseWSGIServer:
    """A server on the loopback address alone; port 0 takes any that is free. Raises `NothingToShow` for one in use."""
    refused = NothingToShow(f"le port {port} ne peut pas être pris. Choisissez-en un autre avec --port.")
    if not 0 <= port <= MOST_PORTS:
        raise refused
    try:
        held = socket.create_server((HOST, port))
    except OSError as error:
        raise refused from error
    # Werkzeug, given a port in use, would end the program by itself, in English.
    with held:
        return make_server(HOST, port, app, threaded=True, request_handler=_Quiet, fd=held.fileno())
