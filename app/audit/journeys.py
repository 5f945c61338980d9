"""The few journeys that show between them everything a procedure can show: its worked examples, and persons whom
`app.verify` makes for what no example reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.journey.model import Journey, Stop
from app.spec.compiler import Compiled
from app.spec.diagnostics import Findings
from app.spec.source import load
from app.verify.cases import journey_of, read_answers
from app.verify.coverage import coverage, skeletons
from app.verify.outline import met

Variant = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A page as it differs between persons: its shape, the questions asked, the notes shown."""


@dataclass(frozen=True, slots=True)
class Journeyed:
    """One person: what they answered, as it is stored, and what comes of it."""

    who: str
    answers: Mapping[str, Any]
    journey: Journey


def journeys(compiled: Compiled, folder: Path) -> list[Journeyed]:
    """The covering journeys of a procedure, the richest first. Raises `Undecided` where nothing can be proven."""
    chosen: list[Journeyed] = []
    found = list(_everybody(compiled, folder))
    seen: set[object] = set()
    while found:
        best = max(found, key=lambda one: len(_shows(one) - seen))
        fresh = _shows(best) - seen
        if not fresh:
            break
        seen |= fresh
        chosen.append(best)
        found.remove(best)
    return chosen


def _everybody(compiled: Compiled, folder: Path) -> Iterator[Journeyed]:
    procedure = compiled.procedure
    assert procedure is not None
    file = folder / "cases.yaml"
    text = file.read_text(encoding="utf-8") if file.is_file() else None
    tree = None if text is None else load(text, str(file), Findings())
    for node in [] if tree is None else tree.items():
        case = node.to_plain()
        # A draft begun on another day is a draft of that day here: what differs is what facts say.
        if date.fromisoformat(str(case.get("started", case["today"]))) == date.fromisoformat(str(case["today"])):
            yield Journeyed(str(case["person"]), read_answers(procedure, case["answers"]), journey_of(procedure, case))
    for number, person in enumerate(skeletons(coverage(compiled, text)), 1):
        if person.moment.started == person.moment.today:
            yield Journeyed(f"person {number}", person.answers, person.journey)


def _shows(person: Journeyed) -> set[object]:
    pages = {("page", *variant(stop)) for stop in person.journey.path}
    ends = {("ends", person.journey.complete)}
    return {*met(person.journey), *pages, *ends}


def variant(stop: Stop) -> Variant:
    """What tells one form of a page from another."""
    notes = tuple(note.text.context for note in stop.notes)
    return shape(stop), tuple(field.id for field in stop.fields), notes


def shape(stop: Stop) -> str:
    """The address of a page below the draft, the same for every item of a list."""
    parts = stop.key.split("/")
    if stop.item is not None:
        parts[1] = "n"
    return "/".join(parts)
