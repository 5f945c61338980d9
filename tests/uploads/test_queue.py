"""The queue: nothing of it is lost or done twice, whoever dies over it; and what was frozen stays as it was."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.paper import look
from app.store import Store
from app.store.files import FileRecord
from app.web import queue
from tests.browser.server import LiveServer
from tests.store.s3 import S3Server, settings_of
from tests.uploads import making
from tests.uploads.places import anywhere, kept
from tests.web.installation import Installation
from tests.web.routes import finish, upload
from tests.web.trial import PDF, PLAIN, Draft, draft, install_trial, site_of


@pytest.fixture(params=["folder", "s3"])
def trial(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    """Files in the local folder, and in an S3 store over HTTP."""
    return anywhere(request, tmp_path)


def store_of(trial: Installation) -> Store:
    return site_of(trial).store


def files(at: Draft) -> list[FileRecord]:
    return store_of(at.installation).files.of_draft(at.id)


def on_disk(trial: Installation) -> list[str]:
    return kept(trial)


def given(trial: Installation, content: bytes, name: str) -> Draft:
    at = draft(trial, PLAIN)
    assert upload(at, "home", (content, name)).status_code == 303
    return at


def test_a_photograph_is_changed_by_a_process_of_its_own(trial: Installation) -> None:
    at = given(trial, making.heic(), "IMG_1.HEIC")
    assert queue.work_off(store_of(trial), trial.settings) == 1
    (file,) = files(at)
    kept = b"".join(store_of(trial).files.read(file))
    assert (file.name, file.media_type, file.state) == ("IMG_1.jpg", "image/jpeg", "ready")
    assert (file.size, file.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    assert Image.open(io.BytesIO(kept)).format == "JPEG"
    assert len(on_disk(trial)) == 2, "the new file and its small picture; what came in is gone"
    store_of(trial).files.remove(at.id, file.id)
    assert on_disk(trial) == []


def test_what_is_refused_is_not_kept(trial: Installation) -> None:
    at = given(trial, making.locked("secret"), "code.pdf")
    queue.work_off(store_of(trial), trial.settings)
    assert [(file.state, file.problem) for file in files(at)] == [("refused", "locked")]
    assert on_disk(trial) == []


def test_a_refused_file_takes_no_place_and_can_be_taken_off_the_page(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    upload(at, "passport", (making.locked("a"), "a.pdf"), (PDF, "b.pdf"))
    queue.work_off(store_of(trial), trial.settings)
    assert upload(at, "passport", (PDF, "c.pdf")).status_code == 303
    refused = next(file for file in files(at) if file.state == "refused")
    at.client.post(at.url(f"file/{refused.id}/remove"), data={"csrf_token": at.csrf})
    assert [file.name for file in files(at)] == ["b.pdf", "c.pdf"]


@pytest.mark.parametrize(
    ("program", "timeout"),
    [("import sys; sys.exit(1)", 30), ("import time; time.sleep(30)", 0.5)],
    ids=["dies", "hangs"],
)
def test_a_file_that_ends_or_stops_its_process_is_refused(
    monkeypatch: pytest.MonkeyPatch, program: str, timeout: float
) -> None:
    monkeypatch.setattr(look, "COMMAND", [sys.executable, "-c", program])
    begun = time.monotonic()
    with look.looked_at([bytes(50_000)] * 40, 2_000_000, ("pdf",), timeout) as found:
        assert found.problem == "too_complex"
    assert time.monotonic() - begun < 10


def test_a_job_whose_worker_died_is_done_by_the_next(trial: Installation) -> None:
    at = given(trial, PDF, "a.pdf")
    store = store_of(trial)
    assert store.jobs.claim() is not None
    assert store.jobs.claim() is None, "lent to the one that died"
    trial.clock.forward(minutes=6)
    assert queue.work_off(store, trial.settings) == 1
    assert [file.state for file in files(at)] == ["ready"]
    assert store.jobs.waiting() == 0


def test_a_file_removed_while_it_is_worked_on_stays_removed(trial: Installation) -> None:
    at = given(trial, making.heic(), "a.heic")
    store = store_of(trial)
    job = store.jobs.claim()
    assert job is not None
    store.files.remove(at.id, job.file.id)
    queue.work_on(store, trial.settings, job)
    store.jobs.settle(job, job.file, [b"late"], b"small")
    assert files(at) == []
    assert on_disk(trial) == []


def test_what_the_last_act_froze_is_not_altered(trial: Installation) -> None:
    at = given(trial, making.heic(), "a.heic")
    before = files(at)[0]
    finish(at)
    queue.work_off(store_of(trial), trial.settings)
    (after,) = files(at)
    assert (after.state, after.sha256, after.name) == ("ready", before.sha256, "a.heic")
    assert len(on_disk(trial)) == 1
    assert at.client.get(at.url("receipt")).status_code == 200
    assert at.client.get(at.url("dossier.zip")).status_code == 200


def test_a_failure_that_is_not_the_file_s_is_tried_again(trial: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    at = given(trial, PDF, "a.pdf")

    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as broken:
        broken.setattr(queue, "looked_at", full)
        assert queue.work_off(store_of(trial), trial.settings) == 1
    assert [file.state for file in files(at)] == ["waiting"]
    trial.clock.now += timedelta(seconds=2)
    assert queue.work_off(store_of(trial), trial.settings) == 1
    assert [file.state for file in files(at)] == ["ready"]


def test_order_and_replacement(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    upload(at, "passport", (PDF, "un.pdf"), (PDF, "deux.pdf"))
    upload(at, "home", (PDF, "trois.pdf"))
    first, second, _ = files(at)
    form = {"csrf_token": at.csrf}
    moved = at.client.post(at.url(f"file/{second.id}/move/up"), data=form)
    assert moved.location.endswith("#passport")
    assert [file.name for file in files(at)] == ["deux.pdf", "un.pdf", "trois.pdf"]
    for beyond in (second.id, "nothing"):
        at.client.post(at.url(f"file/{beyond}/move/up"), data=form)
    assert [file.name for file in files(at)] == ["deux.pdf", "un.pdf", "trois.pdf"]
    page = at.client.get(at.url(f"documents?replace={second.id}")).get_data(as_text=True)
    assert "qui remplace « <bdi>deux.pdf</bdi> »".replace(" ", "\u00a0") in page.replace(" ", "\u00a0")
    assert f'name="replaces" value="{second.id}"' in page
    upload(at, "passport", (PDF, "neuf.pdf"), replaces=second.id)
    assert [file.name for file in files(at)] == ["neuf.pdf", "un.pdf", "trois.pdf"]
    assert first.id in {file.id for file in files(at)}


def test_the_command_does_what_waits(trial: Installation) -> None:
    at = given(trial, PDF, "a.pdf")
    data = str(trial.settings.data)
    given_here = {name: value for name, value in trial.settings.environment.items() if "STORAGE" in name and value}
    # The clock of these tests stands before the real one: everything is due.
    done = subprocess.run(
        [sys.executable, "-m", "app", "work", "--once", "--data", data],
        capture_output=True,
        check=False,
        env={**os.environ, **given_here},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [file.state for file in files(at)] == ["ready"]
    wrong = subprocess.run(
        [sys.executable, "-m", "app", "work", "--once", "--data", data],
        capture_output=True,
        check=False,
        env={"GUICHET_CLAMD": "nowhere"},
    )
    assert wrong.returncode == 2
    assert "GUICHET_CLAMD" in wrong.stderr.decode()


def test_the_service_has_its_queue_worked_on_and_starts_it_anew(tmp_path: Path, s3: S3Server) -> None:
    """The shipped service, with its files in an S3 store: its settings reach each of its processes."""
    place = settings_of(s3.bucket())
    trial = install_trial(tmp_path / "a", environment=place)
    server = LiveServer(tmp_path / "a", procedures=trial.settings.procedures).start(place)
    try:
        for _ in range(2):
            at = given(trial, making.jpeg(), "photo.jpg")
            assert _ready(at), server.said()
            os.kill(_child(server.pid), signal.SIGKILL)
    finally:
        server.stop()


def _ready(at: Draft) -> bool:
    limit = time.monotonic() + 30
    while time.monotonic() < limit:
        if [file.state for file in files(at)] == ["ready"]:
            return True
        time.sleep(0.1)
    return False


def _child(parent: int) -> int:
    """The process that works on the queue of this service."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes().split(b"\0")
            above = int((path / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if above == parent and b"work" in words:
            return int(path.name)
    raise AssertionError("no process works on the queue")
