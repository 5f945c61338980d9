"""Publishes a folder of procedures: compiles each, stores each valid one as its current revision, tells the operator
the rest.

For the command line only: workers read what is stored. A start compiles only what changed since the last one
(`app.spec.kept` says what a result depends on): a hundred procedures take as many seconds as ten of them otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from app.spec.compiler import compile_folder
from app.spec.day import on_this_day
from app.spec.diagnostics import Diagnostic, render
from app.spec.folders import procedure_folders
from app.spec.kept import Found, Kept
from app.spec.model import Procedure
from app.store import Store
from app.verify.extent import with_questions

Days = tuple[date, date]
"""The first and the last day on which a result holds."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What was found in each procedure of a folder, by slug; which of them did not compile."""

    found: Mapping[str, Sequence[Diagnostic]] = field(default_factory=dict)
    broken: tuple[str, ...] = ()


def publish_folder(store: Store, folder: Path, kept: Kept | None = None, *, today: date | None = None) -> Folder:
    """Compile every procedure of `folder` and store each valid one as its current revision.

    A broken file publishes nothing: its last good revision stays in force (design, decision 1). With `kept`, a
    procedure is not compiled again while its files, the program and what its dates say are the same and its revision is
    in force. Returns what was found, so that the command line can show it to the operator.
    """
    day = today or on_this_day()
    found: dict[str, Sequence[Diagnostic]] = {}
    broken: list[str] = []
    for path in procedure_folders(folder):
        key = kept.key(path, None) if kept is not None else ""
        held = kept.get(path, key) if kept is not None else None
        if held is None or not _holds(store, path.name, held.note, day):
            held = _compiled(store, path, folder, day)
            if not held.note:
                broken.append(path.name)
            elif kept is not None:
                kept.put(path, key, held)
        found[path.name] = held.diagnostics
    return Folder(found, tuple(broken))


def _compiled(store: Store, path: Path, folder: Path, day: date) -> Found:
    """What is found in one procedure. Its `note` is the revision that is in force now and the days on which this holds;
    empty where there is none.
    """
    compiled = compile_folder(path, folder / "shared", folder / "tables", today=day)
    found = Found(compiled.diagnostics)
    if compiled.procedure is not None:
        text = with_questions(compiled.canonical, compiled.procedure)
        first, last = holding(compiled.procedure, day)
        found.note = f"{store.revisions.publish(path.name, text).sha256} {first} {last}"
    return found


def _holds(store: Store, slug: str, note: str, day: date) -> bool:
    match note.split():
        case [sha256, first, last]:
            in_force = store.revisions.in_force(slug)
            return in_force == sha256 and first <= day.isoformat() <= last
        case _:
            return False


def holding(procedure: Procedure, day: date) -> Days:
    """The days around `day` between which nothing that was found goes out of date by itself."""
    ends: list[date | None] = [procedure.review_by, procedure.valid_until]
    starts: list[date | None] = []
    for fact in procedure.facts.values():
        ends += [period.ends for period in fact.periods]
        starts += [period.starts for period in fact.periods]
    turns = [*_known(starts), *(end + timedelta(days=1) for end in _known(ends) if end < date.max)]
    before = [turn for turn in turns if turn <= day]
    after = [turn for turn in turns if turn > day]
    return max(before, default=date.min), min(after, default=date.max) - timedelta(days=1)


def _known(days: Iterable[date | None]) -> Iterator[date]:
    return (day for day in days if day is not None)


def report(store: Store, folder: Folder) -> Iterator[str]:
    """What the operator must know, one text each: every error and everything out of date with its place, and what a
    broken file means for people. Warnings and hints are for authors (`guichet check`).
    """
    for found in folder.found.values():
        for diagnostic in found:
            if diagnostic.severity in ("error", "stale"):
                yield render(diagnostic, _lines(diagnostic.file))
    for slug in folder.broken:
        if store.revisions.in_force(slug) is None:
            yield f"« {slug} » n'est pas servie : son fichier a des erreurs et elle n'a jamais été publiée."
        else:
            yield f"« {slug} » : le fichier a des erreurs. La dernière version sans erreur reste servie."


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError):
        return []
