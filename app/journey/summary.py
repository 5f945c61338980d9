"""What a person answered, page by page, for the page where they check it all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.journey.model import Answers, Journey, Stop
from app.kinds.base import Value
from app.spec.model import Field


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One asked question. `value` is None when it has no answer; `specified` is the text of a "which one?" box."""

    stop: Stop
    field: Field
    value: Value | None
    specified: str | None = None


def summary(journey: Journey) -> Iterator[SummaryRow]:
    """A row for every question asked, in the order of the path; answered or not."""
    for stop in journey.path:
        answers = answers_at(journey, stop)
        for field in stop.fields:
            yield SummaryRow(stop, field, answers.get(field.id), answers.get(f"{field.id}__specify"))


def answers_at(journey: Journey, stop: Stop) -> Answers:
    """The answers of a page: an item's own on a repeat, else the journey's."""
    if stop.item is None:
        return journey.answers
    items = journey.answers.get(stop.step.id, ())
    found: Answers = next((item["answers"] for item in items if item["id"] == stop.item), {})
    return found
