"""The scan for viruses: asked in clamd's own words, told to the person, never in the way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.files import FileRecord
from app.web import clamd, queue
from app.web.settings import Settings, SettingsError
from tests.browser.server import free_port
from tests.uploads.test_corpus import told
from tests.web.installation import Installation
from tests.web.routes import upload
from tests.web.trial import PDF, PLAIN, Draft, draft, install_trial, site_of

VIRUS = PDF.replace(b"%%EOF", b"% EICAR-STANDARD-ANTIVIRUS-TEST-FILE\n%%EOF")


class Clamd:
    """A server that speaks clamd's protocol (clamd(8)): `zINSTREAM`, then chunks with their length, then a zero."""

    def __init__(self, line: socket.socket, *, most: int = 25_000_000) -> None:
        self.most = most
        self.seen: list[bytes] = []
        self._line = line
        line.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._line.accept()
            except OSError:
                return
            with peer, peer.makefile("rwb") as stream:
                peer.sendall(self._answer(stream) + b"\0")

    def _answer(self, stream: object) -> bytes:
        read = stream.read  # type: ignore[attr-defined]
        assert read(10) == b"zINSTREAM\0"
        held = b""
        while length := int.from_bytes(read(4), "big"):
            held += read(length)
        self.seen.append(held)
        if len(held) > self.most:
            return b"INSTREAM size limit exceeded. ERROR"
        return b"stream: Eicar-Test-Signature FOUND" if b"EICAR-STANDARD" in held else b"stream: OK"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[socket.socket]:
    made = socket.socket(socket.AF_UNIX)
    made.bind(str(tmp_path / "clamd.ctl"))
    yield made
    made.close()


@pytest.fixture
def trial(tmp_path: Path) -> Installation:
    return install_trial(tmp_path, environment={"GUICHET_CLAMD": str(tmp_path / "clamd.ctl")})


def work(trial: Installation) -> int:
    return queue.work_off(site_of(trial).store, trial.settings)


def files(at: Draft) -> list[FileRecord]:
    return site_of(at.installation).store.files.of_draft(at.id)


def test_a_virus_is_refused_erased_and_explained(trial: Installation, line: socket.socket) -> None:
    scanner = Clamd(line)
    at = draft(trial, PLAIN)
    upload(at, "passport", (VIRUS, "virus.pdf"), (PDF, "bon.pdf"))
    assert work(trial) == 2
    assert [(file.state, file.problem) for file in files(at)] == [("refused", "infected"), ("ready", None)]
    page = told(at.client.get(at.url("documents")))
    assert "« virus.pdf » contient un virus" in page
    assert "Prenez le papier en photo avec un téléphone" in page
    assert sorted(scanner.seen, key=len) == [PDF, VIRUS]
    held = [path for path in (trial.settings.data / "files").rglob("*") if path.is_file()]
    assert len(held) == 1, "nothing of the virus is kept"


def test_while_clamd_is_away_files_wait_and_nobody_is_held_up(trial: Installation, line: socket.socket) -> None:
    at = draft(trial, PLAIN)
    upload(at, "passport", (PDF, "bon.pdf"))
    work(trial)
    assert [file.state for file in files(at)] == ["waiting"]
    assert "Reçu, vérification en cours." in told(at.client.get(at.url("documents")))
    assert "vérification en cours" in told(at.client.get(at.url("check")))
    trial.clock.forward(minutes=2)
    work(trial)
    assert "prend plus de temps que prévu" in told(at.client.get(at.url("documents")))
    Clamd(line)
    trial.clock.forward(minutes=2)
    work(trial)
    assert [file.state for file in files(at)] == ["ready"]


def test_a_file_that_clamd_does_not_take_waits(trial: Installation, line: socket.socket) -> None:
    Clamd(line, most=100)
    at = draft(trial, PLAIN)
    upload(at, "passport", (PDF, "bon.pdf"))
    work(trial)
    assert [file.state for file in files(at)] == ["waiting"]


def test_clamd_may_stand_on_another_port() -> None:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        Clamd(line)
        address = f"127.0.0.1:{line.getsockname()[1]}"
        assert clamd.infected(address, [VIRUS[:50], VIRUS[50:]])
        assert not clamd.infected(address, [PDF])
    with pytest.raises(clamd.ScanError, match="does not answer"):
        clamd.infected(f"127.0.0.1:{free_port()}", [PDF])


def test_a_wrong_address_is_refused_at_start() -> None:
    for wrong in ("clamd", "clamd:port", ":3310"):
        with pytest.raises(SettingsError, match="GUICHET_CLAMD"):
            Settings.read({"GUICHET_CLAMD": wrong})
