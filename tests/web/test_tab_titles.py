"""What stands in `<title>` outlives the visit in tabs and history: nothing there was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.uploads.making import pdf
from tests.web.installation import Installation
from tests.web.routes import finish, upload
from tests.web.trial import FAMILY, SLUG, TRIAL, Draft, draft, install_trial

TYPED = ("Zebulon", "Quetzal", "Xylo", "ornithorynque")
TELLING = {
    'title: "Vos enfants"': 'title: "Les enfants de {answer.name}"',
    'title: "Votre sécurité"': 'title: "Votre sécurité : {answer.name}"',
    'title: "Parlez à quelqu\'un"': 'title: "{answer.name}, parlez à quelqu\'un"',
    'title: "Attestation d\'hébergement"': 'title: "Attestation pour {answer.name}"',
}
"""An author may put an answer into every heading."""
PAGES = (
    *("you", "children", "children/1", "children/2", "safety", "photo", "remove/children/1", "remove/children/2"),
    *("documents", "check", "declaration", "outcome/danger", "lettre/host", "saved", "leave", "erase"),
)
READY = "receipt", "a-recopier", "check", "erase"
FILES = {"file", "thumb", "filled", "proof", "sheet_pdf", "letter_pdf", "pack"}
OURS = {"withdraw", "ask", "resume_here"}
"""Their titles are sentences of ours without a placeholder, or the titles of the pages that they lead to."""


@pytest.fixture
def at(tmp_path: Path) -> Draft:
    text = TRIAL
    for heading, telling in TELLING.items():
        assert text.count(heading) == 1, heading
        text = text.replace(heading, telling)
    trial = install_trial(tmp_path, others={"dit": text.replace(f'procedure: "{SLUG}"', 'procedure: "dit"')})
    return telling_draft(trial)


def telling_draft(trial: Installation) -> Draft:
    children = [{"id": str(n), "answers": {"first_name": name}} for n, name in enumerate(TYPED[1:3], 1)]
    answers = {**FAMILY, "name": TYPED[0], "danger": "yes", "children": children}
    made = draft(trial, answers, slug="dit")
    assert upload(made, "passport", (pdf(1), f"{TYPED[3]}.pdf")).status_code == 303
    return made


def titles(client: FlaskClient, at: Draft, pages: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Each page with its title, whole and as htmx asks for it, where they must be the same."""
    for page in pages:
        whole = client.get(at.url(page)).get_data(as_text=True)
        part = client.get(at.url(page), headers={"HX-Request": "true"}).get_data(as_text=True)
        found = [re.search("<title>(.*?)</title>", html, re.DOTALL) for html in (whole, part)]
        assert found[0], page
        assert found[1], page
        assert found[0][1] == found[1][1], page
        yield page, " ".join(unescape(found[0][1]).split()), whole


def test_no_title_holds_what_was_typed_and_no_two_are_the_same(at: Draft) -> None:
    seen: dict[str, str] = {}
    shown = ""
    for page, title, html in titles(at.client, at, PAGES):
        assert not [word for word in TYPED if word in title], (page, title)
        assert title not in seen, (page, seen[title], title)
        seen[title] = page
        shown += html
    assert all(word in shown for word in TYPED), "the pages themselves do show it"
    assert any(title.startswith("Votre sécurité · ") for title in seen), "whole, without what its colon announced"
    assert any("Supprimer cette ligne ? · Les enfants de … · Numéro 2" in title for title in seen)
    finish(at)
    for page, title, _ in titles(at.client, at, READY):
        assert not [word for word in TYPED if word in title], (page, title)


def test_every_page_of_a_draft_is_among_those_looked_at(at: Draft) -> None:
    app = at.installation.app
    served = {rule.endpoint for rule in app.url_map.iter_rules() if "draft" in rule.arguments and "GET" in rule.methods}
    find = app.url_map.bind("localhost").match
    looked = {find(at.url(page), method="GET")[0] for page in (*PAGES, *READY)}
    assert {endpoint.partition(".")[2] for endpoint in served - looked} == FILES | OURS


def test_a_page_in_error_is_no_exception(at: Draft) -> None:
    for page, field in (("you", "name"), ("children/2", "first_name")):
        reply = at.client.post(at.url(page), data={"csrf_token": at.csrf, field: "Ornithorynque 9 ?!" * 40})
        found = re.search("<title>(.*?)</title>", reply.get_data(as_text=True), re.DOTALL)
        assert found, page
        assert not [word for word in (*TYPED, "Ornithorynque") if word in found[1]], (page, found[1])


def test_the_title_of_the_start_page_names_the_procedure_once(at: Draft) -> None:
    page = at.installation.client().get("/fr/essai/").get_data(as_text=True)
    title = re.search("<title>(.*?)</title>", page)
    heading = re.search("<h1[^>]*>(.*?)</h1>", page)
    assert title is not None
    assert heading is not None
    assert unescape(title[1]).count(unescape(heading[1])) == 1


def test_an_address_that_cannot_be_a_draft_is_an_unknown_page(at: Draft) -> None:
    client = at.installation.client()
    for wrong in ("zzz", "ZZZZZZZZZZZ", "0a1b2c3d4e", "0a1b2c3d4eu", "nouvelle-demande"):
        reply = client.get(f"/fr/essai/{wrong}")
        assert client.get(f"/fr/essai/{wrong}/").status_code == 404, wrong
        assert reply.status_code in (308, 404), wrong
    assert client.get("/fr/essai/0a1b2c3d4e5/").status_code == 403
