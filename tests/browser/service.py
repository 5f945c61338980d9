"""The application with a clock of its own, on loopback, in this process: what it receives can be read, and troubled.

`LiveServer` is the shipped server; this one is for everything where the day, the mode or a failure must be chosen.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.web.installation import MORNING, Installation, install

Trouble = Callable[[dict[str, Any], Any], Iterable[bytes]]
"""A WSGI application that answers in place of ours."""
KEPT = ("/fr/offline", "/fr/help")
OPERATOR = "Préfecture d'essai"


@dataclass(frozen=True)
class Seen:
    """One request that came in."""

    method: str
    path: str
    htmx: bool
    agent: str
    size: int = 0
    """Bytes of its body, as announced."""


class Service:
    """An installation behind a real socket. `seen` lists what came in, static files left out."""

    def __init__(self, folder: Path, *, mode: str = "prepare") -> None:
        wanted = {"GUICHET_MODE": mode, "GUICHET_OPERATOR": OPERATOR} if mode == "authority" else {}
        self.installation: Installation = install(folder, environment=wanted)
        # Pages that only lead to the page a test is about are not checked here.
        self.installation.app.test_client_class = FlaskClient
        self.seen: list[Seen] = []
        self._trouble: Trouble | None = None
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self._server.daemon_threads = True
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def rest(self) -> None:
        """Back to the morning of the tests, with nothing remembered."""
        self.seen.clear()
        self._trouble = None
        self.installation.clock.now = MORNING

    def posts(self) -> list[Seen]:
        return [request for request in self.seen if request.method == "POST"]

    @contextmanager
    def troubled(self, trouble: Trouble) -> Iterator[None]:
        """Requests inside are answered by `trouble`; static files still come."""
        self._trouble = trouble
        try:
            yield
        finally:
            self._trouble = None

    def _answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        # A browser's own program asks without cookies for what it keeps; nobody has done anything then.
        if path.startswith(("/static/", "/favicon", "/service-worker.js")) or path in KEPT:
            return self.installation.app(environ, start)
        agent = environ.get("HTTP_USER_AGENT", "")
        size = int(environ.get("CONTENT_LENGTH") or 0)
        self.seen.append(Seen(environ["REQUEST_METHOD"], path, environ.get("HTTP_HX_REQUEST") == "true", agent, size))
        if self._trouble is not None:
            return self._trouble(environ, start)
        return self.installation.app(environ, start)


def _drain(environ: dict[str, Any]) -> None:
    """Read what was sent, as a server does before it answers."""
    environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))


def answers(status: str, body: str, *, media: str = "text/html; charset=utf-8") -> Trouble:
    """A proxy's own page in place of ours."""

    def trouble(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        _drain(environ)
        start(status, [("Content-Type", media)])
        return [body.encode()]

    return trouble


def slowly(service: Service, release: Event, *, most: float = 30) -> Trouble:
    """Our own answer, once it is released or `most` seconds have passed."""

    def trouble(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        release.wait(most)
        return service.installation.app(environ, start)

    return trouble


def hangs(release: Event) -> Trouble:
    """No answer before `release`: the network is there, the reply is not."""

    def trouble(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        _drain(environ)
        release.wait(30)
        start("503 Service Unavailable", [("Content-Type", "text/plain")])
        return [b""]

    return trouble


def dies(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """The connection breaks in the middle of the reply, as when a server is killed."""
    _drain(environ)
    start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", "100000")])
    return [b'<title>x</title><main id="main">']
