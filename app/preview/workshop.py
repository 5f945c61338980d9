"""The procedures while they are being written: compiled and published again whenever a file changes.

No thread watches the files: each request looks at their times, and the page asks every second.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.spec.check import NothingToCheck, check_paths
from app.spec.compiler import Compiled, compile_folder
from app.spec.diagnostics import Findings, render
from app.spec.folders import procedure_folders
from app.spec.source import load
from app.store import Store
from app.verify.check import prove_one
from app.verify.extent import with_questions
from app.web.published import Published

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What `guichet check` says of a procedure: each finding as text, and how many are errors."""

    texts: tuple[str, ...]
    errors: int


@dataclass(slots=True, eq=False)
class Work:
    """One procedure: its files as they were last read, and its last version without errors."""

    signature: Signature
    good: Compiled | None = None
    broken: bool = False
    reports: list[Report] = field(default_factory=list)
    """At most one: the proofs take a while, so they are run when somebody looks."""


class Workshop:
    """A folder of procedures under work. `publish` is called with what is in force after each change that compiles."""

    def __init__(self, folder: Path, store: Store, publish: Callable[[Published], None]) -> None:
        self.folder = folder
        self._store = store
        self._publish = publish
        self._lock = threading.Lock()
        self._works: dict[str, Work] = {}
        self._published: list[Published] = []
        """All that were in force: pages remember what they printed by the identity of a procedure."""

    def refresh(self) -> None:
        """Take in what has changed on disk."""
        with self._lock:
            works: dict[str, Work] = {}
            for path in procedure_folders(self.folder):
                before, signature = self._works.get(path.name), self._signature(path)
                same = before is not None and before.signature == signature
                works[path.name] = before if before is not None and same else self._taken_in(path, signature, before)
            if works != self._works or not self._published:
                # Put in place at once: other requests read the former ones meanwhile.
                self._works = works
                good = [slug for slug, work in works.items() if work.good is not None]
                self._published.append(Published(self._store, good))
                self._publish(self._published[-1])

    def _taken_in(self, path: Path, signature: Signature, before: Work | None) -> Work:
        compiled = compile_folder(path, self.folder / "shared", self.folder / "tables")
        if compiled.procedure is None:
            return Work(signature, before.good if before else None, broken=True)
        self._store.revisions.publish(path.name, with_questions(compiled.canonical, compiled.procedure))
        return Work(signature, compiled)

    def _signature(self, path: Path) -> Signature:
        return tuple(sorted(_times([path, self.folder / "shared", self.folder / "tables"])))

    @property
    def version(self) -> str:
        """Changes with every change of a file."""
        return _digest(repr(sorted((slug, work.signature) for slug, work in self._works.items())))

    @property
    def served(self) -> str:
        """Changes with what is in force."""
        return _digest(*(work.good.canonical for work in self._works.values() if work.good is not None))

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(self._works)

    def good(self, slug: str) -> Compiled | None:
        """The last version without errors."""
        work = self._works.get(slug)
        return None if work is None else work.good

    def broken(self, slug: str) -> bool:
        """Whether the files hold errors now."""
        return slug in self._works and self._works[slug].broken

    def report(self, slug: str) -> Report:
        """Everything that is wrong in the files as they are now, worked out once for each change."""
        work = self._works[slug]
        if not work.reports:
            work.reports.append(self._checked(slug))
        return work.reports[0]

    def _checked(self, slug: str) -> Report:
        try:
            checked = check_paths([self.folder / slug], None, prove_one)
        except NothingToCheck:
            return Report((), 0)
        lines = {file: text.split("\n") for file, text in checked.sources.items()}
        order = {"error": 0, "stale": 1, "warning": 2, "hint": 3}
        found = sorted(checked.diagnostics, key=lambda one: order[one.severity])
        errors = sum(one.severity == "error" for one in found)
        return Report(tuple(render(one, lines.get(one.file, ())) for one in found), errors)

    def examples(self, slug: str) -> tuple[Mapping[str, object], ...]:
        """The persons of `cases.yaml` as they are written; none where the file cannot be read."""
        file = self.folder / slug / "cases.yaml"
        try:
            tree = load(file.read_text(encoding="utf-8"), str(file), Findings())
        except (OSError, UnicodeDecodeError):
            return ()
        rows = [] if tree is None else [node.to_plain() for node in tree.items()]
        return tuple(row for row in rows if isinstance(row, dict) and row.get("person") and row.get("today"))


def _times(folders: list[Path]) -> Iterator[tuple[str, int, int]]:
    for folder in folders:
        for path in folder.glob("*.*"):
            try:
                held = path.stat()
            except OSError:
                continue  # taken away while we looked: an editor that writes anew
            if path.suffix in (".yaml", ".csv"):
                yield str(path), held.st_mtime_ns, held.st_size


def _digest(*texts: str) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
