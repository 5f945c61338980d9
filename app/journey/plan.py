"""What is known of a procedure before any answer: compiled conditions, what each reads, when an outcome is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.journey.evaluate import Conditions, Predicate, partial_dates
from app.journey.possible import possible_for
from app.kinds.registry import kind
from app.spec.model import (
    All,
    AnyOf,
    Check,
    Condition,
    Document,
    FactRef,
    Field,
    Items,
    Level,
    NoneOf,
    Outcome,
    Page,
    Procedure,
    Ref,
    Repeat,
    RuleRef,
    Step,
    Test,
)
from app.spec.model.shelf import kept


@dataclass(frozen=True, slots=True)
class Ask:
    """One question, ready to be asked: `when` None is always, `specifying` are the choices that ask "which one?".

    `limits` are the dates that it may not lie after, or before, when these are answers to other questions.
    """

    field: Field
    id: str
    required: bool
    when: Predicate | None
    possible: Callable[[Any], bool]
    specifying: frozenset[str]
    limits: tuple[tuple[str, str], ...] = ()


Need = tuple[Predicate | None, Level]
"""How much a document is needed, where the condition holds; None is always."""
Ready = list[tuple[Predicate, Outcome]]
"""Outcomes that can be decided, with their conditions."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """`ready` are the outcomes whose last read question stands on this page."""

    page: Page
    asks: tuple[Ask, ...]
    checks: tuple[tuple[Predicate, Check], ...]
    ready: Ready


@dataclass(frozen=True, slots=True)
class PlannedStep:
    step: Step
    when: Predicate | None
    pages: tuple[PlannedPage, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """`ready` are the outcomes that read no question."""

    procedure: Procedure
    conditions: Conditions
    kinds: dict[str, str]
    steps: tuple[PlannedStep, ...]
    ready: Ready
    documents: tuple[tuple[Document, tuple[Need, ...]], ...]

    def part(self, name: str, value: Any, part: str) -> Any:
        """A readable part of a composite answer."""
        return kind(self.kinds[name]).part(value, part)


def plan_for(procedure: Procedure) -> Plan:
    """The plan of a procedure, made once."""
    return kept(procedure, "plan", lambda: _make(procedure))


def _make(procedure: Procedure) -> Plan:
    fields = [question for step in procedure.steps for question in step.fields]
    conditions = Conditions({name: rule.when for name, rule in procedure.rules.items()}, partial_dates(procedure))
    steps = tuple(_step(step, conditions) for step in procedure.steps)
    documents = tuple(
        (document, tuple((_maybe(need.when, conditions), need.level) for need in document.need))
        for document in procedure.documents
    )
    plan = Plan(procedure, conditions, {question.id: question.kind for question in fields}, steps, [], documents)
    pages = [page for step in steps for page in step.pages]
    positions = page_positions(procedure)
    for outcome in procedure.outcomes:
        last = max((positions[name] for name in reads(outcome.when, procedure) if name in positions), default=-1)
        ready = plan.ready if last < 0 else pages[last].ready
        ready.append((conditions.predicate(outcome.when), outcome))
    return plan


def _step(step: Step, conditions: Conditions) -> PlannedStep:
    pages = (
        PlannedPage(
            page,
            tuple(_ask(question, conditions) for question in page.fields),
            tuple((conditions.predicate(check.when), check) for check in page.checks),
            [],
        )
        for page in step.pages
    )
    return PlannedStep(step, _maybe(step.when, conditions), tuple(pages))


def _maybe(condition: Condition | None, conditions: Conditions) -> Predicate | None:
    return None if condition is None else conditions.predicate(condition)


def _ask(question: Field, conditions: Conditions) -> Ask:
    return Ask(
        question,
        question.id,
        question.required,
        _maybe(question.when, conditions),
        possible_for(question),
        frozenset(choice.id for choice in question.choices if choice.specify is not None),
        _limits(question),
    )


def _limits(question: Field) -> tuple[tuple[str, str], ...]:
    given = ((name, question.settings.get(name)) for name in ("not_after", "not_before"))
    found = ((name, other) for name, other in given if isinstance(other, str) and question.kind == "date")
    return tuple((name, other) for name, other in found if other != "today" and not other[:1].isdigit())


def page_positions(procedure: Procedure) -> dict[str, int]:
    """The place of each question in the order of pages, by field id; a repeat's id stands at its last page."""
    positions: dict[str, int] = {}
    place = 0
    for step in procedure.steps:
        for page in step.pages:
            positions.update((question.id, place) for question in page.fields)
            if step.repeat is not None:
                positions[step.id] = place
            place += 1
        if step.repeat is not None:
            # Items are walked one after the other, so nothing of a repeat is decided before its last page.
            positions.update((question.id, place - 1) for question in step.fields)
    return positions


