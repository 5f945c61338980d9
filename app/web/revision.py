"""Which service is running: the program and the procedures, as one hash. An audit is bound to it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from app.web.published import Published

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("app/**/*.py", "templates/**/*.html", "static/**/*.*", "translations/**/*.po", "requirements/serve.txt")
"""What pages are made of: code, templates, style and scripts, words, the versions of libraries."""
APART = ("app/audit/", "app/preview/", "templates/audit/", "templates/preview/")
"""Tools: no page of the service is made of them."""


@cache
def program() -> str:
    """The hash of everything but the procedures; the same on every machine that holds the same files."""
    return hashed(PROGRAM, APART)


def hashed(patterns: tuple[str, ...], apart: tuple[str, ...] = ()) -> str:
    """What the files of some patterns come to, those in the folders `apart` left out."""
    whole = hashlib.sha256()
    found = {path.relative_to(ROOT).as_posix(): path for pattern in patterns for path in ROOT.glob(pattern)}
    for name in sorted(found):
        if not name.startswith(apart) and found[name].is_file() and "__pycache__" not in name:
            whole.update(f"{name}\n".encode() + hashlib.sha256(found[name].read_bytes()).digest())
    return whole.hexdigest()


def running(published: Published) -> str:
    """The hash of this program with the procedures that it serves."""
    whole = hashlib.sha256(program().encode())
    for slug, sha256 in sorted(published.shas.items()):
        whole.update(f"{slug} {sha256}\n".encode())
    return whole.hexdigest()
