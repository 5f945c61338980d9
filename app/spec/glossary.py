"""The glossary shared by all procedures: each takes from it the words that its texts use and that it does not explain
itself, so that a revision holds all that it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from app.spec.diagnostics import Findings
from app.spec.plain.places import texts
from app.spec.source import load
from app.spec.structure import check_shape
from app.spec.terms import occurring
from app.spec.tree import Node

FILE = "glossary"
"""`procedures/shared/glossary.yaml`: no block, though it lies beside them."""


def read_glossary(text: str, file: str, findings: Findings) -> Node | None:
    """The shared glossary; what is wrong in it is recorded. Procedures take its words as they are."""
    tree, found = _read(text, file)
    findings.take(found)
    return tree


@lru_cache(maxsize=8)
def _read(text: str, file: str) -> tuple[Node | None, Findings]:
    findings = Findings()
    tree = load(text, file, findings, "glossary")
    if tree is not None:
        check_shape(tree, "glossary", findings)
    return tree, findings


def add_shared_words(tree: Node, shared: Node | None) -> None:
    """Add to an expanded procedure the shared words that its texts use, and those that explain them."""
    if shared is None or shared.text("language") != tree.text("language"):
        return
    own = tree.get("glossary")
    left = {word: node for word, node in shared.entries("terms") if own is None or own.get(word) is None}
    read = [written.text for written in texts(tree)]
    while read and left:
        found = occurring({word: also(node) for word, node in left.items()}, read)
        read = []
        for word in found:
            node = left.pop(word)
            if own is None:
                own = Node({}, tree.span, path=("glossary",))
                tree.set("glossary", own)
            own.set(word, node)
            read.append(node.text() or node.text("text") or "")


def also(node: Node) -> tuple[str, ...]:
    """The other spellings of a word, given its explanation."""
    return tuple(spelling for item in node.items("also") if (spelling := item.text()))


def spelled(tree: Node) -> Mapping[str, tuple[str, ...]]:
    """The words that a procedure explains, with their other spellings."""
    return {word: also(node) for word, node in tree.entries("glossary")}
