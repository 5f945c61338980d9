"""Everything in a file that may or may not be met by an applicant, where it is written, and what holds there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.spec.compiler import Written
from app.spec.model import Condition, Document, Field, Page, Step
from app.spec.tree import Node, Span
from app.verify.model import Model, Reach

Sort = Literal[
    "step", "question", "check", "note", "document", "need", "outcome", "channel", "fee", "letter", "paragraph",
    "declaration", "silence", "window",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One thing of a file. `when` is its condition, read once `reach` is reached and `given` holds; `before` are the
    rows read before it, none of which held.

    `where` is its name in the file, `written` its condition there. `item` is 1 inside a repeat or a document asked for
    each item, whose step or question is `each`.
    """

    sort: Sort
    id: str
    reach: Reach
    where: Node | Span
    when: Condition | None = None
    written: Node | None = None
    given: tuple[Condition, ...] = ()
    before: tuple[Condition, ...] = ()
    step: Step | None = None
    page: Page | None = None
    field: Field | None = None
    document: Document | None = None
    item: int = 0
    each: str | None = None
    node: Node | None = None
    """The whole element, for the texts it holds."""

    @property
    def conditions(self) -> list[Condition]:
        """Every condition that is read here."""
        return [*self.given, *self.before, *([] if self.when is None else [self.when])]


class Places:
    """The places of one compiled file, in the order of the file."""

    def __init__(self, model: Model, written: Written) -> None:
        self.model = model
        self.tree = written.tree
        self.reader = written.reader

    def all(self) -> list[Place]:
        found = [place for number, step in enumerate(self.model.procedure.steps) for place in self._step(number, step)]
        found += self._documents()
        found += self._outcomes()
        found += self._simple()
        found += self._letters()
        return found

    def _read(self, node: Node | None) -> tuple[Condition | None, Node | None]:
        when = node.get("when") if node is not None else None
        return (None, None) if when is None or not when.is_map else (self.reader.read(when), when)

    def _step(self, number: int, step: Step) -> Iterator[Place]:
        node = self.tree.items("steps")[number]
        first = self.model.first_place[step.id]
        when, written = self._read(node)
        place = Place("step", step.id, Reach.page(first), _name(node), when, written, step=step, node=node)
        yield place
        given = () if when is None else (when,)
        item, each = (1, self.model.reads.counted(step.id)) if step.repeat is not None else (0, None)
        inside = replace(place, given=given, when=None, written=None, item=item, each=each)
        yield from self._questions(step, node, inside)
        for text in node.items("notes"):
            when, written = self._read(text)
            reach = Reach(first, first, first + len(step.pages) - 1)
            if written is not None:
                yield replace(inside, sort="note", reach=reach, where=written, when=when, written=written, node=text)
        yield from self._checks(step, node, inside)

    def _questions(self, step: Step, node: Node, inside: Place) -> Iterator[Place]:
        nodes = {written.text("id"): written for written in node.items("fields")}
        for page in step.pages:
            reach = Reach.page(self.model.place_of[id(page)])
            for question in page.fields:
                own = nodes[question.id]
                when, written = self._read(own)
                yield replace(
                    inside,
                    sort="question",
                    id=question.id,
                    reach=reach,
                    where=_name(own),
                    when=when,
                    written=written,
                    page=page,
                    field=question,
                    node=own,
                )

    def _checks(self, step: Step, node: Node, inside: Place) -> Iterator[Place]:
        for page in step.pages:
            for check in page.checks:
                number = int(check.says.context.rsplit("/", 2)[1])
                own = node.items("checks")[number]
                when, written = self._read(own)
                place = self.model.place_of[id(page)]
                yield replace(
                    inside,
                    sort="check",
                    id=check.at or step.id,
                    reach=Reach.page(place),
                    where=written or own,
                    when=when,
                    written=written,
                    page=page,
                    node=own,
                )

    def _documents(self) -> Iterator[Place]:
        for document, node in zip(self.model.procedure.documents, self.tree.items("documents"), strict=True):
            when, written = self._read(node)
            each = document.for_each
            counted = None if each is None else self.model.reads.counted(each)
            place = Place(
                "document",
                document.id,
                self.model.end,
                _name(node),
                when,
                written,
                document=document,
                item=0 if each is None else 1,
                each=counted,
                node=node,
            )
            yield place
            given = () if when is None else (when,)
            before: tuple[Condition, ...] = ()
            for row in node.items("need"):
                when, written = self._read(row)
                if when is None:
                    break
                yield replace(
                    place,
                    sort="need",
                    where=written or row,
                    when=when,
                    written=written,
                    given=given,
                    before=before,
                    node=row,
                )
                before = (*before, when)

    def _outcomes(self) -> Iterator[Place]:
        for order, (outcome, node) in enumerate(
            zip(self.model.procedure.outcomes, self.tree.items("outcomes"), strict=True)
        ):
            when, written = self._read(node)
            reach = Reach.outcome(self.model.decided_at(outcome), order)
            yield Place("outcome", outcome.id, reach, _name(node), when, written, node=node)

    def _simple(self) -> Iterator[Place]:
        """Channels, fees, declarations, time limits and days to file: read once, at the end."""
        channels = self.tree.get("channels")
        for name, node in self.tree.entries("channels"):
            when, written = self._read(node)
            where: Node | Span = channels.key_span(name) if channels is not None else node
            yield Place("channel", name, self.model.end, where, when, written, node=node)
        after = self.tree.get("after_sending")
        rows: list[tuple[Sort, Node]] = [("fee", node) for node in self.tree.items("fees")]
        rows += [("declaration", node) for node in self.tree.items("declarations")]
        rows += [("silence", node) for node in (after.items("silence") if after is not None else [])]
        days = self.tree.get("file_between")
        rows += [("window", days)] if days is not None else []
        for sort, node in rows:
            when, written = self._read(node)
            named = node.get("id") or node.get("fact") or node.get("after") or node
            yield Place(sort, str(named.value), self.model.end, named, when, written, node=node)

    def _letters(self) -> Iterator[Place]:
        for node in self.tree.items("letters"):
            when, written = self._read(node)
            place = Place("letter", node.text("id") or "", self.model.end, _name(node), when, written, node=node)
            yield place
            given = () if when is None else (when,)
            for row in node.items("paragraphs"):
                when, written = self._read(row)
                where = written or row
                yield replace(place, sort="paragraph", where=where, when=when, written=written, given=given, node=row)


def _name(node: Node) -> Node:
    return node.get("id") or node
