"""Bytes of pages and of what they load, as they travel."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping

from bench.load import ACCEPT, ask, build
from bench.person import START
from bench.servers import Server


def weigh(app: Server, step: bytes) -> dict[str, int]:
    """The page that `step` asks for and its files; other public pages."""
    html = gzip.decompress(ask(app, step).body).decode()
    style = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', html)
    return {
        "form page, HTML": _travels(app, step),
        "form page, CSS": sum(_travels(app, build("GET", path, accept=ACCEPT)) for path in style),
        "form page, scripts": sum(_travels(app, build("GET", path, accept=ACCEPT)) for path in scripts),
        "start page, HTML": _travels(app, build("GET", START, accept=ACCEPT)),
        "catalogue, HTML": _travels(app, build("GET", "/fr/", accept=ACCEPT)),
    }


def first_page(weights: Mapping[str, int]) -> tuple[int, int]:
    """Bytes of a first form page with its style; the same with its scripts."""
    page = weights["form page, HTML"] + weights["form page, CSS"]
    return page, page + weights["form page, scripts"]


def _travels(app: Server, request: bytes) -> int:
    reply = ask(app, request)
    if reply.status != 200:
        raise RuntimeError(f"{request[:80]!r} answered {reply.status}")
    return len(reply.body)
