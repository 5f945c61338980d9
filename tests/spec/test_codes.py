"""Every diagnostic code has an example of the fault that gives it, and of its repair that gives nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.spec.codes import CODES
from app.spec.codes.examples import BASE, EXAMPLES, TABLES, TODAY, whole
from app.spec.compiler import compile_folder, compile_text
from app.spec.diagnostics import Diagnostic, Findings, render
from app.spec.source import MAX_BYTES
from app.verify.telling import prove


def _compile(code: str, example: str, tmp_path: Path) -> list[Diagnostic]:
    """Read an example as its code asks: three codes are about the file rather than its text."""
    files = whole(example)
    if code in ("Y02", "Y17"):
        folder = tmp_path / "exemple"
        folder.mkdir()
        if code == "Y02":
            (folder / "procedure.yaml").write_bytes(files.text.encode("latin-1"))
        return compile_folder(folder, tmp_path / "shared", tmp_path / "tables", today=TODAY).diagnostics
    text = files.text.replace("…", "x" * MAX_BYTES) if code == "Y01" else files.text
    compiled = compile_text(text, blocks=files.blocks, tables=TABLES, today=TODAY)
    findings = Findings(list(compiled.diagnostics))
    prove(compiled, findings)
    return findings.diagnostics


def test_every_code_has_examples() -> None:
    assert set(EXAMPLES) == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_bad_example_is_found(code: str, tmp_path: Path) -> None:
    found = _compile(code, EXAMPLES[code][0], tmp_path)
    assert code in {diagnostic.code for diagnostic in found}
    diagnostic = next(diagnostic for diagnostic in found if diagnostic.code == code)
    assert diagnostic.severity == CODES[code].severity
    assert diagnostic.hint
    assert (
        "{" not in diagnostic.message.replace("{" + "fact", "").replace("{stamp}", "") or "nom}" in diagnostic.message
    )


@pytest.mark.parametrize("code", sorted(CODES))
def test_only_the_fault_itself_is_reported(code: str, tmp_path: Path) -> None:
    """One mistake gives one message, not a rain of them. C07 and C14 are two sides of the same question; a contact that
    cannot be reached (M21) leaves people without anybody to talk to (V13).
    """
    found = {diagnostic.code for diagnostic in _compile(code, EXAMPLES[code][0], tmp_path)}
    allowed = {"C07": {"C14"}, "C14": {"C07"}, "M21": {"V13"}}.get(code, set())
    assert found - allowed == {code}


@pytest.mark.parametrize("code", sorted(CODES))
def test_the_good_example_is_clean(code: str) -> None:
    files = whole(EXAMPLES[code][1])
    compiled = compile_text(files.text, blocks=files.blocks, tables=TABLES, today=TODAY)
    assert [render(found) for found in compiled.diagnostics] == []
    assert compiled.procedure is not None
    if code.startswith("V"):
        findings = Findings()
        prove(compiled, findings)
        assert [render(found) for found in findings.diagnostics] == []


def test_the_base_of_the_examples_is_clean() -> None:
    compiled = compile_text(BASE, today=TODAY)
    findings = Findings(list(compiled.diagnostics))
    prove(compiled, findings)
    assert findings.diagnostics == []
