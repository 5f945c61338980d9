"""TY01 a mistyped word is found on its line, TY02 with the word that was meant first.

A part of the words of shipped procedures in `make test`, and many more in `make prove`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from app.spec.compiler import compile_text
from tests.architecture.graph import ROOT
from tests.spec.typos import Typo, suggests, typos

RIGHT = 0.9
FOUND = 0.97
"""Units are open words (an amount may be in any money), so that not every typing mistake in one is told."""
PROCEDURES = sorted((ROOT / "procedures").glob("*/procedure.yaml"))
_SHARED = ROOT / "procedures" / "shared"
BLOCKS = {path.stem: path.read_text("utf-8") for path in _SHARED.glob("*.yaml") if path.stem != "glossary"}
GLOSSARY = (_SHARED / "glossary.yaml").read_text("utf-8")
TABLES = {path.name: path.read_text("utf-8") for path in (ROOT / "procedures" / "tables").glob("*.csv")}


def judge(typo: Typo) -> set[str]:
    """What came of a typing mistake: `found` at all, found `there`, and the word that was meant proposed (`right`).

    A name that is mistyped where it is given is found where it is used.
    """
    compiled = compile_text(typo.text, blocks=BLOCKS, tables=TABLES, glossary=GLOSSARY)
    found = [one for one in compiled.diagnostics if one.severity != "stale"]
    there = [one for one in found if typo.sort == "name" or one.line == typo.line]
    right = any(suggests(one, typo) for one in there)
    return {word for word, holds in (("found", found), ("there", there), ("right", right)) if holds}


def measured(count: int, seed: int) -> Counter[str]:
    """How many typing mistakes were made in each procedure, and what came of them."""
    tally: Counter[str] = Counter()
    for path in PROCEDURES:
        for typo in typos(path.read_text("utf-8"), count, seed):
            judged = judge(typo)
            # A name that nothing uses is another name: only a comparison with what was before sees that.
            tally["made" if judged or typo.sort != "name" else "unused names"] += 1
            tally.update(judged)
    return tally


def _holds(tally: Counter[str]) -> None:
    assert tally["found"] >= FOUND * tally["made"], tally
    assert tally["there"] >= FOUND * tally["found"], tally
    assert tally["right"] >= RIGHT * tally["made"], tally


def test_ty01_ty02_typos_are_found_and_the_word_that_was_meant_comes_first() -> None:
    tally = measured(12, 3)
    assert tally["made"] > 40
    _holds(tally)


@pytest.mark.prove
def test_ty01_ty02_many_typos(record_property: Callable[[str, object], None]) -> None:
    tally = measured(500, 7)
    for name in ("made", "found", "there", "right"):
        record_property(name, f"{tally[name]} ({tally[name] / tally['made']:.1%})")
    record_property("names that nothing uses, apart", tally["unused names"])
    record_property("seed", 7)
    _holds(tally)


@pytest.mark.parametrize("path", PROCEDURES, ids=lambda path: Path(path).parent.name)
def test_ty01_what_is_mistyped_is_one_word(path: Path) -> None:
    """The generator makes one change on one line."""
    text = path.read_text("utf-8")
    for typo in typos(text, 20, 1):
        pairs = list(zip(text.split("\n"), typo.text.split("\n"), strict=True))
        changed = [row for row, (old, new) in enumerate(pairs, 1) if old != new]
        assert changed == [typo.line]
