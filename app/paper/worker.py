"""The short-lived process that touches what is heavy or hostile: typst, and the images and PDF that people upload.

Protocol, on standard input and output: one JSON header on a line, then the bytes of the parts one after another, whose
lengths the header gives. Nothing is read from or written to a file: the process forbids itself every write to disk
before it reads.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

MEMORY_LIMIT = 3 << 30
"""Bytes of address space (typst's library alone maps 84 MB; threads map their stacks)."""

CPU_LIMIT = 60
"""Seconds."""


def forbid_files() -> None:
    """From here on this process can neither write a file nor leave a memory image of a person's papers."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))


def _papers(header: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    from app.paper.typeset import typeset

    made = [typeset(paper) for paper in header["papers"]]
    return {"missing": [list(missing) for _, missing in made]}, [pdf for pdf, _ in made]


def _document(header: dict[str, Any], parts: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    from app.paper.upright import one_pdf

    made = one_pdf(parts, header["title"], header["language"], header["limit"])
    return {"problem": made.problem, "file": made.file, "reduced": made.reduced}, [made.pdf]


def _look(header: dict[str, Any], parts: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    from app.paper.examine import examine

    found = examine(parts[0], tuple(header["takes"]))
    said = {"problem": found.problem, "format": found.format, "pages": found.pages, "notes": list(found.notes)}
    # The small part first: whoever asked streams the large one on.
    return {**said, "replaced": found.content is not None}, [found.thumb or b"", found.content or b""]


def _pictures(header: dict[str, Any], parts: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    from app.paper.upright import fit_picture

    made = [fit_picture(part, header["formats"], header["limit"]) for part in parts]
    said = [{"problem": one.problem, "format": one.format, "reduced": one.reduced} for one in made]
    return {"pictures": said}, [one.content for one in made]


def answer(header: dict[str, Any], parts: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The reply to one request: `{"papers": […]}`, `{"takes": […]}` with one file to look at, `{"formats": […],
    "limit"}` with pictures, or `{"document", "title", "language", "limit"}` with its files.
    """
    if "papers" in header:
        return _papers(header)
    if "takes" in header:
        return _look(header, parts)
    if "formats" in header:
        return _pictures(header, parts)
    return _document(header, parts)


def main() -> int:
    """Serve one request; 0, or 1 with an `error` header whose text holds nothing personal."""
    forbid_files()
    header = json.loads(sys.stdin.buffer.readline())
    parts = [sys.stdin.buffer.read(length) for length in header.get("lengths", [])]
    try:
        reply, made = answer(header, parts)
    except Exception as error:  # noqa: BLE001 -- last fence: the log must not get a person's text, only the class or our own words
        from app.paper.typeset import TypesettingError

        words = str(error) if isinstance(error, TypesettingError) else type(error).__name__
        reply, made = {"error": words}, []
    out = sys.stdout.buffer
    out.write(json.dumps({**reply, "lengths": [len(part) for part in made]}).encode() + b"\n")
    for part in made:
        out.write(part)
    out.flush()
    return 1 if "error" in reply else 0


if __name__ == "__main__":
    sys.exit(main())
