"""Every failure as a page: what happened, what was kept, what to do, which other way there is."""

from __future__ import annotations

import logging
import math

from flask import Flask, Response, g, make_response, request, url_for
from werkzeug.exceptions import HTTPException

from app.locale import available
from app.pages import views
from app.spec.model import Procedure
from app.store.limits import TooManyDrafts
from app.store.records import DraftFrozen, DraftGone
from app.web import address
from app.web.form_text import NotUtf8
from app.web.guards import FormNotOurs
from app.web.htmx import wants_fragment
from app.web.lost import FileLost
from app.web.opendraft import DraftNotHere, OpenDraft
from app.web.respond import go, show
from app.web.said import with_word
from app.web.site import site
from app.web.ways_view import ways_of

CHUNK = 64 * 1024
MOST_TAKEN_IN = 200_000_000
"""Bytes of a body that is too big: a long film from a phone."""

ONWARD = (301, 302, 303, 307, 308)
"""Statuses that send to the address in `Location`; browsers go there at once."""

LAST_MAIN = """<title>Le service a une panne</title>
<main id="main">
<h1 tabindex="-1">Le service a une panne</h1>
<p>C’est notre faute, pas la vôtre. Ce qui était enregistré est gardé.</p>
<p>Attendez quelques minutes, puis recommencez. Si la panne dure, allez au guichet ou dans une association.</p>
</main>
"""
LAST_PAGE = """<!doctype html>
<html lang="fr" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
{0[0]}
</head>
<body>
<a href="#main">Aller au contenu</a>
{0[2]}</body>
</html>
"""

log = logging.getLogger("guichet.web")


def install(app: Flask) -> None:
    """Turn every exception of a request into a page in the person's language."""

    @app.after_request
    def without_words_of_others(response: Response) -> Response:
        # The router and the framework put a sentence of their own, in English, under every way to another address.
        if response.status_code in ONWARD:
            response.set_data(b"")
        return response

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        code = error.code or 500
        if code == 413:
            _take_in()
        too_long = code == 413 and request.mimetype != "multipart/form-data"
        response = page(code, kind="too_long" if too_long else None)
        for name, value in error.get_headers(request.environ):
            if name.lower() in ("allow", "retry-after"):
                response.headers[name] = value
        return response

    @app.errorhandler(NotUtf8)
    def of_text(_error: NotUtf8) -> Response:
        return page(400, kind="not_utf8")

    _install_drafts(app)

    @app.errorhandler(TooManyDrafts)
    def of_rush(error: TooManyDrafts) -> Response:
        response = page(429, kind="many_people")
        wait = (error.until - site().clock()).total_seconds()
        response.headers["Retry-After"] = str(max(1, math.ceil(wait)))
        return response

    @app.errorhandler(Exception)
    def of_fault(error: Exception) -> Response:
        _note(error)
        return page(500)


def _install_drafts(app: Flask) -> None:
    """What can be wrong with a draft, its forms and its files."""

    @app.errorhandler(DraftNotHere)
    def of_draft(_error: DraftNotHere) -> Response:
        return page(403, kind="draft_not_here")

    @app.errorhandler(FormNotOurs)
    def of_form(_error: FormNotOurs) -> Response:
        return page(403, kind="form_not_ours" if request.cookies else "no_cookies")

    @app.errorhandler(DraftGone)
    def of_gone(_error: DraftGone) -> Response:
        # Erased in another tab, or its time ended, between two lines of ours.
        g.pop("opened", None)
        return page(403, kind="draft_not_here")

    @app.errorhandler(DraftFrozen)
    def of_frozen(_error: DraftFrozen) -> Response:
        # Sent in another tab a moment ago: nothing more can change, and the receipt says so.
        opened: OpenDraft = g.opened
        return go(with_word(opened.url("finish.receipt"), "late"))

    @app.errorhandler(FileLost)
    def of_lost(_error: FileLost) -> Response:
        # 410: the address is right, its content is no longer here, and trying again does not bring it back.
        return page(410, kind="unreadable")


def _take_in() -> None:
    """Read what the browser is still sending, up to a limit: a browser that is cut off while it sends shows an error of
    its own instead of our page.
    """
    stream, left = request.environ["wsgi.input"], MOST_TAKEN_IN
    while left > 0 and (chunk := stream.read(min(left, CHUNK))):
        left -= len(chunk)


def _note(error: Exception) -> None:
    """Log the type and place only: a message may quote what a person typed."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    log.error("fault %s at %s in %s %s", type(error).__name__, place, request.method, request.endpoint)


def page(code: int, *, kind: str | None = None) -> Response:
    """The error page for an HTTP status; `kind` names a case that has words of its own."""
    if "locale" not in g:
        first = request.path.split("/")[1] if "/" in request.path else ""
        codes = [language.code for language in available()]
        g.locale = first if first in codes else codes[0]
    try:
        return _page(code, kind, g.get("opened"))
    except Exception as error:  # noqa: BLE001 - what broke the page may break the page about it
        _note(error)
    g.pop("opened", None)
    try:
        return _page(code, kind, None, bare=True)
    except Exception as error:  # noqa: BLE001 - the same
        _note(error)
    return last_words(code)


def _page(code: int, kind: str | None, opened: OpenDraft | None, *, bare: bool = False) -> Response:
    """`bare` leaves out whatever a fault in a draft or a procedure may have broken."""
    procedure = opened.procedure if opened else _procedure_here()
    sent = opened is not None and opened.record.state == "sent"
    view = views.ErrorView(
        status=code,
        kind=kind or str(code),
        back_url=_back_url(opened, kind) if opened and code != 500 else None,
        resume_url=url_for("phones.resume", locale=g.locale),
        home_url=url_for("public.catalogue", locale=g.locale),
        ways=views.NO_WAYS if bare else ways_of(procedure, g.locale, sent=sent),
    )
    return show(view, status=code, opened=opened)


def _back_url(opened: OpenDraft, kind: str | None) -> str:
    again = kind == "unreadable" and opened.editable and opened.journey.complete
    return opened.url("documents.documents") if again else opened.next_url()


def _procedure_here() -> Procedure | None:
    """The procedure of the address, also of one that no route answers (another method, a page that does not exist)."""
    parts = address.path().split("/")
    return site().published.current.get(parts[2]) if len(parts) > 2 else None


def last_words(code: int) -> Response:
    """The page for when no page can be made: it needs nothing."""
    return make_response(LAST_MAIN if wants_fragment() else LAST_PAGE.format(LAST_MAIN.partition("\n")), code)
