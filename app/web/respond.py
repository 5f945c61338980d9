"""How a page leaves: rendered whole or as `<main>`, or as the next page after a POST."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from flask import Response, current_app, g, make_response, request
from werkzeug.exceptions import HTTPException

from app.pages.render import render_page
from app.pages.views import View
from app.web import address, visitor
from app.web.chrome import chrome_for
from app.web.compressed import Page
from app.web.htmx import tell_address, tell_to_load, wants_fragment
from app.web.opendraft import OpenDraft
from app.web.said import spoken

MOST_HOPS = 6
"""A page may send one on to another; more than a few times in a row is a fault of ours."""


def show(view: View, *, status: int = 200, opened: OpenDraft | None = None, said: str | None = None) -> Response:
    """Render `view` whole, or as its `<main>` for htmx. `said` is announced to screen readers and shown once."""
    chrome = chrome_for(opened=opened, said=said or spoken(g.locale), status=status)
    page = Page(render_page(view, chrome, partial=wants_fragment()), status)
    page.arrival = view.lasting
    if view.lasting and status == 200 and request.method in ("GET", "HEAD") and not visitor.drafts_here():
        _kept(page)
    return page


def _kept(page: Page) -> None:
    """Let this browser keep a page that holds nobody's data, and ask each time whether it is still the same: then only
    a few bytes travel. No cache between us may keep it: its forms have this visit's token.
    """
    page.headers["Cache-Control"] = "private, no-cache"
    # Weak (RFC 9110, 8.8.1): compressed or not, it is the same page.
    page.add_etag(weak=True)
    page.make_conditional(request)


def go(url: str) -> Response:
    """Send the person on: 303 for a plain browser, the page itself with its address for htmx (one round trip instead of
    two).
    """
    if not wants_fragment():
        return _onward(url)
    response = _follow(url)
    if "HX-Push-Url" not in response.headers:
        tell_address(response, url)
    return response


def _onward(url: str) -> Response:
    """Without the page that Flask's `redirect` writes: no browser shows it, and we would take it out again."""
    return Response(b"", 303, {"Location": url})


def leave_for(url: str) -> Response:
    """Send the person to a page that needs the cookies of this reply: always by a request of the browser's own."""
    if not wants_fragment():
        return _onward(url)
    return tell_to_load(make_response("", 200), url)


def _follow(url: str) -> Response:
    """Run the GET view of one of our own addresses inside the current request."""
    g.hops = g.get("hops", 0) + 1
    if g.hops > MOST_HOPS:
        raise RuntimeError(f"more than {MOST_HOPS} pages in a row led to another")
    try:
        adapter = current_app.create_url_adapter(request)
        endpoint, values = adapter.match(unquote(urlsplit(url).path), method="GET")  # type: ignore[union-attr]
        address.go_on(url, values)
        reply = current_app.ensure_sync(current_app.view_functions[endpoint])(**values)
    except HTTPException as error:
        reply = current_app.handle_http_exception(error)
    return current_app.make_response(reply)
