"""The pages of `guichet preview`, beside those of the service. Only the command adds them to an application."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, make_response, redirect, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from app.journey.answers import VISITED
from app.pages.environment import environment
from app.preview.panel import Look, Panel, panel_of
from app.preview.things import Things
from app.preview.workshop import Workshop
from app.spec.model import Procedure
from app.verify.cases import journey_of, read_answers
from app.verify.drawing import svg
from app.verify.listing import lists
from app.web import visitor
from app.web.guards import check_form, set_language
from app.web.opendraft import OpenDraft
from app.web.security import content_security_policy
from app.web.site import site

FILES = Path(__file__).parent / "files"
MEDIA_TYPES = {"preview.js": "text/javascript; charset=utf-8", "preview.css": "text/css; charset=utf-8"}
LOCALE = "fr"
HERE = frozenset({"127.0.0.1", "localhost"})
MORNING = time(9, 30)
pages = Blueprint("preview", __name__)


@dataclass(slots=True)
class Day:
    """The clock of a preview: now, or a morning of the day of an example."""

    chosen: date | None = None

    def __call__(self) -> datetime:
        return datetime.now(UTC) if self.chosen is None else datetime.combine(self.chosen, MORNING, UTC)


@dataclass(slots=True)
class Desk:
    """What a running preview holds. `first` is the procedure shown first, `last` the page that was looked at last."""

    workshop: Workshop
    day: Day
    first: str
    last: str = ""


def _desk() -> Desk:
    found: Desk = current_app.extensions["guichet-preview"]
    return found


def install(app: Flask, desk: Desk) -> None:
    """Add the pages, and let this origin put pages of the service into a frame."""
    app.extensions["guichet-preview"] = desk
    app.register_blueprint(pages)

    @app.before_request
    def look_at_files() -> None:
        # Another name that leads here is that of a page elsewhere which wants to read ours.
        if request.host.partition(":")[0] not in HERE:
            abort(400)
        if not request.path.startswith(("/static/", "/preview/files/")):
            desk.workshop.refresh()

    @app.after_request
    def relax(response: Response) -> Response:
        policy = content_security_policy(style_hashes=(site().assets.style_hash,))
        framed = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        response.headers["Content-Security-Policy"] = f"{framed}; frame-src 'self'"
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        is_page = response.status_code == 200 and response.mimetype == "text/html" and request.method == "GET"
        if is_page and not request.path.startswith("/preview"):
            desk.last = request.path
        return response


@pages.get("/preview/")
def frame() -> Response:
    """The page around the service, with the panel for the page that was looked at last."""
    set_language(LOCALE)
    desk = _desk()
    asked = request.args.get("slug", "")
    at = _place(request.args.get("at", ""))
    if asked in desk.workshop.slugs:
        at = f"/{LOCALE}/{asked}/"
    panel = _panel(at or _place(desk.last) or f"/{LOCALE}/{desk.first}/", request.args.get("on", ""))
    compiled = desk.workshop.good(panel.slug)
    return _page(
        "frame.html",
        panel=panel,
        procedures=[(slug, desk.workshop.broken(slug)) for slug in desk.workshop.slugs],
        title=compiled.procedure.title.source if compiled and compiled.procedure else panel.slug,
        works=compiled is not None,
        version=desk.workshop.version,
        served=desk.workshop.served,
        assets=site().assets.page_urls,
    )


@pages.get("/preview/panel")
def part() -> Response:
    """The panel alone."""
    set_language(LOCALE)
    at = _place(request.args.get("at", "")) or f"/{LOCALE}/{_desk().first}/"
    return _page("panel.html", panel=_panel(at, request.args.get("on", "")))


@pages.get("/preview/version")
def version() -> Response:
    """304 as long as no file has changed; else what is in force now, and whether some file has errors."""
    workshop = _desk().workshop
    response = make_response(jsonify(served=workshop.served, broken=any(map(workshop.broken, workshop.slugs))))
    response.set_etag(workshop.version)
    response.make_conditional(request)
    return response


@pages.get("/preview/map/<slug>")
def plan(slug: str) -> Response:
    """The map of a procedure, as lists and as a drawing."""
    compiled = _desk().workshop.good(slug)
    if compiled is None:
        abort(404)
    drawn = Things(compiled).chart
    listed = Markup(lists(drawn))  # noqa: S704 - `lists` escapes every word of the author
    return _page("map.html", chart=drawn, lists=listed, slug=slug, assets=site().assets.page_urls)


@pages.get("/preview/map/<slug>.svg")
def drawing(slug: str) -> Response:
    compiled = _desk().workshop.good(slug)
    if compiled is None:
        abort(404)
    return Response(svg(Things(compiled).chart), mimetype="image/svg+xml")


@pages.post("/preview/example")
def example() -> Response:
    """A new draft with the answers of a person of `cases.yaml`, on the day of that person."""
    set_language(LOCALE)
    check_form(visitor.visit_sent())
    desk, slug = _desk(), request.form.get("slug", "")
    procedure = site().published.current.get(slug)
    number = request.form.get("number", "")
    cases = desk.workshop.examples(slug)
    if procedure is None or not number.isdecimal() or int(number) >= len(cases):
        abort(404)
    return _begun(desk, procedure, cases[int(number)])


def _begun(desk: Desk, procedure: Procedure, case: Any) -> Response:
    try:
        today = date.fromisoformat(str(case["today"]))
        desk.day.chosen = date.fromisoformat(str(case.get("started", today)))
        answers = read_answers(procedure, case.get("answers") or {})
        answers[VISITED] = journey_of(procedure, case).answers.get(VISITED, [])
    except (ValueError, TypeError, AttributeError, KeyError):
        abort(409)
    installation = site()
    record, token, _code = installation.store.drafts.create(
        procedure=procedure.slug,
        revision=procedure.sha256,
        locale=LOCALE,
        mode=installation.settings.mode,
        data={"answers": answers, "pending": {}, "day": today.isoformat()},
    )
    desk.day.chosen = today
    opened = OpenDraft(installation, record, procedure, token)
    first = opened.journey.path[0]
    response = make_response(redirect(f"/preview/?at={opened.stop_url(first)}", 303))
    visitor.grant(response, record.id, token)
    return response


@pages.post("/preview/today")
def today() -> Response:
    """Back to the present day."""
    check_form(visitor.visit_sent())
    _desk().day.chosen = None
    return make_response(redirect("/preview/", 303))


@pages.get("/preview/files/<name>")
def file(name: str) -> Response:
    """The script and the style of these pages, which the service itself never serves."""
    if name not in MEDIA_TYPES:
        abort(404)
    return Response((FILES / name).read_bytes(), content_type=MEDIA_TYPES[name])


def _page(template: str, **given: Any) -> Response:
    html = environment(LOCALE).get_template(f"preview/{template}").render(**given)
    return Response(html, mimetype="text/html")


def _place(at: str) -> str:
    """A path of the service, or "" for anything else."""
    path = urlsplit(at).path
    return path if at.startswith(f"/{LOCALE}/") and _values(path) else ""


def _values(path: str) -> dict[str, Any]:
    """The variable parts of an address of the service; none where it has no such page."""
    adapter = current_app.create_url_adapter(request)
    try:
        return dict(adapter.match(path, method="GET")[1]) if adapter is not None else {}
    except HTTPException:
        return {}


def _panel(at: str, on: str) -> Panel:
    desk = _desk()
    values = _values(at)
    slug = values.get("slug", "")
    if slug not in desk.workshop.slugs:
        slug = desk.first if desk.first in desk.workshop.slugs else next(iter(desk.workshop.slugs), "")
    if not slug:
        abort(404)
    opened = _opened(slug, str(values.get("draft", "")))
    key = str(values.get("key", "")) or (f"outcome/{values['outcome_id']}" if "outcome_id" in values else "")
    installation = site()
    csrf = installation.signer.csrf(visitor.visit())
    look = Look(at, on, key, opened, desk.day.chosen, installation.today(), csrf)
    return panel_of(desk.workshop, slug, look)


def _opened(slug: str, draft: str) -> OpenDraft | None:
    """The draft of an address, left as it is: the panel only looks."""
    installation = site()
    token = visitor.draft_token(draft)
    record = installation.store.drafts.authorise(draft, token) if draft and token else None
    procedure = None if record is None else installation.published.revision(record.revision)
    if record is None or procedure is None or record.procedure != slug:
        return None
    return OpenDraft(installation, record, procedure, token)
