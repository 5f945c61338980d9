"""What a phone without network shows: a page that it keeps, and the small program in the browser that shows it.

The program (a service worker) sees only pages that are asked for, and keeps two pages a language that hold nobody's
data; why it keeps no answers is told in docs/decisions/offline.md.
"""

from __future__ import annotations

import hashlib
import json

from flask import Blueprint, Response, g, make_response, url_for

from app.locale import available
from app.pages import views
from app.web.guards import in_language
from app.web.respond import show
from app.web.site import Site, site
from app.web.ways_view import ways_of

pages = Blueprint("offline", __name__)

PROGRAM = "js/worker.js"
FAREWELL = """\
self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) { return caches.delete(name); }));
  }).then(function () { return self.registration.unregister(); }));
});
"""
"""What phones that still have the program get where it is switched off: it removes itself and what it kept."""


@pages.get("/<locale>/offline", strict_slashes=False)
@in_language
def offline() -> Response:
    """The page that the phone keeps."""
    return show(views.OfflineView(home_url=url_for("public.catalogue", locale=g.locale), ways=ways_of(None, g.locale)))


@pages.get("/service-worker.js")
def program() -> Response:
    """The program, with the addresses that it keeps. It is another one whenever a kept page may have changed."""
    installation = site()
    text = _program(installation) if installation.settings.offline else FAREWELL
    response = make_response(text)
    response.headers["Content-Type"] = "text/javascript; charset=utf-8"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _program(installation: Site) -> str:
    kept = {
        language.code: [
            url_for("offline.offline", locale=language.code),
            url_for("public.help_page", locale=language.code),
        ]
        for language in available()
    }
    assets = installation.assets
    revisions = sorted(installation.published.shas.values())
    seen = json.dumps([kept, revisions, assets.url("css/guichet.css"), assets.url(PROGRAM)])
    name = "guichet-" + hashlib.sha256(seen.encode()).hexdigest()[:12]
    return f"var KEPT = {json.dumps(name)}, PAGES = {json.dumps(kept)};\n{assets.text(PROGRAM)}"
