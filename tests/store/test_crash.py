"""A process is killed in the middle of its writes, again and again: what it had acknowledged is there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import astuple
from datetime import UTC, datetime

from app.store import Store
from tests.store.conftest import Clock, Installation
from tests.store.s3 import SMALL
from tests.store.test_drafts import start

KILLS = int(os.environ.get("GUICHET_TEST_KILLS", "20"))

WRITER = """
import io, sys
from pathlib import Path
from app.store import load_keys, open_store
data, url, draft, first = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3], int(sys.argv[4])
blobs = None
if len(sys.argv) > 5:
    from app.store.s3 import Bucket, S3Blobs
    blobs = S3Blobs(Bucket(*sys.argv[6:]), part=int(sys.argv[5]))
store = open_store(data, url, load_keys(data, url, {}), blobs=blobs)
print("ready", flush=True)
for number in range(first, first + 10**6):
    store.drafts.update(draft, lambda r: {**r.data, "answers": {**r.data["answers"], f"n{number}": "x" * 200}})
    print("answer", f"n{number}", flush=True)
    if number % 3 == 0:
        content = bytes([number % 256]) * 150_000
        kept = store.files.add(draft, document="d", name=str(number), media_type="m", stream=io.BytesIO(content))
        print("file", kept.id, flush=True)
"""


def write_and_kill(installation: Installation, draft_id: str, first: int, moments: random.Random) -> list[list[str]]:
    """Start a writer and kill it at a random moment; the lines it had printed: what it had acknowledged."""
    command = [sys.executable, "-c", WRITER, str(installation.data), installation.url or "", draft_id, str(first)]
    if installation.bucket:
        command += [str(SMALL), *astuple(installation.bucket)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0, 0.08))
        writer.send_signal(signal.SIGKILL)
        # A line that the kill cut in two was not acknowledged.
        lines = [line.split() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    assert writer.returncode == -signal.SIGKILL
    return lines


def acknowledged_is_there(store: Store, draft_id: str, lines: list[list[str]]) -> None:
    record = store.drafts.load(draft_id)
    assert record is not None
    assert {name for kind, name in lines if kind == "answer"} <= set(record.data["answers"])
    listed = {file.id: file for file in store.files.of_draft(draft_id)}
    assert {name for kind, name in lines if kind == "file"} <= set(listed)
    for file in listed.values():
        assert b"".join(store.files.read(file)) == bytes([int(file.name) % 256]) * 150_000


def test_twenty_kills_lose_no_acknowledged_answer_or_file(anywhere: Installation, clock: Clock) -> None:
    installation = anywhere
    clock.now = datetime.now(UTC)
    store = installation.open()
    record, _, _ = start(store)
    seed = random.randrange(10**9)
    moments = random.Random(seed)
    lines: list[list[str]] = []
    # A store elsewhere makes each kill slower, and dies no other way.
    for kill in range(KILLS if installation.bucket is None else KILLS // 4):
        lines += write_and_kill(installation, record.id, kill * 1000, moments)
        acknowledged_is_there(store, record.id, lines)
    assert len(lines) > KILLS // 4, f"the writers were killed before they wrote anything (seed {seed})"
    if store.database.embedded:
        with store.database.read() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    store.files.purge_orphans(datetime(2100, 1, 1, tzinfo=UTC))
    assert set(installation.kept()) == {file.id for file in store.files.of_draft(record.id)}
