"""What stands in the panel: the part that one looks at, this person's journey, the examples, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.journey.model import Stop
from app.locale import format_date
from app.preview.messages import messages_of
from app.preview.things import Line, Things
from app.preview.workshop import Report, Workshop
from app.spec.model import Field
from app.verify.chart import LEVELS, Box, unbroken
from app.web.opendraft import OpenDraft


@dataclass(frozen=True, slots=True)
class Shown:
    """One part of the file: what it is, for whom, its lines, and for a question its messages."""

    sort: str
    title: str
    place: str
    when: str
    about: str
    lines: tuple[Line, ...]
    messages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list. `url` is a page of the service, `on` the name under which the panel tells more."""

    text: str
    url: str = ""
    on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """The whole panel for one address. `journey` and `documents` are empty outside a draft."""

    slug: str
    at: str
    shown: Shown | None
    questions: tuple[Row, ...]
    journey: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    documents: tuple[Row, ...]
    in_draft: bool
    examples: tuple[str, ...]
    day: str
    """The day on which the service believes to be, in words; "" for today."""
    report: Report
    broken: bool
    csrf: str


@dataclass(frozen=True, slots=True)
class Look:
    """What one looks at: the page at address `at`, whose stop or outcome is `key`, of the draft `opened`; `on` are the
    names of what was clicked there. `day` is the day of an example, None for the present one.
    """

    at: str
    on: str
    key: str
    opened: OpenDraft | None
    day: date | None
    today: date
    csrf: str


def panel_of(workshop: Workshop, slug: str, look: Look) -> Panel:
    """The panel of one procedure for one look at it."""
    compiled, opened = workshop.good(slug), look.opened
    things = None if compiled is None else Things(compiled)
    stop = None if opened is None else opened.stop(look.key)
    asked = () if stop is None else stop.fields
    fields = _fields(workshop, slug)
    return Panel(
        slug=slug,
        at=look.at,
        shown=None if things is None else _shown(things, _looked_at(things, look, stop), fields, look.today),
        questions=tuple(Row(field.label.source, on=field.id) for field in asked),
        journey=() if opened is None else _journey(opened, look.key),
        outcomes=() if opened is None else tuple(Row(o.title.source, on=o.id) for o in opened.journey.outcomes),
        documents=() if opened is None else _documents(opened),
        in_draft=opened is not None,
        examples=tuple(str(case["person"]) for case in workshop.examples(slug)),
        day="" if look.day is None else format_date(look.day, "fr"),
        report=workshop.report(slug),
        broken=workshop.broken(slug),
        csrf=look.csrf,
    )


def _looked_at(things: Things, look: Look, stop: Stop | None) -> Box:
    """What was clicked; else the outcome or the step of the page, or the procedure itself."""
    found = things.find(look.on)
    if found is None and look.key.startswith("outcome/"):
        found = things.find(look.key.removeprefix("outcome/"))
    if found is None and stop is not None:
        found = things.steps.get(stop.step.id)
    return found or things.head


def _fields(workshop: Workshop, slug: str) -> Mapping[str, Field]:
    compiled = workshop.good(slug)
    if compiled is None or compiled.procedure is None:
        return {}
    return {field.id: field for step in compiled.procedure.steps for field in step.fields}


def _shown(things: Things, box: Box, fields: Mapping[str, Field], today: date) -> Shown:
    own = fields.get(box.id) if box.sort == "Question" else None
    return Shown(
        sort=box.sort,
        title=unbroken(box.title),
        place=box.line,
        when=unbroken(box.when),
        about=box.about,
        lines=things.excerpt(box.where),
        messages=() if own is None else tuple(messages_of(own, "fr", today)),
    )


def _journey(opened: OpenDraft, key: str) -> tuple[Row, ...]:
    return tuple(
        Row(
            stop.step.title.source,
            url=opened.stop_url(stop),
            note="vous êtes ici" if stop.key == key else "" if stop.answered else "sans réponse",
        )
        for stop in opened.journey.path
    )


def _documents(opened: OpenDraft) -> tuple[Row, ...]:
    """What this person is asked to give; nothing where the procedure ends for them."""
    if opened.journey.stopped_by is not None:
        return ()
    return tuple(
        Row(
            needed.document.title.source + (f" – {needed.item_label}" if needed.item_label else ""),
            on=needed.document.id,
            note=LEVELS[needed.level],
        )
        for needed in opened.journey.documents
    )
