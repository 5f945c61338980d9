"""Addresses of our own pages, as Flask builds them, each pattern once.

A page prints a dozen addresses, and building one costs as much as reading a draft. They differ between people only by
the id of a draft: so Flask builds each with a stand-in for the id, and the id takes its place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import url_for

_DRAFT = "~draft~"
"""In no slug, key or id; `~` stands in an address as it is (RFC 3986, section 2.3)."""


def url_to(endpoint: str, *, draft: str | None = None, **values: Any) -> str:
    """What `url_for` gives for one of our pages, without the host. `draft` is the id of a draft."""
    if draft is None:
        return _built(endpoint, tuple(values.items()))
    return _built(endpoint, (("draft", _DRAFT), *values.items())).replace(_DRAFT, draft)


@lru_cache(maxsize=10_000)
def _built(endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))
