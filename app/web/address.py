"""The address that a reply is about: that of the request, or of the page on which a reply to htmx goes on.

Everything that a page says about its own place comes from here, so that a page reached in one round trip is the same,
byte for byte, as one that was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from flask import g, request


def go_on(url: str, values: Mapping[str, Any]) -> None:
    """From now on the reply is about `url`, one of ours, whose rule gave `values`."""
    parts = urlsplit(url)
    g.place = (unquote(parts.path), parse_qs(parts.query), dict(values))


def went_on() -> bool:
    """Whether the reply is about another page than the one that was asked for."""
    return "place" in g


def path() -> str:
    return str(g.place[0]) if "place" in g else request.path


def query(name: str) -> str:
    """A value of the query string; empty when there is none."""
    if "place" in g:
        return str(g.place[1].get(name, [""])[-1])
    if not request.query_string:
        return ""
    # Not `get`: for a name that is not there, Werkzeug makes an exception and drops it.
    return request.args[name] if name in request.args else ""  # noqa: SIM401


def part(name: str) -> str:
    """A variable part of the path (`slug`); empty when its rule has none."""
    values = g.place[2] if "place" in g else request.view_args or {}
    return str(values.get(name, ""))
