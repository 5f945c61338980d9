"""What earlier checks found, so that files that have not changed are not checked again.

One small file for each procedure, in `$XDG_CACHE_HOME/guichet/check`, else `~/.cache/guichet/check`. It holds what was
found and a key made of the content of every file that was read, the day, and the program itself. Anybody may erase the
folder at any time. Where it cannot be read or written, everything is checked again and nothing is said.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import Diagnostic, Edit, Findings, Fix, Related
from app.spec.tree import Span
from app.spec.version import ENGINE

if TYPE_CHECKING:
    from app.spec.compiler import Compiled

_ROOT = Path(__file__).resolve().parents[1]
_CODE = ("kinds", "spec", "journey", "verify", "../schemas")
_LED_TO = re.compile(rb"procedure[\"']?\s*:\s*[\"']?([^\s\"',}]+)")
"""Where an answer may be taken along: what another procedure asks is looked up in its file."""


@dataclass(slots=True)
class Found:
    """What was found in one procedure or block. `sources` are the texts that were read, by file."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    note: str = ""
    files: int = 1


Also = Callable[["Compiled", Findings], str]
"""What else is checked in a procedure that compiled: it records what it finds and gives a line to show, or ""."""


def kept_in(environ: Mapping[str, str]) -> Kept:
    """The folder of this user."""
    given = environ.get("XDG_CACHE_HOME", "")
    base = Path(given) if given.startswith("/") else Path(environ.get("HOME") or "/nonexistent") / ".cache"
    return Kept(base / "guichet" / "check")


class Kept:
    """Results by procedure."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._digests: dict[Path, str] = {}
        self._others: dict[Path, tuple[str, ...]] = {}

    def key(self, procedure: Path, today: date | None) -> str:
        """What a result depends on. Two equal keys have the same result; without `today`, on days when nothing goes out
        of date.
        """
        root = procedure.resolve().parent
        shared, tables = sorted((root / "shared").glob("*.yaml")), sorted((root / "tables").glob("*.csv"))
        files = [procedure / "procedure.yaml", procedure / "cases.yaml", *shared, *tables]
        parts = [
            ENGINE,
            program(),
            str(procedure),
            today.isoformat() if today is not None else "",
            *(f"{one.name} {self._of(one)}" for one in files),
        ]
        named = {slug for one in files[:1] + shared for slug in self._led_to(one)}
        for slug in sorted(named - {procedure.resolve().name}):
            other = root / slug / "procedure.yaml"
            parts.append(f"{slug} {self._of(other)}")
            if not other.is_file():  # then the nearest of those that are there is proposed
                parts += sorted(path.parent.name for path in root.glob("*/procedure.yaml"))
        return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()

    def _led_to(self, path: Path) -> tuple[str, ...]:
        if path not in self._others:
            self._others[path] = tuple(slug.decode("utf-8", "replace") for slug in _LED_TO.findall(_bytes(path)))
        return self._others[path]

    def _of(self, path: Path) -> str:
        if path not in self._digests:
            self._digests[path] = sha256(_bytes(path)).hexdigest() if path.is_file() else ""
        return self._digests[path]

    def get(self, procedure: Path, key: str) -> Found | None:
        """What was found when the key was the same; None where nothing is kept."""
        try:
            held = json.loads(self._place(procedure).read_text(encoding="utf-8"))
            if held["key"] != key:
                return None
            return Found([_diagnostic(row) for row in held["diagnostics"]], {}, _text(held["note"]), held["files"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, procedure: Path, key: str, found: Found) -> None:
        """Keep what was found, in place of what was there."""
        place = self._place(procedure)
        rows = [_row(one) for one in found.diagnostics]
        written = {"key": key, "diagnostics": rows, "note": _plain(found.note), "files": found.files}
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = place.with_suffix(f".{os.getpid()}")
            beside.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
            beside.replace(place)
        except (OSError, TypeError, ValueError):
            return

    def _place(self, procedure: Path) -> Path:
        return self.folder / f"{sha256(str(procedure.resolve()).encode('utf-8', 'surrogateescape')).hexdigest()}.json"


@cache
def program() -> str:
    """This program: the version does not change with each line of it, and a result must."""
    found = sha256()
    for folder in _CODE:
        for path in sorted((_ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".json", ".csv"):
                held = path.stat()
                found.update(f"{path.name} {held.st_size} {held.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


# --- as JSON


def _plain(text: str) -> Any:
    return [str(text), text.english] if isinstance(text, Phrase) else text


def _text(held: Any) -> str:
    return Phrase(*held) if isinstance(held, list) else str(held)


def _row(found: Diagnostic) -> dict[str, Any]:
    fix = found.fix
    return {
        "code": found.code,
        "severity": found.severity,
        "place": [found.file, found.line, found.column, found.end_line, found.end_column],
        "path": found.path,
        "message": _plain(found.message),
        "hint": _plain(found.hint),
        "fix": None if fix is None else [fix.certainty, [[list(edit.span), edit.text] for edit in fix.edits]],
        "related": [[list(other.span), _plain(other.message)] for other in found.related],
        "witness": None if found.witness is None else dict(found.witness),
    }


def _diagnostic(row: dict[str, Any]) -> Diagnostic:
    fix = row["fix"]
    file, line, column, end_line, end_column = row["place"]
    return Diagnostic(
        row["code"],
        row["severity"],
        file,
        line,
        column,
        end_line,
        end_column,
        path=row["path"],
        message=_text(row["message"]),
        hint=_text(row["hint"]),
        fix=None if fix is None else Fix(fix[0], tuple(Edit(Span(*span), text) for span, text in fix[1])),
        related=tuple(Related(Span(*span), _text(message)) for span, message in row["related"]),
        witness=row["witness"],
    )
