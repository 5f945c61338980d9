"""Letters, ready to print and sign: who writes, to whom, where and when, about what, the reasons, what is enclosed.
Messages, to read out or to copy: to whom, about what, the reasons, who asks and how to answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.journey.model import Journey
from app.kinds.base import UNKNOWN
from app.paper.model import Address, Block, Bullets, Heading, Pair, Paper, Paragraph, Signature
from app.paper.prose import Meta, document_titles, not_the_state, prose, stops_with_fields, value_lines
from app.paper.wording import Wording
from app.spec.model import Condition, Field, Letter

Holds = Callable[[Condition], bool]
"""Whether a condition holds for this journey."""

GIVEN_NAMES = frozenset({"first_name", "first_names", "given_name", "given_names"})
"""Last part of the ids that shared blocks give to first names, where the field has no `autocomplete`."""

_DOTS = "……………………………………………"


@dataclass(frozen=True, slots=True)
class _Own:
    """An answer about one person: whoever asks, or whom they ask for."""

    step: str
    field: Field
    lines: tuple[str, ...]

    @property
    def given(self) -> bool:
        return self.field.autocomplete == "given-name" or self.field.id.rpartition(".")[2] in GIVEN_NAMES


def _own_answers(journey: Journey, wording: Wording, subject: str = "self") -> list[_Own]:
    """What the person said of themselves (or of another, `other`), outside repeats, in the order asked; "I do not know"
    is left out.
    """
    found = []
    for stop, answers in stops_with_fields(journey):
        if stop.item is not None:
            continue
        for field in stop.fields:
            if field.subject == subject and answers.get(field.id) != UNKNOWN:
                lines = value_lines(wording, field, answers)
                if lines:
                    found.append(_Own(stop.step.id, field, lines))
    return found


def _name_lines(own: Sequence[_Own], wording: Wording) -> tuple[str, ...]:
    """First names then the first other name, as a French letter is signed; further names of that step on lines of their
    own.
    """
    names = [one for one in own if one.field.kind == "name"]
    names = [one for one in names if one.step == names[0].step]
    given = next((one for one in names if one.given), None)
    others = [one for one in names if one is not given]
    first = " ".join(one.lines[0] for one in (given, *others[:1]) if one is not None)
    rest = tuple(wording.told(wording.plain(one.field.label), one.lines[0]) for one in others[1:])
    return (first, *rest) if first else ()


def who(journey: Journey, wording: Wording) -> tuple[Pair, ...]:
    """For whom the file is, where that is another person, and who asks; nothing for a name that was not given."""
    g = wording.gettext
    rows = []
    for label, subject in ((g("Pour qui"), "other"), (g("Qui demande"), "self")):
        names = _name_lines(_own_answers(journey, wording, subject), wording)
        rows.extend([Pair(label, names[:1])] if names else [])
    return tuple(rows)


def sender_lines(journey: Journey, wording: Wording) -> tuple[str, ...]:
    """Name, address, phone, e-mail and foreigner's number; dots where the name or address is not known."""
    g, own = wording.gettext, _own_answers(journey, wording)
    names = _name_lines(own, wording) or (g("Nom et prénoms : {dots}").format(dots=_DOTS),)
    address = next((one.lines for one in own if one.field.kind == "address"), ())
    return (*names, *(address or (g("Adresse : {dots}").format(dots=_DOTS),)), *_reached(own, wording))


def _reachable(own: Sequence[_Own], wording: Wording) -> tuple[str, ...]:
    """Name, and where to answer a message."""
    return (*_name_lines(own, wording), *_reached(own, wording))


def _reached(own: Sequence[_Own], wording: Wording) -> tuple[str, ...]:
    """Phone, e-mail and foreigner's number, those that are known."""
    by_kind: dict[str, tuple[str, ...]] = {}
    for one in own:
        by_kind.setdefault(one.field.kind, one.lines)
    numbers = by_kind.get("foreigner_number", ())
    said = (wording.gettext("Numéro étranger : {number}").format(number=number) for number in numbers)
    return (*by_kind.get("phone", ()), *by_kind.get("email", ()), *said)


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


def recipient_lines(written: Letter, wording: Wording) -> tuple[str, ...]:
    """To whom, line by line."""
    return tuple(line.strip() for line in wording.plain(written.to).splitlines() if line.strip())


def _message(written: Letter, texts: Sequence[str], journey: Journey, wording: Wording) -> list[Block]:
    g = wording.gettext
    return [
        Paragraph(g("À : {to}").format(to=g(", ").join(recipient_lines(written, wording)))),
        Paragraph(g("Objet : {subject}").format(subject=wording.plain(written.subject)), strong=True),
        *(block for text in texts for block in prose(text)),
        Address(_reachable(_own_answers(journey, wording), wording), "sender"),
    ]


def _posted(
    written: Letter, texts: Sequence[str], journey: Journey, wording: Wording, meta: Meta, given: Sequence[str]
) -> list[Block]:
    g, city, day = wording.gettext, _city(journey), wording.day(meta.at.date())
    return [
        Address(sender_lines(journey, wording), "sender"),
        Address(recipient_lines(written, wording), "recipient"),
        Paragraph(g("À {city}, le {day}").format(city=city or "……………………", day=day)),
        Paragraph(g("Objet : {subject}").format(subject=wording.plain(written.subject)), strong=True),
        *(block for text in texts for block in prose(text)),
        Signature(g("Signature :")),
        *_enclosures(journey, wording, given),
    ]


def letter(
    written: Letter, journey: Journey, wording: Wording, meta: Meta, holds: Holds, given: Sequence[str] = ()
) -> Paper:
    """One letter or message. `given`: keys of the documents that go with a letter. Paragraphs that do not hold are left
    out.
    """
    said = [p for p in written.paragraphs if p.when is None or holds(p.when)]
    texts = tuple(wording.plain(p.text) for p in said)
    if written.message:
        blocks = _message(written, texts, journey, wording)
    else:
        blocks = _posted(written, texts, journey, wording, meta, given)
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
