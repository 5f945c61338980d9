"""`may_say`: "I will bring it" and "I do not have it" in place of a file, from the documents page to the office."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.installation import Installation
from tests.web.routes import upload
from tests.web.test_documents import page, section
from tests.web.test_errors import words
from tests.web.test_ready import same
from tests.web.trial import HEAD, PDF, Draft, draft, install_trial

SLUG = "papiers"
SPEC = (
    """
procedure: "papiers"
title: "Des papiers"
steps:
  - id: "you"
    title: "Vous"
    fields:
      - {id: "far", kind: "yes_no", label: "Habitez-vous loin ?"}
  - id: "children"
    title: "Vos enfants"
    repeat: {min: 0, max: 3, item: "{answer.first_name}"}
    fields:
      - {id: "first_name", kind: "name", label: "Prénom"}
documents:
  - {id: "deed", title: "Acte", may_say: ["will_bring", "do_not_have"]}
  - {id: "card", title: "Carte", may_say: ["do_not_have"]}
  - {id: "bill", title: "Facture"}
  - {id: "school", title: "Certificat", for_each: "children", may_say: ["do_not_have"]}
channels:
  online: {kind: "external", title: "Le site", url: "https://example.org/", files: "yes", source: "R1"}
  desk: {kind: "counter", title: "Le guichet", when: {far: "no"}, files: "yes", source: "R1"}
