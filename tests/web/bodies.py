"""Bodies of requests written byte by byte: what no form of ours would send."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_plus

BOUNDARY = "boundary-of-the-test"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
URLENCODED = "application/x-www-form-urlencoded"


def field(name: str, value: str | bytes) -> bytes:
    return _part(f'form-data; name="{name}"', value)


def file(content: bytes, filename: str, *, name: str = "file", media: str = "application/octet-stream") -> bytes:
    """One file; `filename` stands in the header as it is, so that it may hold anything."""
    return _part(f'form-data; name="{name}"; filename="{filename}"', content, f"\r\nContent-Type: {media}")


def raw_file(content: bytes, disposition: str) -> bytes:
    """One file whose whole `Content-Disposition` is given."""
    return _part(disposition, content)


def _part(disposition: str, content: str | bytes, more: str = "") -> bytes:
    held = content.encode() if isinstance(content, str) else content
    return f"--{BOUNDARY}\r\nContent-Disposition: {disposition}{more}\r\n\r\n".encode() + held + b"\r\n"


def multipart(parts: Iterable[bytes]) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def urlencoded(pairs: Iterable[tuple[str, str | bytes]]) -> bytes:
    """Bytes in a value are percent-encoded as they are, also where they are no UTF-8."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()
