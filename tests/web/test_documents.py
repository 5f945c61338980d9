"""The documents page: what is asked and why, what is taken, what is refused and how to do better."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from app.store.files import FileRecord
from app.web.queue import work_off
from tests.uploads.making import jpeg, locked
from tests.web.bodies import MULTIPART, field, file, multipart, raw_file
from tests.web.installation import Installation
from tests.web.routes import upload, with_file
from tests.web.test_errors import words
from tests.web.trial import FAMILY, JPEG, PDF, PLAIN, PNG, SHORT, Draft, draft, install_trial, site_of

ZIP = b"PK\x03\x04" + b"\0" * 60
OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 60
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

REFUSED: dict[str, tuple[bytes, str, str]] = {
    "a Word file by its name": (
        ZIP,
        "lettre.docx",
        "est un fichier ZIP. Ici, il faut un fichier PDF, JPEG, PNG, HEIC, WebP, AVIF, TIFF ou BMP.",
    ),
    "a ZIP called PDF": (ZIP, "passeport.pdf", "est un fichier ZIP."),
    "an old Word file": (OFFICE, "lettre.doc", "est un fichier Word ou Excel."),
    "a film": (b"\0\0\0\x18ftypisom" + b"\0" * 60, "film.mp4", "est une vidéo."),
    "a GIF": (b"GIF89a" + b"\0" * 60, "a.gif", "est une image GIF."),
    "a web page called PDF": (HTML, "passeport.pdf", "est une page web."),
    "a drawing that is a program": (SVG, "photo.png", "est une page web."),
    "something else": (b"hello", "note.txt", "n'est pas un fichier PDF, JPEG, PNG, HEIC"),
    "a program": (b"\x7fELF\2\1\1" + b"\0" * 60, "passeport.pdf", "est un programme."),
    "nothing": (b"", "vide.pdf", "est vide"),
    "too much": (JPEG[:4] + b"x" * 500_001 + JPEG[4:], "gros.jpg", "est trop lourd : 500 Ko au plus."),
    "half a photograph": (JPEG[:-2], "coupe.jpg", "est incomplet ou abîmé."),
    "half a picture": (PNG[:-8], "coupe.png", "est incomplet ou abîmé."),
    "half a PDF": (PDF[:30] + b"x" * 3000, "coupe.pdf", "est incomplet ou abîmé."),
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("documents"), others={"court": SHORT})


@pytest.fixture
def mine(trial: Installation) -> Draft:
    return draft(trial, PLAIN)


def files(at: Draft) -> list[FileRecord]:
    return site_of(at.installation).store.files.of_draft(at.id)


def names(at: Draft, document: str = "passport") -> list[str]:
    return [one.name for one in files(at) if one.document == document]


def page(at: Draft) -> str:
    reply = at.client.get(at.url("documents"))
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def section(at: Draft, id_: str, html: str | None = None) -> str:
    """The part of the page about one document."""
    found = re.search(rf'<section[^>]* id="{id_}".*?</section>', html or page(at), re.DOTALL)
    assert found, id_
    return found[0]


def post(at: Draft, document: str, *parts: bytes) -> TestResponse:
    body = multipart([field("csrf_token", at.csrf), *parts])
    return at.client.post(at.url(f"documents/{document}"), data=body, content_type=MULTIPART)


# --- what is asked


def test_each_document_says_what_it_is_why_and_how(mine: Draft) -> None:
    passport = section(mine, "passport")
    assert "Pour savoir qui vous êtes." in passport
    assert "PDF, JPEG, PNG, HEIC, WebP, AVIF, TIFF ou BMP" in passport
    assert re.search(r"500\s+Ko au plus", passport)
    assert 'accept=".pdf,.jpg,.jpeg,.png,.heic,.heif,.webp,.avif,.tif,.tiff,.bmp,.dib"' in passport
    assert "(facultatif)" in section(mine, "extra")
    assert "à vérifier" in section(mine, "extra")
    assert "Ancienne carte" in words(mine.client.get(mine.url("documents")))
    assert 'id="old_card"' not in page(mine), "what is brought later is named, and not asked for now"


def test_one_of_shows_each_complete_way_and_the_letter_for_it(mine: Draft) -> None:
    home = section(mine, "home")
    assert re.search(r"Une facture\s*</li>\s*<li>Une lettre de l'hôte et La carte de l'hôte", home)
    assert f'href="{mine.url("lettre/host")}"' in home


def test_a_document_per_child_names_the_child(trial: Installation) -> None:
    at = draft(trial, FAMILY)
    assert "Awa" in section(at, "child_deed--1")
    assert "Samba" in section(at, "child_deed--2")
    assert upload(at, "child_deed/2", (PDF, "samba.pdf")).status_code == 303
    assert "samba.pdf" in section(at, "child_deed--2")
    assert "samba.pdf" not in section(at, "child_deed--1")
    assert [(one.document, one.item) for one in files(at)] == [("child_deed", "2")]


def test_an_answer_may_stand_for_a_document(trial: Installation) -> None:
    assert 'type="file"' in section(draft(trial, PLAIN), "picture")
    given = section(draft(trial, {**PLAIN, "photo_code": "ABC"}), "picture")
    assert "votre réponse suffit" in given
    assert 'type="file"' not in given


def test_a_procedure_without_documents_has_no_such_page(trial: Installation) -> None:
    at = draft(trial, {}, slug="court", data={"answers": {"word": "mot", "_visited": ["one"]}})
    assert at.client.get(at.url("documents")).location == at.url("check")


def test_documents_wait_for_the_questions(trial: Installation) -> None:
    at = draft(trial, {})
    assert at.client.get(at.url("documents")).location == at.url("you")


# --- what is taken


def test_several_files_and_several_documents(mine: Draft) -> None:
    reply = upload(mine, "passport", (PDF, "un.pdf"), (JPEG, "deux.jpg"))
    assert reply.status_code == 303
    assert upload(mine, "home", (PNG, "trois.png")).status_code == 303
    assert names(mine) == ["un.pdf", "deux.jpg"]
    assert names(mine, "home") == ["trois.png"]
    assert [one.media_type for one in files(mine)] == ["application/pdf", "image/jpeg", "image/png"]
    after = page(mine)
    assert "un.pdf" in section(mine, "passport", after)
    assert "trois.png" in section(mine, "home", after)
    assert 'type="file"' not in section(mine, "passport", after), "the place is full: two at most"


def test_one_is_sent_back_to_the_document_and_told(trial: Installation) -> None:
    at = draft(trial, FAMILY)
    for document, anchor in (("passport", "passport"), ("child_deed/1", "child_deed--1")):
        reply = upload(at, document, (PDF, "acte.pdf"))
        address = urlsplit(reply.location)
        assert address.path == at.url("documents")
        assert address.fragment == anchor
        told = at.client.get(reply.location)
        assert f'id="{anchor}"' in told.get_data(as_text=True)
        assert "Votre fichier est reçu." in words(told)


def test_the_type_is_read_from_the_content_whatever_the_name_says(mine: Draft) -> None:
    assert post(mine, "passport", file(JPEG, "scan.pdf", media="text/html")).status_code == 303
    (kept,) = files(mine)
    assert kept.media_type == "image/jpeg"


def test_a_format_that_this_document_does_not_take(trial: Installation) -> None:
    at = draft(trial, FAMILY)
    reply = upload(at, "child_deed/1", (JPEG, "acte.jpg"))
    assert reply.status_code == 422
    assert "« acte.jpg » est une photo JPEG. Ici, il faut un fichier PDF." in words(reply)
    assert files(at) == []


# --- what is refused


@pytest.mark.parametrize(("content", "name", "said"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_taken_is_refused_with_what_to_do(
    mine: Draft, content: bytes, name: str, said: str
) -> None:
    reply = upload(mine, "passport", (content, name))
    assert reply.status_code == 422
    told = words(reply).replace("\xa0", " ").replace("\u202f", " ").replace("’", "'")
    assert f"« {name} » {said}" in told
    assert told.count(f"« {name} »") == 2, "in the list of errors, and beside the document"
    assert 'href="#passport-file"' in reply.get_data(as_text=True)
    assert files(mine) == []


def test_files_of_one_name_are_told_apart(mine: Draft) -> None:
    """Who hears the links alone hears which file each is about."""
    upload(mine, "passport", (PDF, "acte.pdf"), (PDF, "acte.pdf"))
    upload(mine, "home", (JPEG, "photo.jpg"))
    page = mine.client.get(mine.url("documents")).get_data(as_text=True)
    links = [re.sub(r"<[^>]*>", "", found) for found in re.findall(r">(Remplacer<.*?)</a>", page)]
    assert links == [
        "Remplacer acte.pdf, fichier 1 pour : Passeport",
        "Remplacer acte.pdf, fichier 2 pour : Passeport",
        "Remplacer photo.jpg",
    ]


def test_no_file_at_all(mine: Draft) -> None:
    for parts in ((), (field("file", ""),), (file(b"", ""),)):
        reply = post(mine, "passport", *parts)
        assert reply.status_code == 422
        assert "Choisissez un fichier, puis appuyez sur « Ajouter »." in words(reply)
    assert ">Ajouter<" in section(mine, "passport"), "that is what the button says"


def test_no_file_to_replace_one_with(mine: Draft) -> None:
    upload(mine, "passport", (PDF, "un.pdf"))
    reply = post(mine, "passport", field("replaces", files(mine)[0].id))
    assert "Choisissez un fichier, puis appuyez sur « Remplacer »." in words(reply)
    assert ">Remplacer<span" in section(mine, "passport", reply.get_data(as_text=True)), "it still is to be replaced"


def test_a_code_in_the_answers_is_not_counted_as_a_document_given_here(trial: Installation) -> None:
    for answers, needed in ((PLAIN, 3), ({**PLAIN, "photo_code": "ABC"}, 2)):
        at = draft(trial, answers)
        assert f"Documents obligatoires donnés : 0 sur {needed}." in words(at.client.get(at.url("documents")))


def test_a_file_that_may_still_be_refused_is_received_and_not_counted_as_given(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    upload(at, "passport", (locked("secret"), "code.pdf"))
    upload(at, "home", (jpeg(), "photo.jpg"))
    waiting = words(at.client.get(at.url("documents")))
    assert "Documents obligatoires donnés : 0 sur 3. Reçus, pas encore vérifiés : 2." in waiting
    assert "Reçu, vérification en cours." in waiting
    assert "Gardé" not in waiting
    assert "reçu, vérification en cours" in words(at.client.get(at.url("check")))
    work_off(site_of(trial).store, trial.settings)
    checked = words(at.client.get(at.url("documents")))
    assert "Documents obligatoires donnés : 1 sur 3." in checked
    assert "pas encore vérifiés" not in checked


def test_a_refused_file_is_a_quiet_line_once_another_is_given(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    upload(at, "passport", (locked("secret"), "code.pdf"))
    work_off(site_of(trial).store, trial.settings)
    assert '<p class="error">Fichier refusé' in section(at, "passport")
    upload(at, "passport", (PDF, "bon.pdf"))
    settled = section(at, "passport")
    assert '<p class="note">Fichier refusé' in settled
    assert "Retirer ce message" in settled
    assert 'class="error"' not in settled
    assert 'class="bad"' not in settled


def test_formats_that_documents_have_in_common_are_said_once(mine: Draft) -> None:
    html = page(mine)
    said = re.search(r'<p class="note" id="formats">(.*?)</p>', html)
    assert said
    assert said[1].startswith("Format")
    parts = re.findall(r"<section.*?</section>", html, re.DOTALL)
    # The control is still told them (RGAA 11.10): its description leads to the line above. Others say their own.
    common = [part for part in parts if 'aria-describedby="formats' in part]
    assert len(common) > 1
    assert not any("Format" in part for part in common)
    assert all("Format" in part for part in parts if part not in common and 'type="file"' in part)


def test_good_ones_are_kept_when_others_are_refused(mine: Draft) -> None:
    reply = upload(mine, "passport", (HTML, "page.pdf"), (PDF, "bon.pdf"), (b"", "vide.pdf"), (JPEG, "photo.jpg"))
    assert reply.status_code == 422
    assert names(mine) == ["bon.pdf", "photo.jpg"]
    told = words(reply)
    assert "page.pdf" in told
    assert "vide.pdf" in told
    assert "bon.pdf" in section(mine, "passport", reply.get_data(as_text=True))


def test_more_files_than_a_document_takes(mine: Draft) -> None:
    reply = upload(mine, "passport", (PDF, "1.pdf"), (PDF, "2.pdf"), (PDF, "3.pdf"))
    assert reply.status_code == 422
    assert "Vous avez déjà donné 2 fichiers pour ce document." in words(reply)
    assert "Supprimez-en un pour ajouter « 3.pdf »" in words(reply).replace("\xa0", " ").replace("\u202f", " ")
    assert names(mine) == ["1.pdf", "2.pdf"]


def test_a_document_that_is_not_asked_any_more_is_said_to_be_so(trial: Installation) -> None:
    """Another tab took the child away while the photograph was on its way."""
    at = draft(trial, PLAIN)
    for document in ("child_deed/1", "nothing", "old_card"):
        reply = upload(at, document, (PDF, "acte.pdf"))
        assert reply.status_code == 303
        assert "n’est plus demandé" in words(at.client.get(reply.location)).replace("'", "’")
    assert files(at) == []


# --- removing, reading back


def test_removing_one_file_of_two(mine: Draft) -> None:
    upload(mine, "passport", (PDF, "un.pdf"), (JPEG, "deux.jpg"))
    first = files(mine)[0]
    reply = mine.client.post(mine.url(f"file/{first.id}/remove"), data={"csrf_token": mine.csrf})
    assert reply.status_code == 303
    assert names(mine) == ["deux.jpg"]
    assert "Le fichier est supprimé." in words(mine.client.get(reply.location))
    assert mine.client.get(mine.url(f"file/{first.id}")).status_code == 404


def test_a_file_is_given_back_as_a_download_and_never_as_a_page(mine: Draft) -> None:
    upload(mine, "passport", (PDF, "passeport de Sékou.pdf"))
    reply = mine.client.get(mine.url(f"file/{files(mine)[0].id}"))
    assert reply.data == PDF
    assert reply.mimetype == "application/pdf"
    assert reply.headers["Content-Disposition"].startswith("attachment;")
    assert reply.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Cache-Control"] == "no-store"
    assert int(reply.headers["Content-Length"]) == len(PDF)


def test_a_question_about_a_file_opens_nothing(mine: Draft) -> None:
    upload(mine, "passport", (PDF, "passeport.pdf"))
    reply = mine.client.head(mine.url(f"file/{files(mine)[0].id}"))
    assert (reply.status_code, reply.headers["Content-Length"], reply.data) == (200, str(len(PDF)), b"")


def test_a_file_of_another_draft_is_not_found(trial: Installation, mine: Draft) -> None:
    other = with_file(trial)
    (theirs,) = files(other)
    assert mine.client.get(mine.url(f"file/{theirs.id}")).status_code == 404
    removed = mine.client.post(mine.url(f"file/{theirs.id}/remove"), data={"csrf_token": mine.csrf})
    assert removed.status_code == 303
    assert len(files(other)) == 1


NAMES: dict[str, tuple[str, str]] = {
    "a path": ("../../../etc/passwd.pdf", "passwd.pdf"),
    "a Windows path": ("C:\\\\Users\\\\Awa\\\\passeport.pdf", "passeport.pdf"),
    "markup": ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
    "a long name": ("a" * 5000 + ".pdf", "a" * 80),
    "turned direction": ("photo\u202efdp.exe", "photofdp.exe"),
    "control characters": ("a\x01\x7f\x9fb.pdf", "ab.pdf"),
    "only points": ("...", "fichier.pdf"),
    "a name of spaces": ("   ", "fichier.pdf"),
    "another script": ("جواز السفر.pdf", "جواز السفر.pdf"),
    "an emoji": ("📷.pdf", "📷.pdf"),
    "a template": ("{{7*7}}{answer.name}%s.pdf", "{{7*7}}{answer.name}%s.pdf"),
    "a web page": ("passeport.html", "passeport.html.pdf"),
    "two ends": ("passeport.pdf.exe", "passeport.pdf.exe.pdf"),
    "no end": ("passeport", "passeport.pdf"),
    "capitals": ("SCAN.PDF", "SCAN.PDF"),
}


@pytest.mark.parametrize(("given", "kept"), NAMES.values(), ids=NAMES)
def test_a_name_is_never_trusted(mine: Draft, given: str, kept: str) -> None:
    assert post(mine, "passport", file(PDF, given)).status_code == 303
    (stored,) = files(mine)
    assert stored.name.startswith(kept)
    assert len(stored.name) <= 100
    assert stored.name.isprintable()
    assert stored.name.lower().endswith(".pdf")
    assert "/" not in stored.name
    assert "\\" not in stored.name
    html = page(mine)
    assert "<img src=x" not in html
    reply = mine.client.get(mine.url(f"file/{stored.id}"))
    assert reply.headers["Content-Disposition"].startswith("attachment; filename")
    assert len(reply.headers.getlist("Content-Disposition")) == 1
    assert mine.client.get(mine.url("check")).status_code == 200


def test_a_line_end_in_a_name_makes_no_header(mine: Draft) -> None:
    disposition = "form-data; name=\"file\"; filename*=UTF-8''a%0D%0ASet-Cookie:%20x=1%0D%0A%0D%0Ab.pdf"
    assert post(mine, "passport", raw_file(PDF, disposition)).status_code == 303
    reply = mine.client.get(mine.url(f"file/{files(mine)[0].id}"))
    assert reply.status_code == 200
    assert "Set-Cookie" not in reply.headers
    assert reply.data == PDF


def test_a_refused_file_with_a_hostile_name_is_named_safely(mine: Draft) -> None:
    reply = post(mine, "passport", file(HTML, "../<script>alert(1)</script>\u202e" + "x" * 500))
    assert reply.status_code == 422
    html = reply.get_data(as_text=True)
    assert "<script>alert" not in html
    assert "x" * 100 not in html


# --- never blocking


def test_missing_documents_are_listed_and_never_block(mine: Draft) -> None:
    reply = mine.client.post(mine.url("documents"), data={"csrf_token": mine.csrf, "action": "continue"})
    assert reply.location == mine.url("check")
    told = words(mine.client.get(mine.url("check")))
    assert told.count("Pas encore donné") >= 3
    done = mine.client.post(mine.url("declaration"), data={"csrf_token": mine.csrf, "declared": ["truth", "law"]})
    assert done.location == mine.url("receipt")
    ready = words(mine.client.get(mine.url("receipt")))
    missing = ready.partition("Il manque encore")[2].partition("Prenez votre dossier")[0]
    assert "Passeport" in missing
    assert "Preuve d'adresse" in missing.replace("’", "'")
    assert "Autre papier" not in missing, "it is optional"


def test_save_and_stop_on_the_documents_page(mine: Draft) -> None:
    reply = mine.client.post(mine.url("documents"), data={"csrf_token": mine.csrf, "action": "save"})
    assert reply.location == mine.url("saved")


def test_a_large_file_is_taken_and_given_back_whole(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    large = JPEG[:20] + bytes(range(256)) * 7000 + JPEG[20:]
    assert upload(at, "home", (large, "photo.jpg")).status_code == 303
    assert at.client.get(at.url(f"file/{files(at)[0].id}")).data == large
