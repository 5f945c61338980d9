"""What worked examples should show between them: each thing that may be met, met and not met; each part of a condition,
deciding for somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.spec.compiler import Written
from app.spec.model import Condition
from app.spec.tree import Span
from app.verify.diagram import FALSE
from app.verify.effects import Part, Used, Weighing
from app.verify.model import Model
from app.verify.outline import Outline, Thing, whole
from app.verify.person import People
from app.verify.places import Places
from app.verify.reader import Moment
from app.verify.spaces import Spaces
from app.verify.verdicts import Inquiry

UNMET = ("question", "document", "outcome", "channel", "letter", "fee", "declaration", "advice")
"""What a complete journey may do without."""

GoalKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that an example should show; `function` is true of whoever shows it."""

    key: GoalKey
    words: str
    function: int
    where: Span | None = None


class Goals:
    """The goals of one compiled procedure at one moment. Raises `Undecided`."""

    def __init__(self, model: Model, written: Written, moment: Moment) -> None:
        self.model = model
        self.written = written
        self.moment = moment
        self.side = whole(model, moment)
        self.outline = Outline(self.side)
        self.goals = {goal.key: goal for goal in (*self._things(), *self._parts())}

    def met_by(self, assignment: dict[int, int]) -> set[GoalKey]:
        """The goals that a complete journey reaches."""
        holds = self.side.diagrams.holds
        return {key for key, goal in self.goals.items() if holds(goal.function, assignment)}

    def _things(self) -> Iterator[Goal]:
        diagrams = self.side.diagrams
        for thing, function in self.outline.things.items():
            if thing.sort in ("error", "note", "paragraph") or (thing.sort == "choice" and not self._is_read(thing)):
                continue
            words = in_words(self.model, thing)
            if function != FALSE:
                yield Goal(("met", *thing), words, function)
            missing = diagrams.without(self.outline.complete, function)
            if thing.sort in UNMET and missing != FALSE:
                yield Goal(("unmet", *thing), f"sans {words}", missing)

    def _is_read(self, thing: Thing) -> bool:
        """Whether some test reads the question of a choice."""
        return any(True for _ in self.side.frame.single(thing.id)) or any(
            slot.name == thing.id for chain in self.side.frame.chains for slot in (m.slot for m in chain.members)
        )

    def _parts(self) -> Iterator[Goal]:
        reader = self.written.reader
        rules = {name: when for name in self.model.procedure.rules if (when := reader.rule(name)) is not None}
        spaces = Spaces(self.model, self.moment)
        inquiry = Inquiry(spaces, People(spaces), rules, {})
        waiting: list[tuple[Condition, int, int]] = [
            (place.when, inquiry.context(self.side, place), place.item)
            for place in Places(self.model, self.written).all()
            if place.when is not None
        ]
        while waiting:
            condition, context, item = waiting.pop()
            for part in Weighing(self.side, context, rules).parts(condition, context, item):
                if isinstance(part, Used):
                    waiting.append((rules[part.rule], part.deciding, part.item))
                elif part.matters != FALSE:
                    yield from self._part(part)

    def _part(self, part: Part) -> Iterator[Goal]:
        node = self.written.reader.place(part.condition)
        if node is None:
            return
        span = node.span
        named = str(node.value) if part.value is None else part.value
        key = ("part", span.file, str(span.line), str(span.column), part.value or "")
        yield Goal(key, f"« {named} » ({span.file}:{span.line})", part.matters, span)


def in_words(model: Model, thing: Thing) -> str:
    """A thing, for an author."""
    procedure = model.procedure
    level = {"required": "obligatoire", "recommended": "conseillé", "optional": "facultatif"}.get(thing.detail, "")
    match thing.sort:
        case "document":
            return f"document « {thing.id} » ({level})"
        case "choice":
            return f"réponse « {thing.detail} » à « {thing.id} »"
        case "advice":
            says = next(
                check.says.source
                for step in procedure.steps
                for page in step.pages
                for check in page.checks
                if check.says.context == thing.detail
            )
            return f"conseil « {says} »"
        case _:
            return f"{_WORDS[thing.sort]} « {thing.id} »"


_WORDS = {
    "step": "étape",
    "question": "question",
    "outcome": "issue",
    "channel": "voie de dépôt",
    "letter": "lettre",
    "fee": "paiement",
    "declaration": "déclaration",
}
