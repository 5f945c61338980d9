"""How large a procedure is: the fewest and the most questions and documents, and how many kinds of journeys there are.

Journeys are explored question by question, in order; two beginnings with the same future are one state, for which only
the number of journeys and the smallest and largest sums are kept. Questions that have nothing to do with each other are
explored apart. A repeat counts with one item, as in `app.journey.plan.estimate`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.spec.canonical import dumps, loads
from app.spec.model import Condition, Document, Procedure
from app.verify.diagram import FALSE, TRUE, Diagrams, Undecided
from app.verify.model import Model, Reach
from app.verify.moments import moments
from app.verify.reader import Moment
from app.verify.relation import Slot
from app.verify.side import Side
from app.verify.spaces import Key, Spaces

MOST_STATES = 2_000

Sums = tuple[int, int, int, int, int]
"""Number of kinds of journeys; fewest and most questions; fewest and most documents."""


State = tuple[int, ...]
"""What is left of every function that is followed."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Bounds over all complete journeys. `journeys` counts those that no test of the procedure tells apart once;
    `documents` is None where too many of them depend on too many answers.
    """

    questions: tuple[int, int]
    documents: tuple[int, int] | None
    journeys: int


@dataclass(frozen=True, slots=True)
class _Watched:
    """A function followed along the journeys: `question` and `document` say what is counted where it is true."""

    function: int
    question: int = 0
    document: int = 0
    must: bool = False


def announce(spaces: Spaces) -> Key:
    """The space in which everything that is counted is decided: the large one, unless what is counted depends on
    several answers at once. Limits between two dates are left aside there: they tell no journeys apart.
    """
    model = spaces.model
    conditions: list[Condition] = []
    for step in model.procedure.steps:
        conditions += [when for when in (step.when, *(question.when for question in step.fields)) if when is not None]
    for document in model.procedure.documents:
        conditions += [need.when for need in document.need if need.when is not None]
    conditions += [outcome.when for outcome in model.procedure.outcomes if outcome.effect == "stop"]
    large = spaces.large(conditions)
    return spaces.key(conditions, model.end, model.reads.everything) if large is None else large


def extent(model: Model, moment: Moment) -> Extent | None:
    """The bounds; None where nobody completes the journey, or too much of it is tangled. A router's journey is complete
    where it leads elsewhere.
    """
    try:
        spaces = Spaces(model, moment, whole=True)
        key = announce(spaces)
        return bounds(model, spaces.side(key))
    except (Undecided, RecursionError):
        return None


def with_questions(canonical: str, procedure: Procedure) -> str:
    """The canonical text of a procedure with its smallest and largest number of questions, as the start page says them;
    the text as it is where they are not decided.
    """
    model = Model(procedure)
    try:
        found = extent(model, moments(model)[0])
    except Undecided:
        found = None
    return canonical if found is None else dumps({**loads(canonical), "questions": list(found.questions)})


def bounds(model: Model, side: Side) -> Extent | None:
    if side.alive(model.end) == FALSE and model.procedure.kind != "router":
        return None
    try:
        total = _explored(model, side, list(_documents(model, side)))
    except Undecided:
        total = _explored(model, side, [])
        return Extent((total[1], total[2]), None, total[0])
    return Extent((total[1], total[2]), (total[3], total[4]), total[0])


def _explored(model: Model, side: Side, documents: list[_Watched]) -> Sums:
    watched = [*_constraints(model, side), *documents]
    levels_of = {slot: coded.levels for slot, coded in side.frame.coded.items() if slot.item <= 1}
    asked = {slot: len(watched) + number for number, slot in enumerate(levels_of)}
    for slot in levels_of:
        counts = int(slot.name in model.reads.fields)
        watched.append(_Watched(_reached(model, side, slot), question=counts))
    linked = frozenset(level for chain in side.frame.chains for level in chain.levels)
    total: Sums = (1, 0, 0, 0, 0)
    for slots, indexes in _components(side.diagrams, levels_of, asked, watched):
        component = _Component(side.diagrams, [watched[index] for index in indexes], linked)
        own = {slot: indexes.index(asked[slot]) for slot in slots}
        total = _together(total, component.run([(level, own[slot]) for slot in slots for level in levels_of[slot]]))
    return total


def _reached(model: Model, side: Side, slot: Slot) -> int:
    """Where a question is asked; in a router, of those whom no earlier answer has led elsewhere."""
    if model.procedure.kind != "router":
        return side.asked(slot)
    return side.diagrams.both(side.asked(slot), side.alive(Reach.page(model.reads.places[slot.name])))


def _constraints(model: Model, side: Side) -> Iterable[_Watched]:
    for slot in side.frame.coded:
        if side.valid(slot) != TRUE:
            yield _Watched(side.valid(slot), must=True)
    for constraint in side.constraints:
        if constraint.sort == "stop" and model.procedure.kind == "router":
            continue
        yield _Watched(side.diagrams.negate(side.fails(constraint)), must=True)


def _documents(model: Model, side: Side) -> Iterable[_Watched]:
    for document in model.procedure.documents:
        yield _Watched(wanted(model, side, document), document=1)


def wanted(model: Model, side: Side, document: Document) -> int:
    """Where a document is asked for, at any level; for one of each item, where it is for the first."""
    item = 0 if document.for_each is None else 1
    found = side.diagrams.any_of(side.holds(need.when, item) for need in document.need)
    if document.for_each is None:
        return found
    step = model.reads.repeats.get(document.for_each)
    present = side.present(step, 1) if step is not None else side.asked(Slot(document.for_each))
    return side.diagrams.both(present, found)


def _components(
    diagrams: Diagrams, levels_of: dict[Slot, tuple[int, ...]], asked: dict[Slot, int], watched: Sequence[_Watched]
) -> list[tuple[list[Slot], list[int]]]:
    """Questions that have to do with each other, with the functions that read them; constants go with the first."""
    slot_at = {level: slot for slot, levels in levels_of.items() for level in levels}
    group = {slot: slot for slot in levels_of}

    def root(slot: Slot) -> Slot:
        while group[slot] != slot:
            slot = group[slot]
        return slot

    owner = {index: slot for slot, index in asked.items()}
    homes: list[Slot | None] = []
    for index, one in enumerate(watched):
        read = [slot_at[level] for level in diagrams.support(one.function) if level in slot_at]
        read += [owner[index]] if index in owner else []
        for slot in read[1:]:
            group[root(slot)] = root(read[0])
        homes.append(read[0] if read else None)
    found: dict[Slot, tuple[list[Slot], list[int]]] = {}
    for slot in levels_of:
        found.setdefault(root(slot), ([], []))[0].append(slot)
    first = next(iter(found))
    for index, home in enumerate(homes):
        found[first if home is None else root(home)][1].append(index)
    return list(found.values())


def _together(a: Sums, b: Sums) -> Sums:
    return (a[0] * b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3], a[4] + b[4])


def _either(a: Sums | None, b: Sums) -> Sums:
    if a is None:
        return b
    return (a[0] + b[0], min(a[1], b[1]), max(a[2], b[2]), min(a[3], b[3]), max(a[4], b[4]))


class _Component:
    """The exploration of a few questions that have to do with each other."""

    def __init__(self, diagrams: Diagrams, watched: Sequence[_Watched], linked: frozenset[int]) -> None:
        self.diagrams = diagrams
        self.watched = watched
        self.linked = linked
        """Variables that say themselves whether their question is asked."""

    def run(self, levels: Sequence[tuple[int, int]]) -> Sums:
        """Explore the variables, each with the place of the function that says whether its question is asked."""
        states: dict[State, Sums] = {tuple(one.function for one in self.watched): (1, 0, 0, 0, 0)}
        last = {asked: level for level, asked in levels}
        for level, asked in levels:
            touched = [n for n, one in enumerate(self.watched) if level in self.diagrams.support(one.function)]
            settled = [n for n in touched if n not in last] + ([asked] if last[asked] == level else [])
            states = self._step(states, level, asked, touched, settled)
            if len(states) > MOST_STATES:
                raise Undecided
        found: Sums | None = None
        for state, sums in states.items():
            found = _either(found, self._counted(list(state), sums, range(len(state))))
        return found or (0, 0, 0, 0, 0)

    def _step(
        self, states: dict[State, Sums], level: int, asked: int, touched: Sequence[int], settled: Sequence[int]
    ) -> dict[State, Sums]:
        """The states after one variable: all its values where its question is asked, one where it is not."""
        after: dict[State, Sums] = {}
        for state, sums in states.items():
            for value in range(self.diagrams.sizes[level] if state[asked] == TRUE or level in self.linked else 1):
                changed = list(state)
                for place in touched:
                    changed[place] = self.diagrams.at(state[place], level, value)
                if not any(self.watched[place].must and changed[place] == FALSE for place in touched):
                    counted = self._counted(changed, sums, settled)
                    key = tuple(changed)
                    after[key] = _either(after.get(key), counted)
        return after

    def _counted(self, state: list[int], sums: Sums, places: Iterable[int]) -> Sums:
        """The sums with what has become true at these places, which is then forgotten: it tells no futures apart."""
        questions = documents = 0
        for place in places:
            if state[place] == TRUE and not self.watched[place].must:
                questions += self.watched[place].question
                documents += self.watched[place].document
                state[place] = FALSE
        return (sums[0], sums[1] + questions, sums[2] + questions, sums[3] + documents, sums[4] + documents)
