"""Response headers that every page carries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def content_security_policy(*, style_hashes: tuple[str, ...] = ()) -> str:
    """The policy of every page: nothing from elsewhere, no inline script; an inlined style only by its hash."""
    styles = " ".join(("'self'", *(f"'{value}'" for value in style_hashes)))
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src {styles}; "
        "img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _over_https(inner: WSGIApplication) -> WSGIApplication:
    """Behind the proxy that ends HTTPS we are asked over plain HTTP: whole addresses that we give (a redirect, the
    place to type a code) would lead out of HTTPS.
    """

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.url_scheme"] = "https"
        return inner(environ, start_response)

    return outer


def _with_headers(inner: WSGIApplication, fixed: tuple[tuple[str, str], ...]) -> WSGIApplication:
    """Add `fixed` to every response, whatever made it, unless it has its own.

    A layer around the application, since filling in a `Headers` object costs more than finding a draft.
    """
    lowered = tuple((name.lower(), (name, value)) for name, value in fixed)

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            given = {name.lower() for name, _ in headers}
            headers += [header for name, header in lowered if name not in given]
            return start_response(status, headers, *failure)

        return inner(environ, start)

    return outer


def install(app: Flask, *, https: bool, style_hashes: tuple[str, ...] = ()) -> None:
    """Add the security headers to every response of `app`."""
    fixed = {
        "Content-Security-Policy": content_security_policy(style_hashes=style_hashes),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Frame-Options": "DENY",
    }
    if https:
        fixed["Strict-Transport-Security"] = "max-age=31536000"
        app.wsgi_app = _over_https(app.wsgi_app)  # type: ignore[assignment, method-assign]

    # A page is personal unless a view says otherwise: a shared phone must not keep it.
    fixed["Cache-Control"] = "no-store"
    # One address gives a page or, to htmx, its <main>; compressed or not. A cache may not take one for the other.
    fixed["Vary"] = "HX-Request, Accept-Encoding"

    app.wsgi_app = _with_headers(app.wsgi_app, tuple(fixed.items()))  # type: ignore[assignment, method-assign]
