"""The part of JSON Schema 2020-12 that the schemas of this project use, checked on trees that know their places.

A schema is made ready once; a check then walks tree and schema together, so that a fault is found on its node. The
general library is the oracle of the tests: both find the same faults in every mutant. It is not used here because a
check of one procedure spent two thirds of its time in it, and web workers kept it in memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from app.spec.tree import Node

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
ANNOTATIONS = frozenset({"$schema", "title", "description"})


@dataclass(frozen=True, slots=True)
class Fault:
    """A node that a keyword of a schema refuses; `key` is the name of a key where the fault is about one."""

    keyword: str
    node: Node
    owner: Shape
    key: str | None = None

    @property
    def wanted(self) -> Any:
        """The value of the keyword."""
        return self.owner.schema[self.keyword]


Check = Callable[[Node], Iterator[Fault]]


class Shape:
    """A schema made ready. `known` are the keys it names itself."""

    def __init__(self, schema: dict[str, Any], origin: str) -> None:
        self.schema = schema
        self.origin = origin
        self.known: tuple[str, ...] = tuple(schema.get("properties", ()))
        self.types = _types(schema)
        self._checks: tuple[Check, ...] = ()
        self.properties: dict[str, Shape] = {}
        self._items: Shape | None = None
        self.others: Shape | None = None
        self._names: Shape | None = None
        self._target: Shape | None = None
        self._closed = ""
        self._when: Shape | None = None
        self._then: Shape | None = None
        self._else: Shape | None = None
        self._not: Shape | None = None
        self._all: tuple[Shape, ...] = ()
        self._by_value: tuple[str, dict[str, Shape]] | None = None

    def faults(self, node: Node) -> Iterator[Fault]:
        """What is wrong at a node and below it."""
        if self._target is not None:
            yield from self._target.faults(node)
        if self.types is not None and not _is_type(node.value, self.types):
            yield self.fault("type", node)
        for check in self._checks:
            yield from check(node)
        if isinstance(node.value, dict):
            yield from self._keys(node, node.value)
        elif isinstance(node.value, list) and self._items is not None:
            for item in node.value:
                yield from self._items.faults(item)
        for branch in self._branches(node):
            yield from branch.faults(node)
        if self._not is not None and self._not.holds(node):
            yield self.fault("not", node)

    def holds(self, node: Node) -> bool:
        return next(self.faults(node), None) is None

    def fault(self, keyword: str, node: Node, key: str | None = None) -> Fault:
        return Fault(keyword, node, self, key)

    def keys_at(self, node: Node) -> tuple[str, ...]:
        """The keys that are known at a node: its own and those of the branches that apply there."""
        found = dict.fromkeys(self.known)
        if self._target is not None:
            found.update(dict.fromkeys(self._target.keys_at(node)))
        for branch in self._branches(node):
            found.update(dict.fromkeys(branch.keys_at(node)))
        return tuple(found)

    def child(self, node: Node, key: str) -> Shape | None:
        """The schema of a key at a node, references followed; None where the key is not known."""
        if key in self.properties:
            return self.properties[key]
        found = self._target.child(node, key) if self._target is not None else None
        for branch in self._branches(node):
            found = found or branch.child(node, key)
        return found or self.others

    @property
    def item(self) -> Shape | None:
        """The schema of the items of a list."""
        return self._items or (self._target.item if self._target is not None else None)

    @property
    def files(self) -> Iterator[str]:
        """The file of this schema and of those it refers to, `definitions/text.json`."""
        yield self.origin
        if self._target is not None:
            yield from self._target.files

    def inner(self) -> Iterator[Shape]:
        """The schemas that say more about the same value: references and branches, whether they apply or not."""
        by_value = self._by_value[1].values() if self._by_value is not None else ()
        for part in (self._target, self._then, self._else, *self._all, *by_value):
            if part is not None:
                yield part

    def _keys(self, node: Node, children: dict[str, Node]) -> Iterator[Fault]:
        for key, child in children.items():
            if self._names is not None:
                for fault in self._names.faults(Node(key, node.key_span(key), path=node.path)):
                    yield Fault(fault.keyword, node, fault.owner, key)
            shape = self.properties.get(key)
            if shape is not None:
                yield from shape.faults(child)
            elif self.others is not None:
                yield from self.others.faults(child)
        if self._closed:
            known = self.known if self._closed == "additionalProperties" else self.keys_at(node)
            for key in children:
                if key not in known:
                    yield self.fault(self._closed, node, key)

    def _branches(self, node: Node) -> Iterator[Shape]:
        """The schemas of `allOf`, `then` and `else` that apply to a node."""
        if self._by_value is not None:
            key, shapes = self._by_value
            found = shapes.get(node.text(key) or "")
            if found is not None:
                yield found
        yield from self._all
        if self._when is not None:
            branch = self._then if self._when.holds(node) else self._else
            if branch is not None:
                yield branch

    # --- making ready

    def prepare(self, load: Callable[[str], Shape]) -> None:
        """Fill in what the schema says; apart from `__init__` because schemas refer to each other in circles."""
        schema, done = self.schema, set(ANNOTATIONS)
        for keyword in _SIMPLE:
            if keyword in schema:
                self._checks += (_simple(self, keyword),)
        self.properties = {key: self._sub(part, load) for key, part in schema.get("properties", {}).items()}
        if "$ref" in schema:
            self._target = load(resolved(self.origin, schema["$ref"]))
        self._names, self._items = self._maybe("propertyNames", load), self._maybe("items", load)
        self._when, self._then, self._else = (self._maybe(key, load) for key in ("if", "then", "else"))
        self._not = self._maybe("not", load)
        for closing in ("additionalProperties", "unevaluatedProperties"):
            if schema.get(closing) is False:
                self._closed = closing
            elif closing in schema:
                self.others = self._sub(schema[closing], load)
        self._every(schema.get("allOf", ()), load)
        done |= {*_SIMPLE, "type", "properties", "$ref", "propertyNames", "items", "if", "then", "else", "not"}
        done |= {"additionalProperties", "unevaluatedProperties", "allOf"}
        assert schema.keys() <= done, (self.origin, schema.keys() - done)

    def _sub(self, schema: dict[str, Any], load: Callable[[str], Shape]) -> Shape:
        shape = Shape(schema, self.origin)
        shape.prepare(load)
        return shape

    def _maybe(self, key: str, load: Callable[[str], Shape]) -> Shape | None:
        return self._sub(self.schema[key], load) if key in self.schema else None

    def _every(self, parts: list[dict[str, Any]], load: Callable[[str], Shape]) -> None:
        """`allOf`; a list of "if this key has this value" becomes one look-up."""
        choices = [_choice(part) for part in parts]
        if parts and all(choices) and len({choice[0] for choice in choices if choice}) == 1:
            shapes = {
                choice[1]: self._sub(part["then"], load) for part, choice in zip(parts, choices, strict=True) if choice
            }
            self._by_value = (next(choice[0] for choice in choices if choice), shapes)
        else:
            self._all = tuple(self._sub(part, load) for part in parts)


def shape(name: str) -> Shape:
    """A schema file made ready, once: `procedure.schema.json`, `definitions/text.json`."""
    return _load(name)


def contents(name: str) -> dict[str, Any]:
    """A schema file as it is written."""
    found: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return found


@cache
def language_keys() -> frozenset[str]:
    """Every key that some file of an author may hold."""
    return frozenset(key for file in SCHEMAS.rglob("*.json") for key in _named(json.loads(file.read_text("utf-8"))))


def _named(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _named(part)


_loaded: dict[str, Shape] = {}


def _load(name: str) -> Shape:
    held = _loaded.get(name)
    if held is None:
        held = _loaded[name] = Shape(contents(name), name)
        held.prepare(_load)
    return held


def resolved(origin: str, reference: str) -> str:
    folder = Path(origin).parent
    while reference.startswith("../"):
        folder, reference = folder.parent, reference[3:]
    return (folder / reference).as_posix()


def _choice(part: dict[str, Any]) -> tuple[str, str] | None:
    """Key and value of `{"if": {"required": [key], "properties": {key: {"const": value}}}, "then": …}`."""
    when: dict[str, Any] = part.get("if", {})
    keys: list[str] = when.get("required", [])
    tested: dict[str, Any] = when.get("properties", {})
    if (
        part.keys() != {"if", "then"}
        or when.keys() != {"required", "properties"}
        or keys != list(tested)
        or len(keys) != 1
    ):
        return None
    value = tested[keys[0]].get("const")
    return (keys[0], value) if isinstance(value, str) else None


# --- keywords about one value


def _types(schema: dict[str, Any]) -> tuple[str, ...] | None:
    written = schema.get("type")
    return None if written is None else (written,) if isinstance(written, str) else tuple(written)


def _is_type(value: Any, names: tuple[str, ...]) -> bool:
    if isinstance(value, bool):
        return "boolean" in names
    if isinstance(value, str):
        return "string" in names
    if isinstance(value, dict):
        return "object" in names
    if isinstance(value, list):
        return "array" in names
    if isinstance(value, int):
        return "integer" in names or "number" in names
    return "number" in names if isinstance(value, Decimal) else "null" in names


def _same(value: Any, wanted: Any) -> bool:
    return type(value) is type(wanted) and value == wanted


def _plainly(node: Node) -> str:
    return json.dumps(node.to_plain(), sort_keys=True, default=str)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


_SIMPLE: dict[str, Callable[[Node, Any], bool]] = {
    "const": lambda node, wanted: _same(node.value, wanted),
    "enum": lambda node, wanted: any(_same(node.value, one) for one in wanted),
    "pattern": lambda node, text: not isinstance(node.value, str) or _pattern(text).search(node.value) is not None,
    "minLength": lambda node, least: not isinstance(node.value, str) or len(node.value) >= least,
    "maxLength": lambda node, most: not isinstance(node.value, str) or len(node.value) <= most,
    "minimum": lambda node, least: not _number(node.value) or node.value >= least,
    "maximum": lambda node, most: not _number(node.value) or node.value <= most,
    "minItems": lambda node, least: not isinstance(node.value, list) or len(node.value) >= least,
    "maxItems": lambda node, most: not isinstance(node.value, list) or len(node.value) <= most,
    "minProperties": lambda node, least: not isinstance(node.value, dict) or len(node.value) >= least,
    "maxProperties": lambda node, most: not isinstance(node.value, dict) or len(node.value) <= most,
    "uniqueItems": lambda node, wanted: (
        not isinstance(node.value, list) or len(set(map(_plainly, node.value))) == len(node.value)
    ),
    "required": lambda node, keys: not isinstance(node.value, dict) or all(key in node.value for key in keys),
}


def _simple(owner: Shape, keyword: str) -> Check:
    good, wanted = _SIMPLE[keyword], owner.schema[keyword]
    if keyword == "required":

        def required(node: Node) -> Iterator[Fault]:
            if isinstance(node.value, dict):
                yield from (owner.fault(keyword, node, key) for key in wanted if key not in node.value)

        return required

    def check(node: Node) -> Iterator[Fault]:
        if not good(node, wanted):
            yield owner.fault(keyword, node)

    return check
