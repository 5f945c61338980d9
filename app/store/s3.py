"""Sealed files in an S3-compatible store, by obstore: the other implementation of `Blobs`.

A file is one object, or several of `PART` bytes when it is larger, named by their number: at most one part is in
memory, and whatever a crash leaves is an object that `list` shows and the daily purge removes. (The parts of a
multipart upload that was never completed can be neither listed nor removed by every store; see
docs/decisions/object-storage.md.) A file with a part missing does not open: the seal says where a file ends.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, cast

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from app.store.blobs import BlobsAway, checked
from app.store.stream import Joined

if TYPE_CHECKING:
    from obstore.store import S3Config

log = logging.getLogger("guichet.store")

PART = 4_000_000
"""Bytes of one object."""
_PART_OF = re.compile(r"[0-9a-f]{2}/([0-9a-f]{32})/[0-9]{5}")
CONNECT, ANSWER, TRIES = timedelta(seconds=5), timedelta(seconds=30), 2


@dataclass(frozen=True, slots=True)
class Bucket:
    """Where the files lie. Without `access_key` the library looks for the credentials of the machine itself."""

    name: str
    folder: str = ""
    endpoint: str = ""
    region: str = "us-east-1"
    access_key: str = field(default="", repr=False)
    secret_key: str = field(default="", repr=False)


class S3Blobs:
    """Objects of a bucket. `part` is how many bytes one holds."""

    def __init__(self, bucket: Bucket, *, part: int = PART) -> None:
        self._part = part
        config: S3Config = {"region": bucket.region, "virtual_hosted_style_request": False}
        if bucket.endpoint:
            config["endpoint"] = bucket.endpoint
        if bucket.access_key:
            config.update({"access_key_id": bucket.access_key, "secret_access_key": bucket.secret_key})
        self._store = S3Store(
            bucket.name,
            prefix=bucket.folder or None,
            config=config,
            client_options={
                "allow_http": bucket.endpoint.startswith("http://"),
                "connect_timeout": CONNECT,
                "timeout": ANSWER,
            },
            retry_config={"max_retries": TRIES, "retry_timeout": ANSWER},
        )

    def check(self) -> None:
        """Raises `BlobsAway` if the bucket does not answer, or refuses to be written."""
        with _away():
            obstore.put(self._store, "check", b"")
            with suppress(FileNotFoundError):
                obstore.delete(self._store, "check")

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        try:
            for number, part in enumerate(self._parts(pieces)):
                with _away():
                    obstore.put(self._store, _path(name, number), part, use_multipart=False)
        except BlobsAway:
            # The purge finds what is left; nobody waits for it here.
            raise
        except BaseException:
            self.delete(name)
            raise

    def open(self, name: str) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(Joined(self._chunks(name, self._part_of(name, 0))), 64 * 1024))

    def delete(self, name: str) -> None:
        try:
            with _away():
                paths = [meta["path"] for some in obstore.list(self._store, _folder(name)) for meta in some]
                for path in paths:
                    with suppress(FileNotFoundError):
                        obstore.delete(self._store, path)
        except BlobsAway:
            log.warning("a file could not be removed; the daily purge will")

    def list(self) -> Iterator[tuple[str, datetime]]:
        written: dict[str, datetime] = {}
        with _away():
            for some in obstore.list(self._store):
                for meta in some:
                    # Whatever else lies in the bucket is not ours to look at, still less to remove.
                    if ours := _PART_OF.fullmatch(meta["path"]):
                        name, at = ours[1], meta["last_modified"].astimezone(UTC)
                        written[name] = max(at, written.get(name, at))
        yield from written.items()

    def _parts(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The same bytes in pieces of exactly `part` bytes and a shorter rest; one empty piece for nothing."""
        held, number = bytearray(), 0
        for piece in pieces:
            held += piece
            while len(held) >= self._part:
                yield bytes(held[: self._part])
                del held[: self._part]
                number += 1
        if held or not number:
            yield bytes(held)

    def _part_of(self, name: str, number: int) -> obstore.GetResult:
        with _away():
            return obstore.get(self._store, _path(name, number))

    def _chunks(self, name: str, first: obstore.GetResult) -> Iterator[bytes]:
        found, number = first, 0
        while True:
            size = found.meta["size"]
            with _away():
                for chunk in found.stream(min_chunk_size=64 * 1024):
                    yield bytes(chunk)
            if size < self._part:
                return
            number += 1
            try:
                found = self._part_of(name, number)
            except FileNotFoundError:
                return


def _folder(name: str) -> str:
    return f"{checked(name)[:2]}/{name}"


def _path(name: str, number: int) -> str:
    return f"{_folder(name)}/{number:05d}"


@contextmanager
def _away() -> Iterator[None]:
    """Whatever the library raises, as our own; its messages may hold addresses with signatures in them."""
    try:
        yield
    except FileNotFoundError as error:
        # A bucket that is not there is no word about the file.
        if "NoSuchBucket" not in str(error):
            raise FileNotFoundError("no such object") from None
        kind = "NoSuchBucket"
    except (BaseError, OSError, ValueError) as error:
        kind = type(error).__name__
    else:
        return
    raise BlobsAway(
        f"Le stockage des fichiers (GUICHET_STORAGE_URL) ne répond pas, ou refuse : {kind}. Voir docs/operations.md."
    )
