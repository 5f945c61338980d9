"""Names of files that every system accepts, in the order in which the office asks for the documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from app.journey.model import Journey, NeededDocument
from app.spec.model import Channel, Document

MAX_LENGTH = 48
"""Characters of the readable part: old Windows counts the whole path, 260 at most."""

_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "’": "-", "'": "-"})


def _short(slug: str) -> str:
    """Cut between two words, and not after one that leads on to the next ("de", "ou", "son"); inside a word only where
    there is one alone.
    """
    if len(slug) <= MAX_LENGTH:
        return slug
    words = slug[: MAX_LENGTH + 1].split("-")[:-1]
    while words and len(words[-1]) < 4:
        words.pop()
    return "-".join(words) or slug[:MAX_LENGTH].strip("-")


def file_slug(title: str, otherwise: str) -> str:
    """The title in lower-case ASCII letters, digits and hyphens; `otherwise` (an id) when nothing of it is left."""
    without_placeholders = re.sub(r"\{[^}]*\}", " ", title.lower()).translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", without_placeholders).encode("ascii", "ignore").decode()
    slug = _short(re.sub(r"[^a-z0-9]+", "-", plain).strip("-"))
    return slug or re.sub(r"[^a-z0-9]+", "-", otherwise.lower()).strip("-") or "document"


def in_office_order(journey: Journey, channel: Channel | None) -> list[NeededDocument]:
    """Documents as the channel's screens ask for them, then the others in the author's order; without those that are
    only for other ways of filing.
    """
    asked = [item for screen in channel.screens for item in screen.items] if channel is not None else []
    places = {name: place for place, name in reversed(list(enumerate(asked)))}
    return sorted(asked_there(journey, channel), key=lambda needed: places.get(needed.document.id, len(asked)))


def asked_there(journey: Journey, channel: Channel | None) -> list[NeededDocument]:
    """The documents that are asked for this way of filing."""
    return [
        needed
        for needed in journey.documents
        if channel is None or not needed.document.channels or channel.id in needed.document.channels
    ]


def numbered_name(position: int, document: Document, extension: str, part: int | None = None) -> str:
    """`01-acte-de-naissance.pdf`; with `part` (from 1) for a document that stays in several files:
    `01-acte-de-naissance-2.jpg`.
    """
    end = f"-{part}" if part is not None else ""
    return f"{position:02d}-{file_slug(document.title.source, document.id)}{end}.{extension}"


def size_limit(document: Document, channel: Channel | None) -> int:
    """Bytes that one file of this document may have, this way."""
    limits: Sequence[int] = [document.max_size]
    if channel is not None and channel.max_size:
        limits = [*limits, channel.max_size]
    return min(limits)


def accepted(document: Document, channel: Channel | None) -> tuple[str, ...]:
    """The formats that a file of this document may have, this way: those of both, or the way's own where they share
    none.
    """
    if channel is None or not channel.formats:
        return document.formats
    return tuple(name for name in document.formats if name in channel.formats) or channel.formats


def takes_pdf(document: Document, channel: Channel | None) -> bool:
    """Whether a single PDF is accepted for this document, this way."""
    return "pdf" in accepted(document, channel)
