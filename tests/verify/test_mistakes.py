"""What an author gets wrong is noticed: MU01 of the mistakes that change meaning something catches nearly all, MU02
what `check` finds in the text leads to the line, MU03 the mistakes are what they say.

A few of each sort in `make test`; many, in every shipped procedure, in `make prove`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.spec.diagnostics import Findings
from app.spec.source import load
from tests.verify.catching import SHIPPED, Tally, Workshop
from tests.verify.mutants import SORTS, Author

CAUGHT = 0.99
ON_LINE = 0.95
SMALL, LARGE = 4, 40


def test_mu01_mu02_a_few_mistakes_of_each_sort(tmp_path: Path) -> None:
    workshop, tally = Workshop("dcem", tmp_path), Tally()
    for sort in SORTS:
        workshop.run(sort, SMALL, 1, tally)
    assert tally.made >= SMALL * len(SORTS) - 2
    assert tally.changed > 0.8 * tally.made
    assert tally.missed == []
    assert tally.on_line() >= ON_LINE, tally.misplaced


@pytest.mark.prove
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("slug", SHIPPED)
def test_mu01_mu02_many_mistakes(
    slug: str, sort: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    workshop, tally = Workshop(slug, tmp_path), Tally()
    workshop.run(sort, LARGE, 20_261_125, tally)
    for name, value in tally.counts().items():
        record_property(name, value)
    record_property("seed", 20_261_125)
    assert tally.share() >= CAUGHT, tally.missed
    # What a wrong test or number does to the meaning is found where it does it.
    assert sort in ("operator", "threshold") or tally.on_line() >= 0.9, tally.misplaced


@pytest.mark.parametrize("sort", SORTS)
def test_mu03_a_mistake_changes_the_text_and_no_more_than_its_lines(sort: str, tmp_path: Path) -> None:
    workshop = Workshop("dcem", tmp_path)
    made = Author(workshop.text, 5).mutants(sort, 12)
    assert len(made) >= 8
    for mutant in made:
        assert mutant.text != workshop.text
        assert mutant.text.split("\n")[: mutant.first - 1] == workshop.text.split("\n")[: mutant.first - 1]


@pytest.mark.parametrize(("sort", "fewer"), [("lost when", "when"), ("removed option", "choices")])
def test_mu03_what_is_taken_out_is_one_thing(sort: str, fewer: str, tmp_path: Path) -> None:
    workshop = Workshop("dcem", tmp_path)
    whole = _count(workshop.text, fewer)
    for mutant in Author(workshop.text, 5).mutants(sort, 12):
        assert _count(mutant.text, fewer) < whole


def _count(text: str, key: str) -> int:
    """How many values, or items of values, stand under a key."""
    tree = load(text, "x.yaml", Findings())
    assert tree is not None
    found = [node.value[key] for node in tree.walk() if isinstance(node.value, dict) and key in node.value]
    return sum(len(node.value) if isinstance(node.value, list) else 1 for node in found)
