"""Every failure as a page: what happened, what was kept, what to do, which other way there is."""

from __future__ import annotations

import logging
import math

from flask import Flask, Response, g, request, url_for
from werkzeug.exceptions import HTTPException

from app.locale import available
from app.pages import views
from app.store.limits import TooManyDrafts
from app.store.records import DraftFrozen, DraftGone
from app.web.guards import FormNotOurs
from app.web.opendraft import DraftNotHere, OpenDraft
from app.web.respond import go, show
from app.web.site import site
from app.web.ways_view import ways_of

log = logging.getLogger("guichet.web")


def install(app: Flask) -> None:
    """Turn every exception of a request into a page in the person's language."""

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        code = error.code or 500
        response = page(code)
        for name, value in error.get_headers(request.environ):
            if name.lower() in ("allow", "retry-after"):
                response.headers[name] = value
        return response

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
        return go(opened.url("finish.receipt"))

    @app.errorhandler(TooManyDrafts)
    def of_rush(error: TooManyDrafts) -> Response:
        response = page(429)
        wait = (error.until - site().clock()).total_seconds()
        response.headers["Retry-After"] = str(max(1, math.ceil(wait)))
        return response

    @app.errorhandler(Exception)
    def of_fault(error: Exception) -> Response:
        # The type and place only: a message may quote what a person typed.
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        log.error("fault %s at %s in %s %s", type(error).__name__, place, request.method, request.endpoint)
        return page(500)


def page(code: int, *, kind: str | None = None) -> Response:
    """The error page for an HTTP status; `kind` names a case that has words of its own."""
    if "locale" not in g:
        first = request.path.split("/")[1] if "/" in request.path else ""
        codes = [language.code for language in available()]
        g.locale = first if first in codes else codes[0]
    opened: OpenDraft | None = g.get("opened")
    slug = opened.procedure.slug if opened else (request.view_args or {}).get("slug", "")
    procedure = site().published.current.get(slug) if slug else None
    view = views.ErrorView(
        status=code,
        kind=kind or str(code),
        back_url=opened.next_url() if opened and code != 500 else None,
        resume_url=url_for("phones.resume", locale=g.locale),
        home_url=url_for("public.catalogue", locale=g.locale),
        ways=ways_of(procedure, g.locale),
    )
    return show(view, status=code, opened=opened)
