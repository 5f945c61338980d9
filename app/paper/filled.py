"""Papers made of a person's answers: the filled form, and the sheet to copy into the office's own screens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from app.journey.model import Answers, Journey, NeededDocument
from app.paper.ages import age_lines
from app.paper.instead import in_words
from app.paper.model import Block, CheckItem, Checklist, Framed, Heading, Pair, Pairs, Paper, Paragraph, Signature
from app.paper.names import asked_there
from app.paper.prose import (
    Meta,
    authored,
    document_titles,
    help_blocks,
    not_the_state,
    pair,
    stops_with_fields,
)
from app.paper.wording import Wording
from app.spec.model import Channel, Field, Procedure, Screen


def _paper(
    kind: Any, title: str, proves: str, not_proves: str, blocks: list[Block], wording: Wording, meta: Meta
) -> Paper:
    return Paper(
        kind=kind,
        title=title,
        language=wording.language,
        direction=wording.direction,
        first_line_proves=proves,
        first_line_does_not_prove=" ".join(part for part in (not_proves, not_the_state(wording, meta)) if part),
        blocks=tuple(blocks),
        footer=f"{title} · {meta.reference}" if meta.reference else title,
        made_at=meta.at,
    )


def _steps(journey: Journey, wording: Wording) -> Iterator[Block]:
    """Every question asked with its answer, step by step, item by item."""
    step_shown, item_shown = "", None
    for stop, answers in stops_with_fields(journey):
        if stop.step.id != step_shown:
            step_shown, item_shown = stop.step.id, None
            yield Heading(wording.plain(stop.step.title))
        if stop.item is not None and stop.item != item_shown and stop.step.repeat is not None:
            item_shown = stop.item
            inside = {**answers, **stop.step.repeat.own(stop.item)}
            yield Heading(wording.plain(stop.step.repeat.item, inside) or stop.item, 2)
        yield Pairs(tuple(pair(wording, field, answers, answers) for field in stop.fields))


def _documents(
    journey: Journey,
    wording: Wording,
    names: Mapping[str, Sequence[str]],
    meta: Meta,
    channel: Channel | None = None,
) -> Iterator[Block]:
    documents = asked_there(journey, channel)
    if not documents:
        return
    g, titles = wording.gettext, document_titles(wording, journey)
    yield Heading(g("Documents"))
    rows = []
    for needed in documents:
        given = tuple(names.get(needed.key, ()))
        lines = (*(given or (_not_given(needed, wording, meta),)), *age_lines(needed, journey.today, wording))
        rows.append(Pair(titles[needed.key], lines, missing=not given and needed.key not in meta.instead))
    yield Pairs(tuple(rows))


def _not_given(needed: NeededDocument, wording: Wording, meta: Meta) -> str:
    g = wording.gettext
    if needed.key in meta.instead:
        return in_words(meta.instead[needed.key], g)
    if needed.satisfied:
        return g("Pas de fichier à donner : votre réponse suffit")
    if needed.due != "filing":
        return g("À apporter plus tard")
    return g("Pas encore donné") if needed.level == "required" else g("Pas donné (facultatif)")


def filled_form(
    procedure: Procedure,
    journey: Journey,
    wording: Wording,
    meta: Meta,
    names: Mapping[str, Sequence[str]] | None = None,
) -> Paper:
    """All questions asked of this person and their answers. `names`: files given, by document key."""
    g = wording.gettext
    blocks: list[Block] = [
        Paragraph(g("Imprimé le {moment}.").format(moment=wording.moment(meta.at)), small=True),
        *_steps(journey, wording),
        *_documents(journey, wording, names or {}, meta),
    ]
    blocks.extend(_declarations(journey, wording, meta))
    blocks.append(Signature(g("Date et signature :")))
    return _paper(
        "filled",
        g("Vos réponses : {title}").format(title=wording.plain(procedure.title)),
        g("Ce papier garde vos réponses."),
        g("Il ne prouve pas que votre demande est déposée. Il ne prouve pas que vous pouvez rester ou travailler."),
        blocks,
        wording,
        meta,
    )


def _declarations(journey: Journey, wording: Wording, meta: Meta) -> Iterator[Block]:
    """Those that were ticked, with the moment; those that are still to be ticked."""
    if not journey.declarations:
        return
    g = wording.gettext
    yield Heading(g("Ce que vous déclarez"))
    for ticked in (True, False):
        items = tuple(
            CheckItem(wording.plain(d.text)) for d in journey.declarations if (d.id in meta.declared) == ticked
        )
        if items and ticked:
            yield Paragraph(g("Vous avez coché ces phrases : {moment}.").format(moment=wording.moment(meta.at)))
        if items:
            yield Checklist(items, ticked)


def channel_to_copy(journey: Journey) -> Channel | None:
    """The way of filing whose screens the sheet follows: the first open one that describes them, else the first open
    one.
    """
    filing = [channel for channel in journey.channels if channel.files]
    return next((channel for channel in filing if channel.screens), filing[0] if filing else None)


def _places(journey: Journey) -> dict[str, list[tuple[Field, Answers]]]:
    """Where each question is asked, by field id: once, or once per item."""
    places: dict[str, list[tuple[Field, Answers]]] = {}
    for stop, answers in stops_with_fields(journey):
        for field in stop.fields:
            places.setdefault(field.id, []).append((field, answers))
    return places


def _derived_pair(name: str, journey: Journey, wording: Wording) -> Pair | None:
    """A computed value that a screen asks for: it has no label of its own, so the screen's note says what it is."""
    value, g = journey.derived.get(name), wording.gettext
    if value is None:
        return None
    if isinstance(value, Mapping):
        return Pair(g("Valeur trouvée"), _row(value))
    if isinstance(value, date):
        return Pair(g("Date calculée"), (wording.day(value),))
    return Pair(g("Valeur calculée"), (str(value),))


