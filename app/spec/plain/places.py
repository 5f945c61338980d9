"""Every text that an applicant may read, found by the schemas: what refers to `definitions/text.json` is one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.spec.shape import Shape, shape
from app.spec.tree import Node

_TEXTS = frozenset({"definitions/text.json", "definitions/term.json"})


@dataclass(frozen=True, slots=True)
class Written:
    """One text: `node` is the wording itself, `role` its key, `holder` what it belongs to, `unit` what is read with it.

    `accepted` is where the author says which rules it leaves aside.
    """

    node: Node
    role: str
    holder: Node
    unit: str
    verbatim: bool = False
    accepted: Node | None = None

    @property
    def text(self) -> str:
        return str(self.node.value)


def texts(tree: Node) -> Iterator[Written]:
    """The texts of an expanded procedure, in its order."""
    whole = shape("procedure.schema.json")
    for key, node in tree.entries():
        part = children(whole).get(key)
        if part is not None and _is_text(part):
            yield from _text(node, key, tree, key)
        elif part is not None:
            rows = node.items() if node.is_list else [child for _, child in node.entries()]
            each = part.item if node.is_list else part.others
            if each is None:
                yield from _visit(node, part, key, tree, key)
            else:
                for number, row in enumerate(rows):
                    yield from _visit(row, each, key, node, f"{key}/{number}")


def _visit(node: Node, part: Shape, role: str, holder: Node, unit: str) -> Iterator[Written]:
    if _is_text(part) or (role == "paragraphs" and isinstance(node.value, str)):
        yield from _text(node, role, holder, unit)
    elif isinstance(node.value, dict):
        known = children(part)
        for key, child in node.value.items():
            inner = known.get(key) or part.others
            if inner is not None and key != "when" and _holds_text(inner):
                yield from _visit(child, inner, key, node, unit)
    elif isinstance(node.value, list) and part.item is not None:
        for child in node.value:
            yield from _visit(child, part.item, role, holder, unit)


def _text(node: Node, role: str, holder: Node, unit: str) -> Iterator[Written]:
    verbatim = holder.flag("verbatim") and role == "text"
    if isinstance(node.value, str):
        yield Written(node, role, holder, unit, verbatim)
        return
    inner = node.get("text")
    if inner is not None and isinstance(inner.value, str):
        yield Written(inner, role, holder, unit, verbatim or node.flag("verbatim"), node.get("accept"))


@cache
def _is_text(part: Shape) -> bool:
    return not _TEXTS.isdisjoint(part.files)


@cache
def _holds_text(part: Shape) -> bool:
    """Whether a text may stand somewhere below a schema; conditions and codes are not walked."""
    return _search(part, set())


def _search(part: Shape, seen: set[int]) -> bool:
    if id(part) in seen:
        return False
    seen.add(id(part))
    below = [*children(part).values(), *(inner for inner in (part.item, part.others) if inner is not None)]
    return _is_text(part) or part.origin.endswith("letter.json") or any(_search(inner, seen) for inner in below)


@cache
def children(part: Shape) -> dict[str, Shape]:
    """The schemas of all keys that a schema may have, whichever of its branches applies."""
    found: dict[str, Shape] = {}
    for inner in part.inner():
        found = {**children(inner), **found}
    return {**found, **part.properties}
