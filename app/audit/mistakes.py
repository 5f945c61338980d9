"""What a person can get wrong in the answer to one question: for each code of its kind, a text that gives this code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.fields.field import SPECIFY
from app.fields.wording import SourceTexts, Words
from app.kinds.base import Kind, Parsed, Problem
from app.kinds.registry import kind
from app.spec.model import Field

Typed = dict[str, list[str]]
"""Texts by control name, as a browser sends them."""
LONG = "a" * 6000
BEYOND: Mapping[str, tuple[Mapping[str, Sequence[str]], ...]] = {
    "date": (
        {"day": ["1"], "month": ["1"], "year": ["1900"]},
        {"day": ["31"], "month": ["12"], "year": ["2100"]},
    ),
    "whole_number": ({"": ["-1"]}, {"": ["0"]}, {"": ["99999999"]}),
    "amount": ({"": ["-1"]}, {"": ["0"]}, {"": ["99999999999"]}),
    "text": ({"": [LONG]},),
    "long_text": ({"": [LONG]},),
}
"""What lies outside the limits that an author may set, where the examples of a kind bring limits of their own."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """`typed` replaces the texts of the question; `message` is what must be said of it."""

    code: str
    typed: Typed
    message: str


def mistakes(question: Field, good: Typed, answers: Mapping[str, Any], today: date, locale: str) -> list[Mistake]:
    """One for each code that an answer to this question can give, in the order of its kind.

    `good` are the texts of a right answer; `answers` those of the page and of the draft, which limits may name.
    """
    words = Words(locale, SourceTexts(locale), {})
    found: dict[str, Mistake] = {}
    for typed, problem in _all(question, good, answers, today):
        if problem.code not in found:
            found[problem.code] = Mistake(problem.code, typed, words.problem(question, problem))
    return list(found.values())


def advised(question: Field, answers: Mapping[str, Any], today: date) -> Iterator[tuple[str, Typed]]:
    """For each code of advice, a text that is saved and gives it."""
    of, settings = kind(question.kind), settings_of(question, answers)
    for example in of.examples:
        parsed = _parsed(question, of, example.raw, settings, today)
        for slip in parsed.advice if not parsed.problems else ():
            yield slip.code, controls(question, example.raw)


def _all(question: Field, good: Typed, answers: Mapping[str, Any], today: date) -> Iterator[tuple[Typed, Problem]]:
    of, settings = kind(question.kind), settings_of(question, answers)
    if question.required:
        yield {}, Problem("required")
    for raw in (*(example.raw for example in of.examples), *BEYOND.get(question.kind, ()), *_alone(question)):
        problems = _parsed(question, of, raw, settings, today).problems
        # With two things wrong, nobody could say which of them a page tells badly.
        if len(problems) == 1:
            yield controls(question, raw), problems[0]
    tick = f"{question.id}__unknown"
    said = any(any(texts) for control, texts in good.items() if control != tick)
    if question.unknown is not None and question.kind not in ("radios", "yes_no") and said:
        yield {**good, tick: ["yes"]}, Problem("unknown_and_value")
    asking = [choice for choice in question.choices if choice.specify is not None]
    if asking:
        chosen = {question.id: [asking[0].id]}
        part = {"specify": asking[0].id}
        yield chosen, Problem("specify_required", SPECIFY, part)


def _alone(question: Field) -> Iterator[Mapping[str, Sequence[str]]]:
    """A choice that stands alone, ticked with another one."""
    alone = [choice.id for choice in question.choices if choice.exclusive]
    others = [choice.id for choice in question.choices if not choice.exclusive]
    if alone and others:
        yield {"": [alone[0], others[0]]}


def _parsed(
    question: Field, of: Kind, raw: Mapping[str, Sequence[str]], settings: Mapping[str, Any], today: date
) -> Parsed:
    return of.parse(raw, settings, choices=[choice.id for choice in question.choices], today=today)


def controls(question: Field, raw: Mapping[str, Sequence[str]]) -> Typed:
    """Texts by part, as texts by control name."""
    return {f"{question.id}-{part}" if part else question.id: list(texts) for part, texts in raw.items()}


def settings_of(question: Field, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The author's settings; a limit that names another question holds its answer, or none where it has none."""
    settings = dict(question.settings)
    alone = [choice.id for choice in question.choices if choice.exclusive]
    if alone:
        settings["exclusive"] = alone
    if question.kind == "date":
        for name in ("not_after", "not_before"):
            limit = settings.get(name)
            if isinstance(limit, str) and limit != "today" and not limit[:1].isdigit():
                settings[name] = answers.get(limit)
    return settings


def belongs(control: str, question: Field) -> bool:
    """Whether a control is one of this question's."""
    return control == question.id or control.startswith((f"{question.id}-", f"{question.id}__"))
