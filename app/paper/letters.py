"""Letters, ready to print and sign: who writes, to whom, where and when, about what, numbered reasons, what is enclosed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.journey.model import Journey
from app.paper.model import Address, Block, Bullets, Heading, Numbered, Paper, Paragraph, Signature
from app.paper.prose import Meta, document_titles, not_the_state, prose, stops_with_fields, value_lines
from app.paper.wording import Wording
from app.spec.model import Condition, Field, Letter

Holds = Callable[[Condition], bool]
"""Whether a condition holds for this journey."""

_DOTS = "……………………………………………"


def _own_answers(journey: Journey, wording: Wording) -> list[tuple[Field, tuple[str, ...]]]:
    """What the person said of themselves, outside repeats, in the order asked."""
    found = []
    for stop, answers in stops_with_fields(journey):
        if stop.item is None:
            for field in stop.fields:
                lines = value_lines(wording, field, answers) if field.subject == "self" else ()
                if lines:
                    found.append((field, lines))
    return found


def _names(own: Sequence[tuple[Field, tuple[str, ...]]]) -> str:
    """Given names then family name, as a French letter is signed."""
    by_role = {
        field.autocomplete: lines[0] for field, lines in reversed(own) if field.kind == "name" and field.autocomplete
    }
    if "given-name" in by_role or "family-name" in by_role:
        return " ".join(by_role[role] for role in ("given-name", "family-name") if role in by_role)
    if "name" in by_role:
        return by_role["name"]
    return " ".join(lines[0] for field, lines in own if field.kind == "name")


def sender_lines(journey: Journey, wording: Wording) -> tuple[str, ...]:
    """Name, address, phone, e-mail and foreigner's number; dots to fill by hand where the name or address is not known."""
    g, own = wording.gettext, _own_answers(journey, wording)
    by_kind: dict[str, tuple[Field, tuple[str, ...]]] = {}
    for field, shown in own:
        by_kind.setdefault(field.kind, (field, shown))
    lines = [_names(own) or g("Nom et prénoms : {dots}").format(dots=_DOTS)]
    lines.extend(by_kind["address"][1] if "address" in by_kind else (g("Adresse : {dots}").format(dots=_DOTS),))
    lines.extend(line for kind in ("phone", "email") if kind in by_kind for line in by_kind[kind][1])
    if "foreigner_number" in by_kind:
        number = by_kind["foreigner_number"][1][0]
        lines.append(g("Numéro étranger : {number}").format(number=number))
    return tuple(lines)


def _city(journey: Journey) -> str:
    for stop, answers in stops_with_fields(journey):
        for field in stop.fields:
            value = answers.get(field.id)
            if field.kind == "address" and field.subject == "self" and stop.item is None and isinstance(value, dict):
                return str(value.get("city", ""))
    return ""


def _enclosures(journey: Journey, wording: Wording, given: Sequence[str]) -> list[Block]:
    titles = document_titles(wording, journey)
    items = tuple(titles[key] for key in titles if key in given)
    return [Heading(wording.gettext("Pièces jointes")), Bullets(items)] if items else []


def letter(
    written: Letter, journey: Journey, wording: Wording, meta: Meta, holds: Holds, given: Sequence[str] = ()
) -> Paper:
    """One letter. `given`: keys of the documents that go with it. A paragraph whose `when` does not hold is left out."""
    g = wording.gettext
    said = [p for p in written.paragraphs if p.when is None or holds(p.when)]
    texts = tuple(wording.plain(p.text) for p in said)
    city, day = _city(journey), wording.day(meta.at.date())
    blocks: list[Block] = [
        Address(sender_lines(journey, wording), "sender"),
        Address(tuple(line.strip() for line in wording.plain(written.to).splitlines() if line.strip()), "recipient"),
        Paragraph(g("À {city}, le {day}").format(city=city or "……………………", day=day)),
        Paragraph(g("Objet : {subject}").format(subject=wording.plain(written.subject)), strong=True),
    ]
    if any("\n" in text for text in texts) or len(texts) < 2:
        blocks.extend(block for text in texts for block in prose(text))
    else:
        blocks.append(Numbered(texts))
    blocks.append(Signature(g("Signature :")))
    blocks.extend(_enclosures(journey, wording, given))
    honest = not_the_state(wording, meta)
    if honest:
        blocks.append(Paragraph(honest, small=True))
    title = wording.plain(written.title)
    return Paper(
        "letter", title, wording.language, tuple(blocks), footer=title, direction=wording.direction, made_at=meta.at
    )


def letters(
    journey: Journey, wording: Wording, meta: Meta, holds: Holds, given: Sequence[str] = ()
) -> tuple[Paper, ...]:
    """Every letter open to this person, in the author's order."""
    return tuple(letter(written, journey, wording, meta, holds, given) for written in journey.letters)
