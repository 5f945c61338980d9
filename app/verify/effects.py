"""Which parts of a condition make a difference to somebody.

A part matters for an applicant when all that stands around it leaves the decision to it: the other parts of an `all`
hold, the other parts of an `any` do not. Who these applicants are is carried down from the place where the condition
stands; a part that is, for all of them, what taking it out would make it, is without effect.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.spec.model import All, AnyOf, Condition, Items, NoneOf, RuleRef, Test
from app.verify.diagram import FALSE
from app.verify.relation import Slot
from app.verify.side import Side, given

MOST_VALUES = 12
"""A longer list of values was not weighed one by one by its author: it is taken as a whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition, or one `value` of a test: `matters` is to whom it makes a difference.

    `plain` says, of a part that matters to nobody, that one can see why: it is the same for everybody who comes there,
    or another part beside it says it already. Else it takes all the others together to make it idle.
    """

    condition: Condition
    value: str | None
    matters: int
    plain: bool = False
    unread: Test | None = None
    """A test of this part that reads a question which nobody to whom it is left was asked."""


@dataclass(frozen=True, slots=True)
class Used:
    """A rule where a condition uses it: `deciding` is to whom it is left to decide there."""

    rule: str
    item: int
    deciding: int


@dataclass(frozen=True, slots=True)
class Weighing:
    """Goes down one condition. `context` is everybody who comes to its place; with `free`, as if all had been asked."""

    side: Side
    context: int
    rules: Mapping[str, Condition]
    free: bool = False

    def parts(
        self, condition: Condition, deciding: int, item: int, outer: tuple[int, ...] = ()
    ) -> Iterator[Part | Used]:
        """Every part below a condition, and the rules it uses; `deciding` is to whom the whole is left to decide,
        `outer` what the parts that must hold with it say, as if all had been asked.
        """
        match condition:
            case Test():
                yield from self._values(condition, deciding, item)
            case RuleRef(name):
                yield Used(name, item, deciding)
            case Items():
                yield from self._items(condition, deciding)
            case All(inner):
                yield from self._several(inner, deciding, item, outer, neutral=True)
            case AnyOf(inner) | NoneOf(inner):
                yield from self._several(inner, deciding, item, outer, neutral=False)

    def _several(
        self, inner: tuple[Condition, ...], deciding: int, item: int, outer: tuple[int, ...], *, neutral: bool
    ) -> Iterator[Part | Used]:
        """Parts side by side; `neutral` is what one may be without deciding anything."""
        diagrams = self.side.diagrams
        quiet = [self._quiet(part, item, neutral, free=self.free) for part in inner]
        loose = [self._quiet(part, item, neutral, free=True) for part in inner]
        for place, part in enumerate(inner):
            here = diagrams.both(deciding, diagrams.all_of(quiet[:place] + quiet[place + 1 :]))
            matters = diagrams.without(here, quiet[place])
            if matters != FALSE:
                yield Part(part, None, matters)
                beside = (*loose[:place], *loose[place + 1 :]) if neutral else ()
                yield from self.parts(part, here, item, (*outer, *beside))
            else:
                constant = diagrams.without(self.context, quiet[place]) == FALSE
                plain = constant or self._repeated(loose, place, outer)
                yield Part(part, None, FALSE, plain, next(self.unread(part, here, item), None))

    def _quiet(self, part: Condition, item: int, neutral: bool, *, free: bool) -> int:
        """Where a part is neutral."""
        node = self.side.holds(part, item, free=free)
        return node if neutral else self.side.diagrams.negate(node)

    def _repeated(self, loose: list[int], place: int, outer: tuple[int, ...]) -> bool:
        """Whether one other part says already what this one would, whatever was asked; of two equal, the second."""
        own, diagrams = loose[place], self.side.diagrams
        before, after = (*outer, *loose[:place]), loose[place + 1 :]
        return any(diagrams.without(node, own) == FALSE for node in before) or any(
            node != own and diagrams.without(node, own) == FALSE for node in after
        )

    def unread(self, condition: Condition, deciding: int, item: int) -> Iterator[Test]:
        """The tests of a condition that nobody to whom they are left can pass, not having been asked."""
        diagrams = self.side.diagrams
        if deciding == FALSE:
            return
        match condition:
            case Test():
                if not asked_somewhere(self.side, condition, deciding, item):
                    yield condition
            case RuleRef(name):
                yield from self.unread(self.rules[name], deciding, item)
            case All(inner):
                nodes = [self.side.holds(part, item) for part in inner]
                for place, part in enumerate(inner):
                    others = diagrams.all_of(nodes[:place] + nodes[place + 1 :])
                    yield from self.unread(part, diagrams.both(deciding, others), item)
            case AnyOf(inner):
                for part in inner:
                    yield from self.unread(part, deciding, item)
            case Items(of=of, when=when):
                present = self.side.present(self.side.reads.repeats[of], 1)
                yield from self.unread(when, diagrams.both(deciding, present), 1)

    def _values(self, test: Test, deciding: int, item: int) -> Iterator[Part]:
        """The values of a test of a choice: each is the answer of somebody to whom the test is left."""
        operand, ref = test.operand, test.ref
        if test.operator != "is" or ref.scope != "field" or ref.part is not None or not isinstance(operand, tuple):
            return
        if not 1 < len(operand) <= MOST_VALUES:
            return
        slot = Slot(ref.name, item if self.side.reads.in_item(ref.name) else 0)
        diagrams = self.side.diagrams
        for value in operand:
            if isinstance(value, str):
                coded = self.side.frame.coded[slot]
                one = given(diagrams, coded, value) if self.free else self.side.answer(slot, value)
                yield Part(test, value, diagrams.both(deciding, one), diagrams.both(self.context, one) == FALSE)

    def _items(self, items: Items, deciding: int) -> Iterator[Part | Used]:
        """The condition inside a quantifier, read for the first item where the other items leave the decision to it."""
        diagrams, side = self.side.diagrams, self.side
        step = side.reads.repeats[items.of]
        here = diagrams.both(deciding, side.present(step, 1))
        for other in side.items(step)[1:]:
            present, held = side.present(step, other), side.holds(items.when, other, free=self.free)
            decided = diagrams.without(present, held) if items.quantifier == "every" else diagrams.both(present, held)
            here = diagrams.without(here, decided)
        yield from self.parts(items.when, here, 1)


def asked_somewhere(side: Side, test: Test, context: int, item: int) -> bool:
    """Whether somebody who comes to a place was asked one of the questions that a test there reads."""
    for name in side.view.relations.names(test):
        slot = Slot(name, item if side.reads.in_item(name) else 0)
        if slot.name in side.reads.fields and slot.item == 0 and side.reads.in_item(name):
            slot = Slot(name, 1)
        if side.diagrams.both(context, side.asked(slot)) != FALSE:
            return True
    return False
