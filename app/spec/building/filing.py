"""Documents, ways of filing, outcomes, papers and time limits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from app.spec.building.texts import Plain, condition_of, notes_of, text, text_of
from app.spec.canonical import parse_duration
from app.spec.model import (
    AfterSending,
    Channel,
    Contact,
    Declaration,
    Document,
    Fee,
    GoTo,
    Letter,
    Need,
    Outcome,
    Part,
    Ref,
    Remedy,
    Screen,
    Silence,
    Stage,
    Window,
)

_UNITS = {"KB": 1_000, "MB": 1_000_000}


def build_size(written: str | None) -> int | None:
    """`"10 MB"` in bytes, decimal units as file managers and office sites count them."""
    if written is None:
        return None
    number, unit = written.split(" ")
    return int(Decimal(number) * _UNITS[unit])


def build_document(plain: Plain, slug: str) -> Document:
    context = f"{slug}/documents/{plain['id']}"
    files = plain.get("files", {})
    within = plain.get("issued_within")
    return Document(
        id=plain["id"],
        title=text(plain["title"], f"{context}/title"),
        need=_needs(plain),
        why=text_of(plain, "why", context),
        hint=text_of(plain, "hint", context),
        help=text_of(plain, "help", context),
        source=plain.get("source"),
        one_of=tuple(tuple(way) for way in plain.get("one_of", ())),
        issued_within=within["fact"] if isinstance(within, dict) else within,
        files_min=files.get("min", 1),
        files_max=files.get("max", max(10, files.get("min", 1))),
        formats=tuple(plain.get("formats", ("pdf", "jpeg", "png"))),
        max_size=build_size(plain.get("max_size")) or 10_000_000,
        for_each=plain.get("for_each"),
        due=plain.get("due", "filing"),
        channels=tuple(plain.get("channels", ())),
        satisfied_by=plain.get("satisfied_by"),
        template=plain.get("template"),
        needs_review=plain.get("needs_review", False),
        may_say=tuple(plain.get("may_say", ())),
    )


def _needs(plain: Plain) -> tuple[Need, ...]:
    """Rows of `need`, with the document's own `when` put before each as the resolver wrote it."""
    return tuple(Need(row["level"], condition_of(row)) for row in plain["need"])


def build_part(name: str, plain: Plain, slug: str) -> Part:
    context = f"{slug}/parts/{name}"
    return Part(name, text(plain["title"], f"{context}/title"), text_of(plain, "hint", context))


def build_channel(name: str, plain: Plain, slug: str) -> Channel:
    context = f"{slug}/channels/{name}"
    office = plain.get("office")
    return Channel(
        id=name,
        kind=plain["kind"],
        title=text(plain["title"], f"{context}/title"),
        when=condition_of(plain),
        url=plain.get("url"),
        how=text_of(plain, "how", context),
        office=None if office is None else Ref(office.removeprefix("derived."), "derived"),
        files=plain.get("files", True),
        helps=plain.get("helps", False),
        source=plain.get("source"),
        needs_review=plain.get("needs_review", False),
        screens=tuple(_screen(screen, f"{context}/screens/{n}") for n, screen in enumerate(plain.get("screens", ()))),
        formats=tuple(plain.get("formats", ())),
        max_size=build_size(plain.get("max_size")),
    )


def _screen(plain: Plain, context: str) -> Screen:
    return Screen(text(plain["title"], f"{context}/title"), tuple(plain["items"]), text_of(plain, "note", context))


def build_contact(plain: Plain, context: str) -> Contact:
    return Contact(
        title=text(plain["title"], f"{context}/title"),
        phone=plain.get("phone"),
        hours=text_of(plain, "hours", context),
        url=plain.get("url"),
        email=plain.get("email"),
        how=text_of(plain, "how", context),
        free=plain.get("free", False),
        source=plain.get("source"),
        needs_review=plain.get("needs_review", False),
    )


def build_ways(plain: Plain, context: str) -> tuple[GoTo, ...]:
    """The `go_to` list of an outcome or of a suspension."""
    return tuple(_go_to(row, f"{context}/go_to/{number}") for number, row in enumerate(plain.get("go_to", ())))


