"""What only an S3 store can do wrong: parts, requests that fail, a bucket that is away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.store.blobs import BlobsAway
from app.store.s3 import PART, Bucket, S3Blobs
from app.web.settings import Settings, SettingsError
from tests.store.conftest import Installation
from tests.store.s3 import S3Server, settings_of
from tests.store.test_drafts import start
from tests.store.test_files import give

NAME = "ab" * 16
DIES = """
import os, sys
from app.store.s3 import Bucket, S3Blobs
def pieces():
    for _ in range(3):
        yield bytes(1000)
    os._exit(9)
S3Blobs(Bucket(*sys.argv[1:]), part=1000).put("cd" * 16, pieces())
"""

LARGE = """
import resource, sys
from app.store.s3 import Bucket, S3Blobs
blobs, name, piece = S3Blobs(Bucket(*sys.argv[1:])), "ab" * 16, bytes(64 * 1024)
blobs.put(name, [piece])
blobs.open(name).read()
before, size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, 0
blobs.put(name, (piece for _ in range(800)))
with blobs.open(name) as file:
    while some := file.read(64 * 1024):
        size += len(some)
print(size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.fixture
def bucket(s3: S3Server) -> Bucket:
    return s3.bucket()


@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 2000, 2500])
def test_a_file_of_several_objects_is_one_file(bucket: Bucket, size: int) -> None:
    blobs, content = S3Blobs(bucket, part=1000), os.urandom(size)
    blobs.put(NAME, [content[:10], content[10:]])
    with blobs.open(NAME) as file:
        assert file.read() == content
    ((name, written),) = blobs.list()
    assert name == NAME
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=5)
    blobs.delete(NAME)
    blobs.delete(NAME)
    assert list(blobs.list()) == []
    with pytest.raises(FileNotFoundError):
        blobs.open(NAME)


def test_a_large_file_is_never_whole_in_memory(bucket: Bucket) -> None:
    """50 MB, of which a process holds no more than a few parts on the way there and back."""
    measured = subprocess.run(
        [sys.executable, "-c", LARGE, *astuple(bucket)], check=True, capture_output=True, timeout=120
    )
    read, grown = map(int, measured.stdout.split())
    assert read == 800 * 64 * 1024
    assert grown * 1024 < 8 * PART


def test_what_breaks_off_leaves_nothing(bucket: Bucket) -> None:
    def breaks() -> Iterator[bytes]:
        yield bytes(2500)
        raise ConnectionResetError

    blobs = S3Blobs(bucket, part=1000)
    with pytest.raises(ConnectionResetError):
        blobs.put(NAME, breaks())
    assert list(blobs.list()) == []


def test_what_a_kill_left_is_purged(on_s3: Installation) -> None:
    assert on_s3.bucket is not None
    store = on_s3.open()
    record, _, _ = start(store)
    kept = give(store, record.id, b"x" * 120_000)
    killed = subprocess.run([sys.executable, "-c", DIES, *astuple(on_s3.bucket)], check=False)
    assert killed.returncode == 9
    assert on_s3.kept() == sorted([kept.id, "cd" * 16])
    assert store.files.purge_orphans(datetime.now(UTC)) == 0, "it may still be arriving"
    assert store.files.purge_orphans(datetime.now(UTC) + timedelta(days=2)) == 1
    assert on_s3.kept() == [kept.id]
    assert b"".join(store.files.read(kept)) == b"x" * 120_000


def test_what_else_lies_in_the_bucket_is_left_alone(s3: S3Server, bucket: Bucket) -> None:
    blobs = S3Blobs(bucket)
    blobs.put(NAME, [b"x"])
    for name in ("check", "backup.tar", f"ab/{NAME}", "zz/notes/00000"):
        s3.put(bucket, name)
    assert [name for name, _ in blobs.list()] == [NAME]


def test_a_part_that_is_missing_or_exchanged_does_not_open(on_s3: Installation) -> None:
    assert on_s3.bucket is not None
    store = on_s3.open()
    record, _, _ = start(store)
    kept = give(store, record.id, b"x" * 120_000)
    with on_s3.blobs().open(kept.id) as file:
        sealed = file.read()
    for damaged in (sealed[:50_000], sealed[:100_000], sealed[50_000:100_000] + sealed[:50_000] + sealed[100_000:]):
        on_s3.blobs().delete(kept.id)
        on_s3.blobs().put(kept.id, [damaged])
        assert store.files.unreadable(kept)


def test_a_store_that_is_away_says_nothing_of_its_files(s3: S3Server, bucket: Bucket) -> None:
    """No server, no such bucket, and keys that are refused are all the same: the files are not lost."""
    for away in (replace(bucket, endpoint="http://127.0.0.1:9"), replace(bucket, name="nobody-s")):
        blobs = S3Blobs(away)
        for act in (blobs.check, lambda b=blobs: b.put(NAME, [b"x"]), lambda b=blobs: b.open(NAME)):
            with pytest.raises(BlobsAway) as raised:
                act()
            assert "GUICHET_STORAGE_URL" in str(raised.value)
            assert away.secret_key not in str(raised.value)
        blobs.delete(NAME)
    S3Blobs(bucket).check()
    assert list(S3Blobs(bucket).list()) == [], "looking leaves nothing"


def test_settings_lead_to_the_bucket_and_mistakes_are_named(bucket: Bucket) -> None:
    assert Settings.read(settings_of(bucket)).bucket == {
        "name": bucket.name,
        "folder": "guichet",
        "endpoint": bucket.endpoint,
        "region": "us-east-1",
        "access_key": "key",
        "secret_key": "secret",
    }
    assert Settings.read({}).bucket is None
    good = settings_of(bucket)
    for wrong, named in (
        ({**good, "GUICHET_STORAGE_URL": "https://seau"}, "GUICHET_STORAGE_URL"),
        ({**good, "GUICHET_STORAGE_URL": "s3://S"}, "GUICHET_STORAGE_URL"),
        ({**good, "GUICHET_STORAGE_ENDPOINT": "http://s3.example.org"}, "GUICHET_STORAGE_ENDPOINT"),
        ({**good, "GUICHET_STORAGE_ENDPOINT": "s3.example.org"}, "GUICHET_STORAGE_ENDPOINT"),
        ({**good, "GUICHET_STORAGE_SECRET_KEY": ""}, "vont ensemble"),
        ({"GUICHET_STORAGE_REGION": "eu-west-3"}, "GUICHET_STORAGE_REGION"),
    ):
        with pytest.raises(SettingsError, match=named):
            Settings.read(wrong)


def test_a_store_that_does_not_answer_stops_the_start(bucket: Bucket, tmp_path: Path) -> None:
    """An operator learns it at the start, not from the first person who loses a file."""
    settings = {
        **settings_of(replace(bucket, endpoint="http://127.0.0.1:9")),
        "GUICHET_DATA": str(tmp_path / "data"),
        "GUICHET_PORT": "0",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GUICHET_")}
    ended = subprocess.run(
        [sys.executable, "-m", "app", "serve"], env={**clean, **settings}, capture_output=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    said = ended.stderr.decode()
    assert "GUICHET_STORAGE_URL" in said
    assert "Traceback" not in said
    assert bucket.secret_key not in said
