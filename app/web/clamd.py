"""Asks ClamAV about a file: clamd's INSTREAM command, over a local socket or TCP (clamd(8), "COMMANDS")."""

from __future__ import annotations

import socket
from collections.abc import Iterable

TIMEOUT = 60
"""Seconds without an answer."""


class ScanError(Exception):
    """No answer to rely on: clamd is away, busy, or refused the file. The message is safe to log."""


def infected(address: str, pieces: Iterable[bytes]) -> bool:
    """Whether clamd knows a virus in the file. `address` is the path of a socket, or `host:port`.

    Raises `ScanError`, and what `pieces` raises.
    """
    try:
        with _connected(address) as line:
            line.sendall(b"zINSTREAM\0")
            for piece in pieces:
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
            reply = _reply(line)
    except (TimeoutError, ConnectionError, socket.gaierror) as error:
        raise ScanError(f"clamd does not answer: {type(error).__name__}") from None
    if reply.endswith(" FOUND"):
        return True
    if reply.endswith(" OK"):
        return False
    # "INSTREAM size limit exceeded. ERROR": its StreamMaxLength is below what we take.
    raise ScanError(f"clamd answered: {reply[:80]}")


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT)
        try:
            line.connect(address)
        except OSError as error:
            line.close()
            raise ConnectionError(type(error).__name__) from None
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=TIMEOUT)


def _reply(line: socket.socket) -> str:
    held = b""
    while not held.endswith(b"\0") and len(held) < 4096:
        piece = line.recv(4096)
        if not piece:
            break
        held += piece
    return held.rstrip(b"\0\n").decode("utf-8", "replace")
