"""The sets of questions over which things are proven, as small as exactness allows.

Most goals read tests of one answer at a time; they share one large space. A goal that meets tests of several answers
together (an age at a date, a sum) gets a space of its own with the questions it depends on, in which days and numbers
are cut finely enough for those tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.spec.model import Condition, Test
from app.verify.diagram import Undecided
from app.verify.frame import Frame, View
from app.verify.model import Constraint, Model, Reach
from app.verify.moments import conditions
from app.verify.reader import Moment, Reader
from app.verify.relation import Relation, Relations
from app.verify.side import Side

Key = frozenset[Relation]
"""The relations of several answers that a space decides; empty for the large one."""


@dataclass(slots=True)
class _Group:
    names: set[str] = field(default_factory=set)
    conditions: dict[int, Condition] = field(default_factory=dict)
    constraints: dict[int, Constraint] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)


class Spaces:
    """The spaces of one procedure at one moment. Every goal is announced before the first side is asked for.

    With `whole`, the large space holds every question; else only those of its goals.
    """

    def __init__(self, model: Model, moment: Moment, *, whole: bool = True) -> None:
        self.model = model
        self.moment = moment
        self.whole = whole
        self.relations = Relations(model.reads, Reader(model.procedure, moment))
        self._groups: dict[Key, _Group] = {}
        self._sides: dict[Key, Side] = {}
        self._everyone: Side | None = None
        self._unions: dict[Key, Side | None] = {}
        self._apart = [one for one in model.constraints if not self._is_simple(one)]
        self._apart_keys = [
            self.key([] if one.condition is None else [one.condition], model.end, one.names) for one in self._apart
        ]

    def key(self, conditions: Sequence[Condition], reach: Reach, names: Iterable[str] = ()) -> Key:
        """Announce a goal that reads some conditions and questions; which space decides it."""
        reads = self.model.reads
        wanted = frozenset(names).union(*(reads.names(condition) for condition in conditions))
        cone, constraints = self.model.cone(wanted, reach)
        key = self.model.together(cone, conditions, constraints)
        self._join(key, conditions, constraints, cone)
        return key

    def changes(self, conditions: Sequence[Condition], reach: Reach, names: Iterable[str] = ()) -> bool:
        """Whether a goal may be otherwise on another day: it meets a day of the calendar, or a fact that changes. What
        only compares with today moves along with it.
        """
        reads = self.model.reads
        wanted = frozenset(names).union(*(reads.names(condition) for condition in conditions))
        cone, constraints = self.model.cone(wanted, reach)
        met = self.model.met(cone, conditions, constraints)
        return any(map(reads.fixed, cone)) or any(reads.timely(test) for one in met for test in reads.tests(one))

    def _join(
        self, key: Key, conditions: Sequence[Condition], constraints: Sequence[Constraint], names: frozenset[str]
    ) -> None:
        group = self._groups.setdefault(key, _Group())
        group.names |= names
        group.conditions.update((id(condition), condition) for condition in conditions)
        group.constraints.update((id(constraint), constraint) for constraint in constraints)
        for step, count in self._quantified(conditions, constraints, names).items():
            group.items[step] = max(group.items.get(step, 1), count)

    def large(self, conditions: Sequence[Condition]) -> Key | None:
        """Announce conditions to the large space; None where they read several answers at once."""
        if self.model.together(frozenset(), conditions, ()):
            return None
        self._join(frozenset(), conditions, (), frozenset())
        return frozenset()

    def _quantified(
        self, conditions: Iterable[Condition], constraints: Iterable[Constraint], cone: frozenset[str]
    ) -> dict[str, int]:
        """How many items of each repeat can differ: one for each different thing that is said of its items.

        Any truth of "any", "every" and "no" over items is also the truth of as many items as there are such tests: one
        that shows each "any" and refutes each "every", the others being copies.
        """
        found: dict[str, set[Condition]] = {}
        met = self.model.met(cone, conditions, constraints)
        for condition in met:
            for items in self.model.reads.quantified(condition):
                found.setdefault(items.of, set()).add(items)
        repeats = self.model.reads.repeats
        return {of: min(len(said), _most(repeats[of].repeat)) for of, said in found.items()}

    def side(self, key: Key) -> Side:
        """The functions of the space of that key. Spaces that read the same answers together are one, as long as that
        can be decided; else each goes by itself.
        """
        if key not in self._sides:
            self._sides[key] = self._united(self._linked(key)) or self._build(key, self._group(key))
        return self._sides[key]

    def _united(self, keys: Sequence[Key]) -> Side | None:
        """One space for several keys, with what each of them reads; None for one key, or where it is not decided."""
        if len(keys) < 2:
            return None
        together: Key = frozenset().union(*keys)
        if together not in self._unions:
            try:
                self._unions[together] = self._build(together, self._merged(keys))
            except Undecided:
                self._unions[together] = None
        return self._unions[together]

    def _linked(self, key: Key) -> list[Key]:
        """The announced spaces that read no other answers than the widest one which reads those of this one."""
        if not key:
            return []
        read = {other: self._read(other) for other in self._groups if other}
        widest = max((names for names in read.values() if names >= read[key]), key=len)
        return [other for other, names in read.items() if names <= widest]

    def _read(self, key: Key) -> frozenset[str]:
        return frozenset().union(*map(self.relations.names, key))

    def _merged(self, keys: Sequence[Key]) -> _Group:
        whole = _Group()
        for group in (self._groups[key] for key in keys):
            whole.names |= group.names
            whole.conditions |= group.conditions
            whole.constraints |= group.constraints
            for step, count in group.items.items():
                whole.items[step] = max(whole.items.get(step, 1), count)
        return whole

    def completing(self) -> list[Side]:
        """Spaces that together give every question an answer with which journeys are completed: the whole one first,
        then those of constraints that it cannot decide.
        """
        if self._everyone is None:
            large: Key = frozenset()
            self._everyone = self.side(large) if self.whole else self._build(large, self._group(large), whole=True)
        return [self._everyone, *(self.side(key) for key in dict.fromkeys(self._apart_keys) if key)]

    def _group(self, key: Key) -> _Group:
        return self._groups.setdefault(key, _Group())

    def _build(self, key: Key, group: _Group, *, whole: bool = False) -> Side:
        reads = self.model.reads
        if not key and (whole or self.whole):
            wanted = reads.everything
            constraints = tuple(one for one in self.model.constraints if one not in self._apart)
        else:
            wanted, constraints = frozenset(group.names), tuple(group.constraints.values())
        view = self._view(key, group, wanted, constraints)
        frame = Frame((view,), ordered(self.model, wanted), group.items)
        return Side(self.model, frame, view, constraints)

    def _view(self, key: Key, group: _Group, names: frozenset[str], constraints: Iterable[Constraint]) -> View:
        single = self._single(names, group.conditions.values(), constraints)
        return View(self.relations, single, tuple(sorted(key, key=repr)))

    def whole_view(self) -> tuple[View, dict[str, int]]:
        """All that the procedure reads, and how many items of each repeat can differ."""
        read = list(conditions(self.model.procedure))
        key = self.key(read, self.model.end, self.model.reads.everything)
        group = self._group(key)
        return self._view(key, group, self.model.reads.everything, self.model.constraints), group.items

    def _is_simple(self, constraint: Constraint) -> bool:
        """Whether a constraint, and all that decides whether its questions are asked, read one answer at a time."""
        cone, _ = self.model.cone(constraint.names, Reach(0, 0, 0))
        return not self.model.together(cone, [], [constraint])

    def _single(
        self, names: frozenset[str], conditions: Iterable[Condition], constraints: Iterable[Constraint]
    ) -> dict[str, tuple[Test, ...]]:
        """The tests of one answer that are made on each question."""
        reads = self.model.reads
        met = self.model.met(names, conditions, constraints)
        found: dict[str, dict[Test, None]] = {}
        for condition in met:
            for test in reads.tests(condition):
                read = reads.names_of(test)
                if len(read) == 1:
                    found.setdefault(next(iter(read)), {})[test] = None
        return {name: tuple(tests) for name, tests in found.items()}


def _most(repeat: object) -> int:
    return max(1, getattr(repeat, "max", 1))


def ordered(model: Model, names: frozenset[str]) -> tuple[str, ...]:
    """Names in the order in which they are asked."""
    found: list[str] = []
    for step in model.procedure.steps:
        found += [name for name in (step.id, *(question.id for question in step.fields)) if name in names]
    return tuple(dict.fromkeys(found))
