"""The pack for the office: what is in the ZIP, under which names, in which order."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pikepdf
import pypdf
import pytest
from PIL import Image

from app.locale.sizes import format_size
from app.paper import pack as packing
from app.paper.names import accepted, file_slug, in_office_order
from app.paper.pack import Unreadable, Upload, build_pack
from app.paper.prose import Meta
from app.paper.render import PaperError
from app.spec.model import Channel
from tests.paper.conftest import ReadBack, squeezed
from tests.paper.pictures import noise, pdf, photo, png
from tests.paper.sample import CHANNELS, META, PERSON, PROCEDURE, journey, wording


def upload(key: str, name: str, media: str, data: bytes) -> Upload:
    def read() -> Iterable[bytes]:
        return [data[start : start + 1000] for start in range(0, len(data), 1000)]

    return Upload(key, name, media, hashlib.sha256(data).hexdigest(), read)


def unpacked(
    uploads: Sequence[Upload], meta: Meta = META, channel: Channel | None = None, person: dict[str, object] = PERSON
) -> zipfile.ZipFile:
    pieces = build_pack(PROCEDURE, journey(person), wording(person), meta, uploads, lambda condition: True, channel)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    return archive


def read_me(archive: zipfile.ZipFile) -> str:
    return archive.read("0-lisez-moi.txt").decode("utf-8-sig")


def test_the_pack_holds_every_paper_and_the_documents_in_the_order_of_the_office() -> None:
    archive = unpacked(
        [
            upload("home", "facture.pdf", "pdf", pdf(2)),
            upload("birth", "IMG_1.jpg", "jpeg", photo(6)),
            upload("birth", "IMG_2.png", "png", png()),
        ]
    )
    assert sorted(archive.namelist()) == [
        "0-lisez-moi.txt",
        "1-a-recopier.pdf",
        "2-dossier-pret.pdf",
        "3-vos-reponses.pdf",
        "4-lettre-a-la-prefecture.pdf",
        "documents/01-acte-de-naissance.pdf",
        "documents/02-justificatif-de-domicile.pdf",
    ]
    with pikepdf.open(io.BytesIO(archive.read("documents/01-acte-de-naissance.pdf"))) as opened:
        assert len(opened.pages) == 2


def test_the_ready_sheet_gives_the_digest_of_the_file_in_the_pack_and_of_the_originals() -> None:
    given = upload("birth", "IMG_1.jpg", "jpeg", photo())
    archive = unpacked([given])
    inside = hashlib.sha256(archive.read("documents/01-acte-de-naissance.pdf")).hexdigest()
    text = ReadBack(archive.read("2-dossier-pret.pdf"), "Mon dossier est prêt · GUI-2026-0042").text
    assert inside in text
    assert given.sha256 in text
    assert "01-acte-de-naissance.pdf" in text


def test_a_letter_that_is_posted_needs_no_sheet_to_copy() -> None:
    post = replace(journey(PERSON).channels[0], kind="post", screens=())
    names = sorted(unpacked([], channel=post).namelist())
    assert names == ["0-lisez-moi.txt", "1-dossier-pret.pdf", "2-vos-reponses.pdf", "3-lettre-a-la-prefecture.pdf"]


def test_in_authority_the_pack_holds_the_receipt() -> None:
    archive = unpacked([], replace(META, mode="authority"))
    assert "2-accuse-d-envoi.pdf" in archive.namelist()
    assert "n'est pas un service de l'État" not in read_me(archive)


def test_the_read_me_has_the_colon_of_its_language() -> None:
    english = replace(wording(PERSON), gettext=lambda source: ":" if source == " :" else source)
    files = [upload("birth", "IMG_1.jpg", "jpeg", photo(6))]
    for spoken, colon in ((wording(PERSON), " : "), (english, ": ")):
        pieces = build_pack(PROCEDURE, journey(PERSON), spoken, META, files, lambda condition: True, None)
        said = read_me(zipfile.ZipFile(io.BytesIO(b"".join(pieces))))
        for name in ("01-", PROCEDURE.contacts[0].title.source):
            (line,) = [line for line in said.splitlines() if line.startswith(f"- {name}")]
            assert (" :" in line.partition(": ")[0] + ":") == (colon == " : "), line


def test_the_read_me_opens_on_old_computers_and_says_what_the_pack_is() -> None:
    archive = unpacked([upload("birth", "a.pdf", "pdf", pdf())])
    raw = archive.read("0-lisez-moi.txt")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = read_me(archive)
    assert "Rien n'a été envoyé à l'administration." in text
    assert "Guichet n'est pas un service de l'État." in text
    assert "https://site.exemple.fr/demande" in text
    size = format_size(archive.getinfo("documents/01-acte-de-naissance.pdf").file_size, "fr")
    assert f"- 01-acte-de-naissance.pdf : Acte de naissance, {size}" in text
    assert "0 806 001 620" in text


@pytest.mark.parametrize(
    ("data", "media", "words"),
    [
        (pdf(password="secret"), "pdf", "protégé par un mot de passe"),
        (photo()[:400], "jpeg", "n'a pas pu être lu"),
        (b"PK\x03\x04 other", "heic", "n'a pas pu devenir un PDF"),
    ],
)
def test_a_file_that_cannot_be_converted_is_joined_as_it_came_and_said(data: bytes, media: str, words: str) -> None:
    archive = unpacked([upload("birth", "bon.jpg", "jpeg", photo()), upload("birth", "mauvais.bin", media, data)])
    names = [name for name in archive.namelist() if name.startswith("documents/")]
    extension = {"jpeg": "jpg"}.get(media, media)
    assert names == ["documents/01-acte-de-naissance-1.jpg", f"documents/01-acte-de-naissance-2.{extension}"]
    assert archive.read(names[1]) == data
    assert words in read_me(archive)
    assert "mauvais.bin" in read_me(archive)


def test_a_document_over_the_limit_of_the_channel_is_made_to_fit_or_said() -> None:
    heavy = upload("birth", "grande.jpg", "jpeg", photo(1, noise(1800)))
    fits = unpacked([heavy], channel=replace(CHANNELS[0], max_size=1_500_000))
    assert len(fits.read("documents/01-acte-de-naissance.pdf")) <= 1_500_000
    assert "les images ont été réduites pour ne pas dépasser 1,5\u00a0Mo" in read_me(fits)
    never = unpacked([heavy], channel=replace(CHANNELS[0], max_size=20_000))
    assert "c'est encore trop lourd. La limite est de 20\u00a0Ko." in read_me(never)
    assert "documents/01-acte-de-naissance.pdf" in never.namelist()


PICTURES = replace(CHANNELS[0], formats=("jpeg",), max_size=1_000_000)


def test_a_channel_that_takes_pictures_only_gets_each_upright_in_its_format() -> None:
    upright, turned = photo(1), photo(6)
    archive = unpacked(
        [
            upload("birth", "a.jpg", "jpeg", upright),
            upload("birth", "b.jpg", "jpeg", turned),
            upload("birth", "c.png", "png", png()),
        ],
        channel=PICTURES,
    )
    names = [f"documents/01-acte-de-naissance-{number}.jpg" for number in (1, 2, 3)]
    assert [name for name in archive.namelist() if name.startswith("documents/")] == names
    assert archive.read(names[0]) == upright, "nothing is lost where nothing is to do"
    with Image.open(io.BytesIO(turned)) as before, Image.open(io.BytesIO(archive.read(names[1]))) as after:
        assert after.size == before.size[::-1]
        assert after.getexif().get(0x0112, 1) == 1
    with Image.open(io.BytesIO(archive.read(names[2]))) as made:
        assert made.format == "JPEG"
    assert "b.jpg" not in read_me(archive).partition("À VÉRIFIER")[2]
    assert "Formats acceptés : JPEG." in read_me(archive)
    assert "b.jpg" in ReadBack(archive.read("2-dossier-pret.pdf"), "Mon dossier est prêt · GUI-2026-0042").text


def test_a_picture_over_the_limit_is_made_smaller_or_said() -> None:
    heavy = upload("birth", "grande.jpg", "jpeg", photo(1, noise(1800)))
    fits = unpacked([heavy], channel=PICTURES)
    assert len(fits.read("documents/01-acte-de-naissance-1.jpg")) <= 1_000_000
    never = unpacked([heavy], channel=replace(PICTURES, max_size=20_000))
    assert "c'est encore trop lourd. La limite est de 20\u00a0Ko." in read_me(never)
    assert "documents/01-acte-de-naissance-1.jpg" in never.namelist()


def test_a_pdf_where_only_pictures_are_taken_is_joined_and_said_with_what_to_do() -> None:
    data = pdf()
    archive = unpacked([upload("birth", "acte.pdf", "pdf", data)], channel=PICTURES)
    assert archive.read("documents/01-acte-de-naissance-1.pdf") == data
    said = read_me(archive)
    assert "l'administration prend seulement : JPEG. Le fichier acte.pdf est joint tel quel." in said
    assert "Prenez le papier en photo" in said


def test_a_document_that_must_be_a_picture_is_none_the_less_where_the_channel_takes_pdf() -> None:
    documents = tuple(replace(needed.document, formats=("jpeg", "png")) for needed in journey().documents)
    channel = replace(CHANNELS[0], formats=("pdf", "jpeg"))
    assert [accepted(document, channel) for document in documents] == [("jpeg",)] * 3
    assert accepted(documents[0], replace(channel, formats=("pdf",))) == ("pdf",), "the office rules"
    assert accepted(documents[0], None) == ("jpeg", "png")


def test_names_hold_nothing_personal_and_nothing_that_a_system_refuses() -> None:
    person = {**PERSON, "family_name": "../../etc/passwd", "first_names": "CON: <>|?*"}
    archive = unpacked([upload("birth", "../../evil\\..\\x.jpg", "jpeg", photo())], person=person)
    for name in archive.namelist():
        assert re.fullmatch(r"(documents/)?[a-z0-9][a-z0-9-]*\.[a-z0-9]{3,4}", name)
        assert "diop" not in name


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("L'œuvre de l’État à Paris (n° 2)", "l-oeuvre-de-l-etat-a-paris-n-2"),
        ("Carte de {answer.family_name}", "carte-de"),
        ("إثبات السكن", "proof-home"),
        ("x" * 300, "x" * 48),
        (
            "Demander de changer d'avis (recours gracieux ou hiérarchique)",
            "demander-de-changer-d-avis-recours-gracieux",
        ),
        ("Un papier qui montre la séparation, si vous en avez un", "un-papier-qui-montre-la-separation-si-vous"),
        ("La déclaration commune des parents, faite au greffe", "la-declaration-commune-des-parents-faite"),
    ],
)
def test_a_title_becomes_a_safe_name(title: str, slug: str) -> None:
    assert file_slug(title, "proof_home") == slug


def test_documents_follow_the_screens_then_the_author() -> None:
    screens = (replace(CHANNELS[0].screens[0], items=("photo", "birth")),)
    order = in_office_order(journey(), replace(CHANNELS[0], screens=screens))
    assert [needed.key for needed in order] == ["photo", "birth", "home"]


def test_the_zip_leaves_piece_by_piece() -> None:
    """The first file has left before the last one is read: the pack is never whole in memory."""
    asked: list[str] = []

    def slow(key: str, data: bytes) -> Upload:
        def read() -> Iterator[bytes]:
            asked.append(key)
            yield data

        return Upload(key, f"{key}.pdf", "pdf", "0" * 64, read)

    pieces = build_pack(
        PROCEDURE, journey(), wording(PERSON), META, [slow("birth", pdf()), slow("home", pdf())], lambda condition: True
    )
    first = b""
    while b"%PDF" not in first:
        first += next(pieces)
    assert asked == ["birth"]
    rest = b"".join(pieces)
    assert asked == ["birth", "home"]
    assert zipfile.ZipFile(io.BytesIO(first + rest)).testzip() is None


def breaks_off(key: str, name: str) -> Upload:
    """A file whose second piece does not open."""

    def read() -> Iterator[bytes]:
        yield pdf()[:100]
        raise Unreadable

    return Upload(key, name, "pdf", "ab" * 32, read, 5000)


@pytest.mark.parametrize("joined", [True, False])
def test_a_file_that_breaks_off_is_left_out_and_told(joined: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "takes_pdf", lambda *_: joined)
    given = [upload("birth", "un.pdf", "pdf", pdf()), breaks_off("birth", "deux.pdf"), breaks_off("home", "trois.pdf")]
    archive = unpacked(given)
    documents = [name for name in archive.namelist() if name.startswith("documents/")]
    assert len(documents) == 1, "what can be read of a document is joined, and nothing in half"
    assert pikepdf.open(io.BytesIO(archive.read(documents[0]))).pages
    said = read_me(archive)
    for name in ("deux.pdf", "trois.pdf"):
        assert f"nous ne pouvons plus lire le fichier {name}. Il n'est pas joint." in said
    assert "Envoyez-le à nouveau" in said
    assert "1-a-recopier.pdf" in archive.namelist()


def test_a_receipt_keeps_the_fingerprint_of_a_file_that_is_lost() -> None:
    archive = unpacked([breaks_off("home", "trois.pdf")], replace(META, mode="authority"))
    name = next(name for name in archive.namelist() if name.startswith("2-"))
    pages = pypdf.PdfReader(io.BytesIO(archive.read(name))).pages
    shown = squeezed("".join(page.extract_text() for page in pages))
    assert "ab" * 32 in shown
    assert "Gardez votre propre copie" in read_me(archive)


def test_when_no_pdf_can_be_made_the_papers_come_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise PaperError("no process for papers")

    monkeypatch.setattr(packing, "render", broken)
    archive = unpacked([upload("birth", "a.pdf", "pdf", pdf())])
    text = archive.read("3-vos-reponses.txt").decode("utf-8-sig")
    assert "Diop" in text
    assert "Il ne prouve pas que votre demande est déposée." in text
    assert "1-a-recopier.txt" in read_me(archive)


def test_an_item_document_is_named_by_its_item_on_the_papers() -> None:
    person = journey()
    per_child = [
        replace(needed, key=f"birth/{n}", item=str(n), item_label=f"Enfant {n}")
        for n, needed in enumerate(person.documents[:2], 1)
    ]
    pieces = build_pack(
        PROCEDURE,
        replace(person, documents=tuple(per_child)),
        wording(PERSON),
        META,
        [upload("birth/1", "a.pdf", "pdf", pdf()), upload("birth/2", "b.pdf", "pdf", pdf())],
        lambda condition: True,
    )
    text = read_me(zipfile.ZipFile(io.BytesIO(b"".join(pieces))))
    assert "01-acte-de-naissance.pdf : Acte de naissance (Enfant 1)" in text
    assert "02-justificatif-de-domicile.pdf : Justificatif de domicile (Enfant 2)" in text
