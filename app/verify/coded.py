"""Questions as variables of decision diagrams: one variable for most, one for each choice where boxes are ticked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.kinds.base import Value
from app.spec.model import Field
from app.verify.chain import Chain
from app.verify.diagram import FALSE, TRUE, Diagrams
from app.verify.domains import Answer, special
from app.verify.relation import Slot

Assignment = Mapping[int, int]
"""Values by variable; a variable that is left out has its first value."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A question with one variable: a value for each class of answers."""

    level: int
    answers: tuple[Answer, ...]
    valid: int = TRUE

    @property
    def levels(self) -> tuple[int, ...]:
        return (self.level,)

    def value(self, assignment: Assignment, choices: frozenset[str] = frozenset()) -> Value | None:
        """The answer that stands for an assignment."""
        return self.answers[assignment.get(self.level, 0)].value


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes to tick: a variable for each choice that some test names, one before them for "I do not know" and empty.

    `valid` is true of what a person can tick: something, and an exclusive choice alone.
    """

    question: Field
    status: int | None
    specials: tuple[Value | None, ...]
    bits: Mapping[str, int]
    valid: int = TRUE

    @property
    def levels(self) -> tuple[int, ...]:
        return (*(() if self.status is None else (self.status,)), *self.bits.values())

    def reading(self, choices: frozenset[str]) -> tuple[int, ...]:
        """The variables that tell whether some choices are ticked, and whether anything is."""
        own = (level for choice, level in self.bits.items() if choice in choices)
        return (*(() if self.status is None else (self.status,)), *own)

    def value(self, assignment: Assignment, choices: frozenset[str] | None = None) -> Value | None:
        """The ticked choices. With `choices`, only those matter: another one is ticked where none of them is."""
        status = 0 if self.status is None else assignment.get(self.status, 0)
        if status:
            return self.specials[status - 1]
        ticked = [choice for choice, level in self.bits.items() if assignment.get(level, 0)]
        if ticked:
            return ticked
        known = self.bits.keys() if choices is None else choices
        free = sorted((c for c in self.question.choices if c.id not in known), key=lambda c: c.exclusive)
        return [free[0].id] if free else []


@dataclass(frozen=True, slots=True)
class Linked:
    """A question whose answers cannot be sorted without those to others: a link of a chain."""

    chain: Chain
    slot: Slot

    @property
    def levels(self) -> tuple[int, ...]:
        return (self.chain.levels[self.chain.place(self.slot)],)

    @property
    def valid(self) -> int:
        """Where the answer goes with the one before it in the chain."""
        return self.chain.possible(self.slot)

    def value(self, assignment: Assignment, choices: frozenset[str] = frozenset()) -> Value | None:
        """The answer that stands for an assignment; None also where the question is not asked."""
        return self.chain.answers(assignment).get(self.slot)


Coded = Plain | Boxes | Linked


def boxes(diagrams: Diagrams, question: Field, named: frozenset[str]) -> Boxes:
    """The variables of a question with boxes, `named` being the choices that tests name."""
    specials = tuple(special(question))
    status = diagrams.variable(1 + len(specials)) if specials else None
    bits = {choice.id: diagrams.variable(2) for choice in question.choices if choice.id in named}
    return Boxes(question, status, specials, bits, _valid(diagrams, question, status, bits))


def _valid(diagrams: Diagrams, question: Field, status: int | None, bits: Mapping[str, int]) -> int:
    ticked = {choice: diagrams.one_of(level, bool) for choice, level in bits.items()}
    unnamed = any(choice.id not in bits for choice in question.choices)
    valid = TRUE if unnamed else diagrams.any_of(reversed(ticked.values()))
    for choice in question.choices:
        if choice.exclusive and choice.id in ticked:
            alone = diagrams.all_of(diagrams.negate(node) for other, node in ticked.items() if other != choice.id)
            valid = diagrams.both(valid, diagrams.either(diagrams.negate(ticked[choice.id]), alone))
    if status is None:
        return valid
    empty = diagrams.all_of(diagrams.negate(node) for node in ticked.values())
    return diagrams.choose(diagrams.one_of(status, lambda value: value == 0), valid, empty)


def ticked_by(diagrams: Diagrams, coded: Boxes, question: Field) -> int:
    """Where boxes are ticked as one procedure has them: choices that it offers, its own exclusive ones alone."""
    offered = {choice.id for choice in question.choices}
    specials = special(question)
    own = {choice: level for choice, level in coded.bits.items() if choice in offered}
    others = [level for choice, level in coded.bits.items() if choice not in offered]
    foreign = diagrams.any_of(diagrams.one_of(level, bool) for level in others)
    found = diagrams.without(_valid(diagrams, question, None, own), foreign)
    if coded.status is None:
        return found
    known = diagrams.one_of(coded.status, lambda value: value == 0)
    other = diagrams.one_of(coded.status, lambda value: value > 0 and coded.specials[value - 1] in specials)
    return diagrams.choose(known, found, other)


def table(diagrams: Diagrams, levels: Sequence[int], holds: Callable[[dict[int, int]], bool]) -> int:
    """The function of some variables given by its whole truth table."""
    ordered = sorted(levels)
    chosen: dict[int, int] = {}

    def rows(place: int) -> int:
        if place == len(ordered):
            return TRUE if holds(chosen) else FALSE
        level = ordered[place]
        children = []
        for value in range(diagrams.sizes[level]):
            chosen[level] = value
            children.append(rows(place + 1))
        del chosen[level]
        return diagrams.node(level, tuple(children))

    return rows(0)
