"""Sealing of single values: AES-256-GCM, with what is needed to open them again inside the envelope.

Layout: version (1 byte) | key id (8 bytes) | nonce (12 bytes) | ciphertext and tag. The header, the draft's id and
the column's name are associated data: a value moved to another draft or another column does not open.

Nonces are 96 random bits from the operating system, never counters: several processes write with the same key and
share no state. A data key belongs to one draft. NIST SP 800-38D, section 8.3, allows 2^32 random nonces per key; a
draft saved every second for 100 years stays below. A master key only wraps data keys, one nonce per draft.
"""

from __future__ import annotations

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
KEY_ID_BYTES = 8
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = 1 + KEY_ID_BYTES
KEY_BYTES = 32


class Tampered(Exception):
    """A sealed value or file does not open: changed, cut short, moved, or sealed with another key. The message holds
    no content.
    """


def key_id(secret: bytes) -> bytes:
    """The public name of a key: 8 bytes of a hash of its 256 random bits, which say nothing about it."""
    return hashlib.sha256(b"guichet key id\x00" + secret).digest()[:KEY_ID_BYTES]


def associated(header: bytes, draft_id: str, column: str) -> bytes:
    """What is authenticated with a value though not part of it."""
    return b"\x1f".join((header, draft_id.encode(), column.encode()))


class Key:
    """One 256-bit key. The same key may be used by several threads at once."""

    __slots__ = ("_cipher", "_header", "id", "secret")

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(secret)}")
        self.secret = secret
        self.id = key_id(secret)
        self._cipher = AESGCM(secret)
        self._header = VERSION + self.id

    @classmethod
    def new(cls) -> Key:
        return cls(os.urandom(KEY_BYTES))

    def seal(self, clear: bytes, draft_id: str, column: str) -> bytes:
        """The envelope of `clear`, for this draft and this column only."""
        nonce = os.urandom(NONCE_BYTES)
        return self._header + nonce + self._cipher.encrypt(nonce, clear, associated(self._header, draft_id, column))

    def open(self, sealed: bytes, draft_id: str, column: str) -> bytes:
        """What `seal` was given. Raises `Tampered`."""
        header = sealed[:HEADER_BYTES]
        if header != self._header:
            raise Tampered(f"{column}: sealed with another key or by another version")
        nonce = sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
        try:
            return self._cipher.decrypt(
                nonce, sealed[HEADER_BYTES + NONCE_BYTES :], associated(header, draft_id, column)
            )
        except (InvalidTag, ValueError):
            raise Tampered(f"{column}: does not open") from None


def sealed_by(sealed: bytes) -> bytes:
    """The id of the key that a value was sealed with. Raises `Tampered` for anything that is not an envelope of this
    version.
    """
    if sealed[:1] != VERSION or len(sealed) < HEADER_BYTES + NONCE_BYTES + TAG_BYTES:
        raise Tampered("not an envelope of this version")
    return sealed[1:HEADER_BYTES]
