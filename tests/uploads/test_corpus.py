"""Each odd or hostile file is kept or refused as it should be, and the person is told what was found and what to do."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest
from PIL import Image

from app.paper.look import Look
from app.paper.worker import answer
from app.store.files import FileRecord
from app.web import queue
from tests.uploads.corpus import Odd, corpus
from tests.uploads.places import anywhere
from tests.web.installation import Installation
from tests.web.routes import upload
from tests.web.test_errors import words
from tests.web.trial import PLAIN, Draft, draft, site_of

CORPUS = {f"{odd.outcome}: {odd.name}": odd for odd in corpus()}


@pytest.fixture(scope="module", params=["folder", pytest.param("s3", marks=pytest.mark.prove)])
def trial(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return anywhere(request, tmp_path_factory.mktemp("corpus"))


@contextmanager
def looked_at_here(pieces: Iterable[bytes], size: int, takes: tuple[str, ...]) -> Iterator[Look]:
    """The same look without a process for each file; tests of the process are in `test_queue`."""
    said, (thumb, content) = answer({"takes": list(takes)}, [b"".join(pieces)])
    if said["problem"]:
        yield Look(said["problem"])
    else:
        new = iter([content]) if said["replaced"] else None
        yield Look(None, said["format"], said["pages"], tuple(said["notes"]), thumb or None, new)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "looked_at", looked_at_here)


def files(at: Draft) -> list[FileRecord]:
    return site_of(at.installation).store.files.of_draft(at.id)


def content(at: Draft, file: FileRecord) -> bytes:
    return b"".join(site_of(at.installation).store.files.read(file))


def work(trial: Installation) -> int:
    return queue.work_off(site_of(trial).store, trial.settings)


def told(reply: object) -> str:
    return words(reply).replace("\xa0", " ").replace("\u202f", " ").replace("’", "'")  # type: ignore[arg-type]


def test_the_corpus_is_large_enough_and_every_outcome_is_in_it() -> None:
    assert len(CORPUS) >= 60
    assert {odd.outcome for odd in CORPUS.values()} == {"refused", "refused later", "kept"}


@pytest.mark.parametrize("odd", CORPUS.values(), ids=CORPUS)
def test_what_becomes_of_an_odd_file(trial: Installation, here: None, odd: Odd) -> None:
    at = draft(trial, PLAIN)
    reply = upload(at, "home", (odd.content, odd.name))
    if odd.outcome == "refused":
        assert reply.status_code == 422
        assert odd.said in told(reply)
        assert files(at) == []
        return
    assert reply.status_code == 303
    assert "Reçu, vérification en cours" in told(at.client.get(at.url("documents")))
    assert work(trial) == 1
    (file,) = files(at)
    page = told(at.client.get(at.url("documents")))
    assert odd.said in page, (file.problem, file.notes)
    assert "Reçu, vérification en cours" not in page
    if odd.outcome == "kept":
        assert (file.state, file.media_type) == ("ready", odd.media)
        _is_clean(content(at, file), odd.media)
    else:
        assert file.state == "refused"
        assert "Fichier refusé" in page
        assert at.client.get(at.url(f"file/{file.id}")).status_code == 404


def _is_clean(kept: bytes, media: str) -> None:
    """No trace of place or device, nothing hidden behind the end, upright, and it opens."""
    for trace in (b"SecretPhone", b"<script>", b"<?php", b"PK\x03\x04", b"/JavaScript", b"/Launch", b"cmd.exe"):
        assert trace not in kept, trace
    if media.startswith("image/"):
        image = Image.open(io.BytesIO(kept))
        image.load()
        assert dict(image.getexif()) == {}
        assert image.height >= image.width or image.size == (1200, 900), image.size


def test_a_photograph_held_sideways_is_turned(trial: Installation, here: None) -> None:
    at = draft(trial, PLAIN)
    upload(at, "home", (CORPUS["kept: tourne.jpg"].content, "tourne.jpg"))
    work(trial)
    (file,) = files(at)
    assert Image.open(io.BytesIO(content(at, file))).size == (1200, 900)
    thumb = at.client.get(at.url(f"file/{file.id}/thumb"))
    assert (thumb.status_code, thumb.mimetype, thumb.headers["Cache-Control"]) == (200, "image/jpeg", "no-store")
    assert Image.open(io.BytesIO(thumb.data)).size == (320, 240)
    assert len(thumb.data) < 25_000


def test_a_sharp_photograph_gets_no_advice(trial: Installation, here: None) -> None:
    at = draft(trial, PLAIN)
    upload(at, "home", (CORPUS["kept: droit.jpg"].content, "droit.jpg"))
    work(trial)
    assert "Conseil" not in told(at.client.get(at.url("documents")))


def test_a_document_that_takes_no_pdf_says_so_of_several_pages(trial: Installation, here: None) -> None:
    at = draft(trial, PLAIN)
    assert upload(at, "picture", (CORPUS["kept: fax.tif"].content, "fax.tif")).status_code == 303
    work(trial)
    assert "Envoyez une photo par page" in told(at.client.get(at.url("documents")))
