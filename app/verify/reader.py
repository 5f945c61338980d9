"""What a test gives for some answers on some day, by the engine's own predicates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.journey.bounds import settled
from app.journey.derived import compute
from app.journey.evaluate import Conditions, State, partial_dates
from app.journey.facts import period_on
from app.kinds.registry import kind
from app.spec.model import Condition, Period, Procedure

_NONE: set[str] = set()


@dataclass(frozen=True, slots=True)
class Moment:
    """A day on which someone looks at a draft, and the day it was begun: facts are taken as of the latter."""

    today: date
    started: date


class Reader:
    """Evaluates conditions of a procedure on single answers, without walking."""

    def __init__(self, procedure: Procedure, moment: Moment) -> None:
        self.procedure = procedure
        self.moment = moment
        rules = {name: rule.when for name, rule in procedure.rules.items()}
        self._conditions = Conditions(rules, partial_dates(procedure))
        self._kinds = {question.id: question.kind for step in procedure.steps for question in step.fields}
        self._tables = dict(procedure.tables)
        # Facts as of the day a draft was begun: the same whatever is answered.
        self._begun = {
            name: period_on(fact, moment.started) for name, fact in procedure.facts.items() if fact.as_of == "started"
        }
        self._state = State(moment.today, {}, set(), self._derive, self._fact, self._part)

    def holds(
        self,
        condition: Condition,
        answers: dict[str, Any],
        asked: set[str],
        item: Mapping[str, Any] | None = None,
        item_asked: set[str] = _NONE,
    ) -> bool:
        """Whether a condition is true of these answers. `asked` are the questions asked, answered or not; `item` and
        `item_asked` are an item's own. Nothing of it is changed or kept.
        """
        state = self._state
        state.answers, state.asked = answers, asked
        state.item, state.item_asked = item, item_asked
        return self._conditions.predicate(condition)(state)

    def value(self, name: str, answers: Mapping[str, Any]) -> Any:
        """A derived value for these answers."""
        self._state.answers = dict(answers)
        return settled(self._derive(name))

    def period(self, name: str, answers: Mapping[str, Any] | None = None) -> Period | None:
        """The value of a fact for these answers."""
        self._state.answers = dict(answers or {})
        return self._fact(name)

    def _derive(self, name: str) -> Any:
        return compute(self.procedure.derived[name], self._state, self._tables)

    def _fact(self, name: str) -> Period | None:
        if name in self._begun:
            return self._begun[name]
        fact = self.procedure.facts[name]
        derived = fact.as_of in self.procedure.derived
        value = self._derive(fact.as_of) if derived else self._state.answers.get(fact.as_of)
        if isinstance(value, str) and len(value) == 10:
            value = date.fromisoformat(value)
        return period_on(fact, value if isinstance(value, date) else None)

    def _part(self, name: str, value: Any, part: str) -> Any:
        return kind(self._kinds[name]).part(value, part)
