"""Walks the engine over the classes of journeys of a procedure and compares with what the model says of each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from app.journey.model import Journey
from app.kinds.base import UNKNOWN, Value
from app.spec.model import Procedure
from app.verify.cases import walk
from app.verify.coded import Plain
from app.verify.diagram import FALSE, TRUE
from app.verify.model import Model
from app.verify.moments import conditions
from app.verify.outline import Outline, Thing, met, whole
from app.verify.person import stored, values_at
from app.verify.reader import Moment
from app.verify.recognise import assignment_of
from app.verify.relation import Slot

UNSHOWN = ("fee", "choice", "note", "paragraph")
"""What is not looked for in what the engine shows."""
LATER = ("document", "channel", "letter", "fee", "declaration")
"""What only a complete journey has."""


class Classes:
    """The classes of journeys of one procedure at one moment: every combination of answers that some condition reads,
    each completed into a person.
    """

    def __init__(self, procedure: Procedure, moment: Moment, seed: int) -> None:
        self.procedure = procedure
        self.moment = moment
        self.model = Model(procedure)
        self.side = whole(self.model, moment)
        self.outline = Outline(self.side)
        self.random = random.Random(seed)

    def functions(self) -> Iterator[int]:
        """What is read together: each condition, and each question's being asked."""
        for slot in self.side.frame.coded:
            yield self.side.asked(slot)
        for condition in conditions(self.procedure):
            read = self.model.reads.names(condition)
            inside = any(self.model.reads.in_item(name) for name in read) and not any(
                True for _ in self.model.reads.quantified(condition)
            )
            yield self.side.holds(condition, int(inside))

    def assignments(self, most: int) -> Iterator[dict[int, int]]:
        """For every condition, every combination of answers to the questions behind it (at most `most` of them, chosen
        at random), completed; the same for journeys that an outcome ends.
        """
        diagrams = self.side.diagrams
        ends = [self.outline.complete]
        ends += [self.outline.things[Thing("outcome", o.id)] for o in self.procedure.outcomes if o.effect == "stop"]
        seen: set[frozenset[int]] = set()
        for function in self.functions():
            levels = diagrams.support(function)
            if levels in seen:
                continue
            seen.add(levels)
            for end in ends:
                for way in self._ways(end, sorted(levels), most):
                    yield self._completed(end, way)

    def _ways(self, end: int, levels: list[int], most: int) -> Iterator[dict[int, int]]:
        """All combinations of some values with which a journey ends so, or `most` of them."""
        diagrams = self.side.diagrams
        seen = diagrams.some(end, diagrams.support(end) - set(levels))
        if diagrams.count(seen, levels) <= most:
            yield from diagrams.ways(seen, levels)
            return
        for _ in range(most):
            way = self._descend(seen)
            yield {level: way.get(level, self.random.randrange(diagrams.sizes[level])) for level in levels}

    def _descend(self, function: int) -> dict[int, int]:
        """Random values that make a function true."""
        diagrams, chosen = self.side.diagrams, dict[int, int]()
        while function != TRUE:
            level = diagrams.level(function)
            children = [diagrams.at(function, level, value) for value in range(diagrams.sizes[level])]
            chosen[level] = self.random.choice([value for value, child in enumerate(children) if child != FALSE])
            function = children[chosen[level]]
        return chosen

    def _completed(self, end: int, way: Mapping[int, int]) -> dict[int, int]:
        """A whole journey with some values; the others are chosen at random among those that are possible."""
        diagrams = self.side.diagrams
        chosen = dict(way) | self._descend(diagrams.fix(end, way))
        for level, size in enumerate(diagrams.sizes):
            chosen.setdefault(level, self.random.randrange(size) if self._is_free(level) else 0)
        return chosen

    def _is_free(self, level: int) -> bool:
        """Whether any value may be chosen where nothing else says which."""
        coded = next(one for one in self.side.frame.coded.values() if level in one.levels)
        return isinstance(coded, Plain)

    def answers(self, assignment: Mapping[int, int]) -> dict[str, object]:
        """Stored answers of these classes; of each class, any member."""
        values = values_at(self.side, assignment, every=True)
        for slot, coded in self.side.frame.coded.items():
            if isinstance(coded, Plain):
                answer = coded.answers[assignment.get(coded.level, 0)]
                if answer.value is not None and answer.value != UNKNOWN:
                    values[slot] = self.random.choice([answer.value, *answer.also])
        return stored(self.model.reads, values)

    def foreseen(self, assignment: Mapping[int, int]) -> set[Thing]:
        """Everything that the model says this journey meets."""
        holds = self.side.diagrams.holds
        return {thing for thing, function in self.outline.things.items() if holds(function, assignment)}

    def walked(self, assignment: Mapping[int, int]) -> tuple[set[Thing], Journey]:
        """Everything that the engine shows."""
        answers = self.answers(assignment)
        journey = walk(self.procedure, answers, self.moment.today, started=self.moment.started)
        return met(journey), journey

    def slots(self, assignment: Mapping[int, int]) -> dict[Slot, Value | None]:
        return values_at(self.side, assignment, every=True)


def differences(classes: Classes, most: int) -> tuple[int, list[str]]:
    """How many journeys were walked, and in words where engine and model disagree."""
    count, found = 0, []
    for assignment in classes.assignments(most):
        count += 1
        foreseen = {thing for thing in classes.foreseen(assignment) if thing.sort not in UNSHOWN}
        shown, journey = classes.walked(assignment)
        shown = {thing for thing in shown if thing.sort != "choice"}
        if foreseen != shown:
            found.append(
                f"{classes.slots(assignment)}: not shown {sorted(foreseen - shown)}, not foreseen"
                f" {sorted(shown - foreseen)}, stopped {journey.stopped_by and journey.stopped_by.id}"
            )
        if journey.complete:
            known = assignment_of(classes.side, journey.answers)
            if known is None or {one for one in classes.foreseen(known) if one.sort not in UNSHOWN} != foreseen:
                found.append(f"not recognised: {classes.slots(assignment)}")
    return count, found
