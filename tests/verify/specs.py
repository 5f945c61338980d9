"""Small procedures as text: a few sections in place of those of the sound procedure that all examples share."""

from __future__ import annotations

from app.spec.codes.examples import TABLES, TODAY, whole
from app.spec.compiler import Compiled, compile_text
from app.spec.diagnostics import Diagnostic, Findings, render
from app.verify.telling import prove

__all__ = ["TODAY", "codes", "compiled", "proven", "step"]


def compiled(sections: str) -> Compiled:
    """The procedure of these sections; it must be sound before anything is proven."""
    files = whole(sections)
    found = compile_text(files.text, blocks=files.blocks, tables=TABLES, today=TODAY)
    assert [render(one) for one in found.diagnostics if one.severity == "error"] == []
    assert found.procedure is not None
    return found


def proven(sections: str) -> list[Diagnostic]:
    """What the proofs say of these sections."""
    findings = Findings()
    prove(compiled(sections), findings)
    return findings.in_order()


def codes(sections: str) -> list[str]:
    """The codes alone."""
    return [found.code for found in proven(sections)]


def step(*fields: str, name: str = "first", more: str = "") -> str:
    """A step as YAML, each field on its line; the rules and documents of the shared procedure go."""
    lines = "".join(f"      - {{{field}}}\n" for field in fields)
    return f'  - id: "{name}"\n    title: "Une étape"\n{more}    fields:\n{lines}'
