"""The questions of another procedure, for answers that go along with a person who is led there."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from app.spec.blocks import Library, expand
from app.spec.diagnostics import Findings
from app.spec.source import decode, load
from app.spec.structure import check_shape
from app.spec.symbols import FieldSymbol, collect


def questions_of(folder: Path, blocks: Mapping[str, str]) -> Mapping[str, FieldSymbol] | None:
    """Those of `folder/procedure.yaml` with the shared `blocks`; None where they cannot be read, or not all of them.

    What is wrong there is told where it is checked, and not once more in every procedure that leads there: a question
    whose `kind` is misspelt is still asked.
    """
    try:
        text = decode((folder / "procedure.yaml").read_bytes(), str(folder), Findings())
    except OSError:
        return None
    return None if text is None else _questions(text, tuple(sorted(blocks.items())))


@lru_cache(maxsize=64)
def _questions(text: str, blocks: tuple[tuple[str, str], ...]) -> Mapping[str, FieldSymbol] | None:
    findings = Findings()
    tree = load(text, "procedure.yaml", findings)
    if tree is None or not tree.is_map:
        return None
    check_shape(tree, "procedure", findings)
    expand(tree, Library(dict(blocks), findings))
    if any(one.severity == "error" and (not one.path or one.path.startswith("/steps")) for one in findings.diagnostics):
        return None
    return collect(tree, {}, set()).fields
