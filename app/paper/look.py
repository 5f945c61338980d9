"""Has a file looked at by a short-lived process (`app.paper.worker`); what is large is streamed in and out.

The process inherits no setting and no key, cannot write to disk, and has a limit of time and of memory: a file made to
fill or to stop it costs one process.
"""

from __future__ import annotations

import json
import subprocess  # the worker is our own module, started without a shell
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

from app.paper.render import COMMAND, ENVIRONMENT

TIMEOUT = 60
"""Seconds of real time for one file."""

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Look:
    """What was found. `problem` is a word of `app.paper.examine`, or None; `content` gives, once, what to keep instead
    of the file, and is None when it stays as it came; `thumb` is a small JPEG or None.
    """

    problem: str | None
    format: str = ""
    pages: int | None = None
    notes: tuple[str, ...] = ()
    thumb: bytes | None = None
    content: Iterator[bytes] | None = None


class Cut(OSError):
    """The process ended before it had given all it promised."""


@contextmanager
def looked_at(pieces: Iterable[bytes], size: int, takes: tuple[str, ...], timeout: float = TIMEOUT) -> Iterator[Look]:
    """Look at a file of `size` bytes. `takes` as in `examine`; `too_complex` when the process did not come to an end.

    Raises what `pieces` raises, and `OSError` when no process can be started. The content must be read inside the
    `with`; it raises `Cut`.
    """
    process = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=ENVIRONMENT
    )
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Timer(timeout, process.kill)
    late.start()
    try:
        header = json.dumps({"takes": list(takes), "lengths": [size]}).encode() + b"\n"
        _send(process.stdin, header, pieces)
        yield _read(process.stdout)
    finally:
        late.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()


def _send(pipe: IO[bytes], header: bytes, pieces: Iterable[bytes]) -> None:
    # The process reads everything before it answers, so nobody waits for the other.
    with suppress(BrokenPipeError):
        pipe.write(header)
    for piece in pieces:
        try:
            pipe.write(piece)
        except BrokenPipeError:
            return
    with suppress(BrokenPipeError):
        pipe.close()


def _read(pipe: IO[bytes]) -> Look:
    line = pipe.readline()
    said: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {"error": "ended"}
    if "error" in said:
        return Look("too_complex")
    if said["problem"]:
        return Look(said["problem"])
    small, large = said["lengths"]
    thumb = pipe.read(small)
    content = _rest(pipe, large) if said["replaced"] else None
    return Look(None, said["format"], said["pages"], tuple(said["notes"]), thumb or None, content)


def _rest(pipe: IO[bytes], length: int) -> Iterator[bytes]:
    while length:
        piece = pipe.read(min(PIECE, length))
        if not piece:
            raise Cut("the process ended before the file did")
        length -= len(piece)
        yield piece
