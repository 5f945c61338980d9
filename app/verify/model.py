"""What a complete journey must respect, and which questions a goal depends on through that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from app.journey.plan import reads
from app.spec.model import Check, Condition, Outcome, Page, Procedure, Step, Test
from app.verify.reads import Reads
from app.verify.relation import Limit, Relation


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something that ends a journey (`stop`) or keeps a page from being answered (`error`, `limit`).

    `place` is the page after which it counts, as in `app.journey.plan`; `order` the rank of a stop among the outcomes.
    """

    sort: Literal["stop", "error", "limit"]
    place: int
    names: frozenset[str]
    step: Step | None = None
    outcome: Outcome | None = None
    check: Check | None = None
    limit: Limit | None = None
    order: int = 0

    @property
    def condition(self) -> Condition | None:
        """The condition whose truth ends the journey or fails the page; None for a limit."""
        if self.outcome is not None:
            return self.outcome.when
        return None if self.check is None else self.check.when


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a journey has gone: `errors` and `stops` are the places before which nothing has failed or ended, `order`
    the rank among the outcomes of the last place, `seen` the last page whose questions may have been answered.
    """

    errors: int
    stops: int
    seen: int
    order: int = 0

    @classmethod
    def page(cls, place: int) -> Reach:
        """Just before a page is answered."""
        return cls(place, place, place)

    @classmethod
    def answered(cls, place: int) -> Reach:
        """A page is answered without error; nothing has been decided on it yet."""
        return cls(place + 1, place, place)

    @classmethod
    def outcome(cls, place: int, order: int) -> Reach:
        """Just before an outcome is decided after a page."""
        return cls(place + 1, place, place, order)

    def counts(self, constraint: Constraint) -> bool:
        """Whether a constraint has been passed."""
        if constraint.sort == "stop":
            return (constraint.place, constraint.order) < (self.stops, self.order)
        return constraint.place < self.errors


class Model:
    """A procedure with its constraints. Pure data about the file: no day, no answers."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.reads = Reads(procedure)
        self.pages = [(step, page) for step in procedure.steps for page in step.pages]
        self.place_of = {id(page): place for place, (_, page) in enumerate(self.pages)}
        self.first_place = {step.id: self.place_of[id(step.pages[0])] for step in procedure.steps}
        self.constraints = [*self._stops(), *self._errors(), *self._limits()]
        self._of_condition: dict[int, tuple[Condition, tuple[Test, ...]]] = {}
        self._reaching: dict[tuple[frozenset[str], Reach], tuple[frozenset[str], tuple[Constraint, ...]]] = {}

    @cached_property
    def end(self) -> Reach:
        """The end of a complete journey."""
        return Reach(self.reads.end, self.reads.end, self.reads.end)

    def decided_at(self, outcome: Outcome) -> int:
        """The page after which an outcome is decided, -1 before the first."""
        found = (self.reads.places.get(name, -1) for name in reads(outcome.when, self.procedure))
        return max(found, default=-1)

    def _stops(self) -> Iterator[Constraint]:
        for order, outcome in enumerate(self.procedure.outcomes):
            if outcome.effect == "stop":
                names = self.reads.names(outcome.when)
                yield Constraint("stop", self.decided_at(outcome), names, outcome=outcome, order=order)

    def _errors(self) -> Iterator[Constraint]:
        for place, (step, page) in enumerate(self.pages):
            for check in page.checks:
                if check.level == "error":
                    names = self.reads.names(check.when) | self._shown(step, page)
                    yield Constraint("error", place, names, step=step, check=check)

    def _shown(self, step: Step, page: Page) -> frozenset[str]:
        """What decides whether a page is asked; nothing where one of its questions always is."""
        if any(question.when is None for question in page.fields):
            return self.reads.asked_by(page.fields[0].id) if step.when is not None or step.repeat else frozenset()
        return frozenset().union(*(self.reads.asked_by(question.id) for question in page.fields))

    def _limits(self) -> Iterator[Constraint]:
        for place, (step, page) in enumerate(self.pages):
            for question in page.fields:
                for key in ("not_after", "not_before"):
                    other = question.settings.get(key)
                    if question.kind == "date" and isinstance(other, str) and other in self.reads.fields:
                        limit = Limit(question.id, other, after=key == "not_after")
                        yield Constraint("limit", place, frozenset((question.id, other)), step=step, limit=limit)

    # --- what a goal depends on

    def cone(self, names: Iterable[str], reach: Reach) -> tuple[frozenset[str], tuple[Constraint, ...]]:
        """Every question that may matter to a goal that reads `names`, and the constraints between them.

        A failed check or limit placed after all of them does not matter: no answer is a dead end, which is proven
        apart. A stop matters wherever it is decided.
        """
        wanted = frozenset(names)
        if (wanted, reach) not in self._reaching:
            self._reaching[wanted, reach] = self._cone(set(wanted), reach)
        return self._reaching[wanted, reach]

    def _cone(self, names: set[str], reach: Reach) -> tuple[frozenset[str], tuple[Constraint, ...]]:
        held: list[Constraint] = []
        left = [constraint for constraint in self.constraints if reach.counts(constraint)]
        grown = True
        while grown:
            grown = False
            waiting = list(names)
            while waiting:
                more = self.reads.asked_by(waiting.pop()) - names
                names |= more
                waiting += more
            last = max((self.reads.places[name] for name in names), default=-1)
            for constraint in list(left):
                matters = constraint.sort == "stop" or constraint.place <= last
                if matters and not constraint.names.isdisjoint(names):
                    left.remove(constraint)
                    held.append(constraint)
                    names |= constraint.names
                    grown = True
        return frozenset(names), tuple(held)

    def together(
        self, names: frozenset[str], conditions: Iterable[Condition], constraints: Iterable[Constraint]
    ) -> frozenset[Relation]:
        """The relations of several answers at once that a goal meets: in its conditions, in what decides whether its
        questions are asked, in its constraints.
        """
        held = list(constraints)
        found: set[Relation] = {constraint.limit for constraint in held if constraint.limit is not None}
        for when in self.met(names, conditions, held):
            found.update(self._several(when))
        return frozenset(found)

    def met(
        self, names: Iterable[str], conditions: Iterable[Condition], constraints: Iterable[Constraint]
    ) -> list[Condition]:
        """Every condition that a goal meets."""
        found = [*conditions, *(one.condition for one in constraints if one.condition is not None)]
        for name in names:
            question, step = self.reads.fields.get(name), self.reads.step_of[name]
            found += [when for when in (step.when, question.when if question else None) if when is not None]
        return found

    def _several(self, condition: Condition) -> tuple[Test, ...]:
        """The tests of a condition that read more than one answer; found once, the condition kept beside them."""
        held = self._of_condition.get(id(condition))
        if held is None:
            found = tuple(test for test in self.reads.tests(condition) if len(self.reads.names_of(test)) > 1)
            held = self._of_condition[id(condition)] = (condition, found)
        return held[1]
