"""The schemas: SC01 every assertion of every schema refuses something, SC02 every property is described, SC03 no
`oneOf`, SC04 our reader of schemas finds what the general library finds.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.spec.diagnostics import Findings
from app.spec.shape import SCHEMAS, shape
from app.spec.source import load
from tests.spec.kitchen_sink import BLOCKS, GLOSSARY, TEXT
from tests.spec.oracle import BASE, node_of, registry, validator

FILES = sorted(path.relative_to(SCHEMAS).as_posix() for path in SCHEMAS.rglob("*.json"))
ASSERTIONS = frozenset(
    {
        "additionalProperties",
        "const",
        "enum",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "pattern",
        "propertyNames",
        "required",
        "type",
        "unevaluatedProperties",
        "uniqueItems",
    }
)
CASES = """
- person: "Une personne"
  today: "2026-11-23"
  answers: {moved: "yes", changes: ["address"], hours: 3, address: {kind: "none"}, permit_end: {unknown: true},
            children: [{id: "1", answers: {first_name: "Awa"}}], changes__specify: "x"}
  sees:
    steps: ["start"]
    not_steps: ["child"]
    documents: ["child_deed/1"]
    not_documents: ["proof_of_address"]
    outcomes: ["dates"]
    not_outcomes: ["french"]
    advice: ["hours"]
    channels: ["anef"]
    letters: ["host_statement"]
    levels: {child_deed/1: "optional"}
    fees: ["stamp"]
    dates: {window_closes: "2026-12-31"}
    errors: {moved: "required"}
