"""What a file that somebody gave really is, and how it can be kept: the look behind the first bytes.

Only `app.paper.worker` calls this, in a process that cannot write to disk and has a limit of time and of memory.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from app.paper.photo import Refused, format_of, frames_of, photo

MOST_PAGES = 200
"""Pages of a PDF: a file for an office is shorter, and each page costs."""

_ACTIVE = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/GoToE"}
_ACTIVE_PARTS = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"}
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError, OSError)
"""What a reader of PDF raises on a broken tree of objects; all mean the same: this file does not open."""
_HEADER, _END = b"%PDF-", b"%%EOF"
_SLACK = 1024
"""Bytes after the end mark that readers and writers of PDF use for line ends and padding."""


@dataclass(frozen=True, slots=True)
class Examined:
    """`problem` is None when the file can be kept; then `content` is what to keep instead, None if it stays as it is.

    `notes`: `converted`, `active_removed`, `unlocked`, `small`, `dark`, `pale`, `blurred`.
    """

    problem: str | None = None
    format: str = ""
    pages: int | None = None
    notes: tuple[str, ...] = ()
    content: bytes | None = None
    thumb: bytes | None = None


def examine(data: bytes, takes: tuple[str, ...]) -> Examined:
    """Look at a whole file. `takes`: the formats in which it may be kept."""
    try:
        name = format_of(data)
        return _picture(data, name, takes) if name else _pdf(data)
    except Refused as refused:
        return Examined(refused.code)
    except MemoryError:
        return Examined("too_complex")


def _picture(data: bytes, name: str, takes: tuple[str, ...]) -> Examined:
    made = photo(data, name, takes)
    if made.frames == 1:
        return Examined(None, made.format, 1, made.notes, made.content, made.thumb)
    if "pdf" not in takes:
        raise Refused("several_pages")
    from app.paper.upright import one_pdf

    joined = one_pdf(frames_of(data), "", "fr", None)
    if joined.problem:
        raise Refused("damaged")
    notes = tuple(dict.fromkeys(("converted", *made.notes)))
    return Examined(None, "pdf", made.frames, notes, joined.pdf, made.thumb)


def _pdf(data: bytes) -> Examined:
    import pikepdf

    if _HEADER not in data[:1024]:
        raise Refused("damaged")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            if not pages:
                raise Refused("no_pages")
            if pages > MOST_PAGES:
                raise Refused("too_many_pages")
            notes = ["unlocked"] if pdf.is_encrypted else []
            if _disarmed(pdf):
                notes.append("active_removed")
            if not notes and _alone(data):
                return Examined(None, "pdf", pages)
            out = io.BytesIO()
            pdf.save(out, encryption=False)
            return Examined(None, "pdf", pages, tuple(notes), out.getvalue())
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    except (pikepdf.PdfError, *_BROKEN):
        raise Refused("damaged") from None


def _alone(data: bytes) -> bool:
    """Whether the file is a PDF and nothing else before or behind it."""
    return data.startswith(_HEADER) and len(data) - data.rfind(_END) <= _SLACK


def _disarmed(pdf: Any) -> bool:
    """Take out of a PDF what runs or opens by itself; whether there was any."""
    import pikepdf

    root, found = pdf.Root, False
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and str(opening.get("/S", "")) in _ACTIVE:
        del root["/OpenAction"]
        found = True
    names = root.get("/Names")
    for holder, keys in ((root, ("/AA",)), (names, ("/JavaScript", "/EmbeddedFiles"))):
        if isinstance(holder, pikepdf.Dictionary):
            found = _without(holder, keys) or found
    for page in pdf.pages:
        found = _without(page.obj, ("/AA",)) or found
        marks = page.obj.get("/Annots")
        if isinstance(marks, pikepdf.Array):
            quiet = [mark for mark in marks if not _runs(mark)]
            if len(quiet) < len(marks):
                page.obj["/Annots"] = pikepdf.Array(quiet)
                found = True
    return found


def _without(holder: Any, keys: tuple[str, ...]) -> bool:
    present = [key for key in keys if key in holder]
    for key in present:
        del holder[key]
    return bool(present)


def _runs(mark: Any) -> bool:
    import pikepdf

    if not isinstance(mark, pikepdf.Dictionary):
        return False
    action = mark.get("/A")
    acts = isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _ACTIVE
    return acts or "/AA" in mark or str(mark.get("/Subtype", "")) in _ACTIVE_PARTS
