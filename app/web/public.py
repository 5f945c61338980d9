"""Pages that hold nobody's data: catalogue, start of a procedure, help, accessibility, health."""

from __future__ import annotations

from flask import Blueprint, Response, abort, g, make_response, request, url_for

from app.locale import available
from app.web.beginning import begin_draft
from app.web.guards import in_language, own_visit
from app.web.opening import may_begin
from app.web.public_view import catalogue_view, help_view, start_view
from app.web.respond import show
from app.web.site import site
from app.web.statement_view import accessibility_view

pages = Blueprint("public", __name__)


@pages.get("/")
def home() -> Response:
    """To the catalogue, in the first language of the browser that the service speaks; never guessed from a country."""
    codes = [language.code for language in available()]
    best = request.accept_languages.best_match(codes) or codes[0]
    response = make_response("", 302)
    response.headers["Location"] = url_for("public.catalogue", locale=best)
    response.vary.add("Accept-Language")
    return response


@pages.get("/<locale>/")
@in_language
def catalogue() -> Response:
    return show(catalogue_view(g.locale))


@pages.get("/<locale>/<slug>/")
@in_language
def start(slug: str) -> Response:
    procedure = site().published.current.get(slug)
    if procedure is None:
        abort(404)
    return show(start_view(procedure, g.locale))


@pages.post("/<locale>/<slug>/")
@in_language
@own_visit
def begin(slug: str) -> Response:
    """Start a draft and let this browser open it."""
    procedure = site().published.current.get(slug)
    if procedure is None:
        abort(404)
    if not may_begin(procedure):
        return show(start_view(procedure, g.locale), status=409)
    return begin_draft(procedure, {})


@pages.get("/<locale>/help", strict_slashes=False)
@in_language
def help_page() -> Response:
    return show(help_view(g.locale))


@pages.get("/<locale>/accessibility", strict_slashes=False)
@in_language
def accessibility() -> Response:
    return show(accessibility_view(g.locale))


@pages.get("/healthz")
def health() -> Response:
    """For the operator's monitor: 200 when the database answers."""
    site().store.ping()
    return make_response(("ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}))


@pages.get("/static/<path:name>")
def static_file(name: str) -> Response:
    """A fingerprinted file, compressed beforehand: cached for ever, since its name changes with its content."""
    found = site().assets.find(name, request.accept_encodings)
    if found is None:
        abort(404)
    response = make_response(found.body)
    response.headers["Content-Type"] = found.media_type
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if found.encoding:
        response.headers["Content-Encoding"] = found.encoding
    return response
