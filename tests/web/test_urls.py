"""Addresses built from a pattern are those that Flask builds."""

from __future__ import annotations

from itertools import product
from typing import Any

from flask import url_for

from app.web.urls import url_to
from tests.web.installation import Installation

KEYS = ("children/1/birth", "a b?c=é/%2F", "~draft", "été", "..")
QUERIES: tuple[dict[str, Any], ...] = ({}, {"return": "check"}, {"advice": 1})
DRAFTS = ("0a1b2c3d4e5", "zyxwvtsrqpn")


def test_pages_have_the_addresses_that_flask_gives(site: Installation) -> None:
    with site.app.test_request_context():
        for key, query, draft in product(KEYS, QUERIES, DRAFTS):
            values = {"locale": "fr", "slug": "dcem", "key": key, **query}
            assert url_to("steps.step", draft=draft, **values) == url_for("steps.step", draft=draft, **values)
        start = {"locale": "ar", "slug": "dcem"}
        assert url_to("public.start", **start) == url_for("public.start", **start)
