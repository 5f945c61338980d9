"""The daily purge happens outside the process that workers are forked from: they would inherit an open database."""

from __future__ import annotations

import http.client
import re
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path

import pytest

from app.web import upkeep
from tests.browser.server import LiveServer
from tests.web.trial import draft, install_trial, site_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_the_parent_of_the_workers_never_opens_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = install_trial(tmp_path)
    trial.clock.now = datetime.now(UTC) - timedelta(days=365)
    old = draft(trial)

    def refuse(*_given: object, **_named: object) -> None:
        raise AssertionError("opened in the parent")

    monkeypatch.setattr(upkeep, "open_storage", refuse)
    stopped = threading.Event()
    thread = upkeep.keep_up(trial.settings, stopped)
    for _ in range(600):
        if site_of(trial).store.drafts.load(old.id) is None:
            break
        stopped.wait(0.05)
    stopped.set()
    thread.join(timeout=10)
    assert site_of(trial).store.drafts.load(old.id) is None


def ask(port: int, method: str, url: str, cookie: str = "", body: str | None = None) -> tuple[int, Message, bytes]:
    """One request on a connection of its own: any worker may answer it."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as line:
        line.request(method, url, body, {"Cookie": cookie, **(FORM if body else {})})
        reply = line.getresponse()
        return reply.status, reply.headers, reply.read()


def test_every_worker_of_a_first_start_sees_a_new_draft(tmp_path: Path) -> None:
    server = LiveServer(tmp_path).start({"GUICHET_WORKERS": "2"})
    try:
        _, headers, page = ask(server.port, "GET", "/fr/dcem/")
        token = re.search(rb'name="csrf_token" value="([^"]+)"', page)
        assert token
        visit = headers["Set-Cookie"].partition(";")[0]
        _, begun, _ = ask(server.port, "POST", "/fr/dcem/", visit, f"csrf_token={token[1].decode()}")
        own = begun["Set-Cookie"].partition(";")[0]
        met = {ask(server.port, "GET", begun["Location"], own)[0] for _ in range(24)}
    finally:
        server.stop()
    assert met == {303}
