"""The processes of the real service: what a worker holds, and that another program may open its database."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import LiveServer

COMMANDS_ONLY = ("/_yaml", "/rpds", "/typst", "/pikepdf", "/PIL")
"""Compiled parts of libraries that only commands need: the compiler's, the paper's."""
DATABASE = re.compile(r".*/guichet\.sqlite3").fullmatch


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    running = LiveServer(tmp_path_factory.mktemp("workers")).start()
    try:
        yield running
    finally:
        running.stop()


def workers(server: LiveServer) -> list[int]:
    """The processes that have the database open."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
    return [child for child in map(int, children) if any(map(DATABASE, open_files(child)))]


def both(server: LiveServer) -> list[int]:
    """Its two workers. The first page may come from one while the other is still on its way."""
    for _ in range(200):
        if len(found := workers(server)) == 2:
            return found
        time.sleep(0.1)
    raise AssertionError(f"workers: {found}")


def open_files(process: int) -> list[str]:
    return [str(entry.readlink()) for entry in Path(f"/proc/{process}/fd").iterdir()]


def begin(server: LiveServer) -> str:
    """Start a draft; its id."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = browser.open(f"{server.url}/fr/dcem/").read().decode()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    sent = urllib.parse.urlencode({"csrf_token": token[1]}).encode()
    with browser.open(f"{server.url}/fr/dcem/", sent) as reply:
        return str(reply.url).split("/")[5]


def test_a_worker_holds_nothing_of_what_only_commands_need(server: LiveServer) -> None:
    for worker in both(server):
        mapped = Path(f"/proc/{worker}/maps").read_text(encoding="utf-8")
        assert not [name for name in COMMANDS_ONLY if name in mapped]


def test_another_program_may_open_and_close_the_database(server: LiveServer) -> None:
    """A backup does. Were a worker without its locks, the last to close would delete the log that it writes to."""
    known = set()
    for _ in range(3):
        known.add(begin(server))
        outside = sqlite3.connect(server.data / "guichet.sqlite3")
        stored = {row[0] for row in outside.execute("SELECT id FROM drafts")}
        outside.close()
        assert known <= stored
    for worker in workers(server):
        assert not [name for name in open_files(worker) if name.endswith("(deleted)")]


def test_workers_end_with_their_parent_however_it_ends(tmp_path: Path) -> None:
    """Else they keep the port, and serve an old version of the procedures beside the next start."""
    server = LiveServer(tmp_path).start()
    left = both(server)
    try:
        os.kill(server.pid, signal.SIGKILL)
        limit = time.monotonic() + 20
        while any(map(alive, left)) and time.monotonic() < limit:
            time.sleep(0.05)
        assert [worker for worker in left if alive(worker)] == []
    finally:
        server.kill()


def alive(process: int) -> bool:
    """Whether a process runs: one that has ended and was not yet asked for its result does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_the_service_says_that_it_is_open_when_it_is(server: LiveServer) -> None:
    limit = time.monotonic() + 10
    while "Guichet est ouvert" not in server.said() and time.monotonic() < limit:
        time.sleep(0.05)
    assert f"Guichet est ouvert : {server.url}/" in server.said()
    assert "WARNING" not in server.said(), "nothing in another language, about what was decided"