def reads(condition: Condition, procedure: Procedure) -> set[str]:
    """Ids of all questions and repeats that a condition depends on, through rules, derived values and dated facts."""
    return set(_reads(condition, procedure, set()))


def _reads(condition: Condition, procedure: Procedure, seen: set[str]) -> Iterator[str]:
    match condition:
        case Test(ref=ref, operand=operand):
            yield from _of_ref(ref, procedure, seen)
            yield from _of_argument(operand, procedure, seen)
        case All(parts) | AnyOf(parts) | NoneOf(parts):
            for part in parts:
                yield from _reads(part, procedure, seen)
        case RuleRef(name):
            yield from _reads(procedure.rules[name].when, procedure, seen)
        case Items(of=of, when=when):
            yield of
            yield from _reads(when, procedure, seen)


def _of_ref(ref: Ref, procedure: Procedure, seen: set[str]) -> Iterator[str]:
    if ref.scope != "derived":
        yield ref.name
    elif ref.name not in seen:
        seen.add(ref.name)
        for argument in procedure.derived[ref.name].arguments:
            yield from _of_argument(argument, procedure, seen)


def _of_argument(argument: Any, procedure: Procedure, seen: set[str]) -> Iterator[str]:
    if isinstance(argument, Ref):
        yield from _of_ref(argument, procedure, seen)
        return
    fact = procedure.facts.get(argument.name) if isinstance(argument, FactRef) else None
    as_of = "started" if fact is None else fact.as_of
    if as_of == "started":
        return
    yield from _of_ref(Ref(as_of, "derived" if as_of in procedure.derived else "field"), procedure, seen)


def seconds(fields: Iterable[Field]) -> int:
    """Time to read and answer some questions: a plain guess per kind, kept on the generous side for people with little
    French.
    """
    return sum(_SECONDS.get(question.kind, 25) + (5 if question.hint else 0) for question in fields)


_SECONDS = {
    "yes_no": 12,
    "radios": 18,
    "checkboxes": 22,
    "select": 25,
    "country": 25,
    "nationality": 25,
    "department": 25,
    "date": 25,
    "address": 75,
    "long_text": 180,
    "e_photo": 60,
    "fiscal_stamp": 60,
    "permit_number": 45,
    "passport_number": 45,
    "visa_number": 45,
    "foreigner_number": 45,
}


@dataclass(frozen=True, slots=True)
class Estimate:
    """Fewest and most questions and minutes of a procedure, documents aside."""

    min_questions: int
    max_questions: int
    min_minutes: int
    max_minutes: int


def estimate(procedure: Procedure) -> Estimate:
    """Bounds that hold for all (one item of each repeat). Those of the questions are proven when the procedure is
    published; before that, and for the time, they are what is always asked, and everything that can be.
    """
    always: list[Field] = []
    every: list[Field] = []
    for step in procedure.steps:
        every += step.fields
        if step.when is None and _at_least_one(step.repeat):
            always += [question for question in step.fields if question.when is None]
    least, most = seconds(always), seconds(every)
    fewest, most_asked = procedure.questions or (len(always), len(every))
    return Estimate(fewest, most_asked, max(1, least // 60), max(1, -(-most // 60)))


def _at_least_one(repeat: Repeat | None) -> bool:
    return repeat is None or (repeat.for_each is None and repeat.min > 0)
