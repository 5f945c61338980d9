"""A clamd of the tests' own: ClamAV's real one, with one signature, that of `VIRUS`, and no network."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

from tests.browser.server import free_port
from tests.web.trial import PDF

MARK = b"GUICHET-TEST-VIRUS"
VIRUS = PDF.replace(b"%%EOF", b"% " + MARK + b"\n%%EOF")
START_SECONDS = 20
MOST = 300_000
"""Bytes of the largest file that it takes."""


class Clamd:
    """Listens on a socket in `folder` and on a port of the loopback address. `more` are lines of clamd.conf(5)."""

    def __init__(self, folder: Path, *more: str) -> None:
        signatures = folder / "signatures"
        signatures.mkdir(parents=True)
        # Its name, any type of file, at any offset, the bytes.
        (signatures / "test.ndb").write_text(f"Guichet.Test:0:*:{MARK.hex()}\n", encoding="ascii")
        self.socket = folder / "clamd.ctl"
        self.port = free_port()
        self._settings = folder / "clamd.conf"
        self._log = folder / "clamd.log"
        lines = (
            "Foreground yes",
            f"DatabaseDirectory {signatures}",
            f"LocalSocket {self.socket}",
            "TCPAddr 127.0.0.1",
            f"TCPSocket {self.port}",
            f"TemporaryDirectory {folder}",
            *(more or (f"StreamMaxLength {MOST}",)),
        )
        self._settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> Clamd:
        """Start it and wait until it listens. Raises RuntimeError with what it said if it does not."""
        # Debian keeps it where only administrators look for programs.
        program = shutil.which("clamd") or "/usr/sbin/clamd"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([program, "--config-file", self._settings], stdout=log, stderr=log)
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit and self._process.poll() is None:
            if self._listens():
                return self
            time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"clamd did not start:\n{self._log.read_text(encoding='utf-8', errors='replace')}")

    def stop(self) -> None:
        """End it as a power cut does; its socket stays behind."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _listens(self) -> bool:
        with socket.socket(socket.AF_UNIX) as local, socket.socket() as port:
            return local.connect_ex(str(self.socket)) == 0 and port.connect_ex(("127.0.0.1", self.port)) == 0
