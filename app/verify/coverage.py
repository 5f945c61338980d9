"""What the worked examples of a procedure show between them, what none of them does, and persons who would."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.journey.model import Journey
from app.spec.compiler import Compiled
from app.spec.diagnostics import Findings
from app.spec.source import load
from app.verify.cases import journey_of
from app.verify.diagram import FALSE
from app.verify.goals import Goal, GoalKey, Goals
from app.verify.model import Model
from app.verify.moments import window
from app.verify.outline import met
from app.verify.person import People, Person
from app.verify.reader import Moment
from app.verify.recognise import assignment_of
from app.verify.spaces import Spaces


@dataclass(slots=True)
class Coverage:
    """`goals` are those of the first moment of the file; `reached` those that some example reaches."""

    goals: Goals
    reached: set[GoalKey] = field(default_factory=set)

    @property
    def missing(self) -> list[Goal]:
        return [goal for key, goal in self.goals.goals.items() if key not in self.reached]


def coverage(compiled: Compiled, cases_text: str | None) -> Coverage:
    """What the cases of a procedure reach. Raises `Undecided`."""
    assert compiled.procedure is not None
    assert compiled.written is not None
    model = Model(compiled.procedure)
    first, _ = window(compiled.procedure)
    by_moment = {Moment(first, first): Goals(model, compiled.written, Moment(first, first))}
    found = Coverage(by_moment[Moment(first, first)])
    tree = None if cases_text is None else load(cases_text, "cases.yaml", Findings())
    for node in [] if tree is None else tree.items():
        case = node.to_plain()
        today = date.fromisoformat(str(case["today"]))
        moment = Moment(today, date.fromisoformat(str(case.get("started", today))))
        if moment not in by_moment:
            by_moment[moment] = Goals(model, compiled.written, moment)
        found.reached |= _reached(by_moment[moment], journey_of(compiled.procedure, case))
    return found


def _reached(goals: Goals, journey: Journey) -> set[GoalKey]:
    """The goals that one journey reaches; of one that has not come to an end, only what it shows."""
    shown: set[GoalKey] = {("met", *thing) for thing in met(journey)}
    ended = journey.complete or journey.stopped_by is not None
    assignment = assignment_of(goals.side, journey.answers) if ended else None
    return shown if assignment is None else shown | goals.met_by(assignment)


# --- persons


def skeletons(found: Coverage, most: int = 200) -> Iterator[Person]:
    """A few persons who reach between them what no example does, each as much of it as goes together."""
    goals = found.goals
    spaces = Spaces(goals.model, goals.moment)
    people = People(spaces)
    left = {goal.key: goal for goal in found.missing}
    for _ in range(most):
        if not left:
            return
        function = _together(goals, list(left.values()))
        person = people.person(goals.side, function)
        first = next(iter(left))
        reached = set() if person is None else _reached(goals, person.journey)
        if person is not None and not left.keys().isdisjoint(reached):
            yield person
        # What cannot be shown so is left out: nothing is asked for twice.
        left = {key: goal for key, goal in left.items() if key not in reached and key != first}


def _together(goals: Goals, left: Sequence[Goal]) -> int:
    """Somebody who reaches the first goal, and as many of the others as go with it."""
    diagrams = goals.side.diagrams
    function = diagrams.both(left[0].function, goals.outline.complete)
    if function == FALSE:
        function = left[0].function
    for goal in left[1:]:
        both = diagrams.both(function, goal.function)
        if both != FALSE:
            function = both
    return function


# --- writing


def as_case(person: Person, name: str) -> str:
    """A worked example as YAML: what the engine shows stands in `sees`, for its author to read again."""
    journey = person.journey
    sees: dict[str, Any] = {
        "steps": list(dict.fromkeys(stop.step.id for stop in journey.path)),
        "documents": list(dict.fromkeys(needed.document.id for needed in journey.documents)),
        "outcomes": [outcome.id for outcome in journey.outcomes],
        "advice": [shown.check.at or shown.check.says.source for shown in journey.advice],
        "channels": [channel.id for channel in journey.channels],
        "letters": [letter.id for letter in journey.letters],
        "dates": {name: day.isoformat() for name, day in journey.derived.items() if isinstance(day, date)},
    }
    if not sees["dates"]:
        del sees["dates"]
    if journey.stopped_by is not None:
        sees = {"steps": sees["steps"], "outcomes": sees["outcomes"]}
    case: dict[str, Any] = {"person": name, "today": person.moment.today.isoformat()}
    if person.moment.started != person.moment.today:
        case["started"] = person.moment.started.isoformat()
    answers = {name: value for name, value in person.answers.items() if value != []}
    rows = _block({**case, "answers": answers, "sees": sees}, 2)
    return "- " + "\n".join(rows)[2:] + "\n"


def _block(value: Mapping[str, Any], indent: int) -> Iterator[str]:
    """A map in block style, every text quoted, as the guide for authors asks."""
    pad = " " * indent
    for key, one in value.items():
        if isinstance(one, Mapping) and one:
            yield f"{pad}{key}:"
            yield from _block(one, indent + 2)
        elif isinstance(one, list) and one:
            yield f"{pad}{key}:"
            yield from _items(one, indent + 2)
        else:
            yield f"{pad}{key}: {json.dumps(one, ensure_ascii=False)}"


def _items(values: Sequence[Any], indent: int) -> Iterator[str]:
    pad = " " * indent
    for one in values:
        if isinstance(one, Mapping):
            rows = list(_block(one, indent + 2))
            yield f"{pad}- {rows[0].strip()}"
            yield from rows[1:]
        else:
            yield f"{pad}- {json.dumps(one, ensure_ascii=False)}"
