"""One word, one row: a field kind has the same name everywhere, and nothing of it is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from app.kinds.registry import KINDS
from tests.architecture.graph import ROOT

PLACES = {
    "pure kind": "app/kinds/{kind}.py",
    "form field": "app/fields/{kind}.py",
    "settings": "schemas/fields/{kind}.json",
    "component": "templates/components/{kind}/template.html",
    "examples": "templates/components/{kind}/examples.yaml",
}
DOCUMENTATION = ROOT / "docs" / "authors"


def missing(kind: str, root: Path) -> list[str]:
    """The places where the kind has no file."""
    return [
        f"{what}: {place.format(kind=kind)}"
        for what, place in PLACES.items()
        if not (root / place.format(kind=kind)).is_file()
    ]


def undocumented(kinds: Mapping[str, object], texts: list[str]) -> list[str]:
    """Kinds that no heading of the author guide names."""
    headings = "\n".join(line for text in texts for line in text.splitlines() if line.startswith("#"))
    return [kind for kind in kinds if not re.search(rf"(?<![\w-])`?{kind}`?(?![\w-])", headings)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_whole(kind: str) -> None:
    assert missing(kind, ROOT) == []


def test_nothing_is_left_of_a_kind_that_does_not_exist() -> None:
    assert {path.stem for path in (ROOT / "schemas/fields").glob("*.json")} == set(KINDS)
    assert {path.name for path in (ROOT / "templates/components").iterdir() if path.is_dir()} == set(KINDS)


def test_every_kind_has_its_section_in_the_author_guide() -> None:
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTATION.rglob("*.md")]
    assert texts
    assert undocumented(KINDS, texts) == []


def test_a_missing_place_is_named(tmp_path: Path) -> None:
    for place in PLACES.values():
        path = tmp_path / place.format(kind="colour")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert missing("colour", tmp_path) == []
    (tmp_path / "schemas/fields/colour.json").unlink()
    assert missing("colour", tmp_path) == ["settings: schemas/fields/colour.json"]


def test_a_missing_section_is_named() -> None:
    assert undocumented({"text": 1, "long_text": 1}, ["## `long_text`\n\ntext"]) == ["text"]
