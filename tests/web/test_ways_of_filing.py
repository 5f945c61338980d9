"""Each way of filing has its own pack and sheet: order of its screens, its formats, its limit, its documents."""

from __future__ import annotations

import io
import re
import zipfile

import pikepdf
import pytest

from tests.uploads.making import jpeg, pdf
from tests.web.installation import Installation
from tests.web.routes import upload
from tests.web.test_errors import words
from tests.web.test_ready import same
from tests.web.trial import HEAD, Draft, draft, install_trial

SLUG = "voies"
SPEC = (
    """
procedure: "voies"
title: "Des voies"
steps:
  - {id: "one", title: "Une question", fields: [{id: "word", kind: "text", label: "Un mot"}]}
documents:
  - {id: "deed", title: "Acte"}
  - {id: "card", title: "Carte", files: {max: 3}}
  - {id: "stamp", title: "Enveloppe", channels: ["post"]}
channels:
  post: {kind: "post", title: "Par courrier", source: "R1"}
  online:
    kind: "external"
    title: "Le site"
    url: "https://example.org/"
    source: "R1"
    formats: ["pdf"]
    max_size: "1 MB"
    screens: [{title: "Un", items: ["card"]}, {title: "Deux", items: ["deed", "word"]}]
  local:
    kind: "external"
    title: "Le formulaire"
    url: "https://example.org/f"
    source: "R1"
    formats: ["jpeg", "png"]
    screens: [{title: "Tout", items: ["word", "deed", "card"]}]
  desk: {kind: "counter", title: "On aide", files: "no"}
"""
    + HEAD
)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Draft:
    site: Installation = install_trial(tmp_path_factory.mktemp("ways"), others={SLUG: SPEC})
    at = draft(site, {"word": "mot"}, slug=SLUG, data={"answers": {"word": "mot", "_visited": ["one"]}})
    for document, *given in (
        ("deed", (pdf(2), "acte.pdf")),
        ("card", (jpeg(), "devant.jpg"), (jpeg(), "dos.jpg")),
        ("stamp", (jpeg(), "enveloppe.jpg")),
    ):
        assert upload(at, document, *given).status_code == 303
    assert at.client.post(at.url("check"), data={"csrf_token": at.csrf}).status_code == 303
    return at


def pack(at: Draft, way: str = "") -> zipfile.ZipFile:
    reply = at.client.get(at.url("dossier.zip" + (f"?way={way}" if way else "")))
    assert reply.headers["Content-Disposition"].endswith(f"filename={SLUG}{'-' + way if way else ''}.zip")
    return zipfile.ZipFile(io.BytesIO(reply.data))


def documents(archive: zipfile.ZipFile) -> list[str]:
    return [name.removeprefix("documents/") for name in archive.namelist() if name.startswith("documents/")]


def test_the_ready_page_offers_the_pack_of_each_way_where_one_files(ready: Draft) -> None:
    page = ready.client.get(ready.url("receipt")).get_data(as_text=True)
    assert re.findall(r'href="[^"]*/dossier\.zip([^"]*)"', page) == ["", "?way=post", "?way=local"]
    said = same(words(ready.client.get(ready.url("receipt"))))
    assert "Fait pour : Le site" in said
    assert "Télécharger le dossier pour : Par courrier" in said
    assert re.findall(r'href="[^"]*/a-recopier([^"]*)"', page) == ["", "?way=local"]


def test_the_main_pack_follows_the_screens_of_the_site(ready: Draft) -> None:
    archive = pack(ready)
    assert documents(archive) == ["01-carte.pdf", "02-acte.pdf"], "the envelope is for the post only"
    with pikepdf.open(io.BytesIO(archive.read("documents/01-carte.pdf"))) as card:
        assert len(card.pages) == 2
    assert "Un fichier ne doit pas dépasser 1 Mo." in same(archive.read("0-lisez-moi.txt").decode("utf-8-sig"))


def test_the_pack_for_the_post_has_what_the_post_asks(ready: Draft) -> None:
    assert documents(pack(ready, "post")) == ["01-acte.pdf", "02-carte.pdf", "03-enveloppe.pdf"]


def test_the_pack_for_pictures_holds_pictures_and_says_what_it_could_not_do(ready: Draft) -> None:
    archive = pack(ready, "local")
    assert documents(archive) == ["01-acte-1.pdf", "02-carte-1.jpg", "02-carte-2.jpg"]
    said = same(archive.read("0-lisez-moi.txt").decode("utf-8-sig"))
    assert "Acte : ici, l'administration prend seulement : JPEG, PNG. Le fichier acte.pdf est joint tel quel." in said
    assert "https://example.org/f" in said


def test_the_sheet_follows_the_way_and_its_pdf_too(ready: Draft) -> None:
    other = ready.client.get(ready.url("a-recopier?way=local"))
    assert "Tout" in words(other)
    assert "Deux" not in words(other)
    assert "a-recopier.pdf?way=local" in other.get_data(as_text=True)
    assert "Deux" in words(ready.client.get(ready.url("a-recopier")))


def test_a_way_that_is_not_there_gives_the_main_pack(ready: Draft) -> None:
    for way in ("desk", "../x"):
        reply = ready.client.get(ready.url(f"dossier.zip?way={way}"))
        assert documents(zipfile.ZipFile(io.BytesIO(reply.data))) == ["01-carte.pdf", "02-acte.pdf"]
