"""What the tests of the store share: real databases of both kinds, and installations opened on them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from app.store import Store, database_url, load_keys, open_store
from app.store.blobs import Blobs, LocalBlobs
from app.store.limits import Limits
from app.store.migrate import upgrade
from app.store.s3 import Bucket, S3Blobs
from tests.store.s3 import SMALL, S3Server, all_bytes


class Clock:
    """A clock that only moves when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        self.now += timedelta(**amount)


class Cluster:
    """A private PostgreSQL, on a Unix socket only, with a migrated database to copy from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._count = 0

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://guichet@/{name}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """A new database; its URL."""
        self._count += 1
        name = f"test_{self._count}"
        with psycopg.connect(f"host={self.folder} user=guichet dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return self.url(name)


def _tool(name: str) -> str:
    """A server program: Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    path = str(found[-1]) if found else shutil.which(name)
    assert path, f"{name} is not installed: apt-get install postgresql"
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="guichet-pg-"))
    # PostgreSQL refuses to run as root.
    user = "nobody" if os.getuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, user=user, cwd=folder, stdout=subprocess.DEVNULL, timeout=60)

    data, log = str(folder / "cluster"), str(folder / "log")
    run(_tool("initdb"), "-D", data, "-U", "guichet", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c max_connections=200"
    run(_tool("pg_ctl"), "-D", data, "-l", log, "-w", "-o", options, "start")
    try:
        made = Cluster(folder)
        base = made.create()
        upgrade(base)
        yield made
    finally:
        run(_tool("pg_ctl"), "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    upgrade(database_url(folder, None))
    return folder / "guichet.sqlite3"


class Installation:
    """A data folder and a database, opened as often as a test wants."""

    def __init__(self, data: Path, url: str | None, clock: Clock, bucket: Bucket | None = None) -> None:
        self.data = data
        self.url = url
        self.clock = clock
        self.bucket = bucket
        self._opened: list[Store] = []

    def open(self, limits: Limits | None = None) -> Store:
        """A store as another process would open it."""
        keys = load_keys(self.data, self.url, {})
        blobs = self.blobs() if self.bucket else None
        store = open_store(self.data, self.url, keys, self.clock, limits=limits, blobs=blobs, engine_version="1.2.3")
        self._opened.append(store)
        return store

    def close(self) -> None:
        for store in self._opened:
            store.close()

    def blobs(self) -> Blobs:
        """Where the files lie."""
        return S3Blobs(self.bucket, part=SMALL) if self.bucket else LocalBlobs(self.data / "files")

    def kept(self) -> list[str]:
        """The names of all that lies there, halves that a crash left included."""
        return sorted(name for name, _ in self.blobs().list())

    def bytes_on_disk(self) -> bytes:
        """Everything the embedded database and the file store hold, write-ahead log included."""
        held = b"".join(path.read_bytes() for path in sorted(self.data.rglob("*")) if path.is_file())
        return held + all_bytes(self.bucket) if self.bucket else held


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def embedded(tmp_path: Path, migrated_sqlite: Path, clock: Clock) -> Iterator[Installation]:
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(migrated_sqlite, data)
    made = Installation(data, None, clock)
    yield made
    made.close()


def _installation(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    if request.param != "postgresql":
        yield request.getfixturevalue("embedded" if request.param == "sqlite" else "on_s3")
        return
    data = tmp_path / "data"
    data.mkdir()
    made = Installation(data, request.getfixturevalue("cluster").create("test_1"), clock)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    yield from _installation(request, tmp_path, clock)


@pytest.fixture
def on_s3(embedded: Installation, s3: S3Server) -> Installation:
    """Files in an S3 store, the rest in the data folder."""
    embedded.bucket = s3.bucket()
    return embedded


@pytest.fixture(params=["sqlite", "postgresql", "s3"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Installation]:
    """Like `installation`, and once more with its files in an S3 store."""
    yield from _installation(request, tmp_path, clock)


@pytest.fixture
def store(installation: Installation) -> Store:
    return installation.open()
