"""What the person said instead of giving a document: kept in the draft, and counted while there is no file."""

from __future__ import annotations

from collections.abc import Sequence

from app.journey.instead import Instead, may_be_said
from app.journey.model import NeededDocument
from app.store.files import FileRecord
from app.web.lost import is_for
from app.web.opendraft import Data, OpenDraft
from app.web.pending import drop_pending, put_pending

STORED, PENDING = "instead", "_instead/"
MOST = 600
"""Characters of a reason."""


def pending_key(needed: NeededDocument) -> str:
    """Where a reason is kept that could not be taken yet, as it was typed: no page has such an address."""
    return PENDING + needed.key


def said_instead(opened: OpenDraft, files: Sequence[FileRecord]) -> dict[str, Instead]:
    """By document key: what was said where no file was taken, no answer suffices, and the procedure still allows it."""
    found: dict[str, Instead] = {}
    for needed in opened.documents_now:
        said = opened.data.get(STORED, {}).get(needed.key)
        if said is None or needed.satisfied or said["says"] not in may_be_said(needed.document, opened.channels):
            continue
        if not any(is_for(needed, file) and file.state != "refused" for file in files):
            found[needed.key] = Instead(said["says"], said["reason"])
    return found


def put(data: Data, needed: NeededDocument, instead: Instead) -> None:
    data[STORED] = {**data.get(STORED, {}), needed.key: {"says": instead.says, "reason": instead.reason}}
    drop_pending(data, pending_key(needed))


def drop(data: Data, needed: NeededDocument) -> None:
    """Forget what was said, and what was typed for it."""
    drop_key(data, needed.key)


def drop_key(data: Data, key: str) -> None:
    """The same for a document that is perhaps no longer asked."""
    data[STORED] = {other: kept for other, kept in data.get(STORED, {}).items() if other != key}
    drop_pending(data, PENDING + key)


def take_back(data: Data, needed: NeededDocument) -> None:
    """Forget what was said, and show the reason again to be changed."""
    said = data.get(STORED, {}).get(needed.key)
    drop(data, needed)
    if said is not None and said["reason"]:
        put_pending(data, pending_key(needed), {"reason": [said["reason"]]})


def drop_item(data: Data, documents: set[str], item: str) -> None:
    """Forget what was said of the documents of an item that is removed from its list."""
    for document in documents:
        drop_key(data, f"{document}/{item}")
