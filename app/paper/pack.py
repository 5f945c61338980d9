"""The pack for the office: one ZIP, streamed, with every paper and one upright PDF per document.

Nothing is written to disk: files come in as streams already decrypted, one document at a time is held in memory, and
the ZIP leaves as it is made.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.journey.model import Journey, NeededDocument
from app.paper.beside import sheet_in_both
from app.paper.filled import channel_to_copy, filled_form
from app.paper.letters import Holds, letters
from app.paper.model import Paper, text_of
from app.paper.names import accepted, file_slug, in_office_order, numbered_name, size_limit, takes_pdf
from app.paper.proofs import proof
from app.paper.prose import FiledDocument, Meta, absent_documents, document_titles
from app.paper.readme import Trouble, read_me
from app.paper.render import PaperError, ask_worker, render
from app.paper.wording import Wording
from app.spec.model import Channel, Procedure

Media = Literal["pdf", "jpeg", "png", "heic", "tiff", "bmp", "webp"]

_EXTENSIONS = {"jpeg": "jpg", "tiff": "tif"}

_FOLDER = "documents/"
_PIECE = 64 * 1024


class Unreadable(Exception):
    """What was kept of a file is missing or damaged; with `away` only out of reach at this moment."""

    def __init__(self, *, away: bool = False) -> None:
        super().__init__()
        self.away = away


@dataclass(frozen=True, slots=True)
class Upload:
    """A file the person gave. `key` as in `NeededDocument.key`; `media` as found in its content; `read` gives its clear
    bytes, or raises `Unreadable`, at once or on the way; `size` in bytes is what was recorded.
    """

    key: str
    name: str
    media: str
    sha256: str
    read: Callable[[], Iterable[bytes]]
    size: int = 0


class _Spout(io.RawIOBase):
    """Where `zipfile` writes and from where the bytes leave; it cannot seek, so `zipfile` streams."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        held = bytes(data)  # type: ignore[call-overload]
        self._held.append(held)
        return len(held)

    def drain(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


@dataclass(slots=True)
class _Bundle:
    """The ZIP in the making, and what is known of its documents."""

    meta: Meta
    spout: _Spout = field(default_factory=_Spout)
    filed: list[FiledDocument] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    lost: list[FiledDocument] = field(default_factory=list)

    def info(self, name: str, compressed: bool) -> zipfile.ZipInfo:
        at = self.meta.at
        info = zipfile.ZipInfo(name, (max(1980, at.year), at.month, at.day, at.hour, at.minute, at.second))
        info.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        return info


def _stored(
    bundle: _Bundle,
    archive: zipfile.ZipFile,
    name: str,
    data: bytes,
    filed: Callable[[int, str], FiledDocument],
) -> Iterator[bytes]:
    """Write one file, piece by piece."""
    with archive.open(bundle.info(_FOLDER + name, compressed=False), "w", force_zip64=True) as entry:
        for start in range(0, len(data), _PIECE):
            entry.write(data[start : start + _PIECE])
            yield bundle.spout.drain()
    bundle.filed.append(filed(len(data), hashlib.sha256(data).hexdigest()))
    yield bundle.spout.drain()


def _readable(bundle: _Bundle, uploads: Sequence[Upload], title: str, limit: int) -> list[tuple[Upload, bytes]]:
    """The files of one document with their content, whole before any of it leaves: a ZIP cannot take back what it has
    begun. Those that cannot be read are told instead.
    """
    read = []
    code = "lost" if bundle.meta.mode == "prepare" else "lost_sent"
    for upload in uploads:
        try:
            read.append((upload, b"".join(upload.read())))
        except Unreadable as error:
            bundle.troubles.append(Trouble(title, "away" if error.away else code, upload.name, limit))
            bundle.lost.append(FiledDocument(upload.key, upload.name, upload.size, upload.sha256))
    return read


def _joined(contents: Sequence[bytes], title: str, language: str, limit: int) -> tuple[bytes, str, int | None, bool]:
    """`(pdf, problem, faulty file, reduced)` from the worker; an empty PDF when none could be made."""
    try:
        reply, made = ask_worker(
            {"document": True, "title": title, "language": language, "limit": limit},
            contents,
        )
    except PaperError:
        return b"", "broken", None, False
    return made[0], reply["problem"] or "", reply["file"], bool(reply["reduced"])


def _document(
    bundle: _Bundle,
    archive: zipfile.ZipFile,
    position: int,
    needed: NeededDocument,
    given: Sequence[Upload],
    channel: Channel | None,
    wording: Wording,
    title: str,
) -> Iterator[bytes]:
    """One document: a single upright PDF where that is possible and wanted; where the way takes pictures only, each
    upright under its limit; else the files as they came, and why.
    """
    limit, document = size_limit(needed.document, channel), needed.document
    read = _readable(bundle, given, title, limit)
    pdf, problem, faulty, reduced = b"", "", None, False
    if read and takes_pdf(document, channel):
        pdf, problem, faulty, reduced = _joined([data for _, data in read], title, wording.language, limit)
    if problem or reduced:
        name = read[faulty][0].name if faulty is not None else ""
        bundle.troubles.append(Trouble(title, problem or "reduced", name, limit))
    if pdf:
        name = numbered_name(position, document, "pdf")
        originals = tuple((upload.name, upload.sha256) for upload, _ in read)
        yield from _stored(
            bundle, archive, name, pdf, lambda size, sha: FiledDocument(needed.key, name, size, sha, originals)
        )
        return
    shown = _fitted(bundle, read, title, accepted(document, channel), limit) if not problem else None
    for part, (upload, data) in enumerate(read, 1):
        content, media = shown[part - 1] if shown else (data, upload.media)
        name = numbered_name(position, document, _EXTENSIONS.get(media, media), part)
        originals = () if content == data else ((upload.name, upload.sha256),)
        yield from _stored(bundle, archive, name, content, _as_given(needed.key, name, originals))


def _fitted(
    bundle: _Bundle, read: Sequence[tuple[Upload, bytes]], title: str, formats: Sequence[str], limit: int
) -> list[tuple[bytes, str]]:
    """The pictures of a document that is given as pictures, each with its format; and what could not be done."""
    try:
        reply, made = ask_worker({"formats": list(formats), "limit": limit}, [data for _, data in read])
    except PaperError:
        bundle.troubles.append(Trouble(title, "broken", "", limit))
        return [(data, upload.media) for upload, data in read]
    fitted = []
    for (upload, _), said, content in zip(read, reply["pictures"], made, strict=True):
        word = said["problem"] or ("reduced" if said["reduced"] else "")
        if word:
            bundle.troubles.append(Trouble(title, word, upload.name, limit, tuple(formats)))
        fitted.append((content, said["format"] or upload.media))
    return fitted


def _as_given(key: str, name: str, originals: tuple[tuple[str, str], ...]) -> Callable[[int, str], FiledDocument]:
    return lambda size, sha: FiledDocument(key, name, size, sha, originals)


def _papers(
    procedure: Procedure, journey: Journey, wording: Wording, bundle: _Bundle, holds: Holds, channel: Channel | None
) -> list[tuple[str, Paper]]:
    """Each paper with its name, without extension, in the order to read them."""
    names: dict[str, list[str]] = {}
    for filed in bundle.filed:
        names.setdefault(filed.key, []).append(filed.name)
    meta = bundle.meta
    copied = channel is None or channel.kind == "external" or bool(channel.screens)
    papers = [
        # A letter that is posted or brought is copied nowhere.
        *([("a-recopier", sheet_in_both(procedure, journey, wording, meta, names, channel))] if copied else ()),
        (
            "dossier-pret" if meta.mode == "prepare" else "accuse-d-envoi",
            # What was sent stays sent, also when it can no longer be read here.
            proof(procedure, journey, wording, meta, [*bundle.filed, *(bundle.lost if meta.mode != "prepare" else ())]),
        ),
        ("vos-reponses", filled_form(procedure, journey, wording, meta, names)),
    ]
    written = letters(journey, wording, meta, holds, list(names))
    for source, paper in zip(journey.letters, written, strict=True):
        papers.append((file_slug(source.title.source, source.id), paper))
    return [(f"{number}-{name}", paper) for number, (name, paper) in enumerate(papers, 1)]


def _printed(papers: Sequence[tuple[str, Paper]]) -> list[tuple[str, bytes]]:
    """The papers as PDF; as plain text when no PDF can be made, so that the person never leaves with nothing."""
    try:
        made = render([paper for _, paper in papers])
    except PaperError:
        return [(f"{name}.txt", as_text_file("\n".join(text_of(paper)))) for name, paper in papers]
    return [(f"{name}.pdf", rendered.pdf) for (name, _), rendered in zip(papers, made, strict=True)]


def as_text_file(text: str) -> bytes:
    """UTF-8 with its mark and Windows line ends: the form that every phone and every old computer opens."""
    return ("\ufeff" + text.rstrip() + "\n").replace("\n", "\r\n").encode()


def build_pack(
    procedure: Procedure,
    journey: Journey,
    wording: Wording,
    meta: Meta,
    uploads: Sequence[Upload],
    holds: Holds,
    channel: Channel | None = None,
) -> Iterator[bytes]:
    """The ZIP, piece by piece. `uploads` in the person's order; `channel`: the way of filing chosen, else the first
    open one.

    Holds: `0-lisez-moi.txt`, the sheet to copy, the receipt or ready sheet, the answers, the letters, and `documents/`
    in the office's order. What could not be made to fit is said in the read-me and joined as it came.
    """
    channel = channel or channel_to_copy(journey)
    bundle, titles = _Bundle(meta), document_titles(wording, journey)
    with zipfile.ZipFile(bundle.spout, "w") as archive:
        position = 0
        for needed in in_office_order(journey, channel):
            given = [upload for upload in uploads if upload.key == needed.key]
            if given:
                position += 1
                yield from _document(bundle, archive, position, needed, given, channel, wording, titles[needed.key])
        printed = _printed(_papers(procedure, journey, wording, bundle, holds, channel))
        here = {*(one.key for one in (*bundle.filed, *bundle.lost)), *meta.instead}
        absent = [Trouble(titles[one.key], "absent", "", 0) for one in absent_documents(journey, here)]
        names, troubles = [name for name, _ in printed], [*absent, *bundle.troubles]
        said = read_me(procedure, wording, meta, channel, names, bundle.filed, titles, troubles)
        for name, data in [("0-lisez-moi.txt", as_text_file(said)), *printed]:
            archive.writestr(bundle.info(name, compressed=True), data)
            yield bundle.spout.drain()
    yield bundle.spout.drain()
