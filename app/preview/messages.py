"""Every message that a question can give, as applicants read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.fields.messages import ANY, MESSAGES, message
from app.fields.wording import SourceTexts, Words
from app.kinds.base import Kind, Problem
from app.kinds.registry import kind
from app.spec.model import Field


class _Open(dict[str, Any]):
    """Parameters of a message; what depends on what is typed stays open."""

    def __missing__(self, name: str) -> str:
        return "…"


def messages_of(field: Field, locale: str, today: date) -> list[tuple[str, str]]:
    """The code and the words of each message, errors before advice; the author's own words where there are some."""
    of = kind(field.kind)
    words = Words(locale, SourceTexts(locale), {})
    return [(code, _said(of, field, code, words, today)) for code in _codes(of, field)]


def _codes(of: Kind, field: Field) -> Iterator[str]:
    yield from (code for code in of.error_codes if code != "required" or field.required)
    if field.unknown is not None:
        yield "unknown_and_value"
    if any(choice.specify is not None for choice in field.choices):
        yield from ("specify_required", "specify_too_long", "specify_characters")
    yield from of.advice_codes


def _said(of: Kind, field: Field, code: str, words: Words, today: date) -> str:
    for problem in _problems(of, field, code, today):
        return words.problem(field, problem)
    if code in field.errors:
        return words.plain(field.errors[code])
    known = {"label": field.label.source, "unknown": field.unknown.source if field.unknown else ""}
    specify = next((choice.specify.source for choice in field.choices if choice.specify is not None), "…")
    given = _Open({"specify": specify, **known, **field.settings})
    source = message(field.kind, code) if (ANY, code) in MESSAGES or (field.kind, code) in MESSAGES else code
    return words.say(source.format_map(given).replace("{", "{{").replace("}", "}}"))


def _problems(of: Kind, field: Field, code: str, today: date) -> Iterator[Problem]:
    """The problem that the example of a code gives, under the settings of this question."""
    choices = [choice.id for choice in field.choices]
    for example in of.examples:
        if example.code == code:
            settings: Mapping[str, Any] = {**example.settings, **_constant(field)}
            parsed = of.parse(example.raw, settings, choices=choices, today=today)
            yield from (found for found in (*parsed.problems, *parsed.advice) if found.code == code)


def _constant(field: Field) -> dict[str, Any]:
    """The settings that do not depend on another answer."""
    limits = ("not_after", "not_before")
    return {
        name: held
        for name, held in field.settings.items()
        if name not in limits or held == "today" or str(held)[:1].isdigit()
    }
