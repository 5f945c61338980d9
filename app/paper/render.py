"""From papers to PDF: each call starts a short-lived process (`app.paper.worker`) and waits for it.

Why a process and not a lazy import (measured on two cores, CPython 3.11, typst 0.15.2): in a web worker the first paper
adds about 28 MB and each different one about 4 MB more, because typst keeps what it typeset, people's names included. A
process costs 0.1 s for one paper and less than 0.01 s for each further one of the same call, gives the memory back,
forgets, stands a time limit, and cannot write to disk.
"""

from __future__ import annotations

import json
import os
import subprocess  # the worker is our own module, started without a shell
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.paper.model import Paper, as_data

TIMEOUT = 90
"""Seconds of real time for one call."""

COMMAND = [sys.executable, "-B", "-X", "utf8", "-m", "app.paper.worker"]
ENVIRONMENT = {
    "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "RAYON_NUM_THREADS": "1",
}
"""How a worker is started: it inherits nothing, no key above all."""

MISSING_SIGNS = {
    "fr": "Cet ordinateur n'a pas pu imprimer ces signes : {codes}. À leur place, il y a [?]. Écrivez-les à la main.",
    "en": "This computer could not print these signs: {codes}. In their place is [?]. Write them by hand.",
}
"""By language; French where there is none. Not in the catalogues: it must exist even when a catalogue is broken."""


class PaperError(RuntimeError):
    """No PDF could be made. Its message is safe to log."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """`missing` are the signs that no font of this machine has; the paper itself says so at its head."""

    pdf: bytes
    missing: tuple[str, ...] = ()


def ask_worker(
    header: dict[str, Any], parts: Sequence[bytes] = (), timeout: float = TIMEOUT
) -> tuple[dict[str, Any], list[bytes]]:
    """Send one request to a new worker. Returns its header and its parts. Raises `PaperError`."""
    request = json.dumps({**header, "lengths": [len(part) for part in parts]}).encode() + b"\n"
    try:
        done = subprocess.run(
            COMMAND,
            input=b"".join((request, *parts)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=timeout,
            env=ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PaperError(f"the paper took more than {timeout:g} seconds") from None
    except OSError as error:
        raise PaperError(f"no process for papers: {type(error).__name__}") from None
    head, separator, rest = done.stdout.partition(b"\n")
    if not separator:
        raise PaperError(f"the process for papers ended with code {done.returncode}")
    reply: dict[str, Any] = json.loads(head)
    if "error" in reply:
        raise PaperError(str(reply["error"]))
    made, start = [], 0
    for length in reply["lengths"]:
        made.append(rest[start : start + length])
        start += length
    return reply, made


def _request(paper: Paper) -> dict[str, Any]:
    sentence = MISSING_SIGNS.get(paper.language.split("-")[0], MISSING_SIGNS["fr"])
    return {**as_data(paper), "missing_signs": sentence}


def render(papers: Sequence[Paper]) -> list[Rendered]:
    """Typeset several papers in one process, in order. Raises `PaperError`."""
    if not papers:
        return []
    reply, made = ask_worker({"papers": [_request(paper) for paper in papers]})
    return [Rendered(pdf, tuple(missing)) for pdf, missing in zip(made, reply["missing"], strict=True)]


def render_pdf(paper: Paper) -> bytes:
    """One paper as PDF/UA-1 and PDF/A-2a. Raises `PaperError`."""
    return render([paper])[0].pdf
