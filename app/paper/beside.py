"""The sheet to copy for somebody who reads another language than the office: the office's words beside theirs, since
its screens show those alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from app.journey.model import Journey
from app.paper.filled import sheet_to_copy
from app.paper.model import Block, Heading, Pair, Pairs, Paper
from app.paper.prose import Meta, document_titles
from app.paper.wiring import wording_for
from app.paper.wording import Wording
from app.spec.model import Channel, Procedure

Mark = Callable[[str], str]
"""Marks a text as being in the office's language."""


def sheet_in_both(
    procedure: Procedure,
    journey: Journey,
    wording: Wording,
    meta: Meta,
    names: Mapping[str, Sequence[str]] | None = None,
    channel: Channel | None = None,
    *,
    mark: Mark | None = None,
) -> Paper:
    """The sheet as `sheet_to_copy` makes it. Where it is in another language than the procedure, titles of screens,
    labels and answers have the words of the procedure in brackets after them: as `mark` marks them, else kept in their
    own order.
    """
    mine = sheet_to_copy(procedure, journey, wording, meta, names, channel)
    if wording.language == procedure.language:
        return mine
    office = wording_for(procedure, journey, procedure.language)
    theirs = sheet_to_copy(procedure, journey, office, meta, names, channel)
    documents = frozenset(document_titles(wording, journey).values())
    return replace(mine, blocks=tuple(_blocks(mine.blocks, theirs.blocks, documents, mark or wording.apart)))


def _blocks(mine: Sequence[Block], theirs: Sequence[Block], documents: Collection[str], mark: Mark) -> Iterator[Block]:
    """A journey has the same screens and rows in every language; only texts between them may be cut otherwise."""
    titles = iter([block for block in theirs if isinstance(block, Heading)])
    rows = iter([block for block in theirs if isinstance(block, Pairs)])
    for block in mine:
        if isinstance(block, Heading):
            title = next(titles)
            yield replace(block, text=_both(block.text, title.text, mark)) if block.level > 1 else block
        elif isinstance(block, Pairs):
            pairs = zip(block.rows, next(rows).rows, strict=True)
            yield Pairs(tuple(_pair(one, other, documents, mark) for one, other in pairs))
        else:
            yield block


def _pair(mine: Pair, theirs: Pair, documents: Collection[str], mark: Mark) -> Pair:
    label = _both(mine.label, theirs.label, mark)
    if mine.missing or mine.label in documents or len(mine.lines) != len(theirs.lines):
        return replace(mine, label=label)
    lines = (_both(one, other, mark) for one, other in zip(mine.lines, theirs.lines, strict=True))
    return replace(mine, label=label, lines=tuple(lines))


def _both(mine: str, theirs: str, mark: Mark) -> str:
    return mine if mine == theirs else f"{mine} ({mark(theirs)})"
