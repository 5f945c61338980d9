"""The one place that knows htmx: which requests come from it, and how a reply is told to it.

The contract (decision 6 of the design): a page works as a plain link or form; POST answers 303, or 422 with the form.
Through htmx the same POST answers 200 with the next `<main>` and its address in `HX-Push-Url`, which saves one round
trip on a slow network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Request, Response, request
from htmx_flask.requests import HtmxAwareRequest, HtmxHeaders  # type: ignore[import-untyped]

if TYPE_CHECKING:
    RequestBase = Request
else:
    RequestBase = HtmxAwareRequest
"""What our request class extends: htmx-flask adds `request.htmx`, true for requests that htmx sends; nothing else of it
is used.
"""


def wants_fragment() -> bool:
    """Whether the current request comes from htmx and expects a `<main>` instead of a page.

    A history restore also comes from htmx but rebuilds the whole page: it gets the whole page.
    """
    headers: HtmxHeaders = request.htmx  # type: ignore[attr-defined]
    return bool(headers) and not headers.history_restore_request


def tell_address(response: Response, url: str) -> Response:
    """Let the address bar follow a page that was sent in reply to a POST."""
    response.headers["HX-Push-Url"] = url
    return response


def tell_to_load(response: Response, url: str) -> Response:
    """Make the browser load `url` as a whole page."""
    response.headers["HX-Redirect"] = url
    return response
