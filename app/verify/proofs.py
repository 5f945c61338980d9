"""What can be proven of a procedure, and what each failed proof says to its author.

The proofs hold for every applicant and every day for which the file speaks. What is not decided counts as failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.spec.compiler import Written
from app.spec.model import Procedure
from app.spec.tree import Node, Span
from app.verify.diagram import FALSE, Undecided, reason
from app.verify.ends import DeadEnd, Ends, Gap
from app.verify.extent import Extent, extent
from app.verify.model import Model
from app.verify.moments import moments
from app.verify.person import People, Person
from app.verify.places import Place, Places
from app.verify.reader import Moment
from app.verify.relation import Slot
from app.verify.spaces import Key, Spaces
from app.verify.verdicts import Findings as PartFindings
from app.verify.verdicts import Inquiry, Verdict

_CITED = re.compile(r"\{answer\.([a-z][a-z0-9_.]*)\}")


@dataclass(slots=True)
class Hole:
    """A text that cites an answer which somebody who reads it was not asked for."""

    text: Node
    name: str
    example: Person | None


@dataclass(slots=True)
class Proven:
    """What was found, by place and over all; `extent` is None where it was not decided."""

    verdicts: list[Verdict] = field(default_factory=list)
    rules: dict[str, PartFindings] = field(default_factory=dict)
    dead_ends: dict[str, DeadEnd] = field(default_factory=dict)
    gaps: dict[str, Gap] = field(default_factory=dict)
    holes: dict[tuple[Span, str], Hole] = field(default_factory=dict)
    extent: Extent | None = None
    undecided: str = ""


class Prover:
    """Runs every proof of one compiled file."""

    def __init__(self, procedure: Procedure, written: Written) -> None:
        self.model = Model(procedure)
        self.written = written
        self.places = Places(self.model, written).all()
        names = procedure.rules
        self.rules = {name: when for name in names if (when := written.reader.rule(name)) is not None}
        self.cited = {number: found for number, place in enumerate(self.places) if (found := list(_citations(place)))}

    def run(self) -> Proven:
        proven = Proven([Verdict(place) for place in self.places])
        try:
            days = moments(self.model)
        except Undecided as bound:
            proven.undecided = reason(bound)
            return proven
        for number, moment in enumerate(days):
            self._at(proven, moment, first=number == 0)
        return proven

    def _at(self, proven: Proven, moment: Moment, *, first: bool) -> None:
        """Everything at one moment; after the first, only what may have changed."""
        spaces = Spaces(self.model, moment, whole=first)
        people = People(spaces)
        inquiry = Inquiry(spaces, people, self.rules, proven.rules)
        ends = Ends(self.model, spaces, people)
        looked = [one for one in proven.verdicts if first or (not one.settled and inquiry.changes(one.place))]
        keys = [inquiry.key(verdict.place) for verdict in looked]
        pages, filing, talking = ends.pages(every=first), ends.filing(), ends.talking()
        told = [number for number in self.cited if first or inquiry.changes(self.places[number])]
        cited = [(inquiry, number, *self._announce(inquiry, number)) for number in told]
        for verdict, key in zip(looked, keys, strict=True):
            inquiry.look(verdict, key)
        inquiry.weigh_rules()
        for place, key in pages:
            dead = ends.dead_end(place, key)
            if dead is not None:
                proven.dead_ends.setdefault(dead.page.id, dead)
        for missing, (ways, key) in (("filing", filing), ("talking", talking)):
            conditions = [way for way in ways if way is not None]
            gap = ends.gap(missing, ways, key) if first or spaces.changes(conditions, self.model.end) else None
            if gap is not None:
                proven.gaps.setdefault(missing, gap)
        for one in cited:
            self._holes(proven, people, *one)
        if first:
            proven.extent = extent(self.model, moment)

    def _announce(self, inquiry: Inquiry, number: int) -> tuple[Place, Key]:
        place = self.places[number]
        names = {name for _, name in self.cited[number]} | inquiry.names(place)
        return place, inquiry.spaces.key(place.conditions, place.reach, names)

    def _holes(self, proven: Proven, people: People, inquiry: Inquiry, number: int, place: Place, key: Key) -> None:
        """Texts that cite what was not asked."""
        try:
            side = inquiry.spaces.side(key)
            met = side.diagrams.both(inquiry.context(side, place), side.holds(place.when, place.item))
        except (Undecided, RecursionError):
            return
        for text, name in self.cited[number]:
            slot = Slot(name, int(self.model.reads.in_item(name)))
            hole = side.diagrams.without(met, side.asked(slot))
            if hole != FALSE and (text.span, name) not in proven.holes:
                proven.holes[text.span, name] = Hole(text, name, people.person(side, hole))


def _citations(place: Place) -> Iterator[tuple[Node, str]]:
    """The answers that the texts of a place cite; texts of other places inside it are left to those."""
    if place.node is None or place.sort == "need":
        return
    waiting = [place.node]
    while waiting:
        node = waiting.pop()
        for key, child in node.entries():
            if key not in ("fields", "checks", "notes", "paragraphs", "need", "when", "repeat"):
                waiting.append(child)
        waiting += node.items()
        if isinstance(node.value, str) and "{answer." in node.value:
            yield from ((node, match[1]) for match in _CITED.finditer(node.value))
