"""Mode `prepare`: the file is ready, the person takes it, files it elsewhere, notes it, and knows the dates."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from werkzeug.test import TestResponse

from app.fields.form import _prototypes
from tests.web.installation import Installation
from tests.web.routes import DECLARED, FILED, YOU, finish, upload
from tests.web.test_errors import digest, words
from tests.web.test_routes import HTMX
from tests.web.trial import FAMILY, PLAIN, SHORT, Draft, draft, install_trial, site_of

FORM = 'name="filed_on'


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("ready"), others={"court": SHORT})


def real_pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=300, height=400)
    writer.write(out)
    return out.getvalue()


def real_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def ready(trial: Installation) -> Draft:
    """A family whose file is ready, with three documents; tests that use it only look."""
    at = draft(trial, FAMILY)
    upload(at, "passport", (real_pdf(), "passeport.pdf"))
    upload(at, "home", (real_png(), "facture.png"))
    upload(at, "child_deed/2", (real_pdf(), "acte.pdf"))
    return finish(at)


def frozen(at: Draft) -> tuple[str, int]:
    submission = site_of(at.installation).store.submissions.of_draft(at.id)
    assert submission is not None
    assert submission.kind == "ready"
    return submission.reference, submission.edition


def text(pdf: TestResponse) -> str:
    """The words of a paper."""
    assert pdf.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(pdf.get_data()))
    return re.sub(r"\s+", " ", " ".join(part.extract_text() for part in reader.pages))


def same(said: str) -> str:
    """Straight apostrophes and plain spaces, to compare."""
    return re.sub(r"\s+", " ", said.replace("’", "'"))


SIZES = re.compile(r"\d+ (?:[Kk]o|octets)\b")


# --- the page


def test_the_page_says_first_that_nothing_is_filed(ready: Draft) -> None:
    page = same(words(ready.client.get(ready.url("receipt"))))
    assert page.strip().startswith("Votre dossier est prêt Rien n'est encore déposé.")
    assert "Il ne prouve pas que l'administration a reçu une demande." in page
    assert frozen(ready)[0] in page
    assert "24 novembre 2026 à 10:30 (heure de Paris, UTC+01:00)" in page


def test_the_first_box_leads_to_where_the_filing_is_noted(ready: Draft) -> None:
    page = ready.client.get(ready.url("receipt")).get_data(as_text=True)
    link, place = page.index('<a href="#filing">'), page.index('id="filing"')
    assert link < page.index("<dl") < place < page.index(FORM, place)


def test_long_lists_are_folded_under_their_headings(ready: Draft) -> None:
    page = ready.client.get(ready.url("receipt")).get_data(as_text=True)
    for heading in ("Documents dans le dossier", "À qui parler"):
        assert re.search(rf">{heading}</h3>\s*<details><summary>Voir la liste", page), heading


def test_the_page_lists_files_with_their_fingerprints_and_what_is_missing(ready: Draft) -> None:
    page = same(words(ready.client.get(ready.url("receipt"))))
    for content in (real_pdf(), real_png()):
        whole = hashlib.sha256(content).hexdigest()
        assert " ".join(whole[at : at + 8] for at in range(0, 64, 8)) in page, "in groups that one can compare"
    assert "Acte de naissance (Samba)" in page
    missing = page.partition("Il manque encore")[2].partition("Prenez votre dossier")[0]
    assert "Acte de naissance (Awa)" in missing
    assert "Photo" in missing
    assert "Passeport" not in missing
    html = ready.client.get(ready.url("receipt")).get_data(as_text=True)
    missing = html.partition("Il manque encore")[2].partition("Prenez votre dossier")[0]
    assert f'href="{ready.url("documents#child_deed--1")}"' in missing, "one can give it at once"
    assert f'href="{ready.url("check")}"' in missing, "correcting stands before the file, not after it"


def test_the_page_shows_every_way_and_the_papers(ready: Draft) -> None:
    reply = ready.client.get(ready.url("receipt"))
    page, html = same(words(reply)), reply.get_data(as_text=True)
    for way in ("Le site d'essai", "Le guichet d'essai", "Le centre d'essai", "0 806 001 620"):
        assert way in page
    assert '<p class="lead">Ce service' not in html, "nothing is received here in this mode"
    for paper in ("dossier.zip", "lettre/host", "a-recopier", "reponses.pdf", "check", "erase"):
        assert f'href="{ready.url(paper)}"' in html
    assert ready.code in page


def test_a_short_procedure_is_ready_from_check_answers(trial: Installation) -> None:
    at = draft(trial, {"word": "mot"}, slug="court", data={"answers": {"word": "mot", "_visited": ["one"]}})
    assert at.client.get(at.url("")).location == at.url("check")
    page = at.client.get(at.url("check")).get_data(as_text=True)
    assert "Mon dossier est prêt" in page
    assert at.client.get(at.url("declaration")).location == at.url("check")
    assert at.client.post(at.url("check"), data={"csrf_token": at.csrf}).location == at.url("receipt")
    shown = at.client.get(at.url("receipt"))
    assert shown.status_code == 200
    assert "Documents dans le dossier" not in words(shown)
    assert zipfile.ZipFile(io.BytesIO(at.client.get(at.url("dossier.zip")).data)).testzip() is None


def test_nothing_is_ready_before_its_time(trial: Installation) -> None:
    at = draft(trial, {key: value for key, value in PLAIN.items() if key != "danger"})
    for path, form in (("check", {}), ("declaration", DECLARED), ("filed", FILED)):
        reply = at.client.post(at.url(path), data={"csrf_token": at.csrf, **form})
        assert reply.location == at.url("safety"), path
    for path in ("receipt", "declaration", "preuve.pdf", "dossier.zip", "a-recopier"):
        assert at.client.get(at.url(path)).location == at.url("safety"), path
    assert at.record.state == "open"


def test_each_declaration_must_be_ticked(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    for ticked in ([], ["truth"], ["law"], ["truth", "nothing"]):
        reply = at.client.post(at.url("declaration"), data={"csrf_token": at.csrf, "declared": ticked})
        assert reply.status_code == 422
        page = reply.get_data(as_text=True)
        for name in ("truth", "law"):
            assert (f'href="#declared-{name}"' in page) is (name not in ticked)
            assert (f'value="{name}" checked' in page) is (name in ticked)
    assert at.record.state == "open"


# --- what one takes away


@pytest.fixture(scope="module")
def pack(ready: Draft) -> zipfile.ZipFile:
    reply = ready.client.get(ready.url("dossier.zip"))
    assert reply.mimetype == "application/zip"
    assert reply.headers["Content-Disposition"] == "attachment; filename=essai.zip"
    assert reply.headers["Cache-Control"] == "no-store"
    archive = zipfile.ZipFile(io.BytesIO(reply.data))
    assert archive.testzip() is None
    return archive


def test_the_pack_holds_papers_then_documents_in_the_order_of_the_office(pack: zipfile.ZipFile) -> None:
    """The site asks the proof of address before the passport."""
    assert sorted(pack.namelist()) == [
        "0-lisez-moi.txt",
        "1-a-recopier.pdf",
        "2-dossier-pret.pdf",
        "3-vos-reponses.pdf",
        "4-attestation-d-hebergement.pdf",
        "documents/01-preuve-d-adresse.pdf",
        "documents/02-passeport.pdf",
        "documents/03-acte-de-naissance.pdf",
    ]
    for name in pack.namelist():
        if name.endswith(".pdf"):
            assert len(PdfReader(io.BytesIO(pack.read(name))).pages) >= 1


def test_the_read_me_says_what_this_is_and_where_to_go(ready: Draft, pack: zipfile.ZipFile) -> None:
    said = same(pack.read("0-lisez-moi.txt").decode("utf-8-sig"))
    assert said.startswith("Ces fichiers préparent votre demande. Rien n'a été envoyé à l'administration.")
    assert frozen(ready)[0] in said
    assert "https://example.org/depot" in said
    assert "Acte de naissance (Awa) : ce document manque encore." in said.partition("À VÉRIFIER")[2]
    assert "Passeport : ce document manque" not in said
    assert "0 806 001 620" in said


def test_a_damaged_document_does_not_break_the_pack(trial: Installation) -> None:
    """It looks like a PDF from its first and last bytes; nothing can be done with it, so it goes as it came."""
    at = draft(trial, PLAIN)
    broken = b"%PDF-1.7\nnothing\nstartxref\n9\n%%EOF\n"
    assert upload(at, "passport", (broken, "abime.pdf")).status_code == 303
    finish(at)
    archive = zipfile.ZipFile(io.BytesIO(at.client.get(at.url("dossier.zip")).data))
    assert archive.testzip() is None
    assert archive.read("documents/01-passeport-1.pdf") == broken
    assert "abime.pdf" in archive.read("0-lisez-moi.txt").decode("utf-8-sig").partition("À VÉRIFIER")[2]


def test_a_document_that_is_not_asked_any_more_is_not_in_the_pack(trial: Installation) -> None:
    at = draft(trial, FAMILY)
    upload(at, "child_deed/1", (real_pdf(), "acte.pdf"))
    answers = {**at.answers, "situation": "plain"}
    site_of(trial).store.drafts.update(at.id, lambda record: {**record.data, "answers": answers})
    finish(at)
    archive = zipfile.ZipFile(io.BytesIO(at.client.get(at.url("dossier.zip")).data))
    assert not [name for name in archive.namelist() if name.startswith("documents/")]
    submission = site_of(trial).store.submissions.of_draft(at.id)
    assert submission is not None
    assert "children" not in submission.content["answers"], "an answer that is set aside is not sent"


def test_papers_hold_the_answers(ready: Draft) -> None:
    filled = same(text(ready.client.get(ready.url("reponses.pdf"))))
    for answer in ("Diallo", "14 mai 1990", "Avec des enfants", "Awa", "Samba"):
        assert answer in filled
    letter = same(text(ready.client.get(ready.url("lettre/host.pdf"))))
    assert "J'héberge Diallo." in letter
    assert "Hébergement de Diallo" in same(words(ready.client.get(ready.url("lettre/host"))))
    sheet = same(text(ready.client.get(ready.url("a-recopier.pdf"))))
    assert sheet.index("Écran un") < sheet.index("Écran deux")
    proof = same(text(ready.client.get(ready.url("preuve.pdf"))))
    assert frozen(ready)[0] in proof
    assert "Qui demande Diallo" in proof
    page = same(words(ready.client.get(ready.url("receipt"))))
    assert set(SIZES.findall(proof)) == set(SIZES.findall(page)) != set(), "one way to say it"
    assert "Vous avez coché ces phrases : 24 novembre 2026 à 10:30" in filled
    assert hashlib.sha256(real_png()).hexdigest()[:16] in proof.replace(" ", "")


def test_the_sheet_to_copy_follows_the_screens_of_the_site(ready: Draft) -> None:
    reply = ready.client.get(ready.url("a-recopier"))
    page = same(words(reply))
    assert page.index("Écran un") < page.index("Diallo") < page.index("Écran deux") < page.index("facture.png")
    assert 'href="https://example.org/depot"' in reply.get_data(as_text=True)


MESSAGE = """
letters:
  - {id: "call", kind: "message", title: "Message au téléphone", to: "Le centre", subject: "Un mot",
     paragraphs: ["Je dis {answer.word}."]}
