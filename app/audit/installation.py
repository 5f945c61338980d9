"""An installation for the audit alone: the real service with a temporary folder of data and a clock that is set."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from werkzeug.serving import WSGIRequestHandler, make_server

from app.audit.states import Asked, Sort, State
from app.journey.answers import VISITED
from app.journey.model import Journey
from app.store.migrate import upgrade
from app.web.factory import build_app
from app.web.publish import publish_folder
from app.web.settings import Settings
from app.web.site import EXTENSION, Site
from app.web.storage import database_url, open_storage

if TYPE_CHECKING:
    from flask import Flask, Response
    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

HOST = "127.0.0.1"
MORNING = time(9, 30)
KEPT = ("GUICHET_OPERATOR", "GUICHET_CONTACT")
"""What of the service's settings shows on pages. Its database, keys and data are never touched."""
OPERATOR = "Préfecture d'essai"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
MOST_HOPS = 8


@dataclass(slots=True)
class Day:
    """The clock of the installation: the morning of the day that a state is about."""

    day: date

    def __call__(self) -> datetime:
        return datetime.combine(self.day, MORNING, UTC)


@dataclass(slots=True)
class Installation:
    """The service with the procedures of a folder. `mode` is as in the settings."""

    app: Flask
    settings: Settings
    day: Day
    shown: tuple[State, ...] = ()
    """The states that have an address of their own."""

    @property
    def site(self) -> Site:
        found: Site = self.app.extensions[EXTENSION]
        return found

    def visitor(self, locale: str) -> Visitor:
        """A browser that has no cookie yet."""
        return Visitor(self, self.app.test_client(), locale)

    def draft(self, slug: str, locale: str, journey: Journey, answers: Mapping[str, Any], **more: Any) -> Visitor:
        """A browser that holds a draft with these answers, whose owner has looked at every page of the journey."""
        here = self.site
        procedure = here.published.current[slug]
        self.day.day = journey.today
        document = self.document(slug, journey, answers, **more)
        record, token, _code = here.store.drafts.create(
            procedure=slug, revision=procedure.sha256, locale=locale, mode=here.settings.mode, data=document
        )
        visitor = Visitor(self, self.app.test_client(), locale, draft=record.id, token=token, slug=slug)
        visitor.client.set_cookie(f"guichet-{record.id}", token)
        return visitor

    def document(self, slug: str, journey: Journey, answers: Mapping[str, Any], **more: Any) -> dict[str, Any]:
        """What a draft holds when every page of a journey was looked at; `more` replaces parts of it."""
        return {
            "answers": {**answers, VISITED: [stop.key for stop in journey.path]},
            "pending": {},
            "day": journey.today.isoformat(),
            "seen": [outcome.id for outcome in self.site.published.current[slug].outcomes],
            **more,
        }


@dataclass(slots=True)
class Visitor:
    """A browser without scripts. `reply` is the page in front of it and `path` its address."""

    installation: Installation
    client: FlaskClient
    locale: str
    draft: str = ""
    token: str = ""
    slug: str = ""
    path: str = "/"
    status: int = 0
    html: str = ""

    def below(self, rest: str = "") -> str:
        """An address of the draft."""
        return f"/{self.locale}/{self.slug}/{self.draft}/{rest}"

    def hold(self, answers: Mapping[str, Any], journey: Journey, **more: Any) -> None:
        """Let the draft hold these answers, and nothing that was typed before."""
        data = self.installation.document(self.slug, journey, answers, **more)
        drafts = self.installation.site.store.drafts
        drafts.update(self.draft, lambda record: {**data, "code": record.data["code"]})

    def open(self, path: str) -> Visitor:
        return self._arrive(path, self.client.get(path))

    def send(self, path: str, data: Mapping[str, Any], *, own: bool = True) -> Visitor:
        """Post a form of the page in front; `own` adds what the form holds hidden."""
        hidden = dict(_HIDDEN.findall(self.html)) if own else {}
        return self._arrive(path, self.client.post(path, data={**hidden, **data}))

    def put(self, path: str) -> Visitor:
        """A method that no page of ours takes."""
        return self._arrive(path, self.client.put(path))

    def _arrive(self, path: str, reply: TestResponse) -> Visitor:
        for _ in range(MOST_HOPS):
            # What was sent, when it was large, is a file on disk that nothing else closes.
            reply.request.environ["wsgi.input"].close()
            self.path, self.status, self.html = path, reply.status_code, reply.get_data(as_text=True)
            if reply.status_code not in (301, 302, 303, 308):
                break
            path = urljoin(path, urlsplit(reply.headers["Location"])._replace(scheme="", netloc="").geturl())
            reply = self.client.get(path)
        return self

    @property
    def at(self) -> str:
        """The address of the page below the draft."""
        return "/".join(urlsplit(self.path).path.split("/")[4:])

    def state(self, name: str, sort: Sort, asked: Asked | None = None) -> State:
        """The page in front, under a name."""
        cookies = ((f"guichet-{self.draft}", self.token),) if self.draft else ()
        whole = f"{self.locale}/{self.slug or '-'}/{name}"
        here = self.installation
        return State(
            whole, sort, self.path, self.status, self.html, self.locale, here.settings.mode, here.day.day,
            self.slug, asked, cookies,
        )  # fmt: skip


@contextmanager
def installed(folder: Path, procedures: Path, *, mode: str = "prepare") -> Iterator[Installation]:
    """The service with the procedures of a folder, its data in `folder`. Raises `SettingsError`."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    if mode == "authority":
        kept.setdefault("GUICHET_OPERATOR", OPERATOR)
    settings = Settings.read(kept, data=folder / "data", procedures=procedures, host=HOST, mode=mode)
    settings.data.mkdir(parents=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade(database_url(settings))
    day = Day(datetime.now(UTC).date())
    with closing(open_storage(settings, clock=day)) as store:
        publish_folder(store, procedures)
    app = build_app(settings, clock=day)
    here: Site = app.extensions[EXTENSION]
    # A fault of ours, so that its page can be looked at.
    app.add_url_rule("/<locale>/fault", "fault", _fault)
    installation = Installation(app, settings, day)
    app.add_url_rule("/audit/<int:number>", "audit", partial(_shown, installation))
    try:
        yield installation
    finally:
        here.store.close()


def _fault(locale: str) -> str:
    raise ZeroDivisionError(locale)


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the audit tells its own progress."""


@contextmanager
def served(installation: Installation) -> Iterator[str]:
    """The installation behind a socket of the loopback address; gives its URL."""
    server = make_server(HOST, 0, installation.app, threaded=True, request_handler=_Quiet)
    server.daemon_threads = True  # type: ignore[attr-defined]  # of the threaded one
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def showing(installation: Installation, states: Sequence[State]) -> Iterator[list[tuple[State, str]]]:
    """The states behind addresses of their own: whoever opens one gets the page as it was sent, and the cookies to go
    on from there, on the day that it is about.
    """
    installation.shown = tuple(states)
    with served(installation) as url:
        yield [(state, f"{url}/audit/{number}") for number, state in enumerate(states)]


def _shown(installation: Installation, number: int) -> Response:
    state = installation.shown[number]
    installation.day.day = state.day
    response = installation.app.response_class(state.html, state.status, mimetype="text/html")
    for name, value in state.cookies:
        response.set_cookie(name, value, httponly=True, samesite="Lax", path="/")
    return response
