"""Files that are missing or damaged on disk: told in words, remembered, never a fault, a cut ZIP or a dead end."""

from __future__ import annotations

import io
import logging
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy.exc import OperationalError

from app.store.blobs import BlobsAway, LocalBlobs
from app.store.files import FileRecord, Files
from app.web.queue import TRIES, work_off
from tests.uploads.making import jpeg, pdf
from tests.web.installation import Clock, Installation
from tests.web.routes import finish, upload
from tests.web.test_errors import words
from tests.web.trial import PLAIN, Draft, draft, install_trial, site_of

AGAIN = "nous ne pouvons plus lire ce fichier"
NAME = "passeport-diallo.pdf"


@pytest.fixture(params=["prepare", "authority"])
def trial(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    return install_trial(tmp_path, environment={"GUICHET_MODE": request.param, "GUICHET_OPERATOR": "Essai"})


def files(at: Draft) -> list[FileRecord]:
    return site_of(at.installation).store.files.of_draft(at.id)


def on_disk(trial: Installation) -> set[Path]:
    return {path for path in (trial.settings.data / "files").rglob("*") if path.is_file()}


def given(trial: Installation) -> tuple[Draft, Path, bytes]:
    """A draft with a good address, and a passport that is checked: where that lies, and what lies there."""
    at = draft(trial, PLAIN)
    assert upload(at, "home", (pdf(1), "adresse.pdf")).status_code == 303
    before = on_disk(trial)
    assert upload(at, "passport", (pdf(2), NAME)).status_code == 303
    (place,) = on_disk(trial) - before
    work_off(site_of(trial).store, trial.settings)
    place = place if place.exists() else next(iter(on_disk(trial) - before))
    return at, place, place.read_bytes()


def ruin(place: Path, how: str) -> None:
    kept = place.read_bytes()
    if how == "missing":
        place.unlink()
    else:
        place.write_bytes(kept[:-9] if how == "cut" else kept[:60] + bytes([kept[60] ^ 1]) + kept[61:])


def address_of(at: Draft, document: str = "passport") -> str:
    return at.url(f"file/{next(one.id for one in files(at) if one.document == document)}")


HOWS = pytest.mark.parametrize("how", ["missing", "cut", "changed"])


@HOWS
def test_a_download_is_explained_and_remembered(
    trial: Installation, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    at, place, content = given(trial)
    ruin(place, how)
    with caplog.at_level(logging.INFO):
        reply = at.client.get(address_of(at))
    assert reply.status_code == 410
    said = words(reply)
    assert "Nous ne pouvons plus lire ce fichier" in said
    assert "Vos réponses et vos autres fichiers sont gardés." in said
    assert "Envoyez ce fichier à nouveau." in said
    assert f'href="{at.url("documents")}"' in reply.get_data(as_text=True)
    assert "a kept file cannot be read" in caplog.text
    assert "diallo" not in caplog.text.lower()
    assert AGAIN in words(at.client.get(at.url("documents")))
    assert AGAIN in words(at.client.get(at.url("check")))
    assert at.client.head(address_of(at)).status_code == 410
    assert at.client.get(address_of(at, "home")).status_code == 200, "the other file is as it was"
    place.write_bytes(content)
    assert AGAIN not in words(at.client.get(at.url("documents"))), "restored from a backup, it is there again"
    assert at.client.get(address_of(at)).status_code == 200


def test_a_healthy_page_reads_no_file(trial: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    at, _, _ = given(trial)

    def refuse(*_: object) -> None:
        raise AssertionError("a page read a file")

    monkeypatch.setattr(type(site_of(trial).store.files), "read", refuse)
    for page in ("documents", "check"):
        assert at.client.get(at.url(page)).status_code == 200


@pytest.mark.parametrize("size", [1_000, 2_000_000])
def test_a_download_reads_the_file_once(trial: Installation, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    at = draft(trial, PLAIN)
    sent = pdf(1).replace(b"%%EOF", b"% " + random.Random(4).randbytes(size).hex().encode()[:size] + b"\n%%EOF")
    store = site_of(trial).store
    record = store.files.add(
        at.id, document="home", name="adresse.pdf", media_type="application/pdf", stream=io.BytesIO(sent)
    )
    opened: list[str] = []
    real = LocalBlobs.open

    def counted(self: LocalBlobs, name: str) -> BinaryIO:
        opened.append(name)
        return real(self, name)

    monkeypatch.setattr(LocalBlobs, "open", counted)
    reply = at.client.get(at.url(f"file/{record.id}"))
    assert reply.get_data() == sent
    assert reply.content_length == len(sent)
    assert len(opened) == 1


def test_a_small_picture_is_done_without(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    assert upload(at, "home", (jpeg(), "photo.jpg")).status_code == 303
    work_off(site_of(trial).store, trial.settings)
    for path in on_disk(trial):
        ruin(path, "cut")
    (file,) = files(at)
    assert at.client.get(at.url(f"file/{file.id}/thumb")).status_code == 404
    assert at.client.get(at.url("documents")).status_code == 200


@HOWS
def test_nothing_is_sent_without_a_file_that_is_required(trial: Installation, how: str) -> None:
    at, place, _ = given(trial)
    declared = {"declared": ["truth", "law"], "csrf_token": at.csrf}
    ruin(place, how)
    for page, form in (("check", {"csrf_token": at.csrf}), ("declaration", declared)):
        reply = at.client.post(at.url(page), data=form)
        assert reply.status_code == 422
        assert AGAIN in words(reply)
        assert f'href="{at.url("documents")}#passport"' in reply.get_data(as_text=True)
    assert site_of(trial).store.submissions.of_draft(at.id) is None
    assert upload(at, "passport", (pdf(1), "encore.pdf")).status_code == 303
    assert [one.name for one in files(at) if one.document == "passport"] == ["encore.pdf"], "it takes the place"
    assert at.client.post(at.url("declaration"), data=declared).status_code == 303
    assert site_of(trial).store.submissions.of_draft(at.id) is not None


def test_a_lost_file_can_be_taken_off_the_list(trial: Installation) -> None:
    at, place, _ = given(trial)
    ruin(place, "missing")
    assert at.client.post(at.url("check"), data={"csrf_token": at.csrf}).status_code == 422
    assert at.client.post(f"{address_of(at)}/remove", data={"csrf_token": at.csrf}).status_code == 303
    assert at.client.post(at.url("check"), data={"csrf_token": at.csrf}).status_code == 303


@HOWS
def test_the_pack_is_whole_and_says_what_is_not_in_it(trial: Installation, how: str) -> None:
    at, place, _ = given(trial)
    finish(at)
    recorded = next(one.sha256 for one in files(at) if one.document == "passport")
    ruin(place, how)
    for _ in range(2):
        reply = at.client.get(at.url("dossier.zip"))
        assert reply.status_code == 200
        with zipfile.ZipFile(io.BytesIO(reply.get_data())) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            said = archive.read("0-lisez-moi.txt").decode("utf-8-sig")
        documents = [name for name in names if name.startswith("documents/")]
        assert len(documents) == 1
        assert NAME in said
        assert "nous ne pouvons plus lire le fichier" in said
        assert len([name for name in names if name.endswith(".pdf")]) > 3, "every paper is there"
    receipt = at.client.get(at.url("receipt"))
    assert receipt.status_code == 200
    shown = words(receipt).replace(" ", "")
    assert trial.settings.mode == "prepare" or recorded in shown
    for paper in ("reponses.pdf", "preuve.pdf", "a-recopier.pdf"):
        assert at.client.get(at.url(paper)).status_code == 200


@HOWS
def test_the_queue_ends_the_job_of_a_file_that_is_lost(tmp_path: Path, how: str) -> None:
    clock = Clock()
    trial = install_trial(tmp_path, clock=clock)
    at, store = draft(trial, PLAIN), site_of(trial).store
    assert upload(at, "home", (pdf(1), "adresse.pdf")).status_code == 303
    (place,) = on_disk(trial)
    content = place.read_bytes()
    ruin(place, how)
    for _ in range(TRIES):
        assert work_off(store, trial.settings) == 1
        clock.forward(minutes=1)
    assert store.jobs.waiting() == 0
    assert [one.state for one in files(at)] == ["lost"]
    assert AGAIN in words(at.client.get(at.url("documents")))
    place.write_bytes(content)
    assert at.client.get(at.url("documents")).status_code == 200
    assert [one.state for one in files(at)] == ["waiting"], "restored, it is still looked at first"
    assert work_off(store, trial.settings) == 1
    assert [one.state for one in files(at)] == ["ready"]


@pytest.mark.parametrize("error", [BlobsAway("away"), OperationalError("SELECT 1", None, Exception("gone"))])
def test_an_outage_in_the_middle_of_the_pack_leaves_a_whole_pack(
    trial: Installation, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """The database, or the store of the files, goes away after the pack has begun: the rest says so."""
    at, _, kept = given(trial)
    finish(at)
    store = site_of(trial).store
    real = type(store.files).read

    def goes(self: Files, record: FileRecord) -> Iterator[bytes]:
        if record.document == "passport":
            yield kept[:10]
            raise error
        yield from real(self, record)

    monkeypatch.setattr(type(store.files), "read", goes)
    pack = zipfile.ZipFile(io.BytesIO(at.client.get(at.url("dossier.zip")).data))
    assert pack.testzip() is None
    said = pack.read("0-lisez-moi.txt").decode("utf-8-sig")
    assert "ne peut pas être lu en ce moment" in said
    assert "n'est pas perdu" in said
    assert [name for name in pack.namelist() if "preuve" in name]
    monkeypatch.undo()
    assert {file.state for file in files(at)} == {"ready"}, "nothing is taken for lost"


def test_while_the_store_of_files_is_away_pages_are_there_and_files_are_not_lost(
    trial: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, _, _ = given(trial)

    def away(*_: object) -> None:
        raise BlobsAway("away")

    with monkeypatch.context() as patched:
        patched.setattr(LocalBlobs, "open", away)
        patched.setattr(LocalBlobs, "put", away)
        for page in ("documents", "check"):
            assert at.client.get(at.url(page)).status_code == 200
        reply = at.client.get(address_of(at))
        assert reply.status_code == 500
        assert "panne" in words(reply)
        assert upload(at, "home", (pdf(1), "autre.pdf")).status_code == 500
        work_off(site_of(trial).store, trial.settings)
    assert {file.state for file in files(at)} <= {"ready", "waiting"}
    assert at.client.get(address_of(at)).status_code == 200
