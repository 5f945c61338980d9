"""What follows from the answers beyond the questions: documents, channels, fees, window, letters, declarations, time
limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from app.journey.dates import plus
from app.journey.evaluate import State, duration_of
from app.journey.model import FeeDue, NeededDocument, SilenceDate, WindowState
from app.journey.plan import Need, Plan
from app.kinds.base import UNKNOWN
from app.spec.model import Condition, Document, Level, Period, Procedure

Holds = Callable[[Condition | None, State], bool]
FactOf = Callable[[str], Period | None]


def consequences(plan: Plan, state: State, fact: FactOf, filed: date | None) -> dict[str, Callable[[], Any]]:
    """The parts of `Journey` that depend on the finished state only, each as what works it out."""
    procedure, holds = plan.procedure, plan.conditions.holds
    after = procedure.after_sending
    return {
        "documents": lambda: tuple(_documents(plan, state, fact)),
        "channels": lambda: tuple(channel for channel in procedure.channels if holds(channel.when, state)),
        "fees": lambda: tuple(_fees(plan, state, fact, filed)),
        "window": lambda: _window(plan, state, fact, filed),
        "declarations": lambda: tuple(d for d in procedure.declarations if holds(d.when, state)),
        "letters": lambda: tuple(letter for letter in procedure.letters if holds(letter.when, state)),
        "silence": lambda: tuple(
            SilenceDate(silence, plus(filed, silence.after) if filed is not None else None)
            for silence in after.silence
            if holds(silence.when, state)
        ),
        "remedies": lambda: after.remedies,
    }


def _documents(plan: Plan, state: State, fact: FactOf) -> Iterator[NeededDocument]:
    for document, needs in plan.documents:
        since = _dated_from(document, state, fact)
        if document.for_each is None:
            level = _level(needs, state)
            if level is not None:
                yield NeededDocument(document, level, document.id, None, None, _satisfied(document, state), since)
            continue
        for item_id, inner in _items(document.for_each, state):
            seen = state.within(inner)
            level = _level(needs, seen)
            if level is not None:
                key = f"{document.id}/{item_id}"
                yield NeededDocument(document, level, key, item_id, None, _satisfied(document, seen), since)


def _items(name: str, state: State) -> Iterator[tuple[str, dict[str, Any]]]:
    """The items a document is asked for: those of a repeat, or the ticked choices of a question."""
    for item in state.answers.get(name) or ():
        if isinstance(item, dict):
            yield item["id"], item["answers"]
        else:
            yield item, {}


def _level(needs: tuple[Need, ...], state: State) -> Level | None:
    for when, level in needs:
        if when is None or when(state):
            return level
    return None


def _satisfied(document: Document, state: State) -> bool:
    """Whether the answer that stands for the document was given ("I do not know" is not one)."""
    if document.satisfied_by is None:
        return False
    inside = state.item or {}
    value = inside.get(document.satisfied_by, state.answers.get(document.satisfied_by))
    return value is not None and value != UNKNOWN


def _dated_from(document: Document, state: State, fact: FactOf) -> date | None:
    """The earliest day a document may bear on the day of the journey; where sources disagree, by the stricter age."""
    age = duration_of(fact(document.issued_within)) if document.issued_within is not None else None
    return plus(state.today, age, -1) if age is not None else None


def _fees(plan: Plan, state: State, fact: FactOf, filed: date | None) -> Iterator[FeeDue]:
    """What this person pays: the fees that apply, and the late fee once the last day to file is over."""
    for fee in plan.procedure.fees:
        if plan.conditions.holds(fee.when, state):
            yield FeeDue(fee, fact(fee.fact))
    window = _window(plan, state, fact, filed)
    if window is not None and window.state == "late" and window.late is not None:
        yield window.late


def _window(plan: Plan, state: State, fact: FactOf, filed: date | None) -> WindowState | None:
    """When this person may file, seen from the day they filed, or else from today. None where no days are set for
    them.
    """
    procedure, window = plan.procedure, plan.procedure.window
    if window is None or not plan.conditions.holds(window.when, state):
        return None
    opens, closes = (_day(name, procedure, state) for name in (window.opens, window.closes))
    late = FeeDue(window.late, fact(window.late.fact)) if window.late is not None else None
    if opens is None and closes is None:
        return WindowState(None, None, "unknown", late)
    day = filed or state.today
    if opens is not None and day < opens:
        return WindowState(opens, closes, "early", late)
    return WindowState(opens, closes, "late" if closes is not None and day > closes else "open", late)


def _day(name: str | None, procedure: Procedure, state: State) -> date | None:
    """The day of a computed date or of a date question; None where it is not there, or not known to the day."""
    if name is None:
        return None
    if name in procedure.derived:
        value = state.derived(name)
        return value if isinstance(value, date) else None
    written = state.answers.get(name)
    return date.fromisoformat(written) if isinstance(written, str) and len(written) == len("2026-01-31") else None
