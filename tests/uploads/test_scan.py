"""The scan for viruses, by a real clamd: told to the person, never in the way."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.store.files import FileRecord
from app.web import clamd, queue
from app.web.settings import Settings, SettingsError
from tests.browser.server import LiveServer, free_port
from tests.uploads.making import locked
from tests.uploads.scanner import MOST, VIRUS, Clamd
from tests.uploads.test_corpus import told
from tests.web.installation import Installation
from tests.web.routes import finish, upload
from tests.web.trial import PDF, PLAIN, Draft, draft, install_trial, site_of

LARGE = PDF.replace(b"%%EOF", b"% " + b"x" * MOST + b"\n%%EOF")


@pytest.fixture
def scanner(tmp_path: Path) -> Iterator[Clamd]:
    """Not started yet."""
    made = Clamd(tmp_path / "clamd")
    yield made
    made.stop()


@pytest.fixture
def trial(tmp_path: Path, scanner: Clamd) -> Installation:
    return install_trial(tmp_path, environment={"GUICHET_CLAMD": str(scanner.socket)})


def work(trial: Installation) -> int:
    return queue.work_off(site_of(trial).store, trial.settings)


def files(at: Draft) -> list[FileRecord]:
    return site_of(at.installation).store.files.of_draft(at.id)


def states(at: Draft) -> list[tuple[str, str, str | None]]:
    return [(file.name, file.state, file.problem) for file in files(at)]


def test_a_virus_is_refused_erased_and_explained(trial: Installation, scanner: Clamd) -> None:
    scanner.start()
    at = draft(trial, PLAIN)
    upload(at, "passport", (VIRUS, "virus.pdf"), (PDF, "bon.pdf"))
    assert work(trial) == 2
    assert states(at) == [("virus.pdf", "refused", "infected"), ("bon.pdf", "ready", None)]
    page = told(at.client.get(at.url("documents")))
    assert "« virus.pdf » contient un virus" in page
    assert "Prenez le papier en photo avec un téléphone" in page
    held = [path for path in (trial.settings.data / "files").rglob("*") if path.is_file()]
    assert len(held) == 1, "nothing of the virus is kept"


def test_while_clamd_is_away_files_wait_and_nobody_is_held_up(trial: Installation, scanner: Clamd) -> None:
    at = draft(trial, PLAIN)
    upload(at, "passport", (PDF, "bon.pdf"))
    work(trial)
    assert [file.state for file in files(at)] == ["waiting"]
    assert "Reçu, vérification en cours." in told(at.client.get(at.url("documents")))
    assert "vérification en cours" in told(at.client.get(at.url("check")))
    trial.clock.forward(minutes=2)
    work(trial)
    assert "prend plus de temps que prévu" in told(at.client.get(at.url("documents")))
    scanner.start()
    trial.clock.forward(minutes=2)
    work(trial)
    assert [file.state for file in files(at)] == ["ready"]


def test_who_went_on_meanwhile_is_told_when_answers_are_checked(trial: Installation, scanner: Clamd) -> None:
    at = draft(trial, PLAIN)
    upload(at, "passport", (VIRUS, "virus.pdf"), (PDF, "bon.pdf"))
    upload(at, "home", (VIRUS, "maison.pdf"))
    scanner.start()
    work(trial)
    page = told(at.client.get(at.url("check")))
    assert "« virus.pdf » contient un virus" in page
    assert "« maison.pdf » contient un virus" in page


def test_the_receipt_says_what_was_found_after_sending(tmp_path: Path, scanner: Clamd) -> None:
    mode = {"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Préfecture d'essai"}
    trial = install_trial(tmp_path, environment={"GUICHET_CLAMD": str(scanner.socket), **mode})
    at = draft(trial, PLAIN)
    upload(at, "passport", (VIRUS, "virus.pdf"))
    upload(at, "home", (locked("a"), "code.pdf"), (PDF, "bon.pdf"))
    finish(at)
    assert told(at.client.get(at.url("receipt"))).count("Reçu, vérification en cours.") == 3
    scanner.start()
    work(trial)
    page = told(at.client.get(at.url("receipt")))
    assert "vérification en cours" not in page
    assert page.count("Ce fichier contient un virus : l'administration ne l'ouvrira pas.") == 1
    assert page.count("Ce fichier ne s'ouvre pas bien.") == 1
    assert page.count("Votre demande reste envoyée.") == 2


def test_a_file_larger_than_clamd_takes_waits_and_the_operator_is_told_why(
    trial: Installation, scanner: Clamd, caplog: pytest.LogCaptureFixture
) -> None:
    scanner.start()
    at = draft(trial, PLAIN)
    upload(at, "passport", (LARGE, "grand.pdf"), (PDF, "bon.pdf"))
    with caplog.at_level(logging.WARNING, "guichet.queue"):
        work(trial)
    assert [state for _, state, _ in states(at)] == ["waiting", "ready"]
    (line,) = caplog.messages
    assert "StreamMaxLength is below GUICHET_MAX_UPLOAD_MB" in line


def test_a_scanner_that_takes_too_little_is_told_before_anybody_sends_a_file(
    trial: Installation, scanner: Clamd, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "guichet.queue"):
        queue.try_scanner(trial.settings)
        assert "does not answer" in caplog.messages[-1]
        scanner.start()
        queue.try_scanner(trial.settings)
        assert "StreamMaxLength is below GUICHET_MAX_UPLOAD_MB" in caplog.messages[-1]
        queue.try_scanner(replace(trial.settings, max_upload=MOST))
        queue.try_scanner(install_trial(tmp_path / "without").settings)
    assert len(caplog.messages) == 2


def test_what_could_not_be_looked_through_is_no_virus(tmp_path: Path) -> None:
    """`AlertExceedsMax` and `AlertEncryptedDoc` make clamd find fault with a file that has none of its signatures."""
    strict = Clamd(tmp_path, "AlertExceedsMax yes", "MaxFileSize 200K", "AlertEncryptedDoc yes").start()
    try:
        address = str(strict.socket)
        assert clamd.problem_in(address, [LARGE]) == "too_complex"
        assert clamd.problem_in(address, [locked("secret")]) == "locked"
        assert clamd.problem_in(address, [PDF]) is None
        assert clamd.problem_in(address, [VIRUS]) == "infected"
    finally:
        strict.stop()


def test_clamd_may_stand_on_another_port(scanner: Clamd) -> None:
    address = f"127.0.0.1:{scanner.start().port}"
    assert clamd.problem_in(address, [VIRUS[:50], VIRUS[50:]]) == "infected"
    assert clamd.problem_in(address, [PDF]) is None
    with pytest.raises(clamd.ScanError, match="StreamMaxLength"):
        clamd.problem_in(address, [LARGE[:60_000]] * 20)
    with pytest.raises(clamd.ScanError, match="does not answer"):
        clamd.problem_in(f"127.0.0.1:{free_port()}", [PDF])


def test_a_clamd_that_ends_in_the_middle_has_said_nothing(scanner: Clamd) -> None:
    def pieces() -> Iterator[bytes]:
        yield VIRUS[:50]
        scanner.stop()
        yield VIRUS[50:]

    scanner.start()
    with pytest.raises(clamd.ScanError, match="does not answer"):
        clamd.problem_in(str(scanner.socket), pieces())


def test_a_reply_that_is_cut_is_none(tmp_path: Path) -> None:
    address = tmp_path / "line"
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(address))
        line.listen()

        def hang_up() -> None:
            peer, _ = line.accept()
            with peer:
                peer.recv(1000)
                peer.sendall(b"stream: O")

        threading.Thread(target=hang_up, daemon=True).start()
        with pytest.raises(clamd.ScanError, match=r"clamd answered: stream: O$"):
            clamd.problem_in(str(address), [b"x"])


def test_the_service_scans_and_goes_on_when_clamd_is_back(tmp_path: Path, scanner: Clamd) -> None:
    """The shipped service, while clamd is there, while it is away, and when it is back."""
    setting = {"GUICHET_CLAMD": str(scanner.start().socket)}
    trial = install_trial(tmp_path, environment=setting)
    server = LiveServer(tmp_path, procedures=trial.settings.procedures, environment=setting).start()
    try:
        at = draft(trial, PLAIN)
        upload(at, "home", (PDF, "bon.pdf"))
        assert _settled(at), server.said()
        scanner.stop()
        upload(at, "passport", (VIRUS, "virus.pdf"), (PDF, "suite.pdf"))
        _until_said(server, "a file has to wait: clamd does not answer")
        assert [state for _, state, _ in states(at)] == ["ready", "waiting", "waiting"]
        scanner.start()
        assert _settled(at), server.said()
        assert [state for _, state, _ in states(at)] == ["ready", "refused", "ready"]
        assert "virus.pdf" not in server.said()
    finally:
        server.stop()


def _settled(at: Draft) -> bool:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        if not any(file.state == "waiting" for file in files(at)):
            return True
        time.sleep(0.1)
    return False


def _until_said(server: LiveServer, words: str) -> None:
    limit = time.monotonic() + 30
    while words not in server.said():
        assert time.monotonic() < limit, server.said()
        time.sleep(0.1)


def test_a_wrong_address_is_refused_at_start() -> None:
    for wrong in ("clamd", "clamd:port", ":3310"):
        with pytest.raises(SettingsError, match="GUICHET_CLAMD"):
            Settings.read({"GUICHET_CLAMD": wrong})
