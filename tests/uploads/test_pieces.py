"""Files in pieces (tus 1.0.0): whole and once, whatever is lost on the way; nothing half is ever listed."""

from __future__ import annotations

import base64
import random
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app.store.files import FileRecord
from app.store.tables import files as table
from app.store.tables import held_blobs
from app.web.queue import work_off
from tests.uploads import making
from tests.uploads.places import anywhere, blobs_of, kept
from tests.web.installation import Installation
from tests.web.routes import finish
from tests.web.trial import PDF, PLAIN, Draft, draft, site_of

PIECE = 40_000


@pytest.fixture(params=["folder", "s3"])
def trial(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    """Files in the local folder, and in an S3 store over HTTP."""
    return anywhere(request, tmp_path)


@pytest.fixture
def at(trial: Installation) -> Draft:
    return draft(trial, PLAIN)


def head(at: Draft, **more: str) -> dict[str, str]:
    return {"Tus-Resumable": "1.0.0", "X-CSRF-Token": at.csrf, **{k.replace("_", "-"): v for k, v in more.items()}}


def begin(at: Draft, size: int, name: str = "photo.jpg", key: str = "home", **more: str) -> TestResponse:
    named = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in {"filename": name, **more}.items())
    headers = head(at, Upload_Length=str(size), Upload_Metadata=named)
    return at.client.post(at.url(f"pieces/{key}"), headers=headers)


def send(at: Draft, url: str, offset: int, data: bytes) -> TestResponse:
    headers = head(at, Upload_Offset=str(offset))
    return at.client.patch(url, data=data, headers=headers, content_type="application/offset+octet-stream")


def stands(at: Draft, url: str) -> int:
    reply = at.client.head(url, headers=head(at))
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    return int(reply.headers["Upload-Offset"])


def files(at: Draft) -> list[FileRecord]:
    return site_of(at.installation).store.files.of_draft(at.id)


def content(at: Draft, file: FileRecord) -> bytes:
    return b"".join(site_of(at.installation).store.files.read(file))


def on_disk(at: Draft) -> list[str]:
    return kept(at.installation)


def all_of(at: Draft, url: str, data: bytes) -> TestResponse:
    offset = 0
    while True:
        reply = send(at, url, offset, data[offset : offset + PIECE])
        if reply.status_code != 204 or int(reply.headers["Upload-Offset"]) == len(data):
            return reply
        offset = int(reply.headers["Upload-Offset"])


def test_a_file_arrives_whole_and_once_through_cuts_and_lost_answers(at: Draft) -> None:
    chance, data = random.Random(4), making.jpeg(quality=95)
    url = begin(at, len(data)).headers["Location"]
    offset, lost = 0, 0
    while offset < len(data):
        reply = send(at, url, offset, data[offset : offset + PIECE])
        assert reply.status_code in (204, 409)
        assert files(at) == [] or offset + PIECE >= len(data), "nothing half is listed"
        if chance.random() < 0.4 and lost < 10:
            lost += 1  # the answer never comes: the sender asks where it stands
            offset = stands(at, url) if chance.random() < 0.5 else offset
            continue
        offset = int(reply.headers["Upload-Offset"])
    assert lost >= 3
    assert send(at, url, len(data), b"").status_code == 204, "the last answer was lost, and is asked for again"
    (file,) = files(at)
    assert (file.name, file.state, content(at, file)) == ("photo.jpg", "waiting", data)
    assert len(on_disk(at)) == 1, "the pieces are gone"


def test_a_sender_whose_last_answer_was_lost_is_told_the_end_also_when_the_file_is_gone(at: Draft) -> None:
    url = begin(at, len(PDF)).headers["Location"]
    all_of(at, url, PDF)
    (file,) = files(at)
    for _ in range(2):
        again = send(at, url, len(PDF), b"")
        assert again.status_code == 204
        assert int(again.headers["Upload-Offset"]) == len(PDF)
        assert len(files(at)) <= 1
        site_of(at.installation).store.files.remove(at.id, file.id)
    assert files(at) == []


