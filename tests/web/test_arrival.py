"""Where people arrive: the style stands in the page, and what has not changed does not travel again."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re

import pytest
from flask.testing import FlaskClient

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.trial import FAMILY, SLUG, draft, install_trial

FIRST_WINDOW = 14_600
"""Bytes that a server may send before it hears from the phone: ten packets (RFC 6928)."""
ARRIVAL = "/fr/", f"/fr/{SLUG}/", "/fr/help", "/fr/accessibility", "/fr/resume", "/fr/nowhere/"
LASTING = ARRIVAL[:4]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("arrival"))


@pytest.mark.parametrize("path", ARRIVAL)
def test_the_style_stands_in_the_page_as_the_policy_allows(trial: Installation, path: str) -> None:
    reply = trial.client().get(path)
    styles = re.findall("<style data-critical>(.*?)</style>", reply.text, re.DOTALL)
    assert len(styles) == 1
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}'" in reply.headers["Content-Security-Policy"]
    assert 'rel="stylesheet"' not in reply.text


def test_a_page_of_questions_links_the_style_that_was_fetched_before(trial: Installation) -> None:
    arrival = trial.client().get(f"/fr/{SLUG}/").text
    at = draft(trial, FAMILY)
    page = at.client.get(at.url("you")).text
    linked = re.findall('<link rel="stylesheet" href="([^"]+)"', page)
    assert len(linked) == 1
    assert f'<link rel="prefetch" as="style" href="{linked[0]}">' in arrival
    assert "<style" not in page


def test_a_start_page_and_its_style_fit_in_the_first_packets(site: Installation) -> None:
    for slug in ("dcem", "provisional-paper"):
        reply = FlaskClient(site.app).get(f"/fr/{slug}/", headers={"Accept-Encoding": "gzip"})
        assert len(gzip.decompress(reply.data)) > 20_000
        assert len(reply.data) <= FIRST_WINDOW


@pytest.mark.parametrize("path", LASTING)
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_page_that_is_still_the_same_does_not_travel_again(trial: Installation, path: str, encoding: str) -> None:
    client = FlaskClient(trial.app)
    headers = {"Accept-Encoding": encoding}
    first = client.get(path, headers=headers)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Content-Encoding" not in again.headers
    part = client.get(path, headers={**headers, "HX-Request": "true", "If-None-Match": first.headers["ETag"]})
    assert part.status_code == 200, "to htmx it is another page"
    stranger = FlaskClient(trial.app).get(path, headers={**headers, "If-None-Match": first.headers["ETag"]})
    if path == f"/fr/{SLUG}/":
        assert stranger.status_code == 200, "its form has the token of another visit"


def test_a_browser_with_a_draft_keeps_no_page(trial: Installation) -> None:
    person = Person(trial.client()).start(SLUG)
    for path in LASTING:
        reply = person.client.get(path)
        assert reply.headers["Cache-Control"] == "no-store", path
        assert "ETag" not in reply.headers, path
