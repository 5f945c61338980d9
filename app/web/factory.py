"""Puts the application together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from app.locale.flask import init_locale
from app.pages.assets import Assets
from app.web import (
    carry,
    compressed,
    documents,
    errors,
    finish,
    lists,
    metrics,
    offline,
    papers,
    phones,
    public,
    resumable,
    security,
    steps,
    visitor,
    withdrawal,
)
from app.web.evidence import last_audit
from app.web.published import Published, slugs_of
from app.web.revision import running
from app.web.settings import Settings
from app.web.site import EXTENSION, Site
from app.web.storage import open_storage
from app.web.tokens import Signer
from app.web.uploads import StreamingRequest

ROOT = Path(__file__).resolve().parents[2]
MOST_TEXT = 2_000_000
"""Bytes of a form without files; long texts of a whole page stay far below. Only the route that takes files allows
more: Werkzeug reads a whole form of text into memory, whatever its own limit says.
"""


def utc_now() -> datetime:
    return datetime.now(UTC)


def _as_it_is(view: Callable[..., Any]) -> Callable[..., Any]:
    return view


def build_app(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> Flask:
    """A Flask application over the stored revisions of `settings.procedures`.

    `clock` gives the present moment; tests give their own.
    """
    app = Flask("guichet", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MOST_TEXT, MAX_FORM_MEMORY_SIZE=MOST_TEXT, MAX_FORM_PARTS=2000)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.request_class = StreamingRequest
    # No view of ours is a coroutine: Flask need not look at each function again for every request.
    app.ensure_sync = _as_it_is  # type: ignore[assignment, method-assign]
    store = open_storage(settings, clock=clock)
    published = Published(store, slugs_of(settings.procedures))
    site = app.extensions[EXTENSION] = Site(
        settings=settings,
        store=store,
        signer=Signer(store.keys.sign),
        published=published,
        assets=Assets.load(ROOT / "static"),
        clock=clock,
        revision=running(published),
        audited=last_audit(settings.audit),
    )
    init_locale(app)
    rooms = metrics, offline, public, phones, lists, documents, resumable, finish, papers, carry, withdrawal, steps
    for room in rooms:
        app.register_blueprint(room.pages)
    compressed.install(app)
    security.install(app, https=settings.https, style_hashes=(site.assets.style_hash,))
    visitor.install(app)
    errors.install(app)
    return app
