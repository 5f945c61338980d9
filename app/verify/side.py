"""What one procedure does, as functions of the answers: what is asked, what holds, how far a journey goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

from app.kinds.base import Value
from app.spec.model import All, AnyOf, Condition, Items, NoneOf, Page, Repeat, RuleRef, Step, Test
from app.verify.chain import Chain
from app.verify.coded import Boxes, Coded, Linked, Plain, table
from app.verify.diagram import FALSE, TRUE, Diagrams
from app.verify.frame import Frame, View, choices_read, read_directly
from app.verify.model import Constraint, Model, Reach
from app.verify.relation import Relation, Slot


class Side:
    """The functions of one procedure over a frame. `constraints` are those that count there."""

    def __init__(self, model: Model, frame: Frame, view: View, constraints: Iterable[Constraint]) -> None:
        self.model = model
        self.reads = model.reads
        self.frame = frame
        self.view = view
        self.diagrams: Diagrams = frame.diagrams
        self.constraints = tuple(constraints)
        self._conditions: dict[tuple[int, int, bool], tuple[Condition, int]] = {}
        self._relations: dict[tuple[Relation, int, bool], int] = {}
        self._asked: dict[Slot, int] = {}
        self._shown: dict[str, int] = {}
        self._alive: dict[Reach, int] = {}
        self._fails: dict[int, int] = {}

    # --- what is asked

    def shown(self, step: Step) -> int:
        """Where a step is shown."""
        if step.id not in self._shown:
            self._shown[step.id] = TRUE if step.when is None else self.holds(step.when)
        return self._shown[step.id]

    def items(self, step: Step) -> range:
        """The numbers of the items that are told apart; 0 alone for a step that is no repeat."""
        return range(1, self.frame.items.get(step.id, 1) + 1) if step.repeat is not None else range(1)

    def present(self, step: Step, item: int) -> int:
        """Where an item exists; for item 0, where the step is shown."""
        repeat = step.repeat
        if item == 0 or repeat is None:
            return self.shown(step)
        return self.diagrams.both(self.shown(step), self._at_least(step.id, repeat, item))

    def _at_least(self, name: str, repeat: Repeat, count: int) -> int:
        slot = Slot(repeat.for_each or name)
        coded = self.frame.coded[slot]

        def enough(assignment: dict[int, int]) -> bool:
            value = coded.value(assignment)
            ticked = len(repeat.ticked(value)) if isinstance(value, list) else value
            return isinstance(ticked, int) and ticked >= count

        found = table(self.diagrams, coded.levels, enough)
        return self.diagrams.both(found, self.asked(slot))

    def asked(self, slot: Slot) -> int:
        """Where a question is asked, and answered or deliberately left empty."""
        if slot not in self._asked:
            step, question = self.reads.step_of[slot.name], self.reads.fields.get(slot.name)
            found = self.present(step, slot.item)
            if question is not None and question.when is not None:
                found = self.diagrams.both(found, self.holds(question.when, slot.item))
            self._asked[slot] = found
        return self._asked[slot]

    def page(self, step: Step, page: Page, item: int = 0) -> int:
        """Where a page is asked."""
        if any(question.when is None for question in page.fields):
            return self.present(step, item)
        return self.diagrams.any_of(self.asked(Slot(question.id, item)) for question in page.fields)

    # --- what holds

    def holds(self, condition: Condition | None, item: int = 0, *, free: bool = False) -> int:
        """Where a condition is true, read in an item of a repeat or outside. With `free`, as if all had been asked."""
        if condition is None:
            return TRUE
        key = (id(condition), item, free)
        held = self._conditions.get(key)
        if held is None:
            held = self._conditions[key] = (condition, self._holds(condition, item, free))
        return held[1]

    def _holds(self, condition: Condition, item: int, free: bool) -> int:
        match condition:
            case Test():
                return self.relation(condition, item, free=free)
            case All(parts):
                return self.diagrams.all_of(self.holds(part, item, free=free) for part in parts)
            case AnyOf(parts):
                return self.diagrams.any_of(self.holds(part, item, free=free) for part in parts)
            case NoneOf(parts):
                found = self.diagrams.any_of(self.holds(part, item, free=free) for part in parts)
                return self.diagrams.negate(found)
            case RuleRef(name):
                return self.holds(self.model.procedure.rules[name].when, item, free=free)
            case Items():
                return self._quantified(condition, free)

    def _quantified(self, items: Items, free: bool) -> int:
        step = self.reads.repeats[items.of]
        rows = [(self.present(step, item), self.holds(items.when, item, free=free)) for item in self.items(step)]
        if items.quantifier == "every":
            every = self.diagrams.all_of(self.diagrams.either(self.diagrams.negate(here), true) for here, true in rows)
            return self.diagrams.both(rows[0][0], every)
        found = self.diagrams.any_of(self.diagrams.both(here, true) for here, true in rows)
        return found if items.quantifier == "any" else self.diagrams.without(rows[0][0], found)

    def relation(self, relation: Relation, item: int = 0, *, free: bool = False) -> int:
        """Where a test or a limit holds; what is said of no item is the same in each."""
        if item and not any(map(self.reads.in_item, read_directly(relation))):
            item = 0
        key = (relation, item, free)
        if key not in self._relations:
            self._relations[key] = self._relation(relation, item, free)
        return self._relations[key]

    def _relation(self, relation: Relation, item: int, free: bool) -> int:
        slots = self._slots(relation, item)
        coded = self.frame.coded[slots[0]] if slots else None
        if isinstance(coded, Linked):
            return self._chained(coded.chain, relation, slots, item, free)
        if free:
            return self._table(relation, slots, item)
        asked = self.diagrams.all_of(map(self.asked, slots))
        return self.diagrams.choose(asked, self._table(relation, slots, item), self._table(relation, [], item))

    def _chained(self, chain: Chain, relation: Relation, slots: list[Slot], item: int, free: bool) -> int:
        """Where a relation of a chain holds, whichever of its questions are asked."""
        relations, diagrams = self.view.relations, self.diagrams
        whole = chain.holds(relation, item, relations, frozenset(slots))
        if free:
            return whole
        none = TRUE if relations.holds(relation, {}, item) else FALSE
        if relations.needs_all(relation):
            return diagrams.choose(diagrams.all_of(map(self.asked, slots)), whole, none)
        found = FALSE
        for present in product((True, False), repeat=len(slots)):
            there = frozenset(slot for slot, here in zip(slots, present, strict=True) if here)
            where = diagrams.all_of(
                self.asked(slot) if slot in there else diagrams.negate(self.asked(slot)) for slot in slots
            )
            if where != FALSE:
                held = chain.holds(relation, item, relations, there) if there else none
                found = diagrams.either(found, diagrams.both(where, held))
        return found

    def _slots(self, relation: Relation, item: int) -> list[Slot]:
        """The places of the answers that a relation reads. A sum over items reads every item."""
        found = []
        for name in sorted(self.view.relations.names(relation)):
            if not self.reads.in_item(name):
                found.append(Slot(name))
            elif item:
                found.append(Slot(name, item))
            else:
                found += [Slot(name, number) for number in self.items(self.reads.step_of[name])]
        return found

    def _table(self, relation: Relation, slots: list[Slot], item: int) -> int:
        levels: list[int] = []
        choices: dict[Slot, frozenset[str]] = {}
        for slot in slots:
            coded = self.frame.coded[slot]
            if isinstance(coded, Boxes):
                choices[slot] = choices_read(relation, slot.name, self.view)
                levels += coded.reading(choices[slot])
            else:
                choices[slot] = frozenset()
                levels += coded.levels
        relations, frame = self.view.relations, self.frame.coded

        def holds(assignment: Mapping[int, int]) -> bool:
            values = {slot: frame[slot].value(assignment, choices[slot]) for slot in slots}
            return relations.holds(relation, values, item)

        return table(self.diagrams, levels, holds)

    # --- how far a journey goes

    def alive(self, reach: Reach) -> int:
        """Where a journey gets that far: nothing has failed, nothing has ended it, every answer is one that can be
        given.
        """
        if reach not in self._alive:
            diagrams = self.diagrams
            passed = [diagrams.negate(self.fails(one)) for one in self.constraints if reach.counts(one)]
            self._alive[reach] = diagrams.all_of([*map(self.valid, self._seen(reach)), *passed])
        return self._alive[reach]

    def _seen(self, reach: Reach) -> Iterable[Slot]:
        return (
            slot
            for slot, coded in self.frame.coded.items()
            if (isinstance(coded, Linked) or coded.valid != TRUE or len(self.frame.views) > 1)
            and slot.name in self.reads.places
            and self.reads.places[slot.name] <= reach.seen
        )

    def valid(self, slot: Slot) -> int:
        """Where the answer, if the question is asked, is one that can be given."""
        coded = self.frame.coded[slot]
        given = self.frame.admitted(slot, self.view)
        if not isinstance(coded, Linked):
            given = self.diagrams.both(given, coded.valid)
        free = TRUE if given == TRUE else self.diagrams.either(self.diagrams.negate(self.asked(slot)), given)
        return self.diagrams.both(free, coded.valid) if isinstance(coded, Linked) else free

    def fails(self, constraint: Constraint) -> int:
        """Where a constraint ends the journey or fails its page."""
        if id(constraint) not in self._fails:
            self._fails[id(constraint)] = self._fail(constraint)
        return self._fails[id(constraint)]

    def _fail(self, constraint: Constraint) -> int:
        if constraint.outcome is not None:
            return self.holds(constraint.outcome.when)
        step = constraint.step
        assert step is not None
        return self.diagrams.any_of(self.failing(constraint, step, item) for item in self.items(step))

    def failing(self, constraint: Constraint, step: Step, item: int) -> int:
        """Where a check or a limit fails, for one item of a repeat or outside."""
        if constraint.limit is not None:
            within = self.relation(constraint.limit, item)
            asked = self.asked(Slot(constraint.limit.name, item))
            return self.diagrams.without(asked, within)
        check = constraint.check
        assert check is not None
        _, page = self.model.pages[constraint.place]
        return self.diagrams.both(self.page(step, page, item), self.holds(check.when, item))

    def answer(self, slot: Slot, wanted: Value) -> int:
        """Where a question is asked and a value is its answer; for boxes, where a choice is ticked."""
        return self.diagrams.both(self.asked(slot), given(self.diagrams, self.frame.coded[slot], wanted))


def given(diagrams: Diagrams, coded: Coded, wanted: Value) -> int:
    """Where an answer has a value, whether the question is asked or not; for boxes, where a choice is ticked."""
    if isinstance(coded, Boxes):
        known = TRUE if coded.status is None else diagrams.one_of(coded.status, lambda value: value == 0)
        level = coded.bits.get(str(wanted))
        return known if level is None else diagrams.both(known, diagrams.one_of(level, bool))
    if isinstance(coded, Linked):
        return coded.chain.chosen(coded.slot, str(wanted))
    return diagrams.one_of(coded.level, lambda value: _is(coded, value, wanted))


def _is(coded: Plain, value: int, wanted: Value) -> bool:
    answer = coded.answers[value]
    return wanted == answer.value or wanted in answer.also
