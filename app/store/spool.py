"""Where an upload waits while it arrives: in memory, then on disk, never on disk in clear.

Werkzeug's own spool writes parts over 500 KB to a temporary file in clear; `EncryptedSpool` takes its place as
`stream_factory`.
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MEMORY = 256 * 1024
"""Bytes kept in memory before everything goes to the encrypted file."""

BLOCK = 64 * 1024
_NONCE = 12
_SLOT = _NONCE + BLOCK + 16


class EncryptedSpool(io.RawIOBase):
    """A readable, writable, seekable binary file that holds at most `memory` bytes in memory.

    Beyond that it moves to an unnamed temporary file of sealed blocks, under a key that exists only in this object:
    whatever a crash leaves on the disk can be opened by nobody. A block is sealed anew with a random nonce each time
    it is written; its number is associated data, so blocks cannot change places.
    """

    def __init__(self, memory: int = MEMORY, folder: str | None = None) -> None:
        super().__init__()
        self._memory = memory
        self._folder = folder
        self._held = bytearray()
        self._file: IO[bytes] | None = None
        self._cipher = AESGCM(AESGCM.generate_key(256))
        self._block = bytearray()
        self._number = 0
        self._changed = False
        self._size = 0
        self._at = 0

    @property
    def spilled(self) -> bool:
        """Whether content has gone to the disk."""
        return self._file is not None

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("negative position")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        view = memoryview(buffer).cast("B")
        wanted = max(0, min(len(view), self._size - self._at))
        done = 0
        while done < wanted:
            block, start = self._located()
            piece = block[start : start + wanted - done]
            view[done : done + len(piece)] = piece
            done += len(piece)
            self._at += len(piece)
        return done

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # type: ignore[override]
        view = memoryview(data).cast("B")
        if self._at > self._size:
            self._pad()
        if self._file is None and self._at + len(view) > self._memory:
            self._spill()
        done = 0
        while done < len(view):
            block, start = self._located()
            piece = view[done:] if self._file is None else view[done : done + BLOCK - start]
            block[start : start + len(piece)] = piece
            self._changed = True
            done += len(piece)
            self._at += len(piece)
            self._size = max(self._size, self._at)
        return done

    def close(self) -> None:
        self._held = bytearray()
        self._block = bytearray()
        if self._file is not None:
            self._file.close()
        super().close()

    def _pad(self) -> None:
        """Fill the gap that a seek past the end left with zeros, as a file does."""
        target, self._at = self._at, self._size
        while self._at < target:
            self.write(bytes(min(BLOCK, target - self._at)))

    def _located(self) -> tuple[bytearray, int]:
        """The bytes around the current position, and where in them it is."""
        if self._file is None:
            return self._held, self._at
        number, start = divmod(self._at, BLOCK)
        if number != self._number:
            self._store()
            self._block, self._number = self._fetch(number), number
        return self._block, start

    def _spill(self) -> None:
        # Unnamed: the kernel frees it when the process ends, however it ends.
        self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        held, self._held = self._held, bytearray()
        for number in range(-(-len(held) // BLOCK)):
            self._block, self._number, self._changed = held[number * BLOCK : (number + 1) * BLOCK], number, True
            self._store()

    def _store(self) -> None:
        if self._file is None or not self._changed:
            return
        nonce = os.urandom(_NONCE)
        self._file.seek(self._number * _SLOT)
        self._file.write(nonce + self._cipher.encrypt(nonce, bytes(self._block), self._number.to_bytes(8, "big")))
        self._changed = False

    def _fetch(self, number: int) -> bytearray:
        assert self._file is not None
        self._file.seek(number * _SLOT)
        sealed = self._file.read(_SLOT)
        if not sealed:
            return bytearray()
        return bytearray(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], number.to_bytes(8, "big")))