def test_what_a_kill_left_of_the_last_step_is_no_obstacle(at: Draft) -> None:
    """The server died while it put the pieces together: the sender asks again, and the file is added."""
    url = begin(at, len(PDF)).headers["Location"]
    upload = url.rpartition("/")[2]
    blobs_of(at.installation).put(upload, [b"half"])
    if at.installation.settings.bucket is None:
        (at.installation.settings.data / "files" / "incoming" / upload).write_bytes(b"half")
    assert all_of(at, url, PDF).status_code == 204
    (file,) = files(at)
    assert content(at, file) == PDF


def test_two_who_put_the_same_pieces_together_at_once_add_one_file(at: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sender gave up waiting and asked again while the first request was still at work."""
    url = begin(at, len(PDF)).headers["Location"]
    store = site_of(at.installation).store
    real = store.files._list
    inner: list[TestResponse] = []

    def slowly(*given: Any) -> Any:
        monkeypatch.undo()
        inner.append(send(at, url, len(PDF), b""))
        return real(*given)

    monkeypatch.setattr(store.files, "_list", slowly)
    assert all_of(at, url, PDF).status_code == 204
    assert [reply.status_code for reply in inner] == [204]
    (file,) = files(at)
    assert content(at, file) == PDF
    assert len(on_disk(at)) == 1


@pytest.mark.parametrize("replaces", ["", "other"])
def test_a_late_sender_brings_back_a_file_that_was_lost(
    at: Draft, monkeypatch: pytest.MonkeyPatch, replaces: str
) -> None:
    """The server died before it let the pieces go, and what it had kept is gone: the pieces are the only copy."""
    store = site_of(at.installation).store
    all_of(at, begin(at, len(PDF), name="autre.pdf").headers["Location"], PDF)
    other = files(at)[0].id if replaces else ""
    url = begin(at, len(PDF), name="acte.pdf", replaces=other).headers["Location"]

    def dies(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as killed:
        killed.setattr(type(store.uploads), "finish", dies)
        with pytest.raises(SystemExit):
            all_of(at, url, PDF)
    first = next(file for file in files(at) if file.name == "acte.pdf")
    work_off(store, at.installation.settings)
    before = set(kept(at.installation))
    held = [name for name in before if _reads(at, name, first)]
    for name in held:
        blobs_of(at.installation).delete(name)
    assert store.files.unreadable(next(file for file in files(at) if file.id == first.id))
    assert send(at, url, len(PDF), b"").status_code == 204
    names = [file.name for file in files(at)]
    assert names == (["acte.pdf"] if replaces else ["autre.pdf", "acte.pdf"])
    back = next(file for file in files(at) if file.id == first.id)
    assert (back.state, content(at, back)) == ("waiting", PDF)
    assert not set(held) & set(kept(at.installation))


def _reads(at: Draft, name: str, file: FileRecord) -> bool:
    """Whether the file is kept under this name."""
    with site_of(at.installation).store.database.read() as connection:
        rows = connection.execute(held_blobs.where(table.c.id == file.id)).one()
    return name in rows


def test_a_restart_in_the_middle_loses_no_piece(trial: Installation, at: Draft) -> None:
    data = making.jpeg(quality=95)
    url = begin(at, len(data)).headers["Location"]
    send(at, url, 0, data[:PIECE])
    trial.restart()
    assert stands(at, url) == PIECE
    assert send(at, url, PIECE, data[PIECE:]).status_code == 204
    assert [content(at, file) for file in files(at)] == [data]


def test_pieces_are_sealed(at: Draft) -> None:
    data = making.jpeg(quality=95)
    url = begin(at, len(data), name="secret-name.jpg").headers["Location"]
    send(at, url, 0, data[:PIECE])
    blobs, folder = blobs_of(at.installation), at.installation.settings.data
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for name in kept(at.installation):
        with blobs.open(name) as file:
            everything += file.read()
    assert data[1000:1100] not in everything
    assert b"secret-name" not in everything


def test_a_piece_at_the_wrong_place_is_told_where_the_upload_stands(at: Draft) -> None:
    url = begin(at, 1000).headers["Location"]
    send(at, url, 0, b"x" * 300)
    for offset in (0, 299, 301):
        reply = send(at, url, offset, b"y" * 10)
        assert (reply.status_code, reply.headers["Upload-Offset"]) == (409, "300")
    assert send(at, url, 300, b"z" * 701).status_code == 413
    assert stands(at, url) == 300


def test_a_file_that_cannot_be_kept_is_told_as_by_the_form(at: Draft) -> None:
    url = begin(at, 5000, name="note.txt").headers["Location"]
    for _ in range(2):  # also when the answer was lost
        reply = all_of(at, url, b"Bonjour " * 625) if stands(at, url) == 0 else send(at, url, 5000, b"")
        assert reply.status_code == 422
        assert "n’est pas un fichier PDF" in reply.get_data(as_text=True).replace("'", "’")
    assert files(at) == []
    too_big = begin(at, 10_000_001)
    assert too_big.status_code == 422
    assert "est trop lourd" in too_big.get_data(as_text=True)
    assert at.client.delete(url, headers=head(at)).status_code == 204
    assert at.client.head(url, headers=head(at)).status_code == 404
    assert on_disk(at) == []


def test_a_replacement_takes_the_place_of_the_old_file(at: Draft) -> None:
    for name in ("un.pdf", "deux.pdf"):
        all_of(at, begin(at, len(PDF), name=name).headers["Location"], PDF)
    first = files(at)[0]
    all_of(at, begin(at, len(PDF), name="neuf.pdf", replaces=first.id).headers["Location"], PDF)
    assert [file.name for file in files(at)] == ["neuf.pdf", "deux.pdf"]


def test_what_is_not_ours_is_refused(trial: Installation, at: Draft) -> None:
    url = begin(at, 1000).headers["Location"]
    other = draft(trial, PLAIN)
    wrong = {"Tus-Resumable": "1.0.0", "X-CSRF-Token": other.csrf}
    assert at.client.post(at.url("pieces/home"), headers={**wrong, "Upload-Length": "9"}).status_code == 403
    assert at.client.delete(url, headers=wrong).status_code == 403
    assert at.client.patch(url, data=b"x", headers={**head(at), "Upload-Offset": "0"}).status_code == 415
    assert send(at, url, 0, b"x" * 1_000_001).status_code == 413
    for length in ("", "-1", "²", "9" * 40):
        assert at.client.post(at.url("pieces/home"), headers=head(at, Upload_Length=length)).status_code == 400
    assert begin(at, 9, key="nothing").status_code == 404
    theirs = begin(other, 9).headers["Location"].rpartition("/")[2]
    assert at.client.head(at.url(f"piece/{theirs}"), headers=head(at)).status_code == 404
    finish(at)


def test_what_is_never_finished_is_forgotten_after_a_day(trial: Installation, at: Draft) -> None:
    url = begin(at, 1000).headers["Location"]
    send(at, url, 0, b"x" * 300)
    trial.clock.forward(hours=25)
    assert at.client.head(url, headers=head(at)).status_code == 404
    store = site_of(trial).store
    assert store.uploads.purge() == 1


def test_erasing_a_draft_erases_the_pieces_of_what_was_still_arriving(trial: Installation, at: Draft) -> None:
    other = draft(trial, PLAIN)
    for each in (at, other):
        send(each, begin(each, 1000).headers["Location"], 0, b"x" * 300)
    assert len(kept(trial)) == 2
    site_of(trial).store.drafts.erase(at.id)
    assert len(kept(trial)) == 1, "at once; those of others stay"
    site_of(trial).store.drafts.erase(other.id)
    assert kept(trial) == []


def test_a_draft_holds_few_uploads_at_once(at: Draft) -> None:
    assert [begin(at, 9).status_code for _ in range(41)] == [201] * 40 + [429]
