"""Sealing of files: chunked AES-256-GCM, the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, 2015).

Layout: version (1 byte) | id of the draft's key (8 bytes) | salt (32 bytes) | chunks. Each chunk is 64 KiB of clear
content (the last one may be shorter, or empty) and a tag of 16 bytes. The nonce of a chunk is its number (11 bytes)
and whether it is the last (1 byte): a file cut short, lengthened or with chunks in another order does not open.

Nonces cannot repeat: each file has its own key, derived by HKDF from the draft's key and 256 random bits.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.store.envelope import (
    HEADER_BYTES,
    KEY_BYTES,
    TAG_BYTES,
    VERSION,
    Key,
    Tampered,
    associated,
)

CHUNK = 64 * 1024
SALT_BYTES = 32


def _cipher(key: Key, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, b"guichet file").derive(key.secret))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _whole_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut into pieces of exactly `CHUNK` bytes, and a shorter (or empty) rest that is always the
    last.
    """
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) > CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    yield bytes(held)


def encrypted(key: Key, pieces: Iterable[bytes], draft_id: str, file_id: str) -> Iterator[bytes]:
    """The sealed form of a clear stream, as it comes: at most two chunks are in memory."""
    salt = os.urandom(SALT_BYTES)
    header = VERSION + key.id + salt
    context = associated(header, draft_id, file_id)
    cipher = _cipher(key, salt)
    yield header
    number, waiting = 0, b""
    for number, chunk in enumerate(_whole_chunks(pieces)):
        if number:
            yield cipher.encrypt(_nonce(number - 1, last=False), waiting, context)
        waiting = chunk
    yield cipher.encrypt(_nonce(number, last=True), waiting, context)


def decrypted(key: Key, sealed: BinaryIO, draft_id: str, file_id: str) -> Iterator[bytes]:
    """The clear chunks of what `encrypted` made. Closes `sealed` at the end.

    Raises `Tampered` at the first chunk that is not what was written there; what came before it was genuine, but the
    file is not whole.
    """
    with sealed:
        header = sealed.read(HEADER_BYTES + SALT_BYTES)
        if header[:HEADER_BYTES] != VERSION + key.id or len(header) != HEADER_BYTES + SALT_BYTES:
            raise Tampered("file: sealed with another key or by another version")
        context = associated(header, draft_id, file_id)
        cipher = _cipher(key, header[HEADER_BYTES:])
        number = 0
        chunk = sealed.read(CHUNK + TAG_BYTES)
        while True:
            following = sealed.read(CHUNK + TAG_BYTES)
            try:
                yield cipher.decrypt(_nonce(number, last=not following), chunk, context)
            except (InvalidTag, ValueError):
                raise Tampered(f"file: chunk {number} does not open") from None
            if not following:
                return
            number, chunk = number + 1, following


class Measured:
    """Pieces of clear content, with their length and SHA-256 counted as they pass."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.size = 0
        self.hash = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self.hash.update(piece)
            yield piece


class Joined(io.RawIOBase):
    """Chunks, one after another, as a file to read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self._chunks = chunks
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        while not self._held:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._held = memoryview(chunk)
        taken = min(len(self._held), len(buffer))
        buffer[:taken] = self._held[:taken]
        self._held = self._held[taken:]
        return taken
