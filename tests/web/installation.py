"""A whole installation in a folder: keys, database, published procedures, the application; with a clock of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask

from app.store.migrate import upgrade
from app.web.factory import build_app
from app.web.publish import publish_folder
from app.web.settings import Settings
from app.web.site import EXTENSION, Site
from app.web.storage import database_url, open_storage
from tests.architecture.graph import ROOT
from tests.checks.client import CheckedClient

MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@dataclass
class Clock:
    """The present moment of an installation; tests move it."""

    now: datetime = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Installation:
    """`app` is the running application; `restart` makes a new one over the same data, as a deployment does: browsers
    keep their cookies and speak to the new one.
    """

    settings: Settings
    clock: Clock
    app: Flask
    _clients: list[CheckedClient] = field(default_factory=list)

    def client(self) -> CheckedClient:
        """A browser without scripts and without cookies; every page it receives is checked."""
        client = self.app.test_client()
        assert isinstance(client, CheckedClient)
        self._clients.append(client)
        return client

    def close(self) -> None:
        """Let go of the database."""
        site: Site = self.app.extensions[EXTENSION]
        site.store.close()

    def restart(self) -> None:
        self.close()
        publish(self.settings)
        self.app = application(self.settings, self.clock)
        for client in self._clients:
            client.application = self.app


def install(
    folder: Path,
    *,
    procedures: Path = ROOT / "procedures",
    environment: Mapping[str, str] | None = None,
    clock: Clock | None = None,
) -> Installation:
    """Make an installation under `folder`. `environment` holds `GUICHET_…` settings."""
    given = {"GUICHET_DATA": str(folder / "data"), "GUICHET_PROCEDURES": str(procedures), **(environment or {})}
    settings = Settings.read(given)
    settings.data.mkdir(parents=True, exist_ok=True)
    upgrade(database_url(settings))
    publish(settings)
    moment = clock or Clock()
    return Installation(settings, moment, application(settings, moment))


def publish(settings: Settings) -> None:
    store = open_storage(settings)
    try:
        publish_folder(store, settings.procedures)
    finally:
        store.close()


def application(settings: Settings, clock: Clock) -> Flask:
    app = build_app(settings, clock=clock)
    app.test_client_class = CheckedClient
    return app
