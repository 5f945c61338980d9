"""Answers that some test reads together (two dates, amounts that are added up), as variables of decision diagrams.

Such answers cannot be sorted one by one: whether a day is late depends on another day. They are explored in the order
in which they are asked. At each question, two answers are the same when they decide the same tests and leave the same
possibilities for the questions after them; a variable's values are these classes, and the value of one question limits
those of the next. Where a test changes along a line is found by bisection, the answers before it being known; the
answers after it are replaced by those at which something changes for them (elimination, as Fourier and Motzkin do).

Every question of a chain has an answer here, asked or not: whether it is asked is for whoever reads the functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from app.kinds.base import Value
from app.spec.codes.phrase import Phrase
from app.verify.diagram import Diagrams, Undecided
from app.verify.lines import Line, change
from app.verify.relation import Limit, Relation, Relations, Slot

MOST_READINGS = 60_000
TOO_MANY = Phrase("trop de dates ou de nombres sont lus ensemble", "too many dates or numbers are read together")

Answers = tuple[Value | None, ...]
"""Answers to the first questions of a chain; None for one left empty."""

Class = tuple[tuple[bool, ...], tuple[bool, ...], str, int]
"""The tests decided here; who admits the answer; the choice, for a question with choices; what is possible after it."""


@dataclass(frozen=True, slots=True)
class Link:
    """One relation of one procedure as it holds when just these questions of it are asked, in an item or outside."""

    relations: Relations
    relation: Relation
    item: int
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A question of a chain: its answers as far as they do not depend on others."""

    slot: Slot
    choices: frozenset[str]
    line: Line | None
    around: tuple[Value, ...]
    """Answers that lie on no line."""
    special: tuple[Value | None, ...]


