"""All procedures of a folder. A broken file never hides the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.spec.compiler import compile_folder
from app.spec.diagnostics import Diagnostic
from app.spec.folders import procedure_folders
from app.spec.model import Procedure


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What compiled, by slug, in alphabetical order.

    `diagnostics` has an entry for every folder read, broken ones included, so that a caller can tell the operator, keep
    the last good revision of a broken one, and show it as not available where there is none. `sources` are the texts by
    file name.
    """

    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    canonical: Mapping[str, str] = field(default_factory=dict)
    diagnostics: Mapping[str, list[Diagnostic]] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def broken(self) -> tuple[str, ...]:
        """Slugs of the folders that did not compile."""
        return tuple(slug for slug in self.diagnostics if slug not in self.procedures)

    @classmethod
    def load(cls, procedures_dir: Path, *, today: date | None = None) -> Catalogue:
        """Compile every sub-folder of `procedures_dir` that holds a `procedure.yaml`."""
        procedures: dict[str, Procedure] = {}
        canonical: dict[str, str] = {}
        diagnostics: dict[str, list[Diagnostic]] = {}
        sources: dict[str, str] = {}
        for folder in procedure_folders(procedures_dir):
            compiled = compile_folder(folder, procedures_dir / "shared", procedures_dir / "tables", today=today)
            diagnostics[folder.name] = compiled.diagnostics
            sources.update(compiled.sources)
            if compiled.procedure is not None:
                procedures[folder.name] = compiled.procedure
                canonical[folder.name] = compiled.canonical
        return cls(procedures, canonical, diagnostics, sources)
