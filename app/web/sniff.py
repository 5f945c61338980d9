"""What an uploaded file really is, from its bytes: names and declared types are never trusted.

This is the quick look, while the file streams by; the queue has every file read through afterwards. Signatures: PDF
32000-1 section 7.5 (header, trailer), JPEG ITU-T T.81 annex B (SOI, EOI markers), PNG W3C specification section 5.2
(signature, IEND), ISO/IEC 14496-12 (`ftyp` brands of HEIF and AVIF), TIFF 6.0 section 2, RIFF/WebP, and the well-known
marks of other files, which are named to the person who gave them.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.paper.photo import format_of

HEAD = 1024
"""Bytes looked at from the start."""
TAIL = 2048
"""Bytes looked at from the end."""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "webp": "image/webp",
    "avif": "image/avif",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
}
"""Formats that a draft may hold, with the type under which they are given back."""

PICTURES = tuple(name for name in MEDIA_TYPES if name != "pdf")

_MACROS = (b"vbaProject.bin", "_VBA_PROJECT".encode("utf-16-le"))
"""What a file of Word or Excel with macros holds: a part of this name (ECMA-376), a storage of this name (MS-OVBA)."""

_MARKS = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\xd0\xcf\x11\xe0": "office",
    b"{\\rtf": "rtf",
    b"GIF8": "gif",
    b"II\x2b\x00": "tiff",
    b"\x1f\x8b": "archive",
    b"Rar!": "archive",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"MZ": "program",
    b"\x7fELF": "program",
    b"#!": "program",
    b"%!PS": "postscript",
    b"8BPS": "photoshop",
    b"ID3": "sound",
    b"OggS": "sound",
    b"\x1a\x45\xdf\xa3": "video",
    b"<": "html",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """`format` is the recognised format or None; `problem` is a word of `app.web.upload_messages` or None when the
    file can be kept; `looks_like` names a known format that is not taken, for the message.
    """

    format: str | None
    problem: str | None = None
    looks_like: str | None = None


class Sniffer:
    """Reads a file as it streams by: first and last bytes, size, and the marks of macros.

    Feed every chunk to `add`, then ask `finding`. Memory is bounded by `HEAD + TAIL` whatever the file's size.
    """

    def __init__(self) -> None:
        self.size = 0
        self._head = b""
        self._tail = b""
        self._macros = False

    def add(self, chunk: bytes) -> None:
        """Take the next bytes of the file, in order."""
        self.size += len(chunk)
        if len(self._head) < HEAD:
            self._head += chunk[: HEAD - len(self._head)]
        if self._head[:2] in (b"PK", b"\xd0\xcf"):
            window = self._tail[-32:] + chunk
            self._macros = self._macros or any(mark in window for mark in _MACROS)
        self._tail = (self._tail + chunk)[-TAIL:]

    def finding(self, accepted: tuple[str, ...], max_size: int) -> Finding:
        """What the file is and whether it can be kept under `accepted` formats and `max_size` bytes."""
        if self.size == 0:
            return Finding(None, "empty")
        found = self._format()
        if found is None or found not in accepted:
            return Finding(found, "format", found or self._known_other())
        if self.size > max_size:
            return Finding(found, "too_big")
        return Finding(found) if self._whole(found) else Finding(found, "damaged")

    def _format(self) -> str | None:
        head = self._head
        if (picture := format_of(head)) is not None:
            return picture
        # Readers accept junk before the header of a PDF within the first 1024 bytes; so do offices. A page or a
        # program that only holds the word is what its first bytes say.
        if b"%PDF-" in head and (head.lstrip().startswith(b"%PDF-") or self._known_other() is None):
            return "pdf"
        return None

    def _known_other(self) -> str | None:
        head = self._head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if self._macros:
            return "macros"
        if self._head[4:8] == b"ftyp":
            return "video"
        if head.startswith(b"PK"):
            return _inside_zip(self._head)
        return next((name for mark, name in _MARKS.items() if head.startswith(mark)), None)

    def _whole(self, found: str) -> bool:
        """Whether the end of the file is there: a cut transfer or a broken copy lacks it."""
        if found == "png":
            return b"IEND" in self._tail
        if found == "jpeg":
            # Some phones append data after the end marker, so it may lie anywhere in the tail; what a longer appendix
            # hides is told by the look that follows.
            return b"\xff\xd9" in self._tail or self.size > 4 * TAIL
        if found == "webp":
            return self.size >= int.from_bytes(self._head[4:8], "little") + 8
        if found == "bmp":
            return self.size >= int.from_bytes(self._head[2:6], "little")
        if found == "pdf":
            return b"%%EOF" in self._tail or b"startxref" in self._tail
        return True


def _inside_zip(head: bytes) -> str:
    """What a ZIP is to the person who gave it: its first part says (ECMA-376, OpenDocument 1.3 part 2)."""
    if b"mimetypeapplication/vnd.oasis" in head:
        return "opendocument"
    if b"mimetypeapplication/epub" in head:
        return "book"
    return "word" if b"[Content_Types].xml" in head or b"_rels/" in head else "zip"
