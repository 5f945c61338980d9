"""What is wrong in one procedure, or in one shared block. Imported only where there is something to look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.spec.blocks import Library
from app.spec.compiler import Compiled, compile_folder, read_text
from app.spec.diagnostics import Findings
from app.spec.glossary import FILE as GLOSSARY
from app.spec.glossary import read_glossary
from app.spec.kept import Also, Found
from app.spec.worked import check_worked_examples


def procedure_in(procedure: Path, today: date | None, also: Also | None) -> Found:
    """A procedure and the worked examples beside it."""
    root = procedure.resolve().parent if procedure.parent == Path() else procedure.parent
    compiled = compile_folder(procedure, root / "shared", root / "tables", today=today)
    findings = Findings(list(compiled.diagnostics))
    note = also(compiled, findings) if compiled.procedure is not None and also is not None else ""
    found = Found(findings.in_order(), dict(compiled.sources), note)
    cases = procedure / "cases.yaml"
    if cases.is_file():
        _check_cases(cases, compiled, found)
    return found


def _check_cases(path: Path, compiled: Compiled, found: Found) -> None:
    """The worked examples: their writing and the names they use."""
    findings = Findings()
    text = read_text(path, findings)
    if text is not None:
        check_worked_examples(text, str(path), compiled.procedure, findings)
    found.diagnostics += findings.in_order()
    found.sources[str(path)] = text or ""
    found.files += 1


def block_in(path: Path) -> Found:
    """A shared block or glossary by itself: its writing and its shape. Its meaning is checked where it is used."""
    findings = Findings()
    text = read_text(path, findings)
    if text is not None and path.stem == GLOSSARY:
        read_glossary(text, str(path), findings)
    elif text is not None:
        Library({path.stem: text}, findings, {path.stem: str(path)}).tree(path.stem)
    return Found(findings.in_order(), {str(path): text or ""})
