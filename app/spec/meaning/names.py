"""Names: unique, permanent, and none that the service keeps for its own pages."""

from __future__ import annotations

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import FIRST_HERE, Related
from app.spec.meaning.context import Checking
from app.spec.tree import Node, Span

RESERVED = frozenset(
    {
        "accessibility",
        "check",
        "conflict",
        "declaration",
        "declarations",
        "documents",
        "erase",
        "erase_answer",
        "erased",
        "file",
        "filed",
        "files",
        "healthz",
        "help",
        "leave",
        "left",
        "letter",
        "letters",
        "metrics",
        "notice",
        "outcome",
        "ready",
        "receipt",
        "remove",
        "resume",
        "save",
        "saved",
        "static",
    }
)
"""Words that stand in addresses where a slug or a step id would."""


def check_names(checking: Checking) -> None:
    tree = checking.tree
    slug = tree.get("procedure")
    if slug is not None and slug.value in (*RESERVED, "shared", "tables"):
        checking.findings.add("R10", slug, name=slug.value)
    steps = tree.items("steps")
    for step in steps:
        name = step.get("id")
        if name is not None and name.value in RESERVED:
            checking.findings.add("R10", name, name=name.value)
    _unique(checking, steps)
    for section in ("documents", "outcomes", "declarations", "letters"):
        _unique(checking, tree.items(section))
    _questions(checking)
    _retired(checking)
    for step in steps:
        for question in step.items("fields"):
            _unique(checking, question.items("choices"))


def _questions(checking: Checking) -> None:
    """Questions, repeated steps and derived values are read by the same names, so they share one space."""
    nodes = [question for step in checking.tree.items("steps") for question in step.items("fields")]
    nodes += [step for step in checking.tree.items("steps") if step.get("repeat") is not None]
    first = _unique(checking, nodes)
    derived = checking.tree.get("derived")
    for name, node in checking.tree.entries("derived"):
        if name in first and derived is not None:
            _taken(checking, name, node.used_at or derived.key_span(name), first[name])


def _retired(checking: Checking) -> None:
    """A name that stood for something else is not used again: drafts hold answers and files under it."""
    gone = {node.value for node in checking.tree.items("retired")}
    named = [*checking.tree.items("steps"), *checking.tree.items("documents")]
    named += [question for step in checking.tree.items("steps") for question in step.items("fields")]
    for node in named:
        written = node.get("id")
        if written is not None and written.value in gone:
            checking.findings.add("R14", written, name=written.value)


def _unique(checking: Checking, nodes: list[Node]) -> dict[str, Node]:
    first: dict[str, Node] = {}
    for node in nodes:
        written = node.get("id")
        if written is None or not isinstance(written.value, str):
            continue
        if written.value in first:
            # What a block brings twice is mended where it is used.
            _taken(checking, written.value, written.used_at or written.span, first[written.value])
        else:
            first[written.value] = written
    return first


def _taken(checking: Checking, name: str, where: Span, first: Node) -> None:
    """The first holder of a name is told by its line: the author must know which of the two is to keep it."""
    line = first.span.line
    told = Phrase(f"La ligne {line} porte déjà ce nom.", f"Line {line} has this name already.")
    related = [Related(first.span, FIRST_HERE)]
    checking.findings.add(
        "R09", where, name=name, related=related, suggestion=told if first.span.file == where.file else ""
    )
