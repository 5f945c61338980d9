"""Placeholders: every `{…}` of a text leads to a fact, an answer or a derived value that is known when the text is
read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.spec.diagnostics import Edit, Fix, suggested
from app.spec.likeness import closest
from app.spec.meaning.context import Checking
from app.spec.subjects import find_subject
from app.spec.symbols import StepSymbol
from app.spec.tree import Node, Span

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
                    _placeholder(checking, text, match, place)


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


def _placeholder(checking: Checking, text: Node, match: re.Match[str], place: _Place) -> None:
    symbols, written = checking.symbols, match.group(1)
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
    same = [full for full in known if full.partition(".")[2] == written]
    near = same[0] if same else closest(written, known)
    inside = _inside(text, match)
    fix = Fix("certain" if len(same) == 1 else "likely", (Edit(inside, near),)) if near and inside else None
    span = text.span if inside is None else _with_braces(inside)
    where = Node(text.value, span, path=text.path, used_at=text.used_at)
    checking.findings.add("R12", where, name=written, suggestion=suggested(near) if near else "", fix=fix)


def _inside(text: Node, match: re.Match[str]) -> Span | None:
    """Where the name between braces stands; None unless the text stands in the file letter by letter."""
    span = text.span
    quotes = span.end_column - span.column - len(str(text.value))
    if span.line != span.end_line or quotes not in (0, 2):
        return None
    column = span.column + quotes // 2 + match.start(1)
    return Span(span.file, span.line, column, span.line, column + len(match.group(1)))


def _with_braces(name: Span) -> Span:
    return Span(name.file, name.line, name.column - 1, name.line, name.end_column + 1)
