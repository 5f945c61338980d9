"""Where sealed files lie: an interface, and the local folder that implements it. What passes here is sealed already."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

_NAME = re.compile(r"[0-9a-f]{32}")


class BlobsAway(Exception):
    """The place where files lie does not answer now. That says nothing of the files."""


def checked(name: str) -> str:
    """The name of a stored file. Raises `ValueError` for anything else."""
    if not _NAME.fullmatch(name):
        raise ValueError("not the name of a stored file")
    return name


class Blobs(Protocol):
    """Sealed files by name (32 hexadecimal digits). Anything may raise `BlobsAway` where they lie elsewhere."""

    def check(self) -> None:
        """See that files can be kept. Raises `BlobsAway`, `OSError`."""

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Keep a file. When this returns it survives any crash; if it raises, nothing is kept."""

    def open(self, name: str) -> BinaryIO:
        """Read a file back. Raises `FileNotFoundError`."""

    def delete(self, name: str) -> None:
        """Remove a file; one that is not there is no error. What cannot be removed now is left to the purge."""

    def list(self) -> Iterator[tuple[str, datetime]]:
        """Names, and when each was written (UTC), whole files and halves that a crash left behind alike."""


class LocalBlobs:
    """Files in a folder. Written under a temporary name, forced to disk, then renamed: a file is there whole or not
    at all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)

    def check(self) -> None:
        """What can be wrong with a folder was met when it was made."""

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        final = self._path(name)
        fresh = self._incoming / name
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            if not final.parent.exists():
                final.parent.mkdir(exist_ok=True)
                _sync(self._folder)
            fresh.rename(final)
        except BaseException:
            with suppress(FileNotFoundError):
                fresh.unlink()
            raise
        _sync(final.parent)

    def open(self, name: str) -> BinaryIO:
        return self._path(name).open("rb")

    def delete(self, name: str) -> None:
        for path in (self._path(name), self._incoming / name):
            with suppress(FileNotFoundError):
                path.unlink()

    def list(self) -> Iterator[tuple[str, datetime]]:
        for path in self._folder.glob("*/*"):
            if _NAME.fullmatch(path.name):
                with suppress(FileNotFoundError):
                    yield path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def _path(self, name: str) -> Path:
        return self._folder / checked(name)[:2] / name


def _sync(folder: Path) -> None:
    """Force a folder's entries to disk: without it a renamed file may be lost with the power (see fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
