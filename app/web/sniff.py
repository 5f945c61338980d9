"""What an uploaded file really is, from its bytes: names and declared types are never trusted.

Signatures: PDF 32000-1 section 7.5 (header, trailer), JPEG ITU-T T.81 annex B (SOI, EOI markers), PNG W3C specification
section 5.2 (signature, IEND), ISO/IEC 14496-12 (`ftyp` brands of HEIF), and the well-known marks of ZIP, OLE, GIF,
TIFF, BMP, RIFF/WebP.
"""

from __future__ import annotations

from dataclasses import dataclass

HEAD = 1024
"""Bytes looked at from the start."""
TAIL = 2048
"""Bytes looked at from the end."""

MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
"""Formats that a draft may hold, with the type under which they are given back."""

_PNG = b"\x89PNG\r\n\x1a\n"
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")


@dataclass(frozen=True, slots=True)
class Finding:
    """`format` is the recognised format or None; `problem` is a message code (`app.web.upload_messages`) or None when
    the file can be kept; `looks_like` names a known format that is not taken, for the message.
    """

    format: str | None
    problem: str | None = None
    looks_like: str | None = None


class Sniffer:
    """Reads a file as it streams by: first and last bytes, size, and the mark of an encrypted PDF.

    Feed every chunk to `add`, then ask `finding`. Memory is bounded by `HEAD + TAIL` whatever the file's size.
    """

    def __init__(self) -> None:
        self.size = 0
        self._head = b""
        self._tail = b""
        self._encrypted = False

    def add(self, chunk: bytes) -> None:
        """Take the next bytes of the file, in order."""
        self.size += len(chunk)
        if len(self._head) < HEAD:
            self._head += chunk[: HEAD - len(self._head)]
        window = self._tail[-16:] + chunk
        self._encrypted = self._encrypted or b"/Encrypt" in window
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
        if not self._whole(found):
            return Finding(found, "damaged")
        if found == "pdf" and self._encrypted:
            return Finding(found, "locked")
        return Finding(found)

    def _format(self) -> str | None:
        head = self._head
        if head.startswith(b"\xff\xd8\xff"):
            return "jpeg"
        if head.startswith(_PNG):
            return "png"
        # Readers accept junk before the header of a PDF within the first 1024 bytes; so do offices.
        return "pdf" if b"%PDF-" in head else None

    def _known_other(self) -> str | None:
        head = self._head
        marks = {
            b"PK\x03\x04": "zip",
            b"\xd0\xcf\x11\xe0": "office",
            b"GIF8": "gif",
            b"II*\x00": "tiff",
            b"MM\x00*": "tiff",
            b"BM": "bmp",
            b"<": "html",
        }
        if head[4:8] == b"ftyp":
            return "heic" if head[8:12] in _HEIF_BRANDS else "video"
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return "webp"
        return next((name for mark, name in marks.items() if head.startswith(mark)), None)

    def _whole(self, found: str) -> bool:
        """Whether the end of the file is there: a cut transfer or a broken copy lacks it."""
        if found == "png":
            return b"IEND" in self._tail
        if found == "jpeg":
            # Some phones append data after the end marker, so it may lie anywhere in the tail; a very long appendix is
            # still a readable picture, hence the generous window.
            return b"\xff\xd9" in self._tail
        return b"%%EOF" in self._tail or b"startxref" in self._tail
