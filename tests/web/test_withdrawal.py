"""Mode `authority`: what was sent can be taken back, once; afterwards every page and paper says so."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from pypdf import PdfReader

from tests.web.installation import Installation
from tests.web.routes import POST, finish, upload, with_file
from tests.web.test_errors import words
from tests.web.test_ready import same
from tests.web.test_receipt import AUTHORITY, HERE, arrived
from tests.web.test_routes import HTMX, assert_part
from tests.web.trial import PDF, PLAIN, Draft, draft, install_trial, site_of


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("withdrawn"), environment=AUTHORITY, others={"court": HERE})


@pytest.fixture
def sent(trial: Installation) -> Draft:
    return finish(with_file(trial))


def withdraw(at: Draft, headers: dict[str, str] | None = None) -> object:
    reply = at.client.post(at.url("withdraw"), data={"csrf_token": at.csrf}, headers=headers)
    if headers is None:
        assert reply.location == at.url("receipt")
    return reply


def receipt(at: Draft) -> str:
    return same(words(at.client.get(at.url("receipt"))))


def test_it_is_asked_first_what_it_does_and_whom_one_may_ask(sent: Draft) -> None:
    assert f'href="{sent.url("withdraw")}"' in sent.client.get(sent.url("receipt")).get_data(as_text=True)
    page = same(words(sent.client.get(sent.url("withdraw"))))
    for said in ("Retirer votre demande ?", "Vous ne pouvez pas revenir en arrière.", "0 806 001 620", "Garder ma"):
        assert said in page
    assert sent.record.state == "sent", "looking changes nothing"


def test_the_receipt_says_that_it_was_withdrawn_and_when(trial: Installation, sent: Draft) -> None:
    trial.clock.forward(hours=2)
    withdraw(sent)
    trial.clock.forward(hours=3)
    page = receipt(sent)
    trial.clock.forward(hours=-5)
    assert page.strip().startswith(
        "Votre demande est retirée Ce reçu prouve : Ce papier prouve que vous avez envoyé votre demande, puis que vous "
        "l'avez retirée."
    )
    assert "Retirée le 24 novembre 2026 à 12:30 (heure de Paris, UTC+01:00)" in page
    assert "24 novembre 2026 à 10:30" in page, "what was proven before still is"
    assert "Commencer une autre demande" in page
    assert "Retirer ma demande" not in page
    assert "Recours d'essai" not in page, "nothing follows what was taken back"


def test_so_does_the_paper(trial: Installation, sent: Draft) -> None:
    withdraw(sent)
    reader = PdfReader(io.BytesIO(sent.client.get(sent.url("preuve.pdf")).get_data()))
    said = same(" ".join(page.extract_text() for page in reader.pages)).replace("’", "'")
    assert "puis que vous l'avez retirée" in said
    assert "Retiré le" in said
    assert "Recours d'essai" not in said
    assert "Ce que vous payez" not in said


def test_so_does_the_first_page_of_the_pack(sent: Draft) -> None:
    withdraw(sent)
    pack = zipfile.ZipFile(io.BytesIO(sent.client.get(sent.url("dossier.zip")).get_data()))
    said = same(pack.read("0-lisez-moi.txt").decode("utf-8-sig"))
    assert "Cette demande a été retirée le 24 novembre 2026" in said
    assert "OÙ DÉPOSER" not in said


def test_twice_is_once(trial: Installation, sent: Draft) -> None:
    withdraw(sent)
    first = receipt(sent)
    before = sent.snapshot()
    trial.clock.forward(hours=2)
    withdraw(sent)
    again = sent.client.post(sent.url("withdraw"), data={"csrf_token": sent.csrf}, headers=HTMX)
    assert again.headers["HX-Push-Url"] == sent.url("receipt")
    assert_part(again, sent.client.get(sent.url("receipt")))
    assert receipt(sent) == first
    assert sent.snapshot() == before
    trial.clock.forward(hours=-2)
    events = [event.kind for event in site_of(trial).store.drafts.history(sent.id)]
    assert events.count("withdrawn") == 1


def test_nothing_else_changes_any_more(trial: Installation, sent: Draft) -> None:
    withdraw(sent)
    before = sent.snapshot()
    for name, case in POST.items():
        if case.path.startswith("/") or name == "phones.left_by_form":
            continue
        path = case.path.replace("{file}", site_of(trial).store.files.of_draft(sent.id)[0].id)
        form = {} if "file" in case.form(sent) else case.form(sent)
        arrived(sent, sent.client.post(sent.url(path), data={"csrf_token": sent.csrf, **form, **(case.typed or {})}))
    assert upload(sent, "home", (PDF, "encore.pdf")).status_code == 303
    assert sent.snapshot() == before


def test_what_was_not_sent_is_not_withdrawn(trial: Installation) -> None:
    mine = draft(trial, PLAIN)
    assert mine.client.get(mine.url("withdraw")).status_code == 303
    reply = mine.client.post(mine.url("withdraw"), data={"csrf_token": mine.csrf})
    assert reply.status_code == 303
    assert mine.record.state == "open"


def test_without_the_token_of_the_form_nothing_happens(sent: Draft) -> None:
    assert sent.client.post(sent.url("withdraw"), data={"csrf_token": "x"}).status_code == 403
    assert sent.record.state == "sent"


def test_it_outlives_the_life_of_a_draft_as_what_was_sent_does(trial: Installation, sent: Draft) -> None:
    withdraw(sent)
    store = site_of(trial).store
    mine = draft(trial, PLAIN)
    store.drafts.purge_expired(mine.record.expires_at + timedelta(days=1))
    assert store.submissions.of_draft(sent.id) is not None
    assert store.submissions.of_draft(mine.id) is None
    with store.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT id FROM drafts").scalars().all()
    assert sent.id in kept
    assert mine.id not in kept


def test_the_page_on_erasing_leads_to_it(sent: Draft) -> None:
    link = f'href="{sent.url("withdraw")}"'
    assert link in sent.client.get(sent.url("erase")).get_data(as_text=True)
    withdraw(sent)
    assert link not in sent.client.get(sent.url("erase")).get_data(as_text=True)
