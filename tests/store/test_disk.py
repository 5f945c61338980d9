"""What lies on the disk opens nothing by itself, and erasing erases."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.store import load_keys, open_store
from app.store.envelope import Tampered
from app.store.keys import KeyRing, KeysError, key_file, new_key
from app.store.tables import drafts, metadata
from tests.store.conftest import Clock, Installation
from tests.store.test_drafts import start

NAME, CONTENT, FILE_NAME = "PLANTEDNAME", b"PLANTEDCONTENT" * 20_000, "PLANTEDFILE.pdf"


def plant(installation: Installation) -> tuple[str, str, str]:
    """A draft with history, a file and a ready edition, all of which hold planted words; its id, token and code."""
    store = installation.open()
    record, token, code = start(store, name=NAME)
    store.drafts.update(record.id, lambda r: {**r.data, "pending": {"p": [NAME]}}, event="changed", detail={"n": NAME})
    store.files.add(
        record.id, document="PLANTEDDOC", name=FILE_NAME, media_type="application/pdf", stream=io.BytesIO(CONTENT)
    )
    store.submissions.submit(record.id, lambda r: {"name": NAME}, kind="ready")
    store.drafts.find_by_code(code)
    return record.id, token, code


@pytest.mark.parametrize("files", ["embedded", "on_s3"])
def test_nothing_is_in_clear_on_disk(request: pytest.FixtureRequest, files: str) -> None:
    embedded: Installation = request.getfixturevalue(files)
    _, token, code = plant(embedded)
    wal = embedded.data / "guichet.sqlite3-wal"
    assert wal.stat().st_size > 0
    held = embedded.bytes_on_disk()
    assert len(held) > len(CONTENT)
    for planted in ("PLANTED", token, code, code.replace("-", "")):
        assert planted.encode() not in held


def test_nothing_is_in_clear_in_postgresql(installation: Installation) -> None:
    _, token, code = plant(installation)
    store = installation.open()
    with store.database.read() as connection:
        held = repr([connection.execute(select(table)).all() for table in metadata.sorted_tables])
    assert "dcem" in held
    for planted in ("PLANTED", token, code, code.replace("-", "")):
        assert planted not in held


def test_a_backup_of_the_data_folder_alone_opens_nothing(embedded: Installation, tmp_path: Path) -> None:
    plant(embedded)
    copy = tmp_path / "elsewhere" / "data"
    shutil.copytree(embedded.data, copy)
    with pytest.raises(KeysError, match="introuvable"):
        load_keys(copy, None, {})
    assert not key_file(copy).exists()
    foreign = KeyRing.load({}, tmp_path / "foreign", holds_data=False)
    with pytest.raises(KeysError, match="ne sont pas celles"):
        open_store(copy, None, foreign)


def test_data_and_its_keys_restored_together_open_everything(embedded: Installation, tmp_path: Path) -> None:
    draft_id, token, _ = plant(embedded)
    copy = tmp_path / "elsewhere" / "data"
    shutil.copytree(embedded.data, copy)
    shutil.copy(key_file(embedded.data), key_file(copy))
    store = open_store(copy, None, load_keys(copy, None, {}), embedded.clock)
    found = store.drafts.authorise(draft_id, token)
    assert found is not None
    assert found.data["answers"] == {"name": NAME}
    (file,) = store.files.of_draft(draft_id)
    assert (file.name, b"".join(store.files.read(file))) == (FILE_NAME, CONTENT)
    store.close()


def test_missing_keys_are_noticed_when_the_data_is_in_postgresql(installation: Installation) -> None:
    plant(installation)
    key_file(installation.data).unlink()
    shutil.rmtree(installation.data / "files")
    with pytest.raises(KeysError, match="introuvable"):
        load_keys(installation.data, installation.url, {})


def test_another_signing_secret_is_refused(installation: Installation) -> None:
    keys = {"GUICHET_SECRET_KEY": "a" * 40, "GUICHET_DATA_KEYS": new_key()}
    ring = KeyRing.load(keys, installation.data, holds_data=False)
    open_store(installation.data, installation.url, ring).close()
    other = KeyRing.load({**keys, "GUICHET_SECRET_KEY": "b" * 40}, installation.data, holds_data=True)
    with pytest.raises(KeysError, match="ne sont pas celles"):
        open_store(installation.data, installation.url, other)


def test_erasing_leaves_nothing_to_open(anywhere: Installation) -> None:
    installation = anywhere
    draft_id, token, code = plant(installation)
    store = installation.open()
    other, other_token, _ = start(store, name="stays")
    with store.database.read() as connection:
        wrapped = connection.scalar(select(drafts.c.wrapped_key).where(drafts.c.id == draft_id))
    assert wrapped is not None
    file = store.files.of_draft(draft_id)[0]
    store.drafts.erase(draft_id)
    store.drafts.erase(draft_id)
    assert store.drafts.authorise(draft_id, token) is None
    assert store.drafts.grant_access(draft_id) is None
    assert store.drafts.find_by_code(code) is None
    assert store.submissions.of_draft(draft_id) is None
    assert store.drafts.history(draft_id) == []
    with pytest.raises(FileNotFoundError):
        store.files.read(file)
    held = installation.bytes_on_disk()
    assert bytes(wrapped) not in held
    assert draft_id.encode() not in held
    with store.database.read() as connection:
        for table in metadata.sorted_tables:
            if "draft_id" in table.c:
                left = select(func.count()).select_from(table).where(table.c.draft_id == draft_id)
                assert connection.scalar(left) == 0
    assert store.drafts.authorise(other.id, other_token) is not None


def test_a_master_key_is_replaced_without_touching_answers(installation: Installation, clock: Clock) -> None:
    old, new = new_key(), new_key()

    def ring(keys: str) -> KeyRing:
        given = {"GUICHET_SECRET_KEY": "s" * 40, "GUICHET_DATA_KEYS": keys}
        return KeyRing.load(given, installation.data, holds_data=True)

    first = open_store(installation.data, installation.url, ring(old), clock)
    record, token, _ = start(first, name="Aminata")
    first.close()
    with pytest.raises(KeysError):
        open_store(installation.data, installation.url, ring(new))
    both = open_store(installation.data, installation.url, ring(f"{new},{old}"), clock)
    assert both.rotate_keys() == 1
    assert both.rotate_keys() == 0
    both.close()
    after = open_store(installation.data, installation.url, ring(new), clock)
    assert after.drafts.authorise(record.id, token) == record
    after.close()
    with pytest.raises(Tampered):
        ring(old).unwrap(ring(new).wrap(after.drafts._rows.vault.new("d")[0], "d"), "d")
