"""Asks ClamAV about a file: clamd's INSTREAM command, over a local socket or TCP (clamd(8), "COMMANDS")."""

from __future__ import annotations

import socket
from collections.abc import Iterable

TIMEOUT = 60
"""Seconds without an answer."""

NO_VIRUS = {"Heuristics.Limits.Exceeded": "too_complex", "Heuristics.Encrypted": "locked"}
"""By the beginning of a name that clamd gives where `AlertExceedsMax` or `AlertEncrypted` is on (clamd.conf(5)): nobody
is told of a virus because a file could not be looked through.
"""


class ScanError(Exception):
    """No answer to rely on: clamd is away, busy, or refused the file. The message is safe to log."""


def problem_in(address: str, pieces: Iterable[bytes]) -> str | None:
    """What clamd has against the file, as `FileRecord.problem`; None where it has nothing. `address` is the path of a
    socket, or `host:port`.

    Raises `ScanError`, and what `pieces` raises.
    """
    try:
        with _connected(address) as line:
            _send(line, pieces)
            reply = _reply(line)
    except (TimeoutError, ConnectionError, socket.gaierror) as error:
        raise ScanError(f"clamd does not answer: {type(error).__name__}") from None
    if reply.endswith(" OK"):
        return None
    if reply.endswith(" FOUND"):
        found = reply.removeprefix("stream: ")
        return next((problem for start, problem in NO_VIRUS.items() if found.startswith(start)), "infected")
    if reply.startswith("INSTREAM size limit exceeded"):
        raise ScanError("clamd takes no file as large as this one: its StreamMaxLength is below GUICHET_MAX_UPLOAD_MB")
    raise ScanError(f"clamd answered: {reply[:80]}" if reply else "clamd does not answer: it hung up")


def _send(line: socket.socket, pieces: Iterable[bytes]) -> None:
    try:
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        # clamd hangs up on a file that is larger than it takes. What it said of that can still be read.
        return


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
