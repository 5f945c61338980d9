"""One question as two revisions of a procedure ask it: every answer of either, and who admits which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.kinds.base import UNKNOWN, Value
from app.kinds.date import span
from app.spec.model import Field, Repeat
from app.verify.lines import Line, allowed, line_of


def merged(questions: Sequence[Field]) -> Field:
    """A question that offers what each offers. The first says everything else."""
    first = questions[0]
    if len(questions) == 1:
        return first
    choices = {choice.id: choice for question in reversed(questions) for choice in question.choices}
    ordered = [*(choice.id for choice in first.choices), *choices]
    settings = dict(first.settings)
    for key in ("options", "unknown_parts"):
        lists = [question.settings[key] for question in questions if key in question.settings]
        if key == "options" and len(lists) < len(questions):
            settings.pop(key, None)
        elif lists:
            settings[key] = list(dict.fromkeys(one for every in lists for one in every))
    return replace(
        first,
        choices=tuple(choices[name] for name in dict.fromkeys(ordered)),
        required=all(question.required for question in questions),
        unknown=next((question.unknown for question in questions if question.unknown is not None), None),
        settings=settings,
    )


def joined(lines: Sequence[Line]) -> Line:
    """A line that holds each; where one of them ends is marked."""
    first = lines[0]
    low, high = min(line.low for line in lines), max(line.high for line in lines)
    ends = {end for line in lines for end in (line.low - 1, line.low, line.high, line.high + 1)}
    marks = (
        tuple(sorted(end for end in ends if low <= end <= high)) if len({(x.low, x.high) for x in lines}) > 1 else ()
    )
    return replace(first, low=low, high=high, marks=marks)


def admits(asked: Field | Repeat, value: Value | None, today: date) -> bool:
    """Whether a question, or the number of items of a repeat, may have an answer."""
    if isinstance(asked, Repeat):
        return isinstance(value, int) and asked.min <= value <= asked.max
    if value is None:
        return not asked.required
    if value == UNKNOWN:
        return asked.unknown is not None
    line = line_of(asked, today)
    if line is not None:
        return _on(line, asked, value, today)
    offered = [choice.id for choice in asked.choices] or asked.settings.get("options")
    if offered is None:
        return True
    return set(value) <= set(offered) if isinstance(value, list) else value in offered


def _on(line: Line, asked: Field, value: Value, today: date) -> bool:
    if asked.kind != "date" or not isinstance(value, str):
        return any(line.value(end) == value for end in (line.low, line.high)) or _between(line, value)
    missing = {4: {"month", "day"}, 7: {"day"}}.get(len(value), set[str]())
    possible = missing <= set(asked.settings.get("unknown_parts", ()))
    low, high = (day.toordinal() for day in span(value))
    return possible and allowed(value, asked, today) and low <= line.high and high >= line.low


def _between(line: Line, value: Value) -> bool:
    number = float(str(value))
    return float(str(line.value(line.low))) <= number <= float(str(line.value(line.high)))
