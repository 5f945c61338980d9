"""Files are listed only once they are whole, come back byte for byte, and leave nothing behind."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta

import pytest

from app.store import Store
from app.store.drafts import DraftGone
from app.store.envelope import Tampered
from app.store.files import FileRecord
from tests.store.conftest import Installation
from tests.store.test_drafts import start


def give(store: Store, draft_id: str, content: bytes, name: str = "passeport.pdf") -> FileRecord:
    return store.files.add(
        draft_id,
        document="passport",
        item="2",
        name=name,
        media_type="application/pdf",
        stream=io.BytesIO(content),
    )


@pytest.fixture
def installation(anywhere: Installation) -> Installation:
    """Everything here is tried with the files in an S3 store too."""
    return anywhere


def test_a_file_comes_back_as_it_was_given(store: Store) -> None:
    record, _, _ = start(store)
    content = os.urandom(200_000)
    first, second = give(store, record.id, content), give(store, record.id, b"", "vide.pdf")
    assert store.files.of_draft(record.id) == [first, second]
    assert (first.name, first.item, first.state, first.size) == ("passeport.pdf", "2", "ready", 200_000)
    assert first.sha256 == hashlib.sha256(content).hexdigest()
    assert b"".join(store.files.read(first)) == content
    assert b"".join(store.files.read(second)) == b""
    assert [event.kind for event in store.drafts.history(record.id)] == ["started", "file_added", "file_added"]


def test_an_upload_that_breaks_off_leaves_nothing(installation: Installation) -> None:
    store = installation.open()
    record, _, _ = start(store)

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(size)
            if not piece:
                raise ConnectionResetError
            return piece

    with pytest.raises(ConnectionResetError):
        store.files.add(record.id, document="d", name="n", media_type="m", stream=Broken(b"x" * 300_000))
    assert store.files.of_draft(record.id) == []
    assert installation.kept() == []


def test_a_file_for_a_draft_that_is_gone_is_not_kept(installation: Installation) -> None:
    store = installation.open()
    with pytest.raises(DraftGone):
        give(store, "0000000000a", b"x")
    assert installation.kept() == []


def test_a_removed_file_is_gone_and_only_its_draft_can_remove_it(installation: Installation) -> None:
    store = installation.open()
    record, _, _ = start(store)
    other, _, _ = start(store)
    kept = give(store, record.id, b"x")
    assert not store.files.remove(other.id, kept.id)
    assert store.files.remove(record.id, kept.id)
    assert not store.files.remove(record.id, kept.id)
    with pytest.raises(FileNotFoundError):
        store.files.read(kept)
    assert installation.kept() == []


def test_a_file_exchanged_on_disk_does_not_open(installation: Installation) -> None:
    store = installation.open()
    record, _, _ = start(store)
    one, two = give(store, record.id, b"one"), give(store, record.id, b"two")
    blobs = installation.blobs()
    with blobs.open(two.id) as file:
        exchanged = file.read()
    blobs.delete(one.id)
    blobs.put(one.id, [exchanged])
    with pytest.raises(Tampered):
        list(store.files.read(one))


def test_what_a_crash_left_in_the_folder_is_purged_and_nothing_else(embedded: Installation) -> None:
    installation = embedded
    store = installation.open()
    record, _, _ = start(store)
    kept = give(store, record.id, b"x")
    folder = installation.data / "files"
    whole, half, fresh = (f"{digit * 32}" for digit in "abc")
    (folder / "aa").mkdir()
    (folder / "aa" / whole).write_bytes(b"sealed")
    (folder / "incoming" / half).write_bytes(b"seal")
    (folder / "incoming" / fresh).write_bytes(b"arriving")
    old = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    for path in folder.rglob("*"):
        if path.is_file() and path.name != fresh:
            os.utime(path, (old, old))
    assert store.files.purge_orphans(datetime.now(UTC)) == 2
    assert installation.kept() == sorted([kept.id, fresh])
    assert b"".join(store.files.read(kept)) == b"x"
