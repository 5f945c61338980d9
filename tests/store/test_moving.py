"""Files move from the folder to an S3 store and back: whole, once, and whoever is killed on the way begins anew."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import pytest

from app.store.blobs import Blobs, LocalBlobs
from app.store.moving import Outcome, copied
from app.store.s3 import S3Blobs
from tests.store.s3 import SMALL, S3Server

NAME = "ab" * 16
SIZES = (0, 1, SMALL, SMALL * 2 + 17, 3)
DIES = f"""
import os, sys
from pathlib import Path
from app.store.blobs import LocalBlobs
from app.store.moving import copied
from app.store.s3 import Bucket, S3Blobs

class Dies:
    '''Stops in the middle of the second file that it reads.'''
    def __init__(self, blobs):
        self.blobs, self.opened = blobs, 0
    def list(self):
        return sorted(self.blobs.list())
    def open(self, name):
        self.opened, self.given = self.opened + 1, 0
        self.file = self.blobs.open(name)
        return self
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.file.close()
    def read(self, size):
        held = self.file.read(min(size, {SMALL} // 2))
        self.given += len(held)
        if self.opened == 2 and self.given > {SMALL}:
            os._exit(9)
        return held

local, away = LocalBlobs(Path(sys.argv[1])), S3Blobs(Bucket(*sys.argv[3:]), part={SMALL})
for one in copied(Dies(local), away) if sys.argv[2] == "out" else copied(Dies(away), local):
    pass
"""


@pytest.fixture
def folder(tmp_path: Path) -> LocalBlobs:
    return LocalBlobs(tmp_path / "files")


@pytest.fixture
def bucket(s3: S3Server) -> S3Blobs:
    return S3Blobs(s3.bucket(), part=SMALL)


def fill(blobs: Blobs) -> dict[str, bytes]:
    made = {f"{number:032x}": os.urandom(size) for number, size in enumerate(SIZES)}
    for name, content in made.items():
        blobs.put(name, [content])
    return made


def held(blobs: Blobs) -> dict[str, bytes]:
    found = {}
    for name, _ in blobs.list():
        with blobs.open(name) as file:
            found[name] = file.read()
    return found


def done(source: Blobs, target: Blobs) -> Counter[Outcome]:
    return Counter(outcome for _, outcome in copied(source, target))


def test_everything_goes_there_and_back_and_a_second_time_nothing(
    folder: LocalBlobs, bucket: S3Blobs, tmp_path: Path
) -> None:
    made = fill(folder)
    assert done(folder, bucket) == {"copied": len(SIZES)}
    assert held(folder) == held(bucket) == made
    assert done(folder, bucket) == {"there": len(SIZES)}
    folder.put(NAME, [b"since"])
    assert done(folder, bucket) == {"there": len(SIZES), "copied": 1}
    again = LocalBlobs(tmp_path / "again")
    assert done(bucket, again) == {"copied": len(SIZES) + 1}
    assert held(again) == {**made, NAME: b"since"}


@pytest.mark.parametrize("way", ["out", "back"])
def test_a_run_that_is_killed_is_taken_up_again(way: str, tmp_path: Path, s3: S3Server) -> None:
    at = s3.bucket()
    places: tuple[Blobs, Blobs] = (LocalBlobs(tmp_path / "files"), S3Blobs(at, part=SMALL))
    source, target = places if way == "out" else places[::-1]
    made = {f"{number:032x}": os.urandom(SMALL * 2 + number) for number in range(3)}
    for name, content in made.items():
        source.put(name, [content])
    killed = subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path / "files"), way, *astuple(at)], check=False, capture_output=True
    )
    assert killed.returncode == 9, killed.stderr
    halves = [name for name, _ in target.list()]
    assert len(halves) == 2, "one that is whole, and a half of the next"
    assert done(source, target) == {"there": 1, "copied": 2}
    assert held(target) == held(source) == made


def test_what_is_erased_meanwhile_or_still_arrives_is_passed_over(folder: LocalBlobs, tmp_path: Path) -> None:
    made = fill(folder)
    target = LocalBlobs(tmp_path / "there")
    run = copied(folder, target)
    first, _ = next(run)
    for name in made:
        folder.delete(name)
    (tmp_path / "files" / "incoming" / ("cd" * 16)).write_bytes(b"half")
    assert all(outcome == "gone" for _, outcome in run)
    assert held(target) == {first: made[first]}
    assert done(folder, target) == {"gone": 1}


def test_a_file_that_differs_is_never_written_over(folder: LocalBlobs, bucket: S3Blobs) -> None:
    """The place where they go may be the one in service, and the copy here the damaged one."""
    made = fill(folder)
    assert done(folder, bucket) == {"copied": len(SIZES)}
    name = f"{3:032x}"
    for damaged in (made[name][:100], b"\0" + made[name][1:]):
        folder.delete(name)
        folder.put(name, [damaged])
        assert dict(copied(folder, bucket))[name] == "different"
        assert held(bucket) == made


def test_what_reads_back_otherwise_is_not_called_copied(folder: LocalBlobs, tmp_path: Path) -> None:
    class Loses(LocalBlobs):
        def put(self, name: str, pieces: Iterable[bytes]) -> None:
            super().put(name, [*pieces][:-1])

    folder.put(NAME, [b"x" * SMALL])
    target = Loses(tmp_path / "there")
    with pytest.raises(OSError, match="is not what was written"):
        done(folder, target)
    assert list(target.list()) == []
