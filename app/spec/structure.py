"""The shape of a file: JSON Schema 2020-12, with each error put on the key or value that an author must change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from app.spec.codes.phrase import Phrase, either, filled
from app.spec.diagnostics import Findings, closest, did_you_mean, replace
from app.spec.tree import Node, pointer

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
BASE = "https://schemas.guichet.invalid/"
_EXTRA = ("additionalProperties", "unevaluatedProperties")
_BOUNDS = ("minimum", "maximum", "maxItems", "maxLength", "maxProperties", "minItems", "minLength", "minProperties")
_TYPES = {
    "string": Phrase("un texte entre guillemets", "a text between quotes"),
    "object": Phrase("un groupe de clés", "a map of keys"),
    "array": Phrase("une liste", "a list"),
    "number": Phrase("un nombre", "a number"),
    "integer": Phrase("un nombre entier", "a whole number"),
    "boolean": Phrase("yes ou no", "yes or no"),
}


@cache
def registry() -> Registry[Any]:
    """Every schema file. Crawled once: a registry that retrieves lazily crawls everything again at each reference."""
    resources = [
        (f"{BASE}{path.relative_to(SCHEMAS).as_posix()}", json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(SCHEMAS.rglob("*.json"))
    ]
    found: Registry[Any] = Registry().with_resources(
        (uri, Resource.from_contents(contents, default_specification=DRAFT202012)) for uri, contents in resources
    )
    return found.crawl()


@cache
def validator(name: str) -> Any:
    """The validator of `schemas/<name>.schema.json`, built once."""
    return Draft202012Validator({"$ref": f"{BASE}{name}.schema.json"}, registry=registry())


def check_shape(tree: Node, name: str, findings: Findings) -> None:
    """Report what does not have the shape of `schemas/<name>.schema.json`, and take it out of the tree.

    What stays has the right shape, so later checks need no guard against it and do not repeat the same fault.
    """
    broken: set[tuple[str | int, ...]] = set()
    plain = tree.to_plain()
    for error in validator(name).iter_errors(plain):
        _report(error, tree, findings, broken)
    for path in sorted(
        broken, key=lambda p: [(1, part, "") if isinstance(part, int) else (0, 0, part) for part in p], reverse=True
    ):
        if not path:
            tree.value = {}
            continue
        parent = at(tree, path[:-1])
        if parent is not None:
            parent.remove(path[-1])


def at(tree: Node, path: Iterable[str | int]) -> Node | None:
    """The node at a path of the tree as it was loaded; None where there is none."""
    node: Node | None = tree
    for part in path:
        if node is None:
            return None
        if isinstance(node.value, list) and isinstance(part, int):
            node = node.value[part] if part < len(node.value) else None
        else:
            node = node.get(str(part))
    return node


def _report(error: ValidationError, tree: Node, findings: Findings, broken: set[tuple[str | int, ...]]) -> None:
    path = tuple(error.absolute_path)
    node = at(tree, path)
    if node is None:
        return
    keyword = str(error.validator)
    if keyword in _EXTRA:
        _extra_keys(error, node, findings, broken)
    elif keyword == "required":
        _missing_keys(error, node, findings)
    elif _is_name(error, node):
        name = str(error.instance)
        findings.add("S06", node.key_span(name), value=name, rule=_rule(error), path=_pointer(node, name))
        broken.add((*path, name))
    else:
        _value(error, keyword, node, findings)
        broken.add(path)


def _is_name(error: ValidationError, node: Node) -> bool:
    """Whether the error is about the name of a key (`propertyNames`), which jsonschema places on the whole mapping."""
    return "propertyNames" in error.absolute_schema_path and node.is_map and isinstance(error.instance, str)


def _pointer(node: Node, key: str) -> str:
    return pointer((*node.path, key))


def _extra_keys(error: ValidationError, node: Node, findings: Findings, broken: set[tuple[str | int, ...]]) -> None:
    known = list(_known_keys(error.schema, node))
    for key, _ in node.entries():
        if key in known:
            continue
        nearest = closest(key, [name for name in known if node.get(name) is None] or known)
        span = node.key_span(key)
        findings.add(
            "S01",
            span,
            key=key,
            known=", ".join(known),
            path=_pointer(node, key),
            suggestion=did_you_mean(key, [nearest] if nearest else []),
            fix=replace(span, nearest) if nearest else None,
        )
        broken.add((*node.path, key))


def _known_keys(schema: Any, node: Node) -> Iterator[str]:
    yield from schema.get("properties", {})
    kind = node.text("kind")
    if kind and "unevaluatedProperties" in schema:
        path = SCHEMAS / "fields" / f"{kind}.json"
        if path.is_file():
            yield from json.loads(path.read_text(encoding="utf-8")).get("properties", {})


def _missing_keys(error: ValidationError, node: Node, findings: Findings) -> None:
    wanted: list[str] = cast(list[str], error.validator_value)
    missing = next((key for key in wanted if repr(key) in error.message.split(" is a ")[0]), "")
    place = node.get("id") or node.get("procedure") or node.get("block")
    span = place.span if place is not None else _first_line(node)
    findings.add("S02", span, key=missing, path=_pointer(node, missing))


def _first_line(node: Node) -> Any:
    first = min(node.keys.values(), key=lambda span: (span.line, span.column), default=None)
    return first or node.span


def _value(error: ValidationError, keyword: str, node: Node, findings: Findings) -> None:
    if keyword == "type":
        _wrong_type(error, node, findings)
    elif keyword in ("enum", "const"):
        choices = [value for value in cast(list[object], error.validator_value) if isinstance(value, str)]
        written = str(node.value)
        nearest = closest(written, choices)
        findings.add(
            "S04",
            node,
            value=written,
            known=", ".join(choices),
            suggestion=did_you_mean(written, choices),
            fix=replace(node, f'"{nearest}"') if nearest else None,
        )
    elif keyword == "uniqueItems":
        findings.add("S07", node)
    elif keyword in _BOUNDS:
        findings.add("S05", node, rule=_bound(keyword, error.validator_value))
    else:
        findings.add("S06", node, value=str(error.instance)[:60], rule=_rule(error))


def _wrong_type(error: ValidationError, node: Node, findings: Findings) -> None:
    types = cast(str | list[str], error.validator_value)
    names = [types] if isinstance(types, str) else types
    wanted = either([_TYPES.get(name, name) for name in names])
    if node.value is None:
        findings.add("S08", node, wanted=wanted)
        return
    scalar = not isinstance(node.value, dict | list)
    fix = replace(node, f'"{_written(node)}"', "likely") if scalar and "string" in names else None
    text = _written(node)
    suggestion = Phrase(f'Écrivez : "{text}".', f'Write: "{text}".') if fix else ""
    findings.add("S03", node, wanted=wanted, suggestion=suggestion, fix=fix)


def _written(node: Node) -> str:
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(node.value)


def _rule(error: ValidationError) -> str:
    schema = error.schema if isinstance(error.schema, dict) else {}
    return str(schema.get("description", ""))


_BOUND_WORDS = {
    "minimum": Phrase("au moins {n}", "{n} at least"),
    "maximum": Phrase("au plus {n}", "{n} at most"),
    "maxItems": Phrase("au plus {n} lignes", "{n} lines at most"),
    "maxLength": Phrase("au plus {n} caractères", "{n} characters at most"),
    "maxProperties": Phrase("au plus {n} clé(s)", "{n} key(s) at most"),
    "minItems": Phrase("au moins {n} ligne(s)", "{n} line(s) at least"),
    "minLength": Phrase("au moins {n} caractère(s)", "{n} character(s) at least"),
    "minProperties": Phrase("au moins {n} clé(s)", "{n} key(s) at least"),
}


def _bound(keyword: str, limit: Any) -> str:
    return filled(_BOUND_WORDS[keyword], n=limit)
