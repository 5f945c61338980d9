"""Where conditions stand: what has been asked by then, what is already certain there, and what else is said beside
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.spec.meaning.context import Checking
from app.spec.model import All, Condition, RuleRef
from app.spec.symbols import StepSymbol
from app.spec.tree import Node

LATER = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """One condition where it stands.

    `limit`: questions of a lower rank have been asked. `item`: the repeated step whose items may be read. `certain`:
    conditions that hold whenever this one is read. `beside`: the other conditions of the same list, which may be the
    ones that deal with "I do not know".
    """

    condition: Condition
    limit: int = LATER
    item: str | None = None
    certain: frozenset[Condition] = frozenset()
    beside: tuple[Condition, ...] = ()


def conjuncts(
    checking: Checking, condition: Condition | None, _inside: frozenset[str] = frozenset()
) -> frozenset[Condition]:
    """Everything that holds when `condition` holds: itself, the parts of an `all`, what its rules say."""
    if condition is None:
        return frozenset()
    found = {condition}
    if isinstance(condition, All):
        for part in condition.parts:
            found |= conjuncts(checking, part, _inside)
    elif isinstance(condition, RuleRef) and condition.name in checking.rules and condition.name not in _inside:
        found |= conjuncts(checking, checking.rules[condition.name], _inside | {condition.name})
    return frozenset(found)


def places(checking: Checking) -> Iterator[Place]:
    """Every condition of the procedure where it stands; rules stand where they are used, unused ones by themselves."""
    steps = [place for step in checking.symbols.steps.values() for place in _step(checking, step)]
    yield from _beside(steps)
    yield from _beside(
        [place for document in checking.tree.items("documents") for place in _document(checking, document)]
    )
    tree = checking.tree
    for section in ("outcomes", "fees", "declarations"):
        yield from _together(checking, tree.items(section))
    window = tree.get("file_between")
    yield from _together(checking, [window] if window is not None else [])
    yield from _together(checking, [channel for _, channel in tree.entries("channels")])
    for letter in tree.items("letters"):
        certain = conjuncts(checking, checking.when(letter))
        yield from _together(checking, [letter])
        yield from _together(checking, letter.items("paragraphs"), certain=certain)
    after = tree.get("after_sending")
    if after is not None:
        yield from _together(checking, after.items("silence"))
    used = {node.text("rule") for node in tree.walk()}
    for name, condition in checking.rules.items():
        if name not in used and not _reads_items(checking, condition):
            yield Place(condition, beside=(condition,))


def _reads_items(checking: Checking, condition: Condition) -> bool:
    return any(
        name in checking.symbols.fields and checking.symbols.fields[name].repeats for name in checking.reads(condition)
    )


def _together(
    checking: Checking,
    nodes: Iterable[Node],
    *,
    limit: int = LATER,
    item: str | None = None,
    certain: frozenset[Condition] = frozenset(),
) -> Iterator[Place]:
    found = [when for node in nodes if (when := checking.when(node)) is not None]
    for when in found:
        yield Place(when, limit, item, certain, tuple(found))


def _document(checking: Checking, document: Node) -> Iterator[Place]:
    own = checking.when(document)
    item = document.text("for_each")
    rows = [when for row in document.items("need") if (when := checking.when(row)) is not None]
    beside = (*rows, *([own] if own is not None else []))
    if own is not None:
        yield Place(own, item=item, beside=beside)
    for row in rows:
        yield Place(row, item=item, certain=conjuncts(checking, own), beside=beside)


def _step(checking: Checking, step: StepSymbol) -> Iterator[Place]:
    own = checking.when(step.node)
    if own is not None:
        yield Place(own, step.first, beside=(own,))
    certain = conjuncts(checking, own)
    item = step.id if step.repeats else None
    for offset, question in enumerate(step.node.items("fields")):
        when = checking.when(question)
        if when is not None:
            yield Place(when, step.first + offset, item, certain, (when,))
    last_page = checking.page_starts(step)[-1]
    yield from _together(checking, step.node.items("notes"), limit=last_page, item=item, certain=certain)
    yield from _together(checking, step.node.items("checks"), limit=step.last, item=item, certain=certain)


def _beside(found: list[Place]) -> Iterator[Place]:
    everything = tuple(place.condition for place in found)
    for place in found:
        yield replace(place, beside=everything)
