"""Copies sealed files from one place to another. Where they come from nothing is opened, changed or taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Literal

from app.store.blobs import Blobs

CHUNK = 64 * 1024

Outcome = Literal["copied", "there", "gone", "different"]
"""`there`: it was there already, byte for byte. `gone`: erased meanwhile, or never whole, where it comes from.
`different`: both places hold something else under its name; nothing was done.
"""


def copied(source: Blobs, target: Blobs) -> Iterator[tuple[str, Outcome]]:
    """Copy every file, reading back what was written; the name of each and what was done, as it is done.

    Stopped at any point, it may be begun anew: what is whole there is left, what is half there is written again.
    Raises `BlobsAway`, `OSError`.
    """
    known = {name for name, _ in target.list()}
    for name, _ in source.list():
        yield name, _copied(source, target, name, maybe=name in known)


def _copied(source: Blobs, target: Blobs, name: str, *, maybe: bool) -> Outcome:
    if maybe:
        found = _compared(source, target, name)
        if found is not None:
            return found
        # A half that a stop or a crash has left.
        target.delete(name)
    try:
        file = source.open(name)
    except FileNotFoundError:
        return "gone"
    with file:
        passing = _Hashed(file)
        target.put(name, passing)
    with target.open(name) as file:
        back = _Hashed(file)
        for _ in back:
            pass
    if back.hash.digest() != passing.hash.digest():
        target.delete(name)
        raise OSError(f"{name}: what was read back is not what was written")
    return "copied"


def _compared(source: Blobs, target: Blobs, name: str) -> Outcome | None:
    """What is to be said of a file that is listed at both places; None where the target holds a beginning of it, or
    nothing that opens.

    A target that holds something else is never written over: it may be the place in service, and the source damaged.
    """
    try:
        original = source.open(name)
    except FileNotFoundError:
        return "gone"
    with original:
        try:
            copy = target.open(name)
        except FileNotFoundError:
            return None
        with copy:
            while True:
                wanted, there = _read(original), _read(copy)
                if wanted != there:
                    return None if len(there) < len(wanted) and wanted.startswith(there) else "different"
                if not wanted:
                    return "there"


def _read(file: BinaryIO) -> bytes:
    """Exactly `CHUNK` bytes; fewer only at the end of the file."""
    held = b""
    while len(held) < CHUNK and (piece := file.read(CHUNK - len(held))):
        held += piece
    return held


class _Hashed:
    """The pieces of a file, with their SHA-256 counted as they pass."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._file.read(CHUNK):
            self.hash.update(piece)
            yield piece
