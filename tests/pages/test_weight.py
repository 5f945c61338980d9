"""What a phone downloads for its first page of questions: somebody pays for each byte, on a slow network."""

from __future__ import annotations

import re

import brotli
import pytest

from tests.architecture.graph import ROOT
from tests.procedures.people import SLUGS
from tests.web.installation import Installation, install
from tests.web.person import Person

STATIC = ROOT / "static"
PAGE_AND_STYLE = 10_000
WITH_SCRIPTS = 26_000
SENDER = 4_500
SPEAKER = 1_600


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install(tmp_path_factory.mktemp("weight"))


def compressed(content: bytes) -> int:
    return len(brotli.compress(content, quality=11))


def weights(site: Installation, html: str) -> dict[str, int]:
    """Compressed bytes of a page and of each file that it loads."""
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    scripts = re.findall(r'<script [^>]*src="([^"]+)"', html)
    with site.app.test_client() as client:
        files = {name: client.get(name, headers={"Accept-Encoding": "br"}) for name in styles + scripts}
    assert {reply.headers.get("Content-Encoding") for reply in files.values()} == {"br"}
    return {"page": compressed(html.encode()), **{name: len(reply.data) for name, reply in files.items()}}


@pytest.mark.parametrize("slug", SLUGS)
def test_the_first_page_of_questions_is_light(site: Installation, slug: str) -> None:
    person = Person(site.client()).start(slug)
    parts = weights(site, person.html)
    style = sum(size for name, size in parts.items() if name.endswith(".css"))
    assert style > 1000, parts
    assert len(parts) == 4, f"a page, a style, htmx and our script: {parts}"
    assert parts["page"] + style <= PAGE_AND_STYLE, parts
    assert sum(parts.values()) <= WITH_SCRIPTS, parts


def test_the_script_that_sends_files_is_light_and_only_where_files_are_sent(site: Installation) -> None:
    person = Person(site.client()).start("dcem")
    assert "uploads" not in person.html
    with site.app.test_client() as client:
        address = site.app.extensions["guichet"].assets.url("js/uploads.js")
        assert len(client.get(address, headers={"Accept-Encoding": "br"}).data) <= SENDER


def test_the_script_that_reads_questions_aloud_is_light(site: Installation) -> None:
    address = re.search(r'data-script="(/static/js/speech[^"]+)"', Person(site.client()).start("dcem").html)
    assert address is not None
    with site.app.test_client() as client:
        assert len(client.get(address[1], headers={"Accept-Encoding": "br"}).data) <= SPEAKER


def test_no_page_loads_a_picture_or_a_font() -> None:
    text = (STATIC / "css" / "guichet.css").read_text(encoding="utf-8")
    assert "url(" not in text
    assert "@import" not in text
    assert "@font-face" not in text