"""


def _plain(text: str) -> Any:
    findings = Findings()
    tree = load(text, "x.yaml", findings)
    assert tree is not None, findings.diagnostics
    return tree.to_plain()


@cache
def _schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def _assertions(schema: Any, path: str = "") -> Iterator[tuple[int, str, str]]:
    """Identity, keyword and address of the assertions of a schema; conditions (`if`, `not`) assert nothing by
    themselves.
    """
    if isinstance(schema, dict):
        for key, child in schema.items():
            if key in ASSERTIONS and not isinstance(child, dict):
                yield id(schema), key, f"{path}/{key}"
            if key == "properties":
                for name, sub in child.items():
                    yield from _assertions(sub, f"{path}/properties/{name}")
            elif key not in ("if", "not", "enum", "const", "required"):
                yield from _assertions(child, f"{path}/{key}")
    elif isinstance(schema, list):
        for number, child in enumerate(schema):
            yield from _assertions(child, f"{path}/{number}")


def _mutants(value: Any) -> Iterator[Any]:
    """What a value becomes under small faults, at every depth."""
    yield from (7, "", "§", "x" * 500, [], {}, None, ["§§", "§§"], [7], -1, 10**6)
    if isinstance(value, dict):
        yield {**value, "zzz": "x"}
        yield {**value, "Zz": {"title": "x"}}
        for key, child in value.items():
            yield {other: kept for other, kept in value.items() if other != key}
            for mutant in _mutants(child):
                yield {**value, key: mutant}
    elif isinstance(value, list):
        yield [*value, *value]
        yield value * 60
        for number, child in enumerate(value):
            for mutant in _mutants(child):
                yield [*value[:number], mutant, *value[number + 1 :]]


def _refused(name: str, sample: Any, mutants: Iterable[Any]) -> set[tuple[int, str]]:
    """The assertions, by identity and keyword, that refuse one of the mutants of a sound sample."""
    check, own = validator(name), shape(f"{name}.schema.json")
    assert not list(check.iter_errors(sample))
    assert not list(own.faults(node_of(sample)))
    found: set[tuple[int, str]] = set()
    for mutant in mutants:
        errors = list(check.iter_errors(mutant))
        found |= {(id(error.schema), str(error.validator)) for error in errors}
        _agree(mutant, errors, list(own.faults(node_of(mutant))))
    return found


def _agree(mutant: Any, errors: Iterable[Any], faults: Iterable[Any]) -> None:
    """SC04: the same keywords refuse the same places. Where a setting of a kind is wrong, the library also calls all
    keys of the question unknown; we do not.
    """
    theirs = {(tuple(error.absolute_path), str(error.validator)) for error in errors}
    ours = {(fault.node.path, fault.keyword) for fault in faults}
    inside = {path[:length] for path, _ in ours for length in range(len(path))}
    assert ours - theirs == set(), mutant
    assert {
        (path, word) for path, word in theirs - ours if word != "unevaluatedProperties" or path not in inside
    } == set()


def _one_at_a_time(sample: dict[str, Any]) -> Iterator[Any]:
    """Mutants of a whole file, kept small: only the section under mutation stays, one entry of it at a time."""
    yield from (7, {}, {**sample, "zzz": 1})
    for key, section in sample.items():
        yield {other: kept for other, kept in sample.items() if other != key}
        singles = [section]
        if isinstance(section, list):
            singles = [[entry] for entry in section]
        elif isinstance(section, dict) and key not in (
            "suspended",
            "after_sending",
            "file_between",
            "drafts",
            "summary",
        ):
            singles = [{name: entry} for name, entry in section.items()]
        for single in [section, *singles] if len(json.dumps(section, default=str)) < 400 else singles:
            for mutant in _mutants(single):
                yield {key: mutant}
        yield from ({key: mutant} for mutant in (7, "", [], {}, None, "§"))


@cache
def _refusals() -> frozenset[tuple[int, str]]:
    procedure = _plain(TEXT)
    for step in procedure["steps"]:
        for question in step.get("fields", ()):
            question.pop("when", None)  # conditions are mutated once, in the rules
    found = _refused("procedure", _plain(TEXT), _one_at_a_time(procedure))
    found |= _refused("block", _plain(BLOCKS["identity"]), _one_at_a_time(_plain(BLOCKS["identity"])))
    found |= _refused("glossary", _plain(GLOSSARY), _mutants(_plain(GLOSSARY)))
    cases = _plain(CASES)
    found |= _refused("cases", cases, [*_mutants(cases), []])
    found |= _refused("answers", cases[0], _mutants(cases[0]))
    return frozenset(found)


@pytest.mark.parametrize("name", FILES)
def test_every_assertion_refuses_something(name: str) -> None:
    """SC01: JSON Schema ignores what it does not understand, so a misplaced keyword silently checks nothing."""
    schema = registry().contents(f"{BASE}{name}")
    silent = sorted(path for identity, keyword, path in _assertions(schema) if (identity, keyword) not in _refusals())
    assert silent == []


@pytest.mark.parametrize("name", FILES)
def test_every_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(_schema(name))


@pytest.mark.parametrize("name", FILES)
def test_every_property_is_described(name: str) -> None:
    """SC02: the reference for authors and the completion of editors are these descriptions."""
    missing = []

    def visit(schema: Any, path: str) -> None:
        if isinstance(schema, dict):
            for key, sub in schema.get("properties", {}).items():
                if (
                    isinstance(sub, dict)
                    and not sub.get("description")
                    and path.rpartition("/")[2] not in ("if", "then", "not")
                ):
                    missing.append(f"{path}/{key}")
            for key, sub in schema.items():
                visit(sub, f"{path}/{key}")
        elif isinstance(schema, list):
            for number, sub in enumerate(schema):
                visit(sub, f"{path}/{number}")

    visit(_schema(name), "")
    assert missing == []


@pytest.mark.parametrize("name", FILES)
def test_no_schema_uses_one_of_or_any_of(name: str) -> None:
    """SC03: their errors point at the whole value and say nothing of what is wrong in it."""
    text = json.dumps(copy.deepcopy(_schema(name)))
    assert '"oneOf"' not in text
    assert '"anyOf"' not in text
