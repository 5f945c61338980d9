"""Answer domains of several questions at once, as variables of one family of decision diagrams."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from app.kinds.base import Value
from app.spec.codes.phrase import Phrase
from app.spec.model import Field, Test
from app.verify.chain import Chain, Link, Member
from app.verify.coded import Boxes, Coded, Linked, Plain, boxes, ticked_by
from app.verify.diagram import TRUE, Diagrams, Undecided
from app.verify.domains import Answer, classes, listed, special
from app.verify.lines import Line, change, line_of
from app.verify.merged import admits, joined, merged
from app.verify.relation import Limit, Relation, Relations, Slot

MOST_BOXES_TOGETHER = 8
MOST_TOGETHER = 6


@dataclass(frozen=True, slots=True)
class View:
    """What one procedure reads of the questions of a frame: tests of one answer, and relations of several."""

    relations: Relations
    single: Mapping[str, tuple[Test, ...]]
    several: tuple[Relation, ...]

    @property
    def today(self) -> date:
        return self.relations.reader.moment.today


@dataclass(slots=True)
class Frame:
    """Variables for the questions `names`, in order, such that the tests of every view can tell answers apart.

    A repeat has one variable for the number of its items; its questions have one for each of the first `items[repeat]`
    items.
    """

    views: tuple[View, ...]
    names: tuple[str, ...]
    items: Mapping[str, int]
    diagrams: Diagrams = field(default_factory=Diagrams)
    coded: dict[Slot, Coded] = field(default_factory=dict)
    chains: list[Chain] = field(default_factory=list)
    _questions: dict[str, Field | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        slots = [Slot(name, item) for name in self.names for item in self._items(name)]
        chained = self._chained(slots)
        started: set[int] = set()
        for slot in sorted(slots, key=self._order):
            members, links = chained.get(slot, ([], []))
            if not members:
                self.coded[slot] = self._plain(slot)
            elif id(members) not in started:
                started.add(id(members))
                self._chain(members, links)

    # --- what is known of a name

    def question(self, name: str) -> Field | None:
        """The question of a name, with the answers of every view that has it; None for a repeat."""
        if name not in self._questions:
            fields = [view.relations.reads.fields[name] for view in self.views if name in view.relations.reads.fields]
            self._questions[name] = merged(fields) if fields else None
        return self._questions[name]

    def in_item(self, name: str) -> bool:
        return any(view.relations.reads.in_item(name) for view in self.views)

    def _items(self, name: str) -> range:
        if not self.in_item(name):
            return range(1)
        step = next(v.relations.reads.step_of[name] for v in self.views if v.relations.reads.in_item(name))
        return range(1, self.items.get(step.id, 1) + 1)

    def _order(self, slot: Slot) -> tuple[int, int]:
        """Questions in the order of the names; the questions of one item together."""
        if slot.item == 0:
            return self.names.index(slot.name), 0
        step = next(v.relations.reads.step_of[slot.name] for v in self.views if v.relations.reads.in_item(slot.name))
        first = min(self.names.index(question.id) for question in step.fields if question.id in self.names)
        return first, slot.item * len(self.names) + self.names.index(slot.name)

    def single(self, name: str) -> Iterator[tuple[View, Test]]:
        """The tests that are made on one answer alone."""
        for view in self.views:
            for test in view.single.get(name, ()):
                yield view, test

    def _line(self, name: str) -> Line | None:
        lines = [line for view in self.views if (line := _line_in(view, name)) is not None]
        return joined(lines) if lines else None

    def admits(self, name: str, value: Value | None) -> tuple[bool, ...]:
        """Which views admit an answer to a question; one alone admits every answer that is looked at."""
        if len(self.views) == 1:
            return ()
        found = []
        for view in self.views:
            reads = view.relations.reads
            step = reads.repeats.get(name)
            asked = reads.fields.get(name) or (step.repeat if step is not None else None)
            found.append(asked is None or admits(asked, value, view.today))
        return tuple(found)

    def admitted(self, slot: Slot, view: View) -> int:
        """Where a view admits the answer to a question."""
        coded, by = self.coded[slot], self.views.index(view)
        if len(self.views) == 1:
            return TRUE
        if isinstance(coded, Linked):
            return coded.chain.admitted(slot, by)
        if isinstance(coded, Plain):
            return self.diagrams.one_of(
                coded.level, lambda value: self.admits(slot.name, coded.answers[value].value)[by]
            )
        question = view.relations.reads.fields.get(slot.name)
        return TRUE if question is None else ticked_by(self.diagrams, coded, question)

    # --- answers that stand alone

    def _plain(self, slot: Slot) -> Coded:
        question = self.question(slot.name)
        if question is not None and question.kind == "checkboxes":
            return boxes(self.diagrams, question, self._named_choices(slot.name))
        first = self.coded.get(Slot(slot.name, 1))
        answers = first.answers if isinstance(first, Plain) else self._answers(slot, question)
        return Plain(self.diagrams.variable(len(answers)), answers)

    def _answers(self, slot: Slot, question: Field | None) -> tuple[Answer, ...]:
        values: list[Value | None] = [*self._values(slot, question), *(special(question) if question else [])]
        if not values:
            return (Answer(None),)
        at = Slot(slot.name, min(slot.item, 1))
        seen: list[list[bool]] = [[] for _ in values]
        for view, test in self.single(slot.name):
            for row, value in zip(seen, values, strict=True):
                row.append(view.relations.holds(test, {at: value}, at.item))
        return tuple(classes(values, [(*row, *self.admits(slot.name, v)) for row, v in zip(seen, values, strict=True)]))

    def _values(self, slot: Slot, question: Field | None) -> list[Value]:
        """Answers to a question, "I do not know" and empty aside."""
        line = self._line(slot.name)
        if line is None:
            return self._listed(slot.name, question, frozenset())
        if line.low > line.high:
            return []
        points = set(line.marks)
        at = Slot(slot.name, min(slot.item, 1))
        for view, test in self.single(slot.name):
            for edge in view.relations.edges(test, {}):

                def holds(place: int, view: View = view, edge: Relation = edge) -> bool:
                    return view.relations.holds(edge, {at: line.value(place)}, at.item)

                found = change(holds, line)
                if found is not None:
                    points |= {found - 1, found}
        values = [line.value(point) for point in sorted(points) or [line.near]]
        return [*values, *dict.fromkeys(cut for value in values for cut in line.cut(value))]

    def _listed(self, name: str, question: Field | None, together: frozenset[str]) -> list[Value]:
        """The answers of a question that lies on no line; `together` are those it is compared with."""
        if question is None:
            raise Undecided(Phrase(f"« {name} » a des réponses sans nombre", f"“{name}” has answers without number"))
        if question.kind == "checkboxes":
            return _ticked(question)
        tests = [test for other in (name, *sorted(together)) for _, test in self.single(other)]
        tables = any(view.relations.reads.looked_up(test) for view, test in self.single(name))
        return listed(question, tests, self.views[0].today, every_code=tables, compared=bool(together))

    def _named_choices(self, name: str) -> frozenset[str]:
        steps = (step for view in self.views for step in view.relations.reads.repeats.values())
        made = (step.repeat.choices for step in steps if step.repeat is not None and step.repeat.for_each == name)
        read = frozenset().union(*made, *(choices_read(test, name, view) for view, test in self.single(name)))
        reads = [view.relations.reads for view in self.views]
        offered = [{choice.id for choice in one.fields[name].choices} for one in reads if name in one.fields]
        return read | (frozenset().union(*offered) - frozenset.intersection(*map(frozenset, offered)))

    # --- answers that are read together

    def _links(self, slots: Iterable[Slot]) -> Iterator[Link]:
        there = set(slots)
        for view in self.views:
            for relation in view.several:
                names = sorted(view.relations.names(relation))
                direct = read_directly(relation)
                inner = [name for name in names if self.in_item(name) and name in direct]
                items = self._items(inner[0]) if inner else range(1)
                for item in items:
                    found: list[Slot] = []
                    for name in names:
                        found += [Slot(name, item)] if name in inner else [Slot(name, n) for n in self._items(name)]
                    if there.issuperset(found):
                        yield from (
                            Link(view.relations, relation, item, some) for some in _asked(view, relation, found)
                        )

    def _chained(self, slots: list[Slot]) -> dict[Slot, tuple[list[Slot], list[Link]]]:
        """For each answer that is read with others, all those it is linked to, and the links."""
        found: dict[Slot, tuple[list[Slot], list[Link]]] = {}
        for link in self._links(slots):
            groups = {id(found[slot]): found[slot] for slot in link.slots if slot in found}.values()
            members = dict.fromkeys([*link.slots, *(slot for group in groups for slot in group[0])])
            links = [link, *(other for group in groups for other in group[1])]
            joined = (list(members), links)
            found.update(dict.fromkeys(members, joined))
        return found

    def _chain(self, slots: list[Slot], links: list[Link]) -> None:
        ordered = sorted(slots, key=self._order)
        alone = [
            Link(view.relations, test, slot.item, (slot,)) for slot in ordered for view, test in self.single(slot.name)
        ]
        names = frozenset(slot.name for slot in slots)
        members = tuple(self._member(slot, names - {slot.name}) for slot in ordered)
        chain = Chain(self.diagrams, members, (*alone, *links), self.admits)
        self.chains.append(chain)
        for slot in ordered:
            self.coded[slot] = Linked(chain, slot)

    def _member(self, slot: Slot, together: frozenset[str]) -> Member:
        question, line = self.question(slot.name), self._line(slot.name)
        around = [] if line is not None else self._listed(slot.name, question, together)
        choices = frozenset(choice.id for choice in question.choices) if question is not None else frozenset[str]()
        return Member(slot, choices, line, tuple(around), tuple(special(question)) if question is not None else ())


def _line_in(view: View, name: str) -> Line | None:
    """The line of a question, or of the number of items of a repeat, as one view has it."""
    reads = view.relations.reads
    if name in reads.fields:
        return line_of(reads.fields[name], view.today)
    step = reads.repeats.get(name)
    repeat = step.repeat if step is not None else None
    return None if repeat is None else Line(repeat.min, repeat.max, int, max(repeat.min, 1))


def _asked(view: View, relation: Relation, slots: list[Slot]) -> Iterator[tuple[Slot, ...]]:
    """The sets of questions that may be asked of those a relation reads, where its truth then depends on them."""
    if view.relations.needs_all(relation):
        yield tuple(slots)
        return
    if len(slots) > MOST_TOGETHER:
        words = f"plus de {MOST_TOGETHER} réponses lues ensemble", f"more than {MOST_TOGETHER} answers read together"
        raise Undecided(Phrase(*words))
    for count in range(1, len(slots) + 1):
        yield from combinations(slots, count)


def read_directly(relation: Relation) -> frozenset[str]:
    """The questions whose own answer is compared, in the item where the relation is read; not those added up."""
    if isinstance(relation, Limit):
        return frozenset((relation.name, relation.other))
    return frozenset((relation.ref.name,)) if relation.ref.scope == "field" else frozenset()


def choices_read(test: Relation, name: str, view: View) -> frozenset[str]:
    """The choices of a question with boxes that make a difference to a test."""
    if isinstance(test, Limit):
        return frozenset()
    question = view.relations.reads.fields[name]
    every = frozenset(choice.id for choice in question.choices)
    if test.ref.scope == "field" and test.ref.name == name:
        if test.operator in ("answered", "unknown"):
            return frozenset()
        operand = test.operand if isinstance(test.operand, tuple) else (test.operand,)
        return every & {one for one in operand if isinstance(one, str)}
    if test.ref.scope == "derived":
        derived = view.relations.reads.procedure.derived[test.ref.name]
        if derived.function == "count" and derived.options.get("choices") is not None:
            return every & frozenset(derived.options["choices"])
    return every


def _ticked(question: Field) -> list[Value]:
    ids = [choice.id for choice in question.choices]
    if len(ids) > MOST_BOXES_TOGETHER:
        french = f"plus de {MOST_BOXES_TOGETHER} cases à compter avec d'autres réponses"
        raise Undecided(Phrase(french, f"more than {MOST_BOXES_TOGETHER} boxes to count with other answers"))
    return [list(held) for count in range(1, len(ids) + 1) for held in combinations(ids, count)]


__all__ = ["Boxes", "Frame", "Plain", "View", "choices_read", "read_directly"]
