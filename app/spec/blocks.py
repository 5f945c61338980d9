"""Shared blocks: `use` replaced by what it brings, with its names in their own space."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from app.spec.diagnostics import Findings, did_you_mean
from app.spec.source import load
from app.spec.structure import check_shape
from app.spec.symbols import names_in
from app.spec.tree import Node, Span

_REFERENCE_KEYS = frozenset({"same_as", "satisfied_by", "not_after", "not_before", "for_each", "at", "of", "key"})
_ARGUMENT_KEYS = frozenset(
    {
        "sum",
        "count",
        "years_at",
        "between",
        "date_plus",
        "date_minus",
        "earliest",
        "latest",
        "differs",
        "one_of",
    }
)
_PLACEHOLDER = re.compile(r"\{(answer|derived)\.([a-z][a-z0-9_.]*)\}")
_LOGIC = frozenset({"all", "any", "none"})
_ITEMS = frozenset({"any_item", "every_item", "no_item"})


@dataclass(slots=True)
class Library:
    """The shared blocks by name. `files` gives the path to show for each; a missing one is `shared/<name>.yaml`."""

    texts: Mapping[str, str]
    findings: Findings
    files: Mapping[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    """Names that blocks would bring, had they no fault of shape."""
    incomplete: bool = False
    """Whether a block that is used cannot be read: then no name can be called unknown."""
    _trees: dict[str, Node | None] = field(default_factory=dict)
    _lost: dict[str, set[str]] = field(default_factory=dict)

    def lost(self, name: str) -> set[str]:
        """The names of a block that a fault of shape took out of it."""
        return self._lost.get(name, set())

    def file(self, name: str) -> str:
        """How a block's file is called in diagnostics."""
        return self.files.get(name, f"shared/{name}.yaml")

    def tree(self, name: str) -> Node | None:
        """A block, read and checked once; None where it cannot be used, with the reason recorded."""
        if name not in self._trees:
            self._trees[name] = self._load(name)
        return self._trees[name]

    def asking(self, question: str) -> str | None:
        """The first block that asks a question of that name (`address.department` is a part of `address`)."""
        wanted = {question, question.rpartition(".")[0]}
        for name, text in self.texts.items():
            tree = _read(name, text, self.file(name)).tree
            if tree is not None and not wanted.isdisjoint(_ids(tree.items("fields"))):
                return name
        return None

    def _load(self, name: str) -> Node | None:
        read = _read(name, self.texts[name], self.file(name))
        self.findings.take(read.findings)
        self._lost[name] = read.lost
        return read.tree


@dataclass(frozen=True, slots=True)
class _Read:
    """A block as it was read, and the names that a fault of shape took out of it."""

    tree: Node | None
    findings: Findings
    lost: set[str]


@lru_cache(maxsize=256)
def _read(name: str, text: str, file: str) -> _Read:
    """Blocks are read by many procedures and changed by none: each use makes a copy."""
    findings = Findings()
    tree = load(text, file, findings, "block")
    if tree is None:
        return _Read(None, findings, set())
    declared = names_in(tree)
    check_shape(tree, "block", findings)
    written = tree.get("block")
    if written is not None and written.value != name:
        findings.add("S09", written, name=written.value, folder=name)
    return _Read(tree, findings, declared - names_in(tree))


def expand(tree: Node, library: Library) -> None:
    """Replace every `use` of a procedure's steps; documents, parts, rules, lists and derived values join those of the
    file.
    """
    for step in tree.items("steps"):
        fields: list[Node] = []
        checks: list[Node] = []
        for entry in [*([step] if step.get("use") is not None else []), *step.items("fields")]:
            use = entry.get("use")
            if use is None:
                fields.append(entry)
            elif (bringing := _bringing(use, library)) is not None:
                fields += bringing.into(tree, library.findings)
                checks += bringing.checks()
        holder = step.get("fields")
        step.remove("use")
        step.set("fields", Node(list(fields), holder.span if holder else step.span, path=(*step.path, "fields")))
        if checks:
            own = step.get("checks")
            step.set("checks", Node([*checks, *step.items("checks")], own.span if own else step.span))


def _bringing(use: Node, library: Library) -> _Bringing | None:
    """One use of a block; None where there is no such block, with the reason recorded."""
    name = use.text() or use.text("block")
    if name is None:
        return None
    if name not in library.texts:
        where = use.get("block") or use
        library.findings.add("R06", where, name=name, suggestion=did_you_mean(name, library.texts))
        library.incomplete = True
        return None
    block = library.tree(name)
    if block is None:
        library.incomplete = True
        return None
    _check_names(use, block, name, library.findings)
    space = use.text("as")
    library.broken |= {f"{space}.{lost}" if space else lost for lost in library.lost(name)}
    return _Bringing(use, block)


def _ids(nodes: list[Node]) -> list[str]:
    return [name for node in nodes if (name := node.text("id"))]


def _check_names(use: Node, block: Node, name: str, findings: Findings) -> None:
    fields, documents = _ids(block.items("fields")), _ids(block.items("documents"))
    for key, known in (("except", [*fields, *documents]), ("optional", fields), ("required", fields)):
        for wanted in use.items(key):
            if wanted.text() not in known:
                findings.add(
                    "R07",
                    wanted,
                    block=name,
                    name=wanted.value,
                    known=", ".join(known),
                    suggestion=did_you_mean(str(wanted.value), known),
                )


