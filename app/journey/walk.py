"""The journey: (procedure, answers, today) → pages in order, documents, outcomes, channels, dates. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from app.journey.answers import VISITED
from app.journey.bounds import settled
from app.journey.consequences import consequences
from app.journey.derived import compute
from app.journey.evaluate import State
from app.journey.facts import period_on
from app.journey.model import Answers, Journey, ShownAdvice, Stop
from app.journey.plan import Ask, Plan, PlannedPage, PlannedStep, Ready, estimate, plan_for
from app.journey.summary import SummaryRow, summary
from app.kinds.date import span
from app.spec.model import Check, Fact, Outcome, Period, Procedure, Step

__all__ = ["SummaryRow", "build_journey", "estimate", "stop_for", "summary"]


def build_journey(
    procedure: Procedure,
    answers: Answers,
    today: date,
    *,
    started: date,
    filed: date | None = None,
    drop_invalid: bool = True,
) -> Journey:
    """What the procedure comes to for these answers on this day.

    `started` is the day the draft began (facts are taken as of it unless they say otherwise), `filed` the day the
    person says they
    filed. With `drop_invalid`, an answer that is no longer possible (a choice that a new revision removed) counts as
    unanswered.
    """
    return _Walk(plan_for(procedure), answers, today, started, filed, drop_invalid).run()


def stop_for(journey: Journey, key: str) -> Stop | None:
    """The page at an address below the draft, if it is on the path."""
    place = journey.places.get(key)
    return None if place is None else journey.path[place]


class _Walk:
    """One pass over the steps, in order; every condition sees only what was asked and answered before it."""

    def __init__(
        self, plan: Plan, answers: Answers, today: date, started: date, filed: date | None, drop_invalid: bool
    ) -> None:
        self.plan = plan
        self.procedure = plan.procedure
        self.given = answers
        self.started = started
        self.filed = filed
        self.drop_invalid = drop_invalid
        self.visited = frozenset(answers.get(VISITED, ()))
        self.tables = dict(plan.procedure.tables)
        self.repeats = {step.id for step in plan.procedure.steps if step.repeat is not None}
        self.state = State(today, {}, set(), self._derive, self._fact, plan.part)
        # What was computed from the answers so far: forgotten with every answer taken, and in another item.
        self.computed: dict[str, Any] = {}
        self.dated: dict[str, Period | None] = {}
        self.path: list[Stop] = []
        self.all_answered = True
        self.outcomes: list[Outcome] = []
        self.advice: list[ShownAdvice] = []
        self.errors: list[ShownAdvice] = []
        self.beyond: list[tuple[str, str]] = []
        self.stopped_by: Outcome | None = None
        self.holds = plan.conditions.holds

    def run(self) -> Journey:
        self._decide(self.plan.ready)
        for planned in self.plan.steps:
            if self.stopped_by is not None:
                break
            if planned.when is None or planned.when(self.state):
                if planned.step.repeat is None:
                    self._step(planned)
                else:
                    self._repeat(planned)
            else:
                for page in planned.pages:
                    self._decide(page.ready)
        return self._journey()

    # --- values read by conditions
    # ----------------------------------------------------------------------------------------

    def _derive(self, name: str) -> Any:
        if name not in self.computed:
            self.computed[name] = compute(self.procedure.derived[name], self.state, self.tables)
        return self.computed[name]

    def _fact(self, name: str) -> Period | None:
        if name not in self.dated:
            self.dated[name] = self._period(self.procedure.facts[name])
        return self.dated[name]

    def _period(self, fact: Fact) -> Period | None:
        if fact.as_of == "started":
            return period_on(fact, self.started)
        value = self._derive(fact.as_of) if fact.as_of in self.procedure.derived else self.state.answers.get(fact.as_of)
        if isinstance(value, str) and len(value) == 10:
            value = date.fromisoformat(value)
        return period_on(fact, value if isinstance(value, date) else None)

    def _forget(self) -> None:
        """What conditions read may be another from here on: an answer was taken, or another item is looked at."""
        self.computed.clear()
        self.dated.clear()

    # --- pages
    # --------------------------------------------------------------------------------------------------------------

    def _step(self, planned: PlannedStep) -> None:
        for page in planned.pages:
            if self.stopped_by is None:
                self._page(planned.step, page, self.given, self.state.answers, page.page.id, None)
            self._decide(page.ready)

    def _repeat(self, planned: PlannedStep) -> None:
        step = planned.step
        repeat = step.repeat
        assert repeat is not None
        given = _items(self.given.get(step.id))
        if repeat.for_each is not None:
            ids = repeat.ticked(self.state.answers.get(repeat.for_each))
        else:
            ids = list(given)
            enough = repeat.min <= len(ids) <= repeat.max and (bool(ids) or step.id in self.visited)
            self._stop(Stop(step, step.pages[0], None, (), self._notes(step), step.id, enough, True))
        kept: list[dict[str, Any]] = []
        self.state.answers[step.id] = kept
        self.state.asked.add(step.id)
        self._forget()
        for item_id in ids:
            inner: dict[str, Any] = {}
            kept.append({"id": item_id, "answers": inner})
            self.state.item_sets[id(inner)] = set()
            outer, self.state = self.state, self.state.within(inner)
            self._forget()
            for page in planned.pages:
                tail = page.page.id.removeprefix(step.id)
                self._page(step, page, given.get(item_id, {}), inner, f"{step.id}/{item_id}{tail}", item_id)
            self.state = outer
            self._forget()
        for page in planned.pages:
            self._decide(page.ready)

    def _page(
        self,
        step: Step,
        planned: PlannedPage,
        given: Mapping[str, Any],
        into: dict[str, Any],
        key: str,
        item: str | None,
    ) -> None:
        state, page = self.state, planned.page
        asks = [ask for ask in planned.asks if ask.when is None or ask.when(state)]
        if not asks:
            return
        missing = needed = failed = False
        names = state.asked if item is None else state.item_asked
        for ask in asks:
            names.add(ask.id)
            needed = needed or ask.required
            value = given.get(ask.id)
            if value is None or (self.drop_invalid and not ask.possible(value)):
                missing = missing or ask.required
                continue
            into[ask.id] = value
            if ask.limits and self._beyond(ask, value, into):
                failed = True
                self.beyond.append((key, ask.id))
            if ask.specifying:
                _specify(ask, value, given, into)
        self._forget()
        asked = page.fields if len(asks) == len(page.fields) else tuple(ask.field for ask in asks)
        if planned.checks:
            failed = self._check(planned, key) or failed
        # A page of optional questions is done once it was seen: nothing else tells "left empty" from "not yet there".
        seen = needed or key in self.visited
        notes = self._notes(step) if page is step.pages[0] else ()
        self._stop(Stop(step, page, item, asked, notes, key, seen and not missing and not failed))

    def _beyond(self, ask: Ask, value: Any, into: Mapping[str, Any]) -> bool:
        """Whether a date lies beyond another answer, every day of it: that answer may have changed since."""
        if not isinstance(value, str):
            return False
        low, high = span(value)
        for name, other in ask.limits:
            limit = into.get(other, self.state.answers.get(other))
            if isinstance(limit, str):
                first, last = span(limit)
                if low > last if name == "not_after" else high < first:
                    return True
        return False

    def _stop(self, stop: Stop) -> None:
        self.path.append(stop)
        self.all_answered = self.all_answered and stop.answered

    def _notes(self, step: Step) -> tuple[Any, ...]:
        return tuple(note for note in step.notes if self.holds(note.when, self.state)) if step.notes else ()

    def _check(self, planned: PlannedPage, key: str) -> bool:
        failed = False
        for when, check in planned.checks:
            if when(self.state):
                self._shown(check).append(ShownAdvice(check, key))
                failed = failed or check.level == "error"
        return failed

    def _shown(self, check: Check) -> list[ShownAdvice]:
        return self.errors if check.level == "error" else self.advice

    def _decide(self, ready: Ready) -> None:
        """Test the outcomes that read nothing later, once everything before is answered."""
        if not ready or self.stopped_by is not None or not self.all_answered:
            return
        for when, outcome in ready:
            if when(self.state):
                self.outcomes.append(outcome)
                if outcome.effect == "stop":
                    self.stopped_by = outcome
                    return

    # --- what follows
    # -------------------------------------------------------------------------------------------------------

    def _journey(self) -> Journey:
        order: Callable[[Outcome], int] = self.procedure.outcomes.index
        late: dict[str, Callable[[], Any]] = {
            "aside": self._aside,
            "derived": lambda: {name: settled(self._derive(name)) for name in self.procedure.derived},
            "facts": lambda: {name: self._fact(name) for name in self.procedure.facts},
            **consequences(self.plan, self.state, self._fact, self.filed),
        }
        return Journey.walked(
            late,
            today=self.state.today,
            path=tuple(self.path),
            answers=self.state.answers,
            outcomes=tuple(sorted(self.outcomes, key=order)),
            stopped_by=self.stopped_by,
            advice=tuple(self.advice),
            errors=tuple(self.errors),
            beyond=tuple(self.beyond),
        )

    def _aside(self) -> tuple[str, ...]:
        """Answers that are kept though nothing asks for them now."""
        found: list[str] = []
        for name in self.given:
            if name.startswith("_") or name.endswith("__specify") or self.given[name] == []:
                continue
            # A repeat whose stored items cannot be read is, as a whole, something that nothing asks for.
            if name not in self.state.answers or (name in self.repeats and not _items(self.given[name])):
                found.append(name)
            elif name in self.repeats:
                found += self._aside_items(name)
        return tuple(found)

    def _aside_items(self, step_id: str) -> Iterator[str]:
        """Items of a repeat that are not asked for (a choice was unticked), and answers inside those that are."""
        asked = {item["id"]: item["answers"] for item in self.state.answers[step_id]}
        for item_id, inner in _items(self.given[step_id]).items():
            if item_id not in asked:
                yield f"{step_id}/{item_id}"
                continue
            for name in inner:
                if name not in asked[item_id] and not name.endswith("__specify"):
                    yield f"{step_id}/{item_id}/{name}"


def _specify(ask: Ask, value: Any, given: Mapping[str, Any], into: dict[str, Any]) -> None:
    """Take the "which one?" text if a chosen choice asks for it: else the text, though kept, is not an answer now."""
    name = f"{ask.id}__specify"
    text = given.get(name)
    if isinstance(text, str) and not ask.specifying.isdisjoint(value if isinstance(value, list) else (value,)):
        into[name] = text


def _items(stored: Any) -> dict[str, Mapping[str, Any]]:
    """The stored items of a repeat by id; what is not an item is left out."""
    if not isinstance(stored, list):
        return {}
    return {
        str(item["id"]): item["answers"]
        for item in stored
        if isinstance(item, dict) and "id" in item and isinstance(item.get("answers"), dict)
    }
