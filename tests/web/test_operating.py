"""What an operator has: figures on loopback, a purge, new keys."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.cli import main
from app.spec.folders import procedure_folders
from app.store.keys import key_file
from app.web.settings import Settings, SettingsError
from app.web.storage import open_storage
from app.web.upkeep import keep_up
from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.routes import finish
from tests.web.trial import PLAIN, draft, install_trial


def test_figures_count_drafts_and_say_nothing_of_people(site: Installation) -> None:
    Person(site.client()).start("dcem")
    reply = site.client().get("/metrics")
    text = reply.get_data(as_text=True)
    assert reply.status_code == 200
    assert 'guichet_drafts{procedure="dcem",state="open"} 1' in text
    assert f"guichet_procedures {len(procedure_folders(site.settings.procedures))}" in text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via"])
def test_figures_are_not_for_the_world(site: Installation, header: str) -> None:
    assert site.client().get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.7"}).status_code == 404
    assert site.client().get("/metrics", headers={header: "for=203.0.113.7"}).status_code == 404


def _old_draft(site: Installation) -> str:
    """A draft that nobody touched for a year of the real clock, which is the one that commands have."""
    site.clock.now = datetime.now(UTC) - timedelta(days=365)
    return Person(site.client()).start("dcem").draft


def test_the_command_purges_drafts_whose_life_has_ended(
    site: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = _old_draft(site)
    monkeypatch.setenv("GUICHET_DATA", str(site.settings.data))
    assert main(["data", "purge"]) == 0
    assert "1 demande(s)" in capsys.readouterr().out
    site.clock.now = datetime.now(UTC) - timedelta(days=365)
    assert open_storage(site.settings, clock=site.clock).drafts.load(draft) is None


def test_the_service_purges_by_itself(site: Installation) -> None:
    draft = _old_draft(site)
    stopped = threading.Event()
    thread = keep_up(site.settings, stopped, every=0.01)
    store = open_storage(site.settings, clock=site.clock)
    for _ in range(500):
        if store.drafts.load(draft) is None:
            break
        stopped.wait(0.02)
    stopped.set()
    thread.join(timeout=10)
    assert store.drafts.load(draft) is None


def test_keys_are_changed_while_drafts_stay(
    site: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    person = Person(site.client()).start("dcem")
    assert main(["data", "new-key"]) == 0
    fresh = capsys.readouterr().out.strip()
    path = key_file(site.settings.data)
    lines = dict(line.split("=", 1) for line in path.read_text().splitlines() if not line.startswith("#"))
    old = lines["GUICHET_DATA_KEYS"]
    for keys in (f"{fresh},{old}", fresh):
        path.write_text(f"GUICHET_SECRET_KEY={lines['GUICHET_SECRET_KEY']}\nGUICHET_DATA_KEYS={keys}\n")
        monkeypatch.setenv("GUICHET_DATA", str(site.settings.data))
        assert main(["data", "rotate-keys"]) == 0
    assert "0 demande(s)" in capsys.readouterr().out
    site.restart()
    again = Person(site.client())
    again.client._cookies = person.client._cookies
    again.open(person.url)
    assert again.reply.status_code == 200
    assert again.key == person.key


def test_a_wrong_setting_is_said_and_nothing_is_touched(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUICHET_DRAFT_DAYS", "soon")
    assert main(["data", "purge"]) == 2
    assert "GUICHET_DRAFT_DAYS" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["demarches.example.org", "https://example.org/fr/", "ftp://example.org"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="GUICHET_ADDRESS"):
        Settings.read({"GUICHET_ADDRESS": address})


def test_a_wrong_folder_gets_no_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GUICHET_DATA", str(tmp_path / "elsewhere"))
    for action in ("purge", "rotate-keys"):
        assert main(["data", action]) == 2
        assert "ne contient pas de données" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_authority_erases_one_file_by_its_reference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    site = install_trial(tmp_path, environment={"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Essai"})
    sent = finish(draft(site, PLAIN))
    monkeypatch.setenv("GUICHET_DATA", str(site.settings.data))
    store = open_storage(site.settings)
    submission = store.submissions.of_draft(sent.id)
    assert submission is not None
    assert main(["data", "erase", "G-2026-0000-0000-0"]) == 1
    assert store.submissions.of_draft(sent.id) is not None
    assert main(["data", "erase"]) == 2
    assert main(["data", "erase", submission.reference.lower()]) == 0
    assert submission.reference in capsys.readouterr().out.upper()
    assert store.submissions.of_draft(sent.id) is None
    assert store.drafts.load(sent.id) is None