"""
    + HEAD
)
NEAR = {
    "answers": {
        "far": "no",
        "children": [{"id": "1", "answers": {"first_name": "Awa"}}],
        "_items": {"children": 1},
        "_visited": ["you", "children"],
    }
}
REASON = "La mairie a brûlé & <b>rien</b> n'est resté."


@pytest.fixture(scope="module")
def prepare(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("instead"), others={SLUG: SPEC})


@pytest.fixture
def mine(prepare: Installation) -> Draft:
    return draft(prepare, NEAR["answers"], slug=SLUG, data=NEAR)


def say(at: Draft, key: str, says: str, reason: str = "", **headers: str) -> TestResponse:
    form = {"csrf_token": at.csrf, "says": says, "reason": reason}
    return at.client.post(at.url(f"instead/{key}"), data=form, headers=headers)


def said(at: Draft) -> Any:
    return at.record.data.get("instead", {})


def shown(at: Draft, path: str) -> str:
    return same(words(at.client.get(at.url(path))))


def finish(at: Draft) -> TestResponse:
    return at.client.post(at.url("check"), data={"csrf_token": at.csrf})


# --- the documents page


def test_each_document_offers_what_its_procedure_allows(mine: Draft) -> None:
    assert "Je l’apporterai" in section(mine, "deed")
    assert "Je ne l’ai pas. Pourquoi" in section(mine, "deed")
    assert "Je l’apporterai" not in section(mine, "card")
    assert "Pas de fichier à ajouter" not in section(mine, "bill")


def test_nobody_brings_a_paper_where_no_counter_is_open(prepare: Installation) -> None:
    far = {**NEAR["answers"], "far": "yes"}
    at = draft(prepare, far, slug=SLUG, data={"answers": far})
    assert "Je l’apporterai" not in section(at, "deed")
    assert say(at, "deed", "will_bring").status_code == 303
    assert said(at) == {}


def test_what_is_said_is_counted_shown_and_can_be_changed(mine: Draft) -> None:
    assert "Documents obligatoires donnés : 0 sur 4." in shown(mine, "documents")
    reply = say(mine, "deed", "will_bring")
    assert (reply.status_code, reply.location) == (303, mine.url("documents?said=noted#deed"))
    assert say(mine, "school/1", "do_not_have", REASON).status_code == 303
    page_now = shown(mine, "documents")
    assert "Documents obligatoires donnés : 0 sur 4. Répondus sans fichier : 2." in page_now
    assert "Pas de fichier : vous l'apporterez." in page_now
    assert REASON in page_now
    assert "<b>rien</b>" not in page(mine)
    assert "Changer cette réponse" in section(mine, "school--1")
    assert 'type="file"' in section(mine, "deed"), "a file may still be added"
    assert say(mine, "school/1", "").location == mine.url("documents?said=not_noted#school--1")
    again = section(mine, "school--1")
    assert "<details open>" in again, "the reason comes back to be changed"
    assert "La mairie a brûlé" in again
    assert "Répondus sans fichier : 1." in shown(mine, "documents")


@pytest.mark.parametrize(("reason", "message"), [(" \n", "Dites pourquoi"), ("x" * 601, "600 caractères au plus")])
def test_a_reason_that_cannot_be_taken_is_shown_again_and_kept(mine: Draft, reason: str, message: str) -> None:
    reply = say(mine, "card", "do_not_have", reason)
    html = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert 'href="#card-reason"' in html
    assert message in section(mine, "card", html)
    assert reason.strip() in section(mine, "card", html)
    assert reason.strip() in section(mine, "card"), "and when one comes back"
    assert said(mine) == {}
    say(mine, "card", "do_not_have", "Perdue")
    assert said(mine) == {"card": {"says": "do_not_have", "reason": "Perdue"}}
    assert not any(key.startswith("_instead") for key in mine.record.data["pending"])


def test_with_htmx_the_page_comes_at_once(mine: Draft) -> None:
    reply = say(mine, "deed", "will_bring", **{"HX-Request": "true"})
    assert reply.status_code == 200
    assert reply.headers["HX-Push-Url"] == mine.url("documents?said=noted#deed")
    assert "vous l'apporterez" in words(reply)
    assert 'hx-post="' in section(mine, "deed")
    refused = say(mine, "card", "do_not_have", "", **{"HX-Request": "true"})
    assert refused.status_code == 422
    assert "<html" not in refused.get_data(as_text=True)


def test_a_file_takes_the_place_of_what_was_said(mine: Draft) -> None:
    say(mine, "deed", "will_bring")
    assert upload(mine, "deed", (PDF, "acte.pdf")).status_code == 303
    assert said(mine) == {}
    assert "Pas de fichier" not in section(mine, "deed")
    say(mine, "deed", "will_bring")
    assert said(mine) == {}, "an old page in another tab changes nothing"


def test_nothing_else_can_be_said(mine: Draft) -> None:
    for key, word in (("bill", "do_not_have"), ("card", "will_bring"), ("card", "nonsense")):
        assert say(mine, key, word, "Parce que").status_code == 303
    assert say(mine, "nothing", "do_not_have", "Parce que").location.endswith("said=not_asked_now")
    assert said(mine) == {}


def test_an_expired_form_gives_the_reason_back(mine: Draft) -> None:
    reply = mine.client.post(mine.url("instead/card"), data={"says": "do_not_have", "reason": "Perdue en mer"})
    assert reply.status_code == 403
    assert "Perdue en mer" in section(mine, "card", reply.get_data(as_text=True))


def test_an_item_that_goes_takes_what_was_said_of_it_along(mine: Draft) -> None:
    say(mine, "school/1", "do_not_have", REASON)
    mine.client.post(mine.url("remove/children/1"), data={"csrf_token": mine.csrf})
    assert said(mine) == {}


def test_what_was_said_of_a_paper_not_asked_any_more_is_listed_and_erased(prepare: Installation) -> None:
    far = {**NEAR["answers"], "far": "yes"}
    at = draft(
        prepare, far, slug=SLUG, data={"answers": far, "instead": {"deed": {"says": "will_bring", "reason": ""}}}
    )
    assert "gardées, mais pas envoyées" in shown(at, "check")
    assert "Pas de fichier : vous l'apporterez." in shown(at, "check")
    at.client.post(at.url("erase-answer"), data={"csrf_token": at.csrf, "field": "said:deed"})
    assert said(at) == {}


# --- what follows


def test_check_answers_the_ready_page_and_every_paper_say_it(mine: Draft) -> None:
    say(mine, "deed", "will_bring")
    say(mine, "card", "do_not_have", REASON)
    check = shown(mine, "check")
    assert "Pas de fichier : vous l'apporterez." in check
    assert f"Votre raison : {REASON}" in check
    assert finish(mine).location == mine.url("receipt")
    ready = shown(mine, "receipt")
    missing = ready.partition("Il manque encore")[2].partition("Prenez votre dossier")[0]
    assert "Facture" in missing
    assert "Acte" not in missing
    assert "Carte" not in missing
    without = ready.partition("Documents sans fichier")[2]
    assert "vous l'apporterez" in without
    assert REASON in without
    pack = zipfile.ZipFile(io.BytesIO(mine.client.get(mine.url("dossier.zip")).data))
    read_me = same(pack.read("0-lisez-moi.txt").decode("utf-8-sig"))
    assert "DOCUMENTS SANS FICHIER - Acte : Pas de fichier : vous l'apporterez." in read_me
    assert f"- Carte : Pas de fichier : vous ne l'avez pas. Votre raison : {REASON}" in read_me


def test_another_word_makes_a_new_edition(mine: Draft) -> None:
    say(mine, "deed", "will_bring")
    finish(mine)
    say(mine, "deed", "do_not_have", REASON)
    assert mine.client.get(mine.url("receipt")).location == mine.url("check?said=changed")
    finish(mine)
    assert REASON in shown(mine, "receipt")


def test_what_was_sent_keeps_it(tmp_path: Path) -> None:
    site = install_trial(
        tmp_path, others={SLUG: SPEC}, environment={"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Essai"}
    )
    at = draft(site, NEAR["answers"], slug=SLUG, data=NEAR)
    say(at, "card", "do_not_have", REASON)
    finish(at)
    assert REASON in shown(at, "receipt").partition("Documents sans fichier")[2]
    assert say(at, "card", "do_not_have", "Autre").location == at.url("receipt?said=late")
    assert REASON in shown(at, "receipt")
