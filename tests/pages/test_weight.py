"""What a phone downloads for its first page of questions: somebody pays for each byte, on a slow network."""

from __future__ import annotations

import re

import brotli
import pytest
from flask.testing import FlaskClient

from app.web.compressed import packed
from tests.architecture.graph import ROOT
from tests.procedures.people import SLUGS, answers
from tests.web.installation import Installation, install
from tests.web.person import Person
from tests.web.written import site_of

TEN = 10
LONG = ("change-of-address", "dcem", "duplicate-permit", "student-renewal")
"""Procedures whose first worked example has ten pages of questions."""
STATIC = ROOT / "static"
PAGE_AND_STYLE = 10_000
WITH_SCRIPTS = 26_000
SENDER = 4_500
SPEAKER = 1_600
NEXT, NEXT_WITH_COUNTRIES = 3 * 1024, 6 * 1024
"""A further page of questions, which htmx brings; one with lists of all countries."""
COUNTRIES = 200
"""Choices of a page that has such a list."""
TEN_PAGES = 60 * 1024
"""A start page and ten pages of questions with style and scripts, on the slowest networks: without the lines that go
before each reply, about 690 bytes.
"""


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


def travels(html: str) -> int:
    """Bytes of a page of questions as the service compresses it for each person."""
    return len(packed(html.encode()))


class OnTheWay(Person):
    """Somebody with htmx, who keeps what each page of questions weighed: its address, bytes, number of choices."""

    met: list[tuple[str, int, int]]

    def start(self, slug: str) -> Person:
        super().start(slug)
        self.htmx, self.met = True, []
        return self

    def _arrive(self, url: str) -> Person:
        super()._arrive(url)
        if self.htmx and self._asks():
            self.met.append((self.key, travels(self.html), self.html.count("<option")))
        return self


def walked(site: Installation, slug: str) -> OnTheWay:
    """Who answers every question of the first worked example."""
    person = OnTheWay(site.client())
    person.start(slug)
    person.go_through(site_of(site).published.current[slug], answers(slug))
    return person


@pytest.mark.parametrize("slug", LONG)
def test_each_further_page_that_htmx_brings_is_light(site: Installation, slug: str) -> None:
    met = walked(site, slug).met
    assert len(met) >= TEN
    heavy = [page for page in met if page[1] > (NEXT_WITH_COUNTRIES if page[2] > COUNTRIES else NEXT)]
    assert heavy == []


@pytest.mark.parametrize("slug", LONG)
def test_ten_pages_of_questions_are_light_in_all(site: Installation, slug: str) -> None:
    """Start page, first page with style and scripts, and nine that follow."""
    arrival = FlaskClient(site.app).get(f"/fr/{slug}/", headers={"Accept-Encoding": "gzip"})
    assert arrival.headers["Content-Encoding"] == "gzip"
    first = Person(site.client()).start(slug)
    files = weights(site, first.html)
    del files["page"]
    pages = [len(arrival.data), travels(first.html), *(size for _, size, _ in walked(site, slug).met[: TEN - 1])]
    assert sum(pages) + sum(files.values()) + SPEAKER <= TEN_PAGES, (pages, files)


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
