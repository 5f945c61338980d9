"""The data keys of drafts that this process has opened lately."""

from __future__ import annotations

import threading
from collections import OrderedDict

from app.store.envelope import Key
from app.store.keys import KeyRing


class Vault:
    """Makes and opens data keys; keeps at most `size` opened ones in memory, the least recently used go first.

    Entries are found by the wrapped key itself, so a key that was wrapped anew or erased is never served for another.
    """

    def __init__(self, ring: KeyRing, size: int = 1024) -> None:
        self.ring = ring
        self._size = size
        self._opened: OrderedDict[tuple[str, bytes], Key] = OrderedDict()
        self._lock = threading.Lock()

    def new(self, draft_id: str) -> tuple[Key, bytes]:
        """A fresh data key, and its wrapped form to store."""
        key = Key.new()
        return key, self.ring.wrap(key, draft_id)

    def key(self, draft_id: str, wrapped: bytes) -> Key:
        """The data key of a draft. Raises `Tampered`."""
        entry = (draft_id, wrapped)
        with self._lock:
            key = self._opened.get(entry)
            if key is not None:
                self._opened.move_to_end(entry)
                return key
        key = self.ring.unwrap(wrapped, draft_id)
        with self._lock:
            self._opened[entry] = key
            if len(self._opened) > self._size:
                self._opened.popitem(last=False)
        return key

    def forget(self, draft_id: str) -> None:
        """Drop a draft's key from memory."""
        with self._lock:
            for entry in [entry for entry in self._opened if entry[0] == draft_id]:
                del self._opened[entry]

    def __len__(self) -> int:
        return len(self._opened)
