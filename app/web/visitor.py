"""The cookies: one per draft, and one that only carries the CSRF token of pages without a draft.

A shared phone may hold the drafts of several people; each has its own cookie, and "Leave this phone" removes them all
(design, decision 8).
"""

from __future__ import annotations

from flask import Flask, Response, g, request

from app.web.site import site
from app.web.tokens import new_visit

DAY = 24 * 60 * 60


def _prefix() -> str:
    # The prefix __Host- binds a cookie to this host over HTTPS (RFC 6265bis, section 4.1.3.2); browsers refuse it on
    # plain HTTP.
    return "__Host-guichet-" if site().settings.https else "guichet-"


def _visit_name() -> str:
    return _prefix() + "visit"


def draft_token(draft_id: str) -> str:
    """The access token that this browser holds for a draft; empty if none."""
    return request.cookies.get(_prefix() + draft_id, "")


def drafts_here() -> list[str]:
    """The ids of the drafts that this browser holds a cookie for, whether or not it still opens them."""
    prefix = _prefix()
    ids = (name.removeprefix(prefix) for name in request.cookies if name.startswith(prefix))
    return sorted(name for name in ids if name != "visit")


def grant(response: Response, draft_id: str, token: str) -> None:
    """Let this browser open a draft from now on."""
    settings = site().settings
    response.set_cookie(
        _prefix() + draft_id,
        token,
        max_age=settings.draft_days * DAY,
        secure=settings.https,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def forget(response: Response, draft_id: str) -> None:
    """Remove the cookie of one draft from this browser."""
    response.delete_cookie(_prefix() + draft_id, path="/", secure=site().settings.https, httponly=True, samesite="Lax")


def visit_sent() -> str:
    """The visit cookie that came with this request; empty if the browser keeps no cookies."""
    return request.cookies.get(_visit_name(), "")


def visit() -> str:
    """The value that binds CSRF tokens of pages without a draft to this browser; set with the response if new."""
    held = visit_sent()
    if held and "visit" not in g:
        return held
    if "visit" not in g:
        renew()
    return str(g.visit)


def renew() -> None:
    """End the visit: forms and confirmations that this browser got so far are worth nothing from now on."""
    g.visit = new_visit()


def install(app: Flask) -> None:
    """Send the visit cookie with the first page that needs it."""

    @app.after_request
    def keep_visit(response: Response) -> Response:
        if "visit" in g:
            response.set_cookie(
                _visit_name(), g.visit, secure=site().settings.https, httponly=True, samesite="Lax", path="/"
            )
        return response