"""


def test_a_message_is_read_out_and_not_posted(tmp_path: Path) -> None:
    trial = install_trial(tmp_path, others={"court": SHORT + MESSAGE})
    at = draft(trial, {"word": "bonjour"}, slug="court", data={"answers": {"word": "bonjour", "_visited": ["one"]}})
    page = words(at.client.get(at.url("lettre/call")))
    assert "Lisez ce message au téléphone, ou copiez-le dans le formulaire. Message en PDF" in page
    assert "À : Le centre Objet : Un mot Je dis bonjour" in page
    for posted in ("Signature", "2026", "Adresse", "Lettre"):
        assert posted not in page, posted
    assert "Je dis bonjour." in text(at.client.get(at.url("lettre/call.pdf")))


def test_the_blank_form_needs_no_draft(trial: Installation) -> None:
    blank = same(text(trial.client().get("/fr/essai/formulaire.pdf")))
    for question in ("Votre nom", "Votre date de naissance", "Êtes-vous en danger ?", "Prénom de l'enfant"):
        assert question in blank
    assert "Diallo" not in blank
    assert "demandez le formulaire sur papier « essai »" in blank
    assert "http://localhost" not in blank, "where this phone found the service leads nobody else there"


def test_paper_and_code_name_the_address_that_the_operator_gave(tmp_path: Path) -> None:
    trial = install_trial(tmp_path, environment={"GUICHET_ADDRESS": "https://demarches.example.org/"})
    blank = text(trial.client().get("/fr/essai/formulaire.pdf")).replace(" ", "").replace("\n", "")
    assert "https://demarches.example.org/fr/essai/" in blank
    at = draft(trial, PLAIN)
    assert "À taper sur : https://demarches.example.org/fr/resume" in words(at.client.get(at.url("saved")))


def test_papers_can_be_read_before_the_end(trial: Installation) -> None:
    at = draft(trial, {"name": "Diallo"}, data={"seen": []})
    for path in ("reponses.pdf", "a-recopier.pdf", "lettre/host.pdf"):
        assert "Diallo" in text(at.client.get(at.url(path))), path
    assert at.client.get(at.url("lettre/host")).status_code == 200


# --- what one notes


def note(at: Draft, **changes: str) -> TestResponse:
    return at.client.post(at.url("filed"), data={"csrf_token": at.csrf, **FILED, **changes})


@pytest.mark.parametrize(("day", "over"), [("24", False), ("23", True)])
def test_a_time_limit_that_is_over_is_told_as_over(trial: Installation, day: str, over: bool) -> None:
    at = finish(draft(trial, PLAIN))
    note(at, **{"filed_on-day": day, "filed_on-month": "7"})
    page = same(words(at.client.get(at.url("receipt"))))
    assert (f"ce délai a pu finir dès le {day} novembre 2026" in page) is over
    assert (f"donc pas avant le {day} novembre 2026" in page) is not over
    assert ("Lisez plus bas à qui écrire, et dans quel délai." in page) is over


def test_before_filing_time_limits_are_spans_and_after_it_dates(trial: Installation) -> None:
    at = finish(draft(trial, PLAIN))
    before = same(words(at.client.get(at.url("receipt"))))
    assert "Sans réponse 4 mois après un dossier complet" in before
    assert "C'est un refus." in before
    assert "Les délais se comptent depuis le jour du dépôt." in before
    assert note(at).location == at.url("receipt")
    after = same(words(at.client.get(at.url("receipt"))))
    assert "20 mars 2027" in after
    for noted in ("Le site d'essai", "20 novembre 2026", "A 17"):
        assert noted in after
    assert "Rien n'est encore déposé." not in after
    assert "C'est à vous de le déposer." not in after
    assert "Vous avez noté votre dépôt." in after
    assert "Il ne prouve pas que l'administration a reçu une demande." in after
    assert note(at, **{"filed_on-day": "22"}).status_code == 303
    assert "22 mars 2027" in same(words(at.client.get(at.url("receipt"))))


def test_the_number_may_be_missing_and_the_way_another_one(trial: Installation) -> None:
    at = finish(draft(trial, PLAIN))
    assert note(at, filed_where="other", filed_number="").status_code == 303
    page = same(words(at.client.get(at.url("receipt"))))
    assert "Autrement" in page
    assert "Aucun" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"filed_where": ""}, "Dites où vous avez déposé votre dossier."),
        ({"filed_where": "here"}, ""),
        ({"filed_where": "counter"}, ""),
        ({"filed_on-day": "", "filed_on-month": "", "filed_on-year": ""}, "Donnez le jour"),
        ({"filed_on-day": "31"}, ""),
        ({"filed_on-month": "12"}, "aujourd'hui ou avant"),
        ({"filed_number": "x" * 61}, ""),
    ],
)
def test_what_cannot_be_noted_is_shown_again(trial: Installation, changes: dict[str, str], said: str) -> None:
    at = finish(draft(trial, PLAIN))
    for headers in ({}, HTMX):
        reply = at.client.post(at.url("filed"), data={"csrf_token": at.csrf, **FILED, **changes}, headers=headers)
        assert reply.status_code == 422
        assert said in same(words(reply))
        if "filed_number" not in changes:
            assert 'value="A 17"' in reply.get_data(as_text=True)
    assert "filed" not in at.record.data


def test_papers_and_dates_of_the_office_follow(ready: Draft) -> None:
    page = same(words(ready.client.get(ready.url("receipt"))))
    assert "Confirmation d'essai" in page
    assert "Le droit de travailler." in page
    assert "Recours d'essai" in page
    assert "2 mois, le refus" in page


def test_our_own_questions_are_made_once(ready: Draft) -> None:
    """What is made ready for a question is kept under the question: new ones each time would fill the memory."""
    ready.client.get(ready.url("receipt"))
    held = len(_prototypes)
    ready.client.get(ready.url("receipt"))
    assert len(_prototypes) == held


def test_who_comes_back_to_a_ready_file_finds_it(trial: Installation) -> None:
    at = finish(draft(trial, PLAIN))
    assert at.client.get(at.url("")).location == at.url("receipt")
    assert at.client.get("/fr/").get_data(as_text=True).count(f'href="{at.url("")}"') == 1


# --- what one changes afterwards


def test_ready_twice_is_ready_once(trial: Installation) -> None:
    at = finish(draft(trial, PLAIN))
    first = frozen(at)
    finish(at)
    trial.clock.forward(hours=1)
    finish(at)
    assert frozen(at) == first
    assert first[1] == 1


def test_a_change_makes_a_new_edition_under_the_same_reference(trial: Installation) -> None:
    at = finish(draft(trial, PLAIN))
    reference, _ = frozen(at)
    changed = at.client.post(
        at.url("you?return=check"), data={"csrf_token": at.csrf, **YOU, "digest": digest(at)}, headers={}
    )
    assert changed.location == at.url("check")
    # What was made ready is not what the person says now: it is not given out as if it were.
    for path in ("receipt", "dossier.zip", "preuve.pdf"):
        assert_said_to_have_changed(at, path)
    finish(at)
    assert frozen(at) == (reference, 2)
    assert "Traoré" in same(text(at.client.get(at.url("reponses.pdf"))))
    assert at.client.get(at.url("receipt")).status_code == 200


def assert_said_to_have_changed(at: Draft, path: str) -> None:
    reply = at.client.get(at.url(path))
    assert reply.location.partition("?")[0] == at.url("check"), path
    assert "Vous avez changé votre dossier depuis qu'il était prêt." in same(words(at.client.get(reply.location)))


def test_another_file_makes_a_new_edition(trial: Installation) -> None:
    at = finish(draft(trial, PLAIN))
    reference, _ = frozen(at)
    upload(at, "passport", (real_pdf(), "passeport.pdf"))
    assert_said_to_have_changed(at, "receipt")
    finish(at)
    assert frozen(at) == (reference, 2)
    assert "passeport.pdf" in words(at.client.get(at.url("receipt")))


def test_a_change_that_opens_a_question_leads_to_it(trial: Installation) -> None:
    at = finish(draft(trial, PLAIN))
    form = {"csrf_token": at.csrf, **YOU, "situation": "family", "digest": digest(at)}
    there = at.url("children?said=reopened")
    assert at.client.post(at.url("you?return=check"), data=form).location == there
    assert at.client.get(at.url("receipt")).location == there
    assert at.client.get(at.url("dossier.zip")).location == there
    assert "Votre dossier n'est plus prêt" in same(words(at.client.get(there)))


def test_noting_the_filing_is_no_change_of_the_file(trial: Installation) -> None:
    at = finish(draft(trial, PLAIN))
    note(at)
    assert at.client.get(at.url("receipt")).status_code == 200
    trial.clock.forward(days=3)
    try:
        assert at.client.get(at.url("receipt")).status_code == 200, "a day that passes is none either"
    finally:
        trial.clock.forward(days=-3)
    assert frozen(at)[1] == 1


def test_erasing_a_ready_file_erases_all_of_it(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    upload(at, "passport", (real_pdf(), "passeport.pdf"))
    finish(at)
    reply = at.client.post(at.url("erase"), data={"csrf_token": at.csrf})
    assert reply.location == "/fr/erased"
    store = site_of(trial).store
    assert store.drafts.load(at.id) is None
    assert store.submissions.of_draft(at.id) is None
    assert at.client.get(at.url("receipt")).status_code == 403