def _read_by(node: Node) -> set[str]:
    """Every name that a check of a block may read."""
    found = {at} if (at := node.text("at")) else set()
    for inner in node.walk():
        found |= set(inner.keys)
    return found


class _Bringing:
    """One use of one block."""

    def __init__(self, use: Node, block: Node) -> None:
        self.use = use
        self.block = block
        space = self.space = use.text("as")
        self.subject = use.get("subject")
        self.dropped = {node.text() for node in use.items("except")}
        self.levels = {
            node.text(): level for key, level in (("optional", "no"), ("required", "yes")) for node in use.items(key)
        }
        own = [*_ids(block.items("fields")), *_ids(block.items("documents"))]
        own += [key for section in ("rules", "derived", "parts") for key, _ in block.entries(section)]
        self.names = {name: f"{space}.{name}" if space else name for name in own}

    def into(self, tree: Node, findings: Findings) -> list[Node]:
        """Add the block's other sections to the procedure and give back its questions."""
        for section in ("rules", "derived", "parts"):
            for name, node in self.block.entries(section):
                self._join(tree, section, self.names[name], self.block.get(section), name, self.copy(node), findings)
        for section in ("lists", "facts"):
            for name, node in self.block.entries(section):
                self._join(tree, section, name, self.block.get(section), name, self.copy(node), findings)
        retired = [self._strings(node, self.retired) for node in self.block.items("retired")]
        if retired:
            tree.set("retired", Node([*tree.items("retired"), *retired], self.use.span))
        documents = [self._named(node) for node in self.block.items("documents") if node.text("id") not in self.dropped]
        if documents:
            holder = tree.get("documents")
            tree.set(
                "documents", Node([*tree.items("documents"), *documents], holder.span if holder else self.use.span)
            )
        return [self._question(node) for node in self.block.items("fields") if node.text("id") not in self.dropped]

    def checks(self) -> list[Node]:
        """The block's checks, without those about a question that is left out here."""
        return [self.copy(check) for check in self.block.items("checks") if self.dropped.isdisjoint(_read_by(check))]

    def retired(self, name: str) -> str:
        return f"{self.space}.{name}" if self.space else name

    def _join(
        self, tree: Node, section: str, name: str, source: Node | None, key: str, node: Node, findings: Findings
    ) -> None:
        holder = tree.get(section)
        if holder is None:
            holder = Node({}, self.use.span, path=(section,))
            tree.set(section, holder)
        known = holder.get(name)
        if known is not None and known.span != node.span:
            findings.add("R09", holder.key_span(name), name=name)
            return
        holder.set(name, node)
        if source is not None:
            holder.keys[name] = source.key_span(key)

    def _named(self, node: Node) -> Node:
        copy = self.copy(node)
        written = copy.get("id")
        if written is not None and isinstance(written.value, str):
            written.value = self.names.get(written.value, written.value)
        return copy

    def _question(self, node: Node) -> Node:
        copy = self._named(node)
        level = self.levels.get(node.text("id"))
        if level is not None:
            copy.set("required", Node(level, self.use.span))
        if self.subject is not None:
            copy.set("subject", Node(self.subject.value, self.subject.span))
            if self.subject.value == "other":
                copy.remove("autocomplete")
        return copy

    def rename(self, name: str) -> str:
        """A name as the procedure knows it; `address.department` keeps its part."""
        if name in self.names:
            return self.names[name]
        head, dot, part = name.rpartition(".")
        return f"{self.names[head]}.{part}" if dot and head in self.names else name

    def copy(self, node: Node) -> Node:
        """A deep copy in which names of the block are those that the procedure knows."""
        if isinstance(node.value, dict):
            return self._like(node, {key: self._child(key, child) for key, child in node.value.items()})
        if isinstance(node.value, list):
            return self._like(node, [self.copy(child) for child in node.value])
        if isinstance(node.value, str):
            return self._like(node, _PLACEHOLDER.sub(lambda m: f"{{{m[1]}.{self.rename(m[2])}}}", node.value))
        return self._like(node, node.value)

    def _child(self, key: str, child: Node) -> Node:
        if key == "when":
            return self._condition(child)
        if key in _REFERENCE_KEYS:
            return self._strings(child, self.rename)
        if key in _ARGUMENT_KEYS:
            return self._strings(child, self.rename) if not child.is_map else self.copy(child)
        return self.copy(child)

    def _strings(self, node: Node, change: Callable[[str], str]) -> Node:
        if isinstance(node.value, list):
            return self._like(node, [self._strings(child, change) for child in node.value])
        return self._like(node, change(node.value)) if isinstance(node.value, str) else self.copy(node)

    def _condition(self, node: Node) -> Node:
        if not isinstance(node.value, dict):
            return self.copy(node)
        copy = self._like(node, {})
        for key, child in node.value.items():
            name, value = key, self.copy(child)
            if key in _LOGIC:
                value = self._like(child, [self._condition(part) for part in child.items()])
            elif key == "rule":
                value = self._strings(child, self.rename)
            elif key in _ITEMS:
                value = self.copy(child)
            else:
                name = self.rename(key)
            copy.set(name, value)
            copy.keys[name] = node.key_span(key)
        return copy

    def _like(self, node: Node, value: object) -> Node:
        span: Span = self.use.span
        return Node(value, node.span, dict(node.keys), node.path, node.plain, used_at=span)  # type: ignore[arg-type]