def _row(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(cell) for cell in row.values() if cell)


def _office(channel: Channel, journey: Journey) -> tuple[str, ...]:
    """Name and address of the office that a lookup found for this person; empty where there is none."""
    found = journey.derived.get(channel.office.name) if channel.office is not None else None
    return _row(found) if isinstance(found, Mapping) else ()


def _screen(
    screen: Screen,
    journey: Journey,
    wording: Wording,
    names: Mapping[str, Sequence[str]],
    places: Mapping[str, list[tuple[Field, Answers]]],
    meta: Meta,
) -> Iterator[Block]:
    g, titles = wording.gettext, document_titles(wording, journey)
    rows: list[Pair] = []
    for name in screen.items:
        for field, answers in places.get(name, ()):
            rows.append(pair(wording, field, answers, answers))
        for needed in journey.documents:
            if needed.document.id == name:
                given = tuple(g("Fichier : {name}").format(name=file) for file in names.get(needed.key, ()))
                lines = given or (_not_given(needed, wording, meta),)
                rows.append(Pair(titles[needed.key], lines, missing=not given and needed.key not in meta.instead))
        derived = _derived_pair(name, journey, wording) if name not in places else None
        if derived:
            rows.append(derived)
    if not rows and screen.note is None:
        return
    yield Heading(wording.plain(screen.title), 2)
    yield from authored(wording, screen.note)
    if rows:
        yield Pairs(tuple(rows))


def _unplaced(
    channel: Channel,
    journey: Journey,
    wording: Wording,
    names: Mapping[str, Sequence[str]],
    places: Mapping[str, Any],
    meta: Meta,
) -> Iterator[Block]:
    """What the person gave and no screen of the office asks: said, never dropped."""
    asked = {item for screen in channel.screens for item in screen.items}
    rows = [
        pair(wording, field, answers, answers)
        for name, found in places.items()
        if name not in asked
        for field, answers in found
        if answers.get(name) is not None
    ]
    titles = document_titles(wording, journey)
    rows.extend(
        Pair(titles[needed.key], tuple(names.get(needed.key, ())) or (_not_given(needed, wording, meta),))
        for needed in asked_there(journey, channel)
        if needed.document.id not in asked and (names.get(needed.key) or needed.key in meta.instead)
    )
    if rows:
        yield Heading(wording.gettext("Vos autres réponses, si le site les demande"), 2)
        yield Pairs(tuple(rows))


def sheet_to_copy(
    procedure: Procedure,
    journey: Journey,
    wording: Wording,
    meta: Meta,
    names: Mapping[str, Sequence[str]] | None = None,
    channel: Channel | None = None,
) -> Paper:
    """The values in the order of the office's own screens. `names`: files of the pack, by document key."""
    g, names = wording.gettext, names or {}
    channel = channel or channel_to_copy(journey)
    blocks: list[Block] = [
        Paragraph(
            g("Recopiez chaque ligne dans l'ordre. Tapez les numéros sans espace : ici, les espaces aident à lire.")
        ),
    ]
    if channel is not None:
        blocks.append(Heading(wording.plain(channel.title)))
        if channel.url:
            blocks.append(Paragraph(wording.apart(channel.url)))
        office = _office(channel, journey)
        if office:
            blocks.append(Framed("", office))
        blocks.extend(authored(wording, channel.how))
    if channel is not None and channel.screens:
        places = _places(journey)
        for screen in channel.screens:
            blocks.extend(_screen(screen, journey, wording, names, places, meta))
        blocks.extend(_unplaced(channel, journey, wording, names, places, meta))
    else:
        blocks.extend(_steps(journey, wording))
        blocks.extend(_documents(journey, wording, names, meta, channel))
    helping = help_blocks(wording, procedure)
    if helping:
        blocks.extend((Heading(g("Si le site ne marche pas")), *helping))
    return _paper(
        "sheet",
        g("À recopier : {title}").format(title=wording.plain(procedure.title)),
        g("Ce papier vous aide à remplir le site ou le formulaire de l'administration."),
        g("Il ne prouve pas que votre demande est déposée."),
        blocks,
        wording,
        meta,
    )