def _go_to(plain: Plain, context: str) -> GoTo:
    return GoTo(
        title=text(plain["title"], f"{context}/title"),
        procedure=plain.get("procedure"),
        url=plain.get("url"),
        phone=plain.get("phone"),
        office=text_of(plain, "office", context),
        carry=tuple(plain.get("carry", ())),
        given=dict(plain.get("with", {})),
    )


def build_outcome(plain: Plain, slug: str) -> Outcome:
    context = f"{slug}/outcomes/{plain['id']}"
    when = condition_of(plain)
    assert when is not None  # the schema requires it
    return Outcome(
        id=plain["id"],
        effect=plain.get("effect", "advise"),
        when=when,
        title=text(plain["title"], f"{context}/title"),
        body=text(plain["body"], f"{context}/body"),
        source=plain.get("source"),
        needs_review=plain.get("needs_review", False),
        go_to=build_ways(plain, context),
    )


def build_window(plain: Any, slug: str) -> Window | None:
    if plain is None:
        return None
    late = plain.get("late", {})
    says = text_of(late, "says", f"{slug}/file_between/late")
    fee = Fee(late["fee"], late.get("due", "hand_over"), None, says) if "fee" in late else None
    return Window(plain.get("opens"), plain.get("closes"), fee, says, condition_of(plain))


def build_fee(plain: Plain, context: str) -> Fee:
    return Fee(
        plain["fact"],
        plain.get("due", "hand_over"),
        condition_of(plain),
        text_of(plain, "says", context),
        plain.get("needs_review", False),
    )


def build_declaration(plain: Plain, slug: str) -> Declaration:
    context = f"{slug}/declarations/{plain['id']}/text"
    value = plain["text"]
    if isinstance(value, str) and plain.get("verbatim"):
        value = {"text": value, "verbatim": True}
    return Declaration(plain["id"], text(value, context), condition_of(plain))


def build_letter(plain: Plain, slug: str) -> Letter:
    context = f"{slug}/letters/{plain['id']}"
    body = [plain["body"]] if "body" in plain else []
    return Letter(
        id=plain["id"],
        title=text(plain["title"], f"{context}/title"),
        to=text(plain["to"], f"{context}/to"),
        subject=text(plain["subject"], f"{context}/subject"),
        paragraphs=notes_of([*body, *plain.get("paragraphs", ())], f"{context}/paragraphs"),
        when=condition_of(plain),
        source=plain.get("source"),
        needs_review=plain.get("needs_review", False),
        message=plain.get("kind") == "message",
    )


def build_after_sending(plain: Plain, slug: str) -> AfterSending:
    context = f"{slug}/after_sending"
    return AfterSending(
        stages=tuple(_stage(row, f"{context}/stages/{n}") for n, row in enumerate(plain.get("stages", ()))),
        silence=tuple(_silence(row, f"{context}/silence/{n}") for n, row in enumerate(plain.get("silence", ()))),
        remedies=tuple(_remedy(row, f"{context}/remedies/{n}") for n, row in enumerate(plain.get("remedies", ()))),
    )


def _stage(plain: Plain, context: str) -> Stage:
    return Stage(
        paper=text(plain["paper"], f"{context}/paper"),
        proves=text(plain["proves"], f"{context}/proves"),
        does_not_prove=text(plain["does_not_prove"], f"{context}/does_not_prove"),
        next=text_of(plain, "next", context),
        deadline=text_of(plain, "deadline", context),
        source=plain.get("source"),
        needs_review=plain.get("needs_review", False),
    )


def _silence(plain: Plain, context: str) -> Silence:
    return Silence(
        after=parse_duration(plain["after"]),
        means=text(plain["means"], f"{context}/means"),
        counted_from=plain["from"],
        when=condition_of(plain),
        source=plain.get("source"),
        needs_review=plain.get("needs_review", False),
    )


def _remedy(plain: Plain, context: str) -> Remedy:
    within = plain.get("within")
    return Remedy(
        title=text(plain["title"], f"{context}/title"),
        to=text(plain["to"], f"{context}/to"),
        how=text(plain["how"], f"{context}/how"),
        within=None if within is None else parse_duration(within),
        counted_from=text_of(plain, "from", context),
        source=plain.get("source"),
        needs_review=plain.get("needs_review", False),
    )
