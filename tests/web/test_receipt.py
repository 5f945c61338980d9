"""Mode `authority`: what is sent is sent once, proven by a receipt, and changes no more."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from app.cli import main
from app.web.frozen import fingerprint
from app.web.settings import Settings, SettingsError
from tests.web.installation import Installation
from tests.web.routes import DECLARED, GET, POST, finish, upload, with_file, with_picture
from tests.web.test_errors import words
from tests.web.test_ready import same
from tests.web.test_routes import HTMX, assert_part
from tests.web.trial import FAMILY, PDF, PLAIN, SHORT, Draft, draft, install_trial, site_of

AUTHORITY = {"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Préfecture qui reçoit"}
HERE = SHORT.replace(
    'kind: "external", title: "Le site court", url: "https://example.org/"', 'kind: "received_here", title: "Ici"'
)
ELSEWHERE = SHORT.replace('procedure: "court"', 'procedure: "ailleurs"')


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(
        tmp_path_factory.mktemp("sent"), environment=AUTHORITY, others={"court": HERE, "ailleurs": ELSEWHERE}
    )


@pytest.fixture
def sent(trial: Installation) -> Draft:
    return finish(with_file(trial))


@pytest.fixture
def mine(trial: Installation) -> Draft:
    return draft(trial, PLAIN)


def reference(at: Draft) -> str:
    submission = site_of(at.installation).store.submissions.of_draft(at.id)
    assert submission is not None
    assert (submission.kind, submission.edition) == ("sent", 1)
    return submission.reference


def submissions(trial: Installation) -> int:
    with site_of(trial).store.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM submissions").scalar_one())


def declare(at: Draft, headers: dict[str, str] | None = None) -> TestResponse:
    return at.client.post(at.url("declaration"), data={"csrf_token": at.csrf, **DECLARED}, headers=headers)


# --- sending


def test_the_last_page_says_that_the_button_sends(mine: Draft) -> None:
    page = words(mine.client.get(mine.url("declaration")))
    assert "Votre demande part quand vous appuyez sur le bouton." in page
    assert "Envoyer ma demande" in page
    assert "Je sais qu'un mensonge est puni." in same(page)


def test_a_short_procedure_is_sent_from_check_answers(trial: Installation) -> None:
    at = draft(trial, {"word": "mot"}, slug="court", data={"answers": {"word": "mot", "_visited": ["one"]}})
    assert "Envoyer ma demande" in words(at.client.get(at.url("check")))
    assert at.client.post(at.url("check"), data={"csrf_token": at.csrf}).location == at.url("receipt")
    assert reference(at) in words(at.client.get(at.url("receipt")))


def test_no_page_says_that_this_is_not_the_state(mine: Draft) -> None:
    assert "Ce n’est pas le site de l’État" not in mine.client.get(mine.url("check")).get_data(as_text=True)
    assert "Ce service" in words(mine.client.get("/fr/essai/")), "what is received here is one of the ways"


def test_a_double_click_sends_once(trial: Installation, mine: Draft) -> None:
    before = submissions(trial)
    replies = [declare(mine) for _ in range(3)]
    assert {reply.location for reply in replies} == {mine.url("receipt")}
    assert submissions(trial) == before + 1
    first = reference(mine)
    trial.clock.forward(hours=2)
    quick = declare(mine, HTMX)
    assert quick.headers["HX-Push-Url"] == mine.url("receipt")
    assert_part(quick, mine.client.get(mine.url("receipt")))
    assert reference(mine) == first
    assert submissions(trial) == before + 1
    trial.clock.forward(hours=-2)


def test_a_lost_reply_and_a_restart_give_the_same_receipt(trial: Installation, mine: Draft) -> None:
    declare(mine)
    first = mine.client.get(mine.url("receipt")).get_data(as_text=True)
    trial.restart()
    other = trial.client()
    other.set_cookie(mine.cookie, mine.token)
    again = other.post(mine.url("declaration"), data={"csrf_token": mine.csrf, **DECLARED})
    assert again.location == mine.url("receipt")
    receipt = other.get(mine.url("receipt")).get_data(as_text=True)
    assert receipt.partition("<main")[2] == first.partition("<main")[2]


def test_a_fault_in_the_middle_sends_nothing_and_can_be_tried_again(
    trial: Installation, mine: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = submissions(trial)

    def fails(*_given: object) -> None:
        raise OSError("no space left")

    for place in ("app.web.frozen.fingerprint", "app.store.submissions.to_json"):
        with monkeypatch.context() as patch:
            patch.setattr(place, fails)
            assert declare(mine).status_code == 500
    assert submissions(trial) == before
    assert mine.record.state == "open"
    assert declare(mine).location == mine.url("receipt")
    assert submissions(trial) == before + 1


# --- the receipt


def test_its_first_line_says_what_it_proves_and_what_it_does_not(sent: Draft) -> None:
    page = same(words(sent.client.get(sent.url("receipt"))))
    assert page.strip().startswith(
        "Votre demande est envoyée Ce reçu prouve : Ce papier prouve que vous avez envoyé votre demande. "
        "Il ne prouve pas : Il ne prouve pas que vous avez le droit de rester ou de travailler."
    )
    assert reference(sent) in page
    assert "24 novembre 2026 à 10:30 (heure de Paris, UTC+01:00)" in page
    assert "La préfecture d'essai" in page


def test_it_lists_every_file_with_its_fingerprint_and_every_answer(trial: Installation) -> None:
    at = draft(trial, FAMILY)
    upload(at, "passport", (PDF, "un.pdf"), (PDF + b"2", "deux.pdf"))
    upload(at, "child_deed/2", (PDF + b"3", "acte.pdf"))
    finish(at)
    page = same(words(at.client.get(at.url("receipt"))))
    for name, content in (("un.pdf", PDF), ("deux.pdf", PDF + b"2"), ("acte.pdf", PDF + b"3")):
        assert name in page
        assert hashlib.sha256(content).hexdigest() in page.replace(" ", "")
    for answer in ("Diallo", "14 mai 1990", "Avec des enfants", "Awa", "Samba"):
        assert answer in page
    submission = site_of(trial).store.submissions.of_draft(at.id)
    assert submission is not None
    assert submission.content["sha256"] == fingerprint(submission.content)
    assert submission.content["sha256"] in page.replace(" ", "")
    assert [one["text"] for one in submission.content["declarations"]] == [
        "Je déclare dire la vérité.",
        "Je sais qu'un mensonge est puni.",
    ]


def test_it_gives_the_contacts_the_dates_and_the_code(sent: Draft) -> None:
    page = same(words(sent.client.get(sent.url("receipt"))))
    for said in ("0 806 001 620", "Confirmation d'essai", "Recours d'essai", sent.code):
        assert said in page


@pytest.mark.parametrize("path", ["receipt", "outcome/safe", "erase", "withdraw"])
def test_no_page_asks_to_file_a_second_time_what_was_sent(sent: Draft, path: str) -> None:
    page = words(sent.client.get(sent.url(path)))
    for way in ("Le site d'essai", "Où déposer", "Sur papier"):
        assert way not in page
    assert "0 806 001 620" in page


def test_what_was_taken_back_can_be_filed_another_way(sent: Draft) -> None:
    sent.client.post(sent.url("withdraw"), data={"csrf_token": sent.csrf})
    assert "Le site d'essai" in words(sent.client.get(sent.url("receipt")))


def test_the_first_way_is_the_one_that_is_here(trial: Installation) -> None:
    for slug in ("essai", "ailleurs"):
        page = same(words(trial.client().get(f"/fr/{slug}/")))
        assert "Vous l'envoyez ici, après les questions." in page
        assert "ne dépose rien pour vous" not in page
        ways = page.partition("Où déposer votre demande")[2].strip()
        assert ways.startswith("Ce service")
    assert "Elle est reçue par : Préfecture qui reçoit." in ways


def test_where_nobody_receives_a_way_elsewhere_says_that_nothing_is_filed(tmp_path: Path) -> None:
    page = same(words(install_trial(tmp_path).client().get("/fr/essai/")))
    assert page.partition("Le site d'essai")[2].strip().startswith("Ce service ne dépose rien pour vous.")
    assert "envoyez ici" not in page


def test_nobody_receives_requests_without_a_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="GUICHET_OPERATOR"):
        Settings.read({"GUICHET_MODE": "authority"})
    assert main(["serve", "--mode", "authority", "--data", str(tmp_path / "data")]) == 2
    assert not (tmp_path / "data").exists()


def test_it_is_a_paper_too(sent: Draft) -> None:
    reply = sent.client.get(sent.url("preuve.pdf"))
    reader = PdfReader(io.BytesIO(reply.get_data()))
    said = same(" ".join(page.extract_text() for page in reader.pages))
    assert reference(sent) in said
    assert re.search(r"prouve .*ne prouve pas", said)
    assert said.index("Reçu par La préfecture d'essai") < said.index(reference(sent)), (
        "the receiver is in the first lines"
    )
    page = same(words(sent.client.get(sent.url("receipt"))))
    assert page.index("Reçue par La préfecture d'essai") < page.index("Référence")
    assert hashlib.sha256(PDF).hexdigest()[:16] in said.replace(" ", "")


# --- after sending


def test_nothing_changes_any_more_whatever_is_posted(trial: Installation, sent: Draft) -> None:
    """Every route, with the token of the draft: pages of other tabs, of another phone, of yesterday."""
    before = sent.snapshot()
    for name, case in POST.items():
        if case.path.startswith("/"):
            continue
        path = case.path.replace("{file}", site_of(trial).store.files.of_draft(sent.id)[0].id)
        for headers in ({}, HTMX):
            form = {
                "csrf_token": sent.csrf,
                **({} if "file" in case.form(sent) else case.form(sent)),
                **(case.typed or {}),
            }
            # The first is about the phone, not about the draft; the second is what one may still do.
            if name not in ("phones.left_by_form", "withdrawal.withdrawn"):
                reply = sent.client.post(sent.url(path), data=form, headers=headers)
                assert reply.status_code in (200, 303), name
                arrived(sent, reply)
    assert upload(sent, "home", (PDF, "encore.pdf")).status_code == 303
    assert sent.snapshot() == before


def arrived(at: Draft, reply: TestResponse) -> TestResponse:
    """The page that a reply leads to in the end. It is one of this draft that can be read, after few steps."""
    for _ in range(4):
        if reply.status_code != 303:
            break
        reply = at.client.get(reply.location)
    assert reply.status_code == 200
    return reply


@pytest.mark.parametrize("name", [name for name, case in GET.items() if not case.path.startswith("/")])
def test_every_page_leads_to_the_receipt_or_can_be_read(trial: Installation, name: str) -> None:
    at = finish((with_picture if name == "documents.thumb" else with_file)(trial))
    address = GET[name].address(at)
    reply = arrived(at, at.client.get(address))
    if GET[name].sort == "file":
        return
    html = reply.get_data(as_text=True)
    ours = {urlsplit(href).path for href in re.findall(r'href="([^"]+)"', html)}
    assert 'id="errors"' not in html
    # An outcome leads to the receipt, and what it leads to leads back to it.
    near = {at.url("receipt"), at.url("outcome/safe")}
    assert near & {*ours, reply.request.path}, "no dead end"
    inside = [action for action in re.findall(r'<form[^>]* action="([^"]+)"', html) if at.id in action]
    # Leaving the phone, and beginning another draft with a copy, change nothing here; withdrawing is still possible.
    harmless = {at.url("leave"), at.url("carry/safe/0"), at.url("withdraw")}
    assert set(inside) <= harmless, "no form whose answer would be thrown away"


def test_sending_again_from_an_old_page_shows_the_receipt(sent: Draft) -> None:
    for path in ("declaration", "check", "documents", "you", "safety", "filed"):
        form = {"csrf_token": sent.csrf, **DECLARED, "name": "Autre"}
        reply = arrived(sent, sent.client.post(sent.url(path), data=form))
        assert reply.request.path == sent.url("receipt"), path


def test_what_was_sent_cannot_be_erased_by_a_form(trial: Installation, sent: Draft) -> None:
    """It belongs to the file of the authority; the person is told, and may still leave the phone."""
    page = words(sent.client.get(sent.url("erase")))
    assert "ne peut plus être effacée ici" in same(page)
    assert "0 806 001 620" in page
    reply = sent.client.post(sent.url("erase"), data={"csrf_token": sent.csrf})
    assert reply.location.startswith(sent.url("erase"))
    assert reference(sent)
    assert submissions(trial) > 0
    left = sent.client.post(sent.url("leave"), data={"csrf_token": sent.csrf})
    assert left.status_code == 303
    assert reference(sent)
