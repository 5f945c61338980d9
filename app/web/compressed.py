"""Pages travel compressed, at a third of their bytes: on a weak network they decide how long one waits.

Compression beside secrets can leak them (BREACH) to whoever makes a person's browser ask for pages of their choice and
sees the sizes. Our cookies are `SameSite=Lax`: from another site only a visible visit carries them, one page at a time,
and no page repeats what its address says.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from flask import Flask, Response, request
from isal import isal_zlib
from werkzeug.http import parse_accept_header

LEAST = 1_000
"""Bytes below which a page fits in one packet as it is."""
LEVEL, GZIP = 2, 16 + 15
"""Of a form page of 7.7 KB this makes 2.9 KB and costs a request 0.06 ms; zlib makes as many bytes in
0.16 ms."""
SMALLEST = 6
"""zlib's. Of a start page of 40 KB this makes 11.5 KB instead of 13.3, for 0.9 ms more: on the slowest networks these
1.8 KB last a third of a second.
"""


class Page(Response):
    """An HTML page, whole or its `<main>`, in one piece: what is compressed.

    `arrival`: where people arrive, once a visit, with the style in the page. It is worth more time.
    """

    arrival = False
    default_mimetype = "text/html"


def install(app: Flask) -> None:
    """Compress every page of `app` for the browsers that take gzip."""

    @app.after_request
    def compress(response: Response) -> Response:
        if isinstance(response, Page) and takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", "")):
            body = response.get_data()
            if len(body) >= LEAST:
                response.set_data(packed(body, arrival=response.arrival))
                response.headers.add("Content-Encoding", "gzip")
        return response


def packed(body: bytes, *, arrival: bool = False) -> bytes:
    """A page as gzip."""
    return zlib.compress(body, SMALLEST, GZIP) if arrival else isal_zlib.compress(body, LEVEL, GZIP)


@lru_cache(maxsize=64)
def takes_gzip(header: str) -> bool:
    """Whether a browser that sends this `Accept-Encoding` can read gzip (RFC 9110, 12.5.3)."""
    return parse_accept_header(header).quality("gzip") > 0 if header else False
