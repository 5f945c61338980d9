"""Servers under measurement: each in a process group of its own, so that its CPU time can be read whole."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[1]
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server; `group` is its process group."""

    name: str
    port: int
    group: int

    def cpu_seconds(self) -> float:
        """User and system time of every process of the group, in nanosecond steps, ended threads included."""
        return sum(_cpu_seconds(process) for process in self.processes())

    def memory_mib(self) -> float:
        """Memory that only this server occupies (pages shared with others count in part)."""
        total = 0
        for process in self.processes():
            rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        return total / 1024

    def processes(self) -> list[int]:
        """Every process of the group."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if os.getpgid(int(entry.name)) == self.group:
                        found.append(int(entry.name))
                except ProcessLookupError:
                    continue
        return found


def _cpu_seconds(process: int) -> float:
    try:
        # The number of a process's CPU clock, as the C library makes it (clock_getcpuclockid, sched clock).
        return time.clock_gettime(~process << 3 | 2)
    except OSError:
        return 0.0


@contextmanager
def serving(
    name: str, command: Sequence[str], environment: Mapping[str, str], port: int, *, root: Path = ROOT
) -> Iterator[Server]:
    """Start `command` in the folder `root`, wait until the port answers, end the group at the end."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GUICHET_")}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=root, env={**clean, **environment}, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait(process, port, log)
            yield Server(name, port, process.pid)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=15)
    except ProcessLookupError:
        process.wait()
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def gunicorn(
    name: str, application: str, environment: Mapping[str, str] | None = None
) -> tuple[str, list[str], Mapping[str, str], int]:
    """Arguments of `serving` for one gunicorn sync worker."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--workers",
        "1",
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "warning",
    ]
    return name, [*command, application], environment or {}, port


def guichet(data: Path, workers: int = 1) -> tuple[str, list[str], Mapping[str, str], int]:
    """Arguments of `serving` for the service as it is shipped, with one worker like the baselines."""
    port = free_port()
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), "--data", str(data)]
    return "Guichet", command, {"GUICHET_WORKERS": str(workers)}, port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: BinaryIO) -> None:
    limit = time.monotonic() + START_SECONDS
    while time.monotonic() < limit and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log.seek(0)
    said = log.read().decode("utf-8", "replace")
    raise RuntimeError(f"the server did not start: {process.args!r}\n{said[-4000:]}")
