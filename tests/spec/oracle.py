"""The general JSON Schema library, as a second opinion on `app.spec.shape`."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from app.spec.shape import SCHEMAS
from app.spec.tree import Node, Span

BASE = "https://schemas.guichet.invalid/"
NOWHERE = Span("x.yaml", 1, 1, 1, 1)


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


def node_of(plain: Any, path: tuple[str | int, ...] = ()) -> Node:
    """A plain value as a tree without places."""
    if isinstance(plain, dict):
        children = {key: node_of(child, (*path, key)) for key, child in plain.items()}
        return Node(children, NOWHERE, dict.fromkeys(children, NOWHERE), path)
    if isinstance(plain, list):
        return Node([node_of(child, (*path, number)) for number, child in enumerate(plain)], NOWHERE, path=path)
    return Node(plain, NOWHERE, path=path)
