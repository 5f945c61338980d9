"""What is found out about each place of a file, over all the moments for which the file speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.spec.model import Condition, Test
from app.verify.diagram import FALSE, Undecided, reason
from app.verify.effects import Part, Used, Weighing
from app.verify.model import Reach
from app.verify.person import People, Person
from app.verify.places import Place
from app.verify.relation import Slot
from app.verify.side import Side
from app.verify.spaces import Key, Spaces

PartKey = tuple[int, str | None]


@dataclass(slots=True)
class Findings:
    """What is known of the parts of one condition, wherever it is read.

    `idle` are parts that have made no difference to anybody yet, each with somebody who came there.
    """

    working: set[PartKey] = field(default_factory=set)
    idle: dict[PartKey, tuple[Part, Person | None]] = field(default_factory=dict)

    def works(self, key: PartKey) -> None:
        self.working.add(key)
        self.idle.pop(key, None)


@dataclass(slots=True)
class Verdict:
    """One place. A thing is met as soon as somebody meets it at some moment."""

    place: Place
    reached: bool = False
    met: bool = False
    spared: bool = False
    """Somebody comes to the place and its condition does not hold."""
    example: Person | None = None
    """Somebody who comes to the place, where everybody there meets it or nobody does."""
    choices: set[str] = field(default_factory=set)
    """Choices that somebody can give without being refused."""
    refused: dict[str, Person | None] = field(default_factory=dict)
    """Choices that were refused to all so far, with somebody who may choose them."""
    parts: Findings = field(default_factory=Findings)
    unread: tuple[Test, ...] = ()
    """Where the condition never holds: the tests that read what nobody was asked."""
    undecided: str = ""

    @property
    def settled(self) -> bool:
        """Whether another moment can teach nothing more."""
        wanted = {choice.id for choice in self.place.field.choices} if self.place.field is not None else set()
        whole = self.met and (self.place.when is None or self.spared)
        return whole and wanted <= self.choices and not self.parts.idle


class Inquiry:
    """Goes through places at one moment."""

    def __init__(
        self, spaces: Spaces, people: People, rules: Mapping[str, Condition], found: dict[str, Findings]
    ) -> None:
        self.spaces = spaces
        self.people = people
        self.rules = rules
        self.found = found
        """What is known of the parts of each rule."""
        self._uses: dict[str, list[tuple[Side, Used]]] = {}

    def names(self, place: Place) -> set[str]:
        """The questions a place depends on besides those its conditions read."""
        found: set[str] = set() if place.each is None else {place.each}
        if place.field is not None:
            found.add(place.field.id)
        elif place.page is not None and all(question.when is not None for question in place.page.fields):
            found.update(question.id for question in place.page.fields)
        return found

    def key(self, place: Place) -> Key:
        """Announce that a place will be looked at."""
        return self.spaces.key(place.conditions, place.reach, self.names(place))

    def changes(self, place: Place) -> bool:
        """Whether another day may teach something about a place."""
        return self.spaces.changes(place.conditions, place.reach, self.names(place))

    def context(self, side: Side, place: Place) -> int:
        """Everybody who comes to a place."""
        diagrams = side.diagrams
        found = diagrams.both(
            side.alive(place.reach), diagrams.all_of(side.holds(one, place.item) for one in place.given)
        )
        if place.each is not None:
            found = diagrams.both(found, self._present(side, place))
        if place.page is not None and place.field is None and place.step is not None:
            found = diagrams.both(found, side.page(place.step, place.page, place.item))
        return found

    def _present(self, side: Side, place: Place) -> int:
        """Where there is a first item, for what is met once for each."""
        step, slot = place.step, Slot(place.each or "")
        if step is None and place.document is not None:
            step = self.spaces.model.reads.repeats.get(place.document.for_each or "")
        return side.present(step, 1) if step is not None else side.asked(slot)

    def look(self, verdict: Verdict, key: Key) -> None:
        """Learn what this moment teaches about one place."""
        try:
            self._look(verdict, self.spaces.side(key))
        except (Undecided, RecursionError) as bound:
            verdict.undecided = reason(bound)

    def _look(self, verdict: Verdict, side: Side) -> None:
        place, diagrams = verdict.place, side.diagrams
        context = self.context(side, place)
        if context == FALSE:
            return
        verdict.reached = True
        met = diagrams.both(context, side.holds(place.when, place.item))
        spared = diagrams.without(context, met)
        first = met
        for row in place.before:
            first = diagrams.without(first, side.holds(row, place.item))
        verdict.met = verdict.met or first != FALSE
        verdict.spared = verdict.spared or spared != FALSE
        if verdict.example is None and (first == FALSE or (place.when is not None and spared == FALSE)):
            verdict.example = self.people.person(side, context)
        if place.field is not None and place.field.choices:
            self._choices(verdict, side, met)
        if place.when is not None:
            if met == FALSE:
                weighing = Weighing(side, context, self.rules)
                verdict.unread = tuple(weighing.unread(place.when, context, place.item))
            elif spared != FALSE:
                self._weigh(verdict.parts, side, place.when, context, place.item)

    def _choices(self, verdict: Verdict, side: Side, met: int) -> None:
        """Choices that can be given: the page accepts them, with some answers to its other questions."""
        place = verdict.place
        assert place.field is not None
        page = place.reach.seen
        accepted = side.diagrams.both(met, side.alive(Reach.answered(page)))
        for choice in place.field.choices:
            given = side.answer(Slot(place.field.id, place.item), choice.id)
            if side.diagrams.both(accepted, given) != FALSE:
                verdict.choices.add(choice.id)
            elif choice.id not in verdict.refused and met != FALSE:
                verdict.refused[choice.id] = self.people.person(side, side.diagrams.both(met, given))

    # --- parts of conditions

    def _weigh(self, findings: Findings, side: Side, condition: Condition, deciding: int, item: int) -> None:
        """Note which parts make a difference, and where rules are used. A part that only repeats what makes another of
        its questions be asked is a guard: it makes no difference, and it does no harm.
        """
        idle: list[Part] = []
        for part in Weighing(side, deciding, self.rules).parts(condition, deciding, item):
            if isinstance(part, Used):
                self._uses.setdefault(part.rule, []).append((side, part))
            elif part.matters != FALSE:
                findings.works((id(part.condition), part.value))
            else:
                idle.append(part)
        idle = [part for part in idle if (id(part.condition), part.value) not in findings.working]
        if not idle:
            return
        for part in Weighing(side, deciding, self.rules, free=True).parts(condition, deciding, item):
            if isinstance(part, Part) and part.matters != FALSE:
                findings.works((id(part.condition), part.value))
        for part in idle:
            key = (id(part.condition), part.value)
            if part.unread is not None:
                findings.working.discard(key)
            if key not in findings.working and key not in findings.idle:
                findings.idle[key] = (part, self.people.person(side, deciding))

    def weigh_rules(self) -> None:
        """Judge the parts of each rule over all its uses together; rules may use rules."""
        while self._uses:
            name, uses = self._uses.popitem()
            findings = self.found.setdefault(name, Findings())
            for side, used in uses:
                self._weigh(findings, side, self.rules[name], used.deciding, used.item)
