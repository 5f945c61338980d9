"""How journeys end: with a way of filing and somebody to talk to, never in front of a page that refuses everything."""

from __future__ import annotations

from dataclasses import dataclass

from app.spec.model import Channel, Condition, Contact, GoTo, Outcome, Page, Step
from app.verify.coded import Plain
from app.verify.diagram import FALSE, TRUE, Undecided, reason
from app.verify.model import Model, Reach
from app.verify.person import People, Person
from app.verify.relation import Slot
from app.verify.side import Side
from app.verify.spaces import Key, Spaces


@dataclass(frozen=True, slots=True)
class DeadEnd:
    """A page that refuses every answer of somebody."""

    step: Step
    page: Page
    example: Person | None
    undecided: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Somebody completes the journey and cannot file, or has nobody to talk to."""

    missing: str
    example: Person | None
    undecided: str = ""


class Ends:
    """Proofs about all journeys at one moment."""

    def __init__(self, model: Model, spaces: Spaces, people: People) -> None:
        self.model = model
        self.spaces = spaces
        self.people = people

    # --- pages

    def pages(self, *, every: bool = True) -> list[tuple[int, Key]]:
        """Announce the pages that may refuse answers: every one, or those where the day matters."""
        found = []
        for place, (step, page) in enumerate(self.model.pages):
            own = [one for one in self.model.constraints if one.place == place and one.sort != "stop"]
            if own or any(question.kind in ("date", "whole_number", "amount") for question in page.fields):
                names = {question.id for question in page.fields}.union(*(one.names for one in own))
                conditions = [one.condition for one in own if one.condition is not None]
                if step.repeat is not None:
                    names.add(self.model.reads.counted(step.id))
                reach = Reach.answered(place)
                if every or self.spaces.changes(conditions, reach, names):
                    found.append((place, self.spaces.key(conditions, reach, names)))
        return found

    def dead_end(self, place: int, key: Key) -> DeadEnd | None:
        """Somebody whom a page refuses whatever they answer on it; None where there is nobody."""
        step, page = self.model.pages[place]
        try:
            side = self.spaces.side(key)
            dead = self._refused(side, place, step, page)
        except (Undecided, RecursionError) as bound:
            return DeadEnd(step, page, None, reason(bound))
        return None if dead == FALSE else DeadEnd(step, page, self.people.person(side, dead))

    def _refused(self, side: Side, place: int, step: Step, page: Page) -> int:
        diagrams, item = side.diagrams, int(step.repeat is not None)
        context = diagrams.both(side.alive(Reach(place, place, place - 1)), side.page(step, page, item))
        accepted = TRUE
        for constraint in side.constraints:
            if constraint.place == place and constraint.sort != "stop":
                accepted = diagrams.without(accepted, side.failing(constraint, step, item))
        levels: set[int] = set()
        for question in page.fields:
            slot = Slot(question.id, item)
            coded = side.frame.coded[slot]
            levels.update(coded.levels)
            accepted = diagrams.both(accepted, side.valid(slot))
            if isinstance(coded, Plain) and question.required and coded.answers[0].value is None:
                accepted = diagrams.without(accepted, side.asked(slot))
        return diagrams.without(context, diagrams.some(accepted, frozenset(levels)))

    # --- ways out

    def filing(self) -> tuple[list[Condition | None], Key]:
        """Announce the conditions of which one must hold for everybody who completes the journey: a lawful way of
        filing is open, or an outcome gives one.
        """
        ways = [channel.when for channel in self.model.procedure.channels if files(channel)]
        ways += [outcome.when for outcome in self.model.procedure.outcomes if gives_a_way(outcome)]
        return ways, self._announce(ways)

    def talking(self) -> tuple[list[Condition | None], Key]:
        """The same for a human contact."""
        if any(is_human(contact) for contact in self.model.procedure.contacts):
            return [None], self._announce([])
        people = [
            channel.when for channel in self.model.procedure.channels if channel.helps or channel.kind == "counter"
        ]
        people += [outcome.when for outcome in self.model.procedure.outcomes if gives_a_contact(outcome.go_to)]
        return people, self._announce(people)

    def _announce(self, ways: list[Condition | None]) -> Key:
        return self.spaces.key([way for way in ways if way is not None], self.model.end)

    def gap(self, missing: str, ways: list[Condition | None], key: Key) -> Gap | None:
        """Somebody who completes the journey and for whom none of the ways holds."""
        if None in ways:
            return None
        try:
            side = self.spaces.side(key)
            closed = side.alive(self.model.end)
            for way in ways:
                closed = side.diagrams.without(closed, side.holds(way))
        except (Undecided, RecursionError) as bound:
            return Gap(missing, None, reason(bound))
        return None if closed == FALSE else Gap(missing, self.people.person(side, closed))


def files(channel: Channel) -> bool:
    """Whether a channel is a lawful way of filing. The substitution route is not one to choose: it opens when the
    other way has failed (CESEDA, R431-2), so it never stands alone.
    """
    lawful = channel.source is not None or channel.needs_review or channel.kind == "received_here"
    return channel.files and lawful and channel.kind != "substitution"


def gives_a_way(outcome: Outcome) -> bool:
    """Whether an outcome sends elsewhere to file: another procedure, a site, an office. Advice does not."""
    return outcome.effect in ("first", "stop") and any(way.procedure or way.url or way.office for way in outcome.go_to)


def gives_a_contact(go_to: tuple[GoTo, ...]) -> bool:
    return any(way.phone or way.office for way in go_to)


def is_human(contact: Contact) -> bool:
    """Whether one can talk to somebody there: a site alone is not enough."""
    return bool(contact.phone or contact.hours or contact.how)
