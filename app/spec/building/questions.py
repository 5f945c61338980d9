"""Steps, their pages and their questions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.spec.building.texts import Plain, condition_of, notes_of, text, text_of
from app.spec.model import Check, Choice, Condition, Field, Page, Picture, Repeat, Step

Reads = Callable[[Condition], set[str]]
"""The questions that a condition reads."""

_OWN_KEYS = frozenset(
    {
        "id",
        "kind",
        "label",
        "hint",
        "help",
        "why",
        "example",
        "required",
        "unknown",
        "when",
        "choices",
        "subject",
        "autocomplete",
        "same_as",
        "errors",
        "masked",
    }
)


def build_step(plain: Plain, slug: str, reads: Reads) -> Step:
    context = f"{slug}/steps/{plain['id']}"
    fields = [_field(question, f"{context}/fields/{question['id']}") for question in plain.get("fields", ())]
    checks = [_check(check, f"{context}/checks/{number}") for number, check in enumerate(plain.get("checks", ()))]
    picture = plain.get("picture")
    return Step(
        id=plain["id"],
        title=text(plain["title"], f"{context}/title"),
        pages=_pages(plain["id"], fields, checks, reads),
        when=condition_of(plain),
        private=plain.get("private", False),
        notes=notes_of(plain.get("notes", ()), f"{context}/notes"),
        picture=None if picture is None else Picture(picture["file"], text(picture["alt"], f"{context}/picture/alt")),
        repeat=_repeat(plain.get("repeat"), context),
    )


def _repeat(plain: Mapping[str, Any] | None, context: str) -> Repeat | None:
    if plain is None:
        return None
    each = plain.get("for_each")
    if isinstance(each, str):
        each = {"of": each}
    # The choice that was ticked is what an item is called where the author says nothing else.
    written = plain["item"] if "item" in plain else f"{{answer.{each['of']}}}" if each else ""
    return Repeat(
        text(written, f"{context}/repeat/item"),
        plain.get("min", 0),
        plain.get("max", 10),
        each["of"] if each else None,
        tuple(each.get("choices", ())) if each else (),
    )


def _field(plain: Plain, context: str) -> Field:
    return Field(
        id=plain["id"],
        kind=plain["kind"],
        label=text(plain["label"], f"{context}/label"),
        hint=text_of(plain, "hint", context),
        help=text_of(plain, "help", context),
        why=text_of(plain, "why", context),
        example=plain.get("example"),
        required=plain.get("required", True),
        unknown=text_of(plain["unknown"], "label", f"{context}/unknown") if "unknown" in plain else None,
        when=condition_of(plain),
        choices=tuple(_choice(choice, f"{context}/choices/{choice['id']}") for choice in plain.get("choices", ())),
        settings=_settings(plain),
        subject=plain.get("subject", "self"),
        autocomplete=plain.get("autocomplete"),
        same_as=plain.get("same_as"),
        errors={code: text(message, f"{context}/errors/{code}") for code, message in plain.get("errors", {}).items()},
        masked=plain.get("masked", False),
    )


def _settings(plain: Plain) -> dict[str, Any]:
    """What only the kind of a question knows. Nobody is born after today."""
    found = {key: value for key, value in plain.items() if key not in _OWN_KEYS}
    return {"not_after": "today", **found} if found.get("birth") else found


def _choice(plain: Plain, context: str) -> Choice:
    specify = plain.get("specify")
    return Choice(
        id=plain["id"],
        label=text(plain["label"], f"{context}/label"),
        hint=text_of(plain, "hint", context),
        exclusive=plain.get("exclusive", False),
        specify=None if specify is None else text_of(specify, "label", f"{context}/specify"),
    )


def _check(plain: Plain, context: str) -> Check:
    when = condition_of(plain)
    assert when is not None  # the schema requires it
    return Check(
        when,
        text(plain["says"], f"{context}/says"),
        plain.get("level", "error"),
        plain.get("at"),
        plain.get("needs_review", False),
    )


def _pages(step: str, fields: list[Field], checks: list[Check], reads: Reads) -> tuple[Page, ...]:
    """Cut the step where a question reads one of its own page; put each check on the page of the last question it
    reads.
    """
    groups: list[list[Field]] = [[]]
    for question in fields:
        own = {other.id for other in groups[-1]}
        if question.when is not None and own & reads(question.when):
            groups.append([])
        groups[-1].append(question)
    page_of = {question.id: number for number, group in enumerate(groups) for question in group}
    rank = {question.id: number for number, question in enumerate(fields)}
    placed: list[list[Check]] = [[] for _ in groups]
    for check in checks:
        read = sorted((name for name in reads(check.when) if name in rank), key=lambda name: rank[name])
        last = max((page_of[name] for name in read), default=0)
        at = check.at or (read[-1] if read else None)
        placed[max(last, page_of.get(at or "", 0))].append(replace(check, at=at))
    return tuple(
        Page(step if number == 0 else f"{step}/{group[0].id}", tuple(group), tuple(placed[number]))
        for number, group in enumerate(groups)
    )