@dataclass(slots=True)
class Chain:
    """Members in the order in which they are asked, and the relations between them. `admits` says, of an answer to a
    question, which procedures admit it.
    """

    diagrams: Diagrams
    members: tuple[Member, ...]
    links: tuple[Link, ...]
    admits: Callable[[str, Value | None], tuple[bool, ...]]
    levels: list[int] = field(default_factory=list)
    classes: list[list[Class]] = field(default_factory=list)
    _anchors: list[list[Value]] = field(default_factory=list)
    _numbers: dict[frozenset[Class], int] = field(default_factory=dict)
    _sets: list[frozenset[Class]] = field(default_factory=list)
    _explored: dict[tuple[object, ...], int] = field(default_factory=dict)
    _rows: dict[tuple[object, ...], dict[Class, Value | None]] = field(default_factory=dict)
    """By what matters of the answers before, an answer of each class."""
    _held: dict[tuple[object, ...], bool] = field(default_factory=dict)
    _cuts: dict[tuple[int, str], tuple[Value, ...]] = field(default_factory=dict)
    _turns: dict[tuple[object, ...], list[Value]] = field(default_factory=dict)
    """The answers around which a relation changes, by question and by what was answered before."""
    _readings: int = 0
    _order: dict[Slot, int] = field(default_factory=dict)
    _decided: list[list[Link]] = field(default_factory=list)
    """By place, the relations that its answer decides, being the last that they read."""
    _remembered: list[list[int]] = field(default_factory=list)
    """By place, the places before it that some relation reads together with it or with a later one."""

    def __post_init__(self) -> None:
        self._order = {member.slot: number for number, member in enumerate(self.members)}
        places = [sorted(self._order[slot] for slot in link.slots) for link in self.links]
        self._decided = [
            [link for link, read in zip(self.links, places, strict=True) if read[-1] == place]
            for place in range(len(self.members))
        ]
        self._remembered = [
            sorted({n for read in places if read[-1] >= place for n in read if n < place})
            for place in range(len(self.members) + 1)
        ]
        self._anchors = [[] for _ in self.members]
        for place in reversed(range(len(self.members))):
            self._anchors[place] = self._anchored(place)
        self._explore(())
        found: list[dict[Class, None]] = [{} for _ in self.members]
        self._collect(0, self._explored[0,], found, set())
        for rows in found:
            self.classes.append(list(rows))
            self.levels.append(self.diagrams.variable(len(rows)))

    # --- candidates

    def _anchored(self, place: int) -> list[Value]:
        """Answers at which something changes for a question or for those after it, whatever came before."""
        member = self.members[place]
        if member.line is None:
            return list(member.around)
        points = {member.line.low, member.line.high, member.line.near, *member.line.marks}
        later = {other.slot: number for number, other in enumerate(self.members) if number > place}
        for link in self.links:
            if member.slot in link.slots and all(slot == member.slot or slot in later for slot in link.slots):
                others = [slot for slot in link.slots if slot != member.slot]
                points |= self._points(member, link, others, [self._anchors[later[slot]] for slot in others], {})
        near = member.line.near
        points = {point for point in points if member.line.low <= point <= member.line.high} - {near}
        return [member.line.value(point) for point in (near, *sorted(points))]

    def _points(
        self,
        member: Member,
        link: Link,
        others: Sequence[Slot],
        rows: Sequence[Sequence[Value]],
        given: Mapping[Slot, Value | None],
    ) -> set[int]:
        """Both sides of each place where a relation changes along a question's line."""
        line = member.line
        assert line is not None
        found: set[int] = set()
        if isinstance(link.relation, Limit):
            known = list(given.values()) or [value for row in rows for value in row]
            places = (link.relations.limited_at(link.relation, member.slot.name, value) for value in known)
            return {at for place in places if place is not None for at in (place - 1, place)}
        for values in product(*rows):
            around: dict[Slot, Value | None] = {**given, **dict(zip(others, values, strict=True))}
            for edge in link.relations.edges(link.relation, around):

                def holds(at: int, edge: Relation = edge, around: dict[Slot, Value | None] = around) -> bool:
                    return self._holds(link, edge, {**around, member.slot: line.value(at)})

                place = change(holds, line)
                if place is not None:
                    found |= {place - 1, place}
        return found

    def _holds(self, link: Link, relation: Relation, values: Mapping[Slot, Value | None]) -> bool:
        self._readings += 1
        if self._readings > MOST_READINGS:
            raise Undecided(TOO_MANY)
        return link.relations.holds(relation, values, link.item)

    def _candidates(self, prefix: Answers) -> Iterator[Value | None]:
        """Every kind of answer to the next question after those of `prefix`."""
        place = len(prefix)
        member = self.members[place]
        if member.line is None:
            yield from member.around
        else:
            yield from self._on_line(member, place, prefix)
        yield from member.special

    def _on_line(self, member: Member, place: int, prefix: Answers) -> Iterator[Value]:
        line = member.line
        assert line is not None
        values: dict[Value, None] = dict.fromkeys(self._anchors[place])
        before = {other.slot: value for other, value in zip(self.members, prefix, strict=False)}
        later = {other.slot: number for number, other in enumerate(self.members) if number > place}
        for link in self.links:
            if member.slot not in link.slots or not any(slot in before for slot in link.slots):
                continue
            given = {slot: before[slot] for slot in link.slots if slot in before}
            key = (place, id(link), *map(_hashable, given.values()))
            if key not in self._turns:
                others = [slot for slot in link.slots if slot in later]
                rows = [self._anchors[later[slot]] for slot in others]
                points = sorted(self._points(member, link, others, rows, given))
                self._turns[key] = [line.value(point) for point in points if line.low <= point <= line.high]
            values.update(dict.fromkeys(self._turns[key]))
        yield from values
        ends = (line.value(line.low), line.value(line.high))
        yield from dict.fromkeys(cut for value in values if value not in ends for cut in self._cut(line, value))

    def _cut(self, line: Line, value: Value) -> tuple[Value, ...]:
        """The dates that leave a part out around a day, found once for each."""
        key = (id(line), str(value))
        if key not in self._cuts:
            self._cuts[key] = tuple(line.cut(value))
        return self._cuts[key]

    # --- classes

    def _explore(self, prefix: Answers) -> int:
        """The number of what is possible after some answers: the classes of the next question's."""
        key = self._key(prefix)
        if key not in self._explored:
            rows: dict[Class, Value | None] = {}
            if len(prefix) < len(self.members):
                for value in self._candidates(prefix):
                    rows.setdefault(self._class((*prefix, value)), value)
            self._rows[key] = rows
            self._explored[key] = self._number(frozenset(rows))
        return self._explored[key]

    def _key(self, prefix: Answers) -> tuple[object, ...]:
        """What matters of some answers for those after them."""
        return (len(prefix), *(_hashable(prefix[place]) for place in self._remembered[len(prefix)]))

    def _number(self, classes: frozenset[Class]) -> int:
        if classes not in self._numbers:
            self._numbers[classes] = len(self._sets)
            self._sets.append(classes)
        return self._numbers[classes]

    def _class(self, answers: Answers) -> Class:
        """The class of the last of some answers."""
        place, value = len(answers) - 1, answers[-1]
        member = self.members[place]
        decided = tuple([self._decides(link, answers) for link in self._decided[place]])
        choice = value if isinstance(value, str) and value in member.choices else ""
        return (decided, self.admits(member.slot.name, value), choice, self._explore(answers))

    def _decides(self, link: Link, answers: Answers) -> bool:
        """Whether a relation holds of some answers; asked once for each combination that it reads."""
        read = [answers[self._order[slot]] for slot in link.slots]
        key = (id(link), *map(_hashable, read))
        if key not in self._held:
            self._held[key] = self._holds(link, link.relation, dict(zip(link.slots, read, strict=True)))
        return self._held[key]

    def _collect(self, place: int, number: int, found: list[dict[Class, None]], seen: set[int]) -> None:
        if number in seen or place == len(self.members):
            return
        seen.add(number)
        for one in sorted(self._sets[number], key=lambda one: ([not true for true in one[0]], one[1:])):
            found[place][one] = None
            self._collect(place + 1, one[3], found, seen)

    # --- functions

    def place(self, slot: Slot) -> int:
        return self._order[slot]

    def holds(self, relation: Relation, item: int, relations: Relations, slots: frozenset[Slot]) -> int:
        """Where a relation holds when just these of its questions are asked."""
        for place, links in enumerate(self._decided):
            for number, link in enumerate(links):
                same = (link.relation, link.item, frozenset(link.slots)) == (relation, item, slots)
                if same and link.relations is relations:
                    return self._decided_there(place, number)
        raise KeyError(relation)

    def _decided_there(self, place: int, number: int) -> int:
        return self._where(place, lambda one: one[0][number])

    def _where(self, place: int, true: Callable[[Class], bool]) -> int:
        classes = self.classes[place]
        return self.diagrams.one_of(self.levels[place], lambda value: true(classes[value]))

    def chosen(self, slot: Slot, choice: str) -> int:
        """Where the answer to a question is a choice."""
        return self._where(self.place(slot), lambda one: one[2] == choice)

    def admitted(self, slot: Slot, by: int) -> int:
        """Where a procedure, by its number, admits the answer to a question."""
        return self._where(self.place(slot), lambda one: one[1][by])

    def possible(self, slot: Slot) -> int:
        """Where the answer to a question goes with the answer to the one before it in the chain."""
        place = self.place(slot)
        if place == 0:
            return self._among(place, self._sets[self._explored[0,]])
        rows = tuple(self._among(place, self._sets[before[3]]) for before in self.classes[place - 1])
        return self.diagrams.node(self.levels[place - 1], rows)

    def _among(self, place: int, allowed: frozenset[Class]) -> int:
        return self._where(place, lambda one: one in allowed)

    # --- persons

    def recognised(self, answers: Answers) -> int | None:
        """The number of the class of the last of some answers; None where it is of no class that was met."""
        classes, one = self.classes[len(answers) - 1], self._class(answers)
        return classes.index(one) if one in classes else None

    def ordinary(self, prefix: Answers) -> Value | None:
        """Any answer to the next question after some."""
        self._explore(prefix)
        return next(iter(self._rows[self._key(prefix)].values()))

    def answers(self, picked: Mapping[int, int]) -> dict[Slot, Value | None]:
        """Answers that have the classes of an assignment; a class that is left out is any that is possible."""
        prefix: Answers = ()
        for place, level in enumerate(self.levels):
            ordinary = self.ordinary(prefix)
            rows = self._rows[self._key(prefix)]
            wanted = self.classes[place][picked[level]] if level in picked else None
            prefix = (*prefix, rows.get(wanted, ordinary) if wanted is not None else ordinary)
        return {member.slot: value for member, value in zip(self.members, prefix, strict=True)}


def _hashable(value: object) -> object:
    return repr(value) if isinstance(value, list | dict) else value
