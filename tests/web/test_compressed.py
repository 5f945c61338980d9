"""Pages travel compressed to the browsers that take it, and whole to all others."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.written import SLUG, installed

STEPS = """
- {id: "home", title: "Logement", fields: [{id: "housed", kind: "yes_no", label: "Avez-vous un logement ?"}]}
"""


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return FlaskClient(installed(tmp_path, STEPS).app)


@pytest.mark.parametrize("path", ["/fr/", f"/fr/{SLUG}/", "/fr/nowhere/"])
def test_a_page_travels_compressed_and_is_the_same_page(client: FlaskClient, path: str) -> None:
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    packed = client.get(path, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2
    assert len(gzip.decompress(packed.data)) == len(plain.data)
    for reply in (plain, packed):
        assert "Accept-Encoding" in reply.headers["Vary"]


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0, br", ""])
def test_a_browser_that_does_not_take_gzip_gets_the_page_as_it_is(client: FlaskClient, accepted: str) -> None:
    reply = client.get("/fr/", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in reply.headers
    assert reply.text.startswith("<!doctype html>")


def test_what_is_not_a_page_is_left_alone(client: FlaskClient) -> None:
    """Papers and documents are compressed in themselves; style and scripts were compressed beforehand."""
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers
