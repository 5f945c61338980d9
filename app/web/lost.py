"""Files that were kept and cannot be read: where that is found, remembered, and told.

A page never reads a file to find out. It is found by what reads files anyway (a download, the pack, the queue) and
before the last act, and is remembered as the state of the file. Only a file that was lost is tried again by a page.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from typing import IO, cast

from app.journey.model import NeededDocument
from app.paper.pack import Unreadable
from app.store.away import AWAY
from app.store.blobs import BlobsAway
from app.store.envelope import Tampered
from app.store.files import FileRecord, Files
from app.store.spool import EncryptedSpool
from app.store.stream import CHUNK

log = logging.getLogger("guichet.web")


BROKEN: tuple[type[Exception], ...] = (OSError, Tampered, *AWAY)
"""Whatever keeps a file from being read."""


class FileLost(Exception):
    """The content that was asked for is missing or damaged on our side."""


def whole(kept: Files, file: FileRecord) -> Iterator[bytes]:
    """The content of a file that was read to its end first, once: until then it is held, sealed. Raises `FileLost`."""
    held = EncryptedSpool()
    if kept.unreadable(file, cast(IO[bytes], held)):
        log.warning("a kept file cannot be read")
        raise FileLost
    held.seek(0)
    return iter(partial(held.read, CHUNK), b"")


def small_picture(kept: Files, file: FileRecord) -> bytes | None:
    """The small picture of a file; None when it is missing or damaged: a page does without it."""
    try:
        return b"".join(kept.read_thumb(file))
    except BROKEN:
        log.warning("a small picture cannot be read")
        return None


def content(kept: Files, file: FileRecord) -> Iterable[bytes]:
    """The content for a paper or a pack. Raises `Unreadable` instead of whatever broke, an outage too: a ZIP that has
    begun can only be cut.
    """
    try:
        yield from kept.read(file)
    except AWAY as error:
        log.warning("a kept file cannot be read now: %s", type(error).__name__)
        raise Unreadable(away=True) from None
    except (OSError, Tampered) as error:
        log.warning("a kept file cannot be read: %s", type(error).__name__)
        with suppress(*AWAY):
            kept.lose(file)
        raise Unreadable from None


def files_now(kept: Files, draft_id: str) -> list[FileRecord]:
    """The files of a draft, once those that were lost have been tried again."""
    files = kept.of_draft(draft_id)
    lost = [file for file in files if file.state == "lost"]
    try:
        back = sum(not kept.unreadable(file) for file in lost)
    except BlobsAway:
        return files
    return kept.of_draft(draft_id) if back else files


def is_for(needed: NeededDocument, file: FileRecord) -> bool:
    """Whether a file was given for a needed document."""
    return (file.document, file.item) == (needed.document.id, needed.item)


def unreadable_documents(
    kept: Files, draft_id: str, documents: Iterable[NeededDocument]
) -> list[tuple[NeededDocument, FileRecord]]:
    """Before the last act: each file of a required document, read through, that cannot be read."""
    files = kept.of_draft(draft_id)
    asked = [needed for needed in documents if needed.level == "required" and not needed.satisfied]
    mine = [(needed, file) for needed in asked for file in files if is_for(needed, file) and file.state != "refused"]
    return [(needed, file) for needed, file in mine if kept.unreadable(file)]
