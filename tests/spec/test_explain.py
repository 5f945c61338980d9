"""`guichet explain` and `guichet schema`: EX01 every code is explained with its examples, EX02 a wrong code is met with
the nearest, ED01 the schema for editors is a sound draft 07, ED02 it accepts what the language accepts and refuses
wrong keys and values, ED03 it says something on every key.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from app.cli import main
from app.spec.codes import CODES
from app.spec.codes.examples import EXAMPLES, visible
from app.spec.codes.families import FAMILIES
from app.spec.diagnostics import Findings
from app.spec.editor import FILES, export
from app.spec.source import load
from tests.spec.kitchen_sink import BLOCKS, GLOSSARY, TEXT
from tests.spec.test_schemas import CASES


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    """EX01"""
    assert main(["explain", code.lower(), "--lang", language]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(code)
    for example in EXAMPLES[code]:
        assert all(f"    {line}" in shown for line in visible(example).rstrip("\n").split("\n"))
    assert "{" not in shown.split("\n", maxsplit=1)[0].replace("{fact", "").replace("{…}", "")


def test_all_codes_are_listed_by_family(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {code}  " in shown for code in CODES)
    assert {code[0] for code in CODES} <= set(FAMILIES)


def test_a_wrong_code_is_met_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """EX02"""
    assert main(["explain", "Y255"]) == 2
    assert "Vouliez-vous dire « Y25 » ?" in capsys.readouterr().err


def _plain(text: str) -> Any:
    tree = load(text, "x.yaml", Findings())
    assert tree is not None
    return json.loads(json.dumps(tree.to_plain(), default=float))


SAMPLES = {
    "procedure": _plain(TEXT),
    "block": _plain(BLOCKS["identity"]),
    "glossary": _plain(GLOSSARY),
    "cases": _plain(CASES),
    "answers": _plain(CASES)[0],
}


@pytest.mark.parametrize("name", FILES)
def test_the_schema_for_editors_is_sound(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """ED01, ED02"""
    assert main(["schema", name]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft7Validator.check_schema(schema)
    assert "unevaluatedProperties" not in json.dumps(schema)
    assert [error.message for error in Draft7Validator(schema).iter_errors(SAMPLES[name])] == []
    assert main(["schema", name, "--output", str(tmp_path / "x.json")]) == 0
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == schema


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('kind: "checkboxes"', 'kind: "checkbox"', ["steps", 0, "fields", 0, "kind"]),
        ('help: "Plusieurs réponses."', 'hepl: "Plusieurs réponses."', ["steps", 0, "fields", 0]),
        ('effect: "stop"', 'effect: "end"', ["outcomes", 0, "effect"]),
        ("max_length: 40}", 'max_length: "x"}', ["steps", 5, "fields", 0, "max_length"]),
        ("- use: {block:", "- use: {blok:", ["steps", 3, "fields", 0, "use"]),
    ],
)
def test_the_schema_for_editors_refuses_wrong_keys_and_values(old: str, new: str, path: list[str | int]) -> None:
    """ED02: at the same place as the check."""
    assert old in TEXT
    found = Draft7Validator(export("procedure")).iter_errors(_plain(TEXT.replace(old, new, 1)))
    assert path in [list(error.absolute_path) for error in found]


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_explained_where_an_editor_looks(name: str) -> None:
    """ED03: draft 07 hides what is written beside a reference, so nothing is."""

    def keys(schema: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(schema, dict):
            assert "$ref" not in schema or len(schema) == 1
            yield from schema.get("properties", {}).items()
            for key, child in schema.items():
                if key not in ("if", "then", "else", "not"):
                    yield from keys(child)
        elif isinstance(schema, list):
            for child in schema:
                yield from keys(child)

    assert [key for key, part in keys(export(name)) if isinstance(part, dict) and not part.get("description")] == []
