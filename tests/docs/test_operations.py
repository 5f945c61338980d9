"""The page on operations, acted: back up while it runs, restore, lose the keys, replace the master key."""

from __future__ import annotations

import io
import os
import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from app.cli import main
from app.store.files import FileRecord
from app.store.keys import KeysError, key_file
from app.web.settings import Settings, SettingsError
from app.web.storage import open_storage
from tests.docs.lesson import fences
from tests.docs.pages import text
from tests.store.s3 import S3Server, settings_of
from tests.web.installation import Installation, install
from tests.web.person import Person

PAGE = text("docs/operations.md")


@pytest.fixture
def running(tmp_path: Path) -> Installation:
    return install(tmp_path / "running")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in [name for name in os.environ if name.startswith("GUICHET_")]:
        monkeypatch.delenv(setting)


def _begun(site: Installation) -> tuple[str, str]:
    """A draft with one answer: its id and its code."""
    person = Person(site.client()).start("dcem")
    draft = person.draft
    person.press(person.form(), "continue", request_kind="first", lives_in_france="yes")
    return draft, str(site.app.extensions["guichet"].store.drafts.load(draft).data["code"])


def _back_up(data: Path, to: Path) -> None:
    """As the page says: the database by SQLite's own backup, then the files."""
    to.mkdir(parents=True)
    with (
        closing(sqlite3.connect(data / "guichet.sqlite3")) as source,
        closing(sqlite3.connect(to / "guichet.sqlite3")) as target,
    ):
        source.backup(target)
    if (data / "files").exists():
        shutil.copytree(data / "files", to / "files")


def _answers(data: Path, draft: str) -> dict[str, str]:
    store = open_storage(Settings.read({"GUICHET_DATA": str(data)}))
    try:
        record = store.drafts.load(draft)
        assert record is not None
        return dict(record.data["answers"])
    finally:
        store.close()


def test_a_backup_taken_while_it_runs_is_whole_and_opens_only_with_its_keys(
    running: Installation, tmp_path: Path
) -> None:
    draft, code = _begun(running)
    data = tmp_path / "restored" / "data"
    _back_up(running.settings.data, data)
    with pytest.raises(KeysError) as lost:
        _answers(data, draft)
    shown = [fence.text.strip() for fence in fences(PAGE) if fence.kind == "text"]
    assert re.sub(r"^\S*/", "", str(lost.value)) in shown
    shutil.copy(key_file(running.settings.data), key_file(data))
    key_file(data).chmod(0o644)
    with pytest.raises(KeysError, match="chmod 600"):
        _answers(data, draft)
    key_file(data).chmod(0o600)
    assert _answers(data, draft)["request_kind"] == "first"
    person = Person(install(data.parent).client()).open("/fr/resume")
    person.press(person.form(holds="code"), code=code)
    person.press(person.form(holds="proof"))
    assert person.draft == draft


def test_others_keys_are_refused(running: Installation, tmp_path: Path) -> None:
    draft, _ = _begun(running)
    other = install(tmp_path / "other")
    data = tmp_path / "mixed" / "data"
    _back_up(running.settings.data, data)
    shutil.copy(key_file(other.settings.data), key_file(data))
    with pytest.raises(KeysError):
        _answers(data, draft)


def test_the_master_key_is_replaced_and_old_backups_need_the_old_one(
    running: Installation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, _ = _begun(running)
    data, keys = running.settings.data, key_file(running.settings.data)
    backup = tmp_path / "backup" / "data"
    _back_up(data, backup)
    old = keys.read_text(encoding="utf-8")
    assert main(["data", "new-key"]) == 0
    new = capsys.readouterr().out.strip()
    both = old.replace("GUICHET_DATA_KEYS=", f"GUICHET_DATA_KEYS={new},")
    keys.write_text(both, encoding="utf-8")
    assert main(["data", "rotate-keys", "--data", str(data)]) == 0
    keys.write_text(re.sub(r"(GUICHET_DATA_KEYS=[^,\n]+),.*", r"\1", both), encoding="utf-8")
    assert _answers(data, draft)["request_kind"] == "first"
    shutil.copy(keys, key_file(backup))
    with pytest.raises(KeysError):
        _answers(backup, draft)
    key_file(backup).write_text(old, encoding="utf-8")
    assert _answers(backup, draft)["request_kind"] == "first"


def test_files_move_to_a_bucket_and_back(
    running: Installation,
    tmp_path: Path,
    s3: S3Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data, files = running.settings.data, running.settings.data / "files"
    store = running.app.extensions["guichet"].store
    draft, _ = _begun(running)
    kept = store.files.add(
        draft, document="deed", name="acte.pdf", media_type="application/pdf", stream=io.BytesIO(b"x" * 200_000)
    )
    assert main(["data", "files-to-bucket", "--data", str(data)]) == 2
    assert "GUICHET_STORAGE_URL est vide" in capsys.readouterr().err
    place = settings_of(s3.bucket())
    for setting, value in place.items():
        monkeypatch.setenv(setting, value)
    for said in ("1 fichier(s) copiés et relus, 0 déjà là.", "0 fichier(s) copiés et relus, 1 déjà là."):
        assert main(["data", "files-to-bucket", "--data", str(data)]) == 0
        told = capsys.readouterr().out
        assert said in told
        assert "Démarrez le service avec les réglages GUICHET_STORAGE_" in told
    shutil.rmtree(files)
    assert _content(data, kept, place) == b"x" * 200_000
    assert main(["data", "files-to-folder", "--data", str(data)]) == 0
    assert "Démarrez le service sans GUICHET_STORAGE_URL" in capsys.readouterr().out
    assert _content(data, kept, {}) == b"x" * 200_000
    (damaged,) = (path for path in files.rglob("*") if path.is_file())
    damaged.write_bytes(b"y" + damaged.read_bytes()[1:])
    assert main(["data", "files-to-bucket", "--data", str(data)]) == 1
    said = capsys.readouterr()
    assert damaged.name in said.err
    assert "Rien n'y a été changé" in said.err
    assert "Démarrez" not in said.out
    assert _content(data, kept, place) == b"x" * 200_000


def _content(data: Path, file: FileRecord, place: Mapping[str, str]) -> bytes:
    """A file as a service with these settings reads it."""
    store = open_storage(Settings.read({"GUICHET_DATA": str(data), **place}))
    try:
        return b"".join(store.files.read(file))
    finally:
        store.close()


def test_wrong_and_unknown_settings_are_all_named() -> None:
    with pytest.raises(SettingsError) as wrong:
        Settings.read({"GUICHET_MODE": "x", "GUICHET_WORKER": "2", "GUICHET_PORT": "web"})
    assert [name in str(wrong.value) for name in ("GUICHET_MODE", "GUICHET_WORKER", "GUICHET_PORT")] == [True] * 3


def test_limits_said_are_those_of_the_settings() -> None:
    """The page gives the least and the most of each number."""
    for setting, least, most in re.findall(r"^\| `(\w+)` .*, (\d+) to (\d+)", PAGE, re.MULTILINE):
        for value, fits in ((least, True), (most, True), (str(int(most) + 1), False), (str(int(least) - 1), False)):
            try:
                Settings.read({setting: value})
                accepted = True
            except SettingsError:
                accepted = False
            assert accepted is fits, (setting, value)
