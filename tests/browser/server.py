"""The real service in a process of its own, on loopback, with data of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.architecture.graph import ROOT

START_SECONDS = 60
OPERATOR = "Préfecture d'essai"


class LiveServer:
    """`python -m app serve`. Start, stop, kill and start again on the same data and port."""

    def __init__(
        self,
        folder: Path,
        *,
        procedures: Path = ROOT / "procedures",
        mode: str = "prepare",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """`environment`: settings of every start."""
        self.folder = folder
        self.environment = environment or {}
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = [
            sys.executable, "-m", "app", "serve", "--host", "127.0.0.1", "--port", str(self.port),
            "--data", str(self.data), "--procedures", str(procedures), "--mode", mode,
        ]  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, environment: Mapping[str, str] | None = None) -> LiveServer:
        """Start and wait until `/healthz` answers. Raises RuntimeError with the log if it does not."""
        self.folder.mkdir(parents=True, exist_ok=True)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
        with self.log.open("ab") as log:
            # A session of its own, so that a kill reaches the workers too and nothing else.
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env={**clean, "GUICHET_OPERATOR": OPERATOR, **self.environment, **(environment or {})},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        limit = time.monotonic() + START_SECONDS
        while time.monotonic() < limit and self._process.poll() is None:
            if self._answers():
                return self
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the server did not start:\n{self.said()}")

    def stop(self) -> None:
        """End it as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does: parent and workers at once."""
        self._end(signal.SIGKILL)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as reply:
                return bool(reply.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, how)
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(timeout=20)
        except ProcessLookupError:
            self._process.wait(timeout=20)
        self._process = None


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
