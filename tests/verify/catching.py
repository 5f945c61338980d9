"""What catches a mistake: the text, the proofs, the worked examples, or only the comparison with what was before.

A mutant changes meaning when it does not compile, or when the canonical text of what it compiles to is another. It is
caught by `check` when that finds in the text, or proves, what it did not before (what time alone makes stale aside), by
`cases` when a worked example no longer comes true, and by `diff` when that tells of at least one change. They are asked
in this order, and the first one counts.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.spec.compiler import Compiled, compile_folder
from app.spec.diagnostics import Diagnostic, Findings
from app.verify.cases import UnreadableCases, run_cases
from app.verify.diff import difference
from app.verify.telling import prove
from tests.architecture.graph import ROOT
from tests.verify.mutants import Author, Mutant

Catcher = Literal["text", "proofs", "cases", "diff", "nobody"]
CATCHERS: tuple[Catcher, ...] = ("text", "proofs", "cases", "diff", "nobody")
SHIPPED = tuple(sorted(path.parent.name for path in (ROOT / "procedures").glob("*/procedure.yaml")))


@dataclass(slots=True)
class Tally:
    """What became of the mutants of a procedure."""

    made: int = 0
    same: int = 0
    caught: Counter[Catcher] = field(default_factory=Counter)
    placed: int = 0
    misplaced: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        return self.made - self.same

    def share(self) -> float:
        """The part of the mutants that change meaning which something catches."""
        return 1.0 if not self.changed else 1 - self.caught["nobody"] / self.changed

    def on_line(self) -> float:
        """The part of those caught by the text whose finding stands where the mistake was made."""
        return 1.0 if not self.caught["text"] else self.placed / self.caught["text"]

    def counts(self) -> dict[str, str]:
        """For the page of what was proved."""
        caught = ", ".join(f"{name} {self.caught[name]}" for name in CATCHERS)
        return {
            "mutants": str(self.made),
            "without effect": str(self.same),
            "caught first by": caught,
            "caught": f"{self.share():.2%}",
            "on the right line": f"{self.on_line():.2%}",
        }


class Workshop:
    """A copy of the shipped procedures, in one of which mistakes are made."""

    def __init__(self, slug: str, folder: Path) -> None:
        shutil.copytree(ROOT / "procedures", folder / "procedures")
        self.folder = folder / "procedures" / slug
        self.file = self.folder / "procedure.yaml"
        self.text = self.file.read_text(encoding="utf-8")
        self.cases = (self.folder / "cases.yaml").read_text(encoding="utf-8")
        self.before = self._compiled()
        assert self.before.procedure is not None
        self.known = {_identity(one) for one in self._proofs(self.before)}

    def run(self, sort: str, count: int, seed: int, tally: Tally) -> None:
        """Make `count` mistakes of a sort and see what catches each."""
        for mutant in Author(self.text, seed).mutants(sort, count):
            tally.made += 1
            self.file.write_text(mutant.text, encoding="utf-8")
            self._judge(mutant, self._compiled(), tally)

    def _compiled(self) -> Compiled:
        root = self.folder.parent
        return compile_folder(self.folder, root / "shared", root / "tables")

    def _judge(self, mutant: Mutant, after: Compiled, tally: Tally) -> None:
        if after.canonical == self.before.canonical:
            tally.same += 1
            return
        catcher, found = self._catcher(after)
        tally.caught[catcher] += 1
        where = f"{mutant.sort}, {self.folder.name}:{mutant.first}-{mutant.last}"
        if catcher == "nobody":
            tally.missed.append(where)
        elif catcher == "text":
            if any(_points_at(one, mutant, self.file) for one in found):
                tally.placed += 1
            else:
                tally.misplaced.append(f"{where}: {[(one.code, one.line, one.message) for one in found[:4]]}")

    def _proofs(self, compiled: Compiled) -> list[Diagnostic]:
        proofs = Findings()
        prove(compiled, proofs)
        return _fresh(proofs.in_order())

    def _catcher(self, after: Compiled) -> tuple[Catcher, list[Diagnostic]]:
        if found := _fresh(after.diagnostics):
            return "text", found
        assert after.procedure is not None
        if found := [one for one in self._proofs(after) if _identity(one) not in self.known]:
            return "proofs", found
        try:
            if not all(result.came_true for result in run_cases(after.procedure, self.cases)):
                return "cases", []
        except UnreadableCases:
            return "cases", []
        return ("diff" if difference(self.folder.name, self.before, after.procedure).changes else "nobody"), []


def _identity(found: Diagnostic) -> tuple[str, str, str]:
    """What a finding says, wherever the file says it: hints that were there before a mistake do not catch it."""
    return found.code, found.message, found.path


def _fresh(found: list[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.severity != "stale"]


def _points_at(found: Diagnostic, mutant: Mutant, file: Path) -> bool:
    """Whether an author who reads the finding is led to the mistake: by its place or a place that it relates, or by
    the name that was taken away, misspelt or doubled.
    """
    places = [(found.file, found.line), *((other.span.file, other.span.line) for other in found.related)]
    if any(name == str(file) and mutant.touches(line) for name, line in places):
        return True
    told = f"{found.message} {found.hint}"
    return any(f"« {word} »" in told or f"`{word}`" in told for word in mutant.words)
