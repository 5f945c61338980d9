"""Placeholders: every `{…}` of a text leads to a fact, an answer or a derived value that is known when the text is
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.spec.diagnostics import did_you_mean
from app.spec.meaning.context import Checking
from app.spec.subjects import find_subject
from app.spec.symbols import StepSymbol
from app.spec.tree import Node

_BRACES = re.compile(r"\{([^{}]*)\}")
_NOT_TEXTS = frozenset({"when", "url", "file", "with", "id", "kind", "derived", "lists", "tables", "sources"})
_LATER = 1_000_000


@dataclass(frozen=True, slots=True)
class _Place:
    """`limit` is the rank below which questions have been asked; `item` the repeated step whose items may be read."""

    limit: int = _LATER
    item: str | None = None


def check_verbatim(checking: Checking) -> None:
    """The wording of a law says of which law: plain-language rules leave it alone."""
    for node in checking.tree.walk():
        if node.is_map and node.flag("verbatim") and node.text("source") is None:
            inner = node.get("text")
            if inner is None or inner.text("source") is None:
                checking.findings.add("M16", node.get("verbatim") or node)


def check_texts(checking: Checking) -> None:
    for node, place in _places(checking):
        for text in _texts(node):
            if isinstance(text.value, str) and "{" in text.value:
                for match in _BRACES.finditer(text.value):
                    _placeholder(checking, text, match.group(1), place)


def _places(checking: Checking) -> Iterator[tuple[Node, _Place]]:
    for key, node in checking.tree.entries():
        if key == "documents":
            for document in node.items():
                yield document, _Place(item=document.text("for_each"))
        elif key not in ("steps", *_NOT_TEXTS):
            yield node, _Place()
    for step in checking.symbols.steps.values():
        yield from _step_places(checking, step)


def _step_places(checking: Checking, step: StepSymbol) -> Iterator[tuple[Node, _Place]]:
    item = step.id if step.repeats else None
    starts = checking.page_starts(step)
    for key, node in step.node.entries():
        if key == "fields":
            for offset, question in enumerate(node.items()):
                rank = step.first + offset
                page = max(start for start in starts if start <= rank)
                yield question, _Place(page, item)
        elif key in ("checks", "repeat"):
            yield node, _Place(step.last, item)
        elif key == "notes":
            yield node, _Place(starts[-1], item)
        elif key not in _NOT_TEXTS:
            yield node, _Place(step.first, item)


def _texts(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if key not in _NOT_TEXTS:
                yield from _texts(child)
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _texts(child)
    else:
        yield node


def _placeholder(checking: Checking, text: Node, written: str, place: _Place) -> None:
    symbols = checking.symbols
    sort, _, name = written.partition(".")
    if written == "today" or name in symbols.broken:
        return
    if sort == "fact" and name in symbols.facts:
        return
    if sort == "derived" and (name in symbols.derived or find_subject(name, symbols) is not None):
        return
    if sort == "answer" and name in symbols.fields:
        question = symbols.fields[name]
        if question.repeats and place.item != question.step.id:
            checking.findings.add("C08", text, name=name, step=question.step.id)
        elif question.rank >= place.limit:
            checking.findings.add("C05", text, name=name)
        return
    known = [
        "today",
        *(f"answer.{name}" for name in symbols.fields),
        *(f"fact.{name}" for name in symbols.facts),
        *(f"derived.{name}" for name in symbols.derived),
    ]
    near = next((full for full in known if full.partition(".")[2] == written), None)
    suggestion = did_you_mean(near, [near]) if near else did_you_mean(written, known)
    checking.findings.add("R12", text, name=written, suggestion=suggestion)
