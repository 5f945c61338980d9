"""The real server is killed at random points of a walk: what it had acknowledged is there, and a file is sent once."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.store import Store, load_keys, open_store
from app.store.s3 import Bucket, S3Blobs
from app.store.tables import held_blobs
from tests.browser.server import LiveServer
from tests.store.s3 import S3Server, settings_of
from tests.web.crashing import MORE, STEPS, Killer, Lost, Pace, Walker, observed, uploads
from tests.web.written import write

KILLS = [20, pytest.param(200, marks=pytest.mark.prove)]
UPLOADS = [
    ("folder", 5),
    pytest.param("folder", 100, marks=pytest.mark.prove),
    pytest.param("s3", 100, marks=pytest.mark.prove),
]


@pytest.fixture
def place() -> str:
    """Where files lie: `folder` or `s3`; a test may say otherwise."""
    return "folder"


@pytest.fixture
def bucket(request: pytest.FixtureRequest, place: str) -> Bucket | None:
    if place == "folder":
        return None
    running: S3Server = request.getfixturevalue("s3")
    return running.bucket()


@pytest.fixture
def server(tmp_path: Path, bucket: Bucket | None) -> Iterator[LiveServer]:
    write(tmp_path / "procedures", STEPS, MORE)
    elsewhere = settings_of(bucket) if bucket else None
    made = LiveServer(tmp_path, procedures=tmp_path / "procedures", mode="authority", environment=elsewhere)
    yield made
    made.kill()


@pytest.fixture
def store(server: LiveServer, bucket: Bucket | None) -> Iterator[Store]:
    """The same data, opened beside the server."""
    server.start()
    blobs = S3Blobs(bucket) if bucket else None
    made = open_store(server.data, None, load_keys(server.data, None, {}), blobs=blobs)
    yield made
    made.close()


def chance() -> tuple[int, random.Random]:
    """A seed of this run, printed when a test fails; `GUICHET_TEST_SEED` plays it again."""
    seed = int(os.environ.get("GUICHET_TEST_SEED") or random.randrange(10**9))
    print(f"GUICHET_TEST_SEED={seed}")
    return seed, random.Random(seed)


def walk_until_killed(walkers: list[Walker], killer: Killer, pace: Pace, begin: Callable[[], Walker]) -> None:
    """Go on with the last draft, then with further ones, until the server is gone."""
    while True:
        if walkers and walkers[-1].done:
            walkers[-1].line.close()
        if not walkers or walkers[-1].done:
            walkers.append(begin())
        walker = walkers[-1]
        name = walker.next_name
        killer.about_to(name, pace.of(name))
        try:
            pace.time(name, walker.step)
        except Lost:
            killer.wait()
            return


def settle(store: Store, walkers: list[Walker]) -> None:
    """Everything that any walker was told is there; the last one takes up what it was doing."""
    for walker in walkers:
        if walker.draft:
            walker.settle(observed(store, walker.draft))
            sent = store.submissions.of_draft(walker.draft)
            assert walker.reference in (None, sent and sent.reference)


@pytest.mark.parametrize("kills", KILLS)
def test_kills_lose_nothing_acknowledged_and_send_once(
    server: LiveServer, store: Store, kills: int, record_property: Callable[[str, object], None]
) -> None:
    seed, dice = chance()
    walkers: list[Walker] = []
    pace, struck = Pace(), Counter[str]()
    for number in range(kills):
        killer = Killer(server.kill, dice, dice.randrange(16))
        walk_until_killed(walkers, killer, pace, lambda: Walker(server.port, dice))
        struck[killer.struck.split()[0]] += 1
        # Every fourth time two processes share the database; one starts faster.
        server.start({"GUICHET_WORKERS": "2" if number % 4 == 0 else "1"})
        settle(store, walkers[-2:])
        if walkers[-1].draft == "":
            # The draft was never acknowledged: nobody has its cookie.
            walkers.pop()
    while not walkers[-1].done:
        walkers[-1].step()
    walkers[-1].line.close()
    settle(store, walkers)
    record_property("seed", seed)
    record_property("kills", kills)
    record_property("walks", len(walkers))
    record_property("struck during", ", ".join(f"{name} {times}" for name, times in sorted(struck.items())))
    assert sum(struck.values()) == kills
    with store.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        once = connection.exec_driver_sql("SELECT count(*), count(DISTINCT draft_id) FROM submissions").one()
    assert once[0] == once[1] == len(walkers)
    assert_only_listed_files(store, walkers)


@pytest.mark.parametrize(("place", "number"), UPLOADS)
def test_kills_during_uploads_lose_no_file_and_list_no_half(
    server: LiveServer, store: Store, number: int, record_property: Callable[[str, object], None]
) -> None:
    """Until `number` files were acknowledged, the server dies during one of the next uploads."""
    seed, dice = chance()
    walkers: list[Walker] = []
    pace, struck = Pace(), Counter[str]()
    while sum(len(walker.state.files) for walker in walkers) < number:
        if not walkers or walkers[-1].done or walkers[-1].next_name == "send":
            walkers.append(Walker(server.port, dice, uploads))
        left = walkers[-1].script[walkers[-1].place :]
        files = [place for place, (name, *_) in enumerate(left) if name.startswith(("upload", "pieces"))]
        killer = Killer(server.kill, dice, dice.choice(files[:3]))
        walk_until_killed(walkers, killer, pace, lambda: Walker(server.port, dice, uploads))
        struck[killer.struck.split()[0]] += 1
        server.start({})
        settle(store, walkers[-2:])
        if walkers[-1].draft == "":
            walkers.pop()
    for walker in walkers:
        while not walker.done:
            walker.step()
        walker.line.close()
    settle(store, walkers)
    record_property("seed", seed)
    record_property("kills", sum(struck.values()))
    record_property("uploads", sum(len(walker.state.files) for walker in walkers))
    record_property("struck during", ", ".join(f"{name} {times}" for name, times in sorted(struck.items())))
    assert_only_listed_files(store, walkers)


def assert_only_listed_files(store: Store, walkers: list[Walker]) -> None:
    """Once what never became whole is purged, the place of files holds those that are listed and nothing else."""
    store.uploads.purge(datetime(2100, 1, 1, tzinfo=UTC))
    store.files.purge_orphans(datetime(2100, 1, 1, tzinfo=UTC))
    listed = sum(len(store.files.of_draft(walker.draft)) for walker in walkers)
    with store.database.read() as connection:
        held = {name for names in connection.execute(held_blobs) for name in names if name}
    assert {name for name, _ in store.files._blobs.list()} == held
    assert len(held) >= listed
