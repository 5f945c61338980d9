"""The days between which nothing changes by itself: proofs hold for each interval between changes of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain

from app.journey.dates import plus
from app.spec.codes.phrase import Phrase
from app.spec.model import Condition, Duration, FactRef, Procedure
from app.verify.diagram import Undecided
from app.verify.model import Model
from app.verify.reader import Moment
from app.verify.reads import is_day

MOST_MOMENTS = 60
SPAN = Duration(1, "years")
"""How far ahead proofs go where the file does not say when it is to be reviewed."""


def window(procedure: Procedure) -> tuple[date, date]:
    """The days for which the file speaks: from its last check, or its first day, to its review or its last day."""
    starts = [day for day in (procedure.checked_on, procedure.valid_from) if day is not None]
    first = max(starts, default=procedure.review_by or date(2026, 1, 1))
    ends = [day for day in (procedure.review_by, procedure.valid_until) if day is not None and day >= first]
    return first, min(ends, default=plus(first, SPAN))


def moments(model: Model) -> list[Moment]:
    """A day of each interval, in order; then drafts begun before a fact changed and looked at since."""
    first, last = window(model.procedure)
    facts = {day for day in _fact_changes(model) if first < day <= last}
    days = [first, *sorted({day for day in _day_changes(model) if first < day <= last} | facts)]
    found = [Moment(day, day) for day in days]
    begun = [first, *sorted(facts)]
    found += [Moment(day, before) for day in days for before in begun if before < day and _since(begun, before, day)]
    if len(found) > MOST_MOMENTS:
        words = f"plus de {MOST_MOMENTS} jours où quelque chose change", f"more than {MOST_MOMENTS} days of change"
        raise Undecided(Phrase(*words))
    return found


def _since(begun: list[date], before: date, day: date) -> bool:
    """Whether a fact changed after a draft was begun and before it is looked at."""
    return any(before < change <= day for change in begun)


def _fact_changes(model: Model) -> Iterator[date]:
    """The first day on which a fact that some condition reads has another value."""
    for name in _facts_read(model):
        for period in model.procedure.facts[name].periods:
            if period.starts is not None:
                yield period.starts
            if period.ends is not None:
                yield period.ends + timedelta(days=1)


def _day_changes(model: Model) -> Iterator[date]:
    """The days that some test or limit names, on their own or moved by one of the durations of the file."""
    spans = set(_spans(model))
    for day in _days(model):
        yield from (day, day + timedelta(days=1))
        for span, sign in ((span, sign) for span in spans for sign in (1, -1)):
            moved = plus(day, span, sign)
            if moved not in (date.min, date.max):
                yield from (moved, moved + timedelta(days=1))


def conditions(procedure: Procedure) -> Iterator[Condition]:
    """Every condition of a procedure, rules included."""
    yield from (rule.when for rule in procedure.rules.values())
    for step in procedure.steps:
        holders: Iterable[object] = chain((step,), step.fields, step.notes, *(page.checks for page in step.pages))
        yield from _whens(holders)
    for document in procedure.documents:
        yield from _whens(document.need)
    for letter in procedure.letters:
        yield from _whens((letter, *letter.paragraphs))
    silence = procedure.after_sending.silence
    days = (procedure.window,) if procedure.window is not None else ()
    yield from _whens((*procedure.outcomes, *procedure.channels, *procedure.fees, *procedure.declarations))
    yield from _whens((*silence, *days))


def _whens(holders: Iterable[object]) -> Iterator[Condition]:
    for holder in holders:
        when: Condition | None = getattr(holder, "when", None)
        if when is not None:
            yield when


def _operands(model: Model) -> Iterator[object]:
    """Everything that answers are compared with or moved by."""
    for condition in conditions(model.procedure):
        yield from (test.operand for test in model.reads.tests(condition))
    for derived in model.procedure.derived.values():
        yield from derived.arguments


def _facts_read(model: Model) -> set[str]:
    return {one.name for one in _operands(model) if isinstance(one, FactRef)}


def _days(model: Model) -> set[date]:
    facts = (period.value for name in _facts_read(model) for period in model.procedure.facts[name].periods)
    settings = (question.settings for question in model.reads.fields.values())
    limits = (one[key] for one in settings for key in ("not_after", "not_before") if key in one)
    found = (one for one in chain(_operands(model), facts, limits) if is_day(one))
    return {one if isinstance(one, date) else date.fromisoformat(str(one)) for one in found}


def _spans(model: Model) -> Iterator[Duration]:
    for one in _operands(model):
        if isinstance(one, Duration):
            yield one
        elif isinstance(one, FactRef):
            fact = model.procedure.facts[one.name]
            for period in (*fact.periods, *fact.conflict):
                if period.unit in ("days", "weeks", "months", "years"):
                    yield Duration(int(str(period.value)), period.unit)  # type: ignore[arg-type]
