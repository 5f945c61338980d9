"""Everything a procedure may show an applicant, each thing with the function that says to whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from app.journey.model import Journey
from app.spec.model import Condition, Document, Level, Procedure
from app.verify.diagram import FALSE
from app.verify.model import Model, Reach
from app.verify.moments import conditions
from app.verify.reader import Moment
from app.verify.relation import Slot
from app.verify.side import Side
from app.verify.spaces import Spaces

Sort = Literal[
    "step", "question", "choice", "note", "document", "outcome", "channel", "letter", "paragraph", "fee", "declaration",
    "advice", "error",
]  # fmt: skip
LEVELS: tuple[Level, ...] = ("required", "recommended", "optional")


class Thing(NamedTuple):
    """Something that an applicant may meet. `detail` is a document's level, a choice, the number of a check."""

    sort: Sort
    id: str
    detail: str = ""


def whole(model: Model, moment: Moment) -> Side:
    """One space for everything at once: the large one with all that is read together. Raises `Undecided`."""
    spaces = Spaces(model, moment)
    read: list[Condition] = list(conditions(model.procedure))
    return spaces.side(spaces.key(read, model.end, model.reads.everything))


class Outline:
    """The functions of one procedure over one space. What follows from complete answers holds where a journey is
    complete; a question, step or outcome also where it ends later.
    """

    def __init__(self, side: Side) -> None:
        self.side = side
        self.model = side.model
        self.things: dict[Thing, int] = {}
        self.complete = side.alive(self.model.end)
        for thing, function in self._all(self.model.procedure):
            self.things[thing] = side.diagrams.either(self.things.get(thing, FALSE), function)

    def _all(self, procedure: Procedure) -> Iterator[tuple[Thing, int]]:
        yield from self._questions()
        both, end = self.side.diagrams.both, self.complete
        for document in procedure.documents:
            for level, function in self.levels(document).items():
                yield Thing("document", document.id, level), both(end, function)
        for order, outcome in enumerate(procedure.outcomes):
            reach = Reach.outcome(self.model.decided_at(outcome), order)
            yield Thing("outcome", outcome.id), both(self.side.alive(reach), self.side.holds(outcome.when))
        for channel in procedure.channels:
            yield Thing("channel", channel.id), both(end, self.side.holds(channel.when))
        for letter in procedure.letters:
            sent = both(end, self.side.holds(letter.when))
            yield Thing("letter", letter.id), sent
            for part in letter.paragraphs:
                yield Thing("paragraph", letter.id, part.text.context), both(sent, self.side.holds(part.when))
        for number, fee in enumerate(procedure.fees):
            yield Thing("fee", fee.fact, str(number)), both(end, self.side.holds(fee.when))
        for declaration in procedure.declarations:
            yield Thing("declaration", declaration.id), both(end, self.side.holds(declaration.when))

    def _questions(self) -> Iterator[tuple[Thing, int]]:
        side, both = self.side, self.side.diagrams.both
        for place, (step, page) in enumerate(self.model.pages):
            alive = side.alive(Reach.page(place))
            item = int(step.repeat is not None)
            # A step asked for each choice ticked is met through its items; one that the person fills, through its list.
            listed = step.repeat is not None and step.repeat.for_each is None
            shown = side.shown(step) if listed else side.present(step, item)
            yield Thing("step", step.id), both(alive, both(shown, side.page(step, page, item) if item == 0 else shown))
            for note in step.notes if page is step.pages[0] else ():
                read = both(both(alive, side.page(step, page, item)), side.holds(note.when, item))
                yield Thing("note", step.id, note.text.context), read
            for question in page.fields:
                slot = Slot(question.id, item)
                asked = both(alive, side.asked(slot))
                yield Thing("question", question.id), asked
                for choice in question.choices:
                    yield Thing("choice", question.id, choice.id), both(asked, side.answer(slot, choice.id))
            for check in page.checks:
                fires = both(both(alive, side.page(step, page, item)), side.holds(check.when, item))
                sort: Sort = "error" if check.level == "error" else "advice"
                yield Thing(sort, check.at or step.id, check.says.context), fires

    def levels(self, document: Document) -> dict[Level, int]:
        """Where a document is asked for at each level: the first row that holds gives it."""
        diagrams = self.side.diagrams
        item = 0 if document.for_each is None else 1
        found: dict[Level, int] = {}
        left = self._for_each(document)
        for need in document.need:
            here = diagrams.both(left, self.side.holds(need.when, item))
            found[need.level] = diagrams.either(found.get(need.level, FALSE), here)
            left = diagrams.without(left, here)
        return found

    def _for_each(self, document: Document) -> int:
        """Where there is a first item to ask the document for; everywhere for a document that is asked for once."""
        name = document.for_each
        if name is None:
            return self.side.diagrams.negate(FALSE)
        step = self.model.reads.repeats.get(name)
        return self.side.present(step, 1) if step is not None else self.side.asked(Slot(name))


def met(journey: Journey) -> set[Thing]:
    """What a journey shows; of an item of a repeat, what the first one shows."""
    found: set[Thing] = set()
    firsts: dict[str, str] = {}
    for stop in journey.path:
        found.add(Thing("step", stop.step.id))
        if stop.item is not None and firsts.setdefault(stop.step.id, stop.item) != stop.item:
            continue
        answers = journey.answers
        if stop.item is not None:
            answers = next(one["answers"] for one in journey.answers[stop.step.id] if one["id"] == stop.item)
        for field in stop.fields:
            found.add(Thing("question", field.id))
            value = answers.get(field.id)
            ticked = value if isinstance(value, list) else [value]
            found |= {Thing("choice", field.id, choice.id) for choice in field.choices if choice.id in ticked}
    firsts_of = set(firsts.items())
    for shown in (*journey.advice, *journey.errors):
        step, _, item = shown.key.partition("/")
        if step in firsts and (step, item.partition("/")[0]) not in firsts_of:
            continue
        sort: Sort = "error" if shown.check.level == "error" else "advice"
        found.add(Thing(sort, shown.check.at or step, shown.check.says.context))
    found |= {Thing("outcome", outcome.id) for outcome in journey.outcomes}
    if not journey.complete:
        return found
    for needed in journey.documents:
        each = needed.document.for_each
        if each is None or journey.answers[each][0]["id"] == needed.item:
            found.add(Thing("document", needed.document.id, needed.level))
    found |= {Thing("channel", channel.id) for channel in journey.channels}
    found |= {Thing("letter", letter.id) for letter in journey.letters}
    found |= {Thing("declaration", declaration.id) for declaration in journey.declarations}
    return found
