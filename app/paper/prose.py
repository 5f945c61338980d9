"""Pieces that several papers share: an author's prose as blocks, who the person is, what the service says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from app.journey.instead import Instead
from app.journey.model import Answers, Journey, NeededDocument, Stop
from app.locale.sizes import format_size
from app.paper.model import Block, Bullets, FileRow, Pair, Pairs, Paragraph
from app.paper.wording import Wording
from app.spec.model import Channel, Contact, Field, Procedure, Text

_BULLET = re.compile(r"^\s*[-*•]\s+")

CODES = frozenset({"foreigner_number", "e_photo", "fiscal_stamp", "permit_number", "visa_number", "passport_number"})
"""Kinds whose value is typed sign by sign."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What the service knows of the act itself. `at` is an aware moment: when the file was received, or made ready.

    `site` is where the procedures are found on the web, with a slash at the end; empty where that is not known.
    """

    reference: str
    at: datetime
    mode: Literal["prepare", "authority"] = "prepare"
    service: str = "Guichet"
    site: str = ""
    withdrawn_at: datetime | None = None
    """When the person took back what they had sent."""
    instead: Mapping[str, Instead] = field(default_factory=dict)
    """What the person says in place of a document, by `NeededDocument.key`."""
    declared: frozenset[str] = frozenset()
    """Ids of the declarations that were ticked in the act of `at`."""
    read_on: date | None = None
    """The day on which the paper is made, from which days lie ahead or behind; None: the day of the journey."""


@dataclass(frozen=True, slots=True)
class FiledDocument:
    """A file of the person's: `key` as in `NeededDocument.key`, `name` as in the pack, `size` in bytes, `sha256` in
    hexadecimal.

    `originals`: names and digests of the files it was made from, where it is not one of them.
    """

    key: str
    name: str
    size: int
    sha256: str
    originals: tuple[tuple[str, str], ...] = ()


def prose(text: str) -> tuple[Block, ...]:
    """Plain text as paragraphs and bullets: an empty line parts paragraphs, a leading dash makes a bullet."""
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        bullets: list[str] = []
        for line in (line.strip() for line in part.splitlines() if line.strip()):
            if _BULLET.match(line):
                bullets.append(_BULLET.sub("", line))
                continue
            if bullets:
                blocks.append(Bullets(tuple(bullets)))
                bullets = []
            if blocks and isinstance(blocks[-1], Paragraph) and line[:1].islower():
                blocks[-1] = Paragraph(f"{blocks[-1].text} {line}")
            else:
                blocks.append(Paragraph(line))
        if bullets:
            blocks.append(Bullets(tuple(bullets)))
    return tuple(blocks)


def authored(wording: Wording, text: Text | None, item: Answers | None = None) -> tuple[Block, ...]:
    plain = wording.plain(text, item)
    return prose(plain) if plain else ()


def not_the_state(wording: Wording, meta: Meta) -> str:
    """The sentence that every paper of `prepare` carries; empty in `authority`."""
    if meta.mode == "authority":
        return ""
    return wording.gettext("Préparé avec {service}. {service} n'est pas un service de l'État.").format(
        service=meta.service
    )


def answers_at(journey: Journey, stop: Stop) -> Answers:
    """The answers that a stop shows: those of its item on a repeat."""
    if stop.item is None:
        return journey.answers
    items: Sequence[dict[str, Any]] = journey.answers.get(stop.step.id, ())
    found: Answers = next((item.get("answers", {}) for item in items if str(item.get("id")) == stop.item), {})
    return found


def stops_with_fields(journey: Journey) -> Iterator[tuple[Stop, Answers]]:
    for stop in journey.path:
        if not stop.is_list and stop.fields:
            yield stop, answers_at(journey, stop)


def grouped(line: str) -> str:
    """A long code in groups of four, read more easily; left alone when it has spaces already."""
    if len(line) < 8 or not line.isalnum() or not line.isascii():
        return line
    return "\u202f".join(line[start : start + 4] for start in range(0, len(line), 4))


def value_lines(wording: Wording, field: Field, answers: Answers) -> tuple[str, ...]:
    """Lines of an answer, with the text of « Lequel ? »; empty when there is none."""
    if answers.get(field.id) is None:
        return ()
    lines = [line for line in wording.value(field, answers[field.id]) if line]
    specified = answers.get(f"{field.id}__specify")
    if specified and not any(str(specified) in line for line in lines):
        lines.append(str(specified))
    return tuple(grouped(line) for line in lines) if field.kind in CODES else tuple(lines)


def pair(wording: Wording, field: Field, answers: Answers, item: Answers | None = None) -> Pair:
    """A question and its answer; a missing answer is said, as required or as left out."""
    label, lines = wording.plain(field.label, item), value_lines(wording, field, answers)
    if lines:
        return Pair(label, lines)
    g = wording.gettext
    return Pair(label, (g("Pas encore répondu") if field.required else g("Pas de réponse (facultatif)"),), missing=True)


def file_rows(wording: Wording, titles: dict[str, str], files: Sequence[FiledDocument]) -> tuple[FileRow, ...]:
    g = wording.gettext
    rows = []
    for filed in files:
        about = g("Fichier : {name}, {size}").format(name=filed.name, size=format_size(filed.size, wording.language))
        made_from = tuple((g("Fait avec {name}, SHA-256 :").format(name=name), sha) for name, sha in filed.originals)
        digests = ((g("SHA-256 :"), filed.sha256), *made_from)
        rows.append(FileRow(titles.get(filed.key, filed.name), (about,), digests))
    return tuple(rows)


def item_title(wording: Wording, journey: Journey, of: str, item: str) -> str:
    """What an item is called: the label of a repeat's item, or of a ticked choice. `of`: the repeat's step id or the
    field's id.
    """
    for stop in journey.path:
        if stop.step.id == of and stop.step.repeat is not None:
            inside: Answers = next(
                (one["answers"] for one in journey.answers.get(of, ()) if str(one["id"]) == item), {}
            )
            return wording.plain(stop.step.repeat.item, {**inside, **stop.step.repeat.own(item)}) or item
        for question in stop.fields:
            if question.id == of:
                return next((wording.plain(choice.label) for choice in question.choices if choice.id == item), item)
    return item


def document_titles(wording: Wording, journey: Journey) -> dict[str, str]:
    """Title by key of every document asked, with the item it is for."""
    titles = {}
    for needed in journey.documents:
        label = needed.item_label or ""
        if not label and needed.item is not None and needed.document.for_each is not None:
            label = item_title(wording, journey, needed.document.for_each, needed.item)
        title = wording.plain(needed.document.title)
        titles[needed.key] = f"{title} ({label})" if label else title
    return titles


def what_a_way_does(channel: Channel, gettext: Callable[[str], str]) -> str:
    """Whether somebody helps there, and whether anything is filed; empty for a plain way of filing."""
    if channel.files:
        return gettext("Une personne peut vous aider ici.") if channel.helps else ""
    return gettext("Ici, on vous aide. Rien n’est déposé.") if channel.helps else gettext("Ici, rien n’est déposé.")


def absent_documents(journey: Journey, given: Collection[str]) -> tuple[NeededDocument, ...]:
    """The documents without which nobody should file; `given`: by key, those that are here or answered for."""
    return tuple(
        needed
        for needed in journey.documents
        if needed.key not in given and not needed.satisfied and needed.level == "required" and needed.due == "filing"
    )


def unsure(wording: Wording, label: str, doubted: bool) -> str:
    """`label`, marked as to be checked where it is `doubted` and does not say so itself."""
    word = wording.gettext("à vérifier")
    return f"{label} ({word})" if doubted and word not in label.casefold() else label


def within_from(span: str, start: str) -> str:
    """`2 mois, à partir du refus`: authors write `start` as a phrase of its own, or leave it empty."""
    if not start:
        return span
    # An acronym keeps its capitals.
    return f"{span}, {start if start[1:2].isupper() else start[:1].lower() + start[1:]}"


def contact_pairs(wording: Wording, contacts: Sequence[Contact]) -> tuple[Pair, ...]:
    g = wording.gettext
    rows = []
    for contact in contacts:
        phone = g("Téléphone : {phone}").format(phone=contact.phone) if contact.phone else ""
        lines = [
            f"{phone} {g('(appel gratuit)')}" if phone and contact.free else phone,
            wording.plain(contact.hours),
            contact.email or "",
            contact.url or "",
            wording.plain(contact.how),
        ]
        title = unsure(wording, wording.plain(contact.title), contact.needs_review)
        rows.append(Pair(title, tuple(line for line in lines if line)))
    return tuple(rows)


def help_blocks(wording: Wording, procedure: Procedure) -> tuple[Block, ...]:
    """Who can help, with the words that open the list; nothing where the procedure names nobody."""
    rows = contact_pairs(wording, procedure.contacts)
    return (Pairs(rows, "things"),) if rows else ()
