"""A page of questions as a view."""

from __future__ import annotations

from flask import g

from app.fields import BoundForm, display
from app.journey.model import Stop
from app.locale import messages
from app.pages import views
from app.pages.texts import TextRenderer
from app.web import flow
from app.web.address import query
from app.web.items import item_label
from app.web.opendraft import OpenDraft
from app.web.pictures import picture_of


def step_view(
    opened: OpenDraft, stop: Stop, form: BoundForm, *, conflict: bool = False, reason: str | None = None
) -> views.StepView:
    """The page of `stop` with `form`: empty, filled, in error, in conflict with another tab, or refused for its token
    (`reason`).
    """
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=stop.item)
    g.private = stop.step.private
    components = tuple(form.components())
    first = stop.page is stop.step.pages[0]
    return views.StepView(
        heading=texts.inline(stop.step.title),
        actions=step_actions(opened, stop),
        components=components,
        errors=tuple(views.ErrorLink(error.message, f"#{error.control_id}") for error in form.errors),
        advice=_advice(opened, stop, form, texts),
        notes=tuple(texts.block(note.text) for note in stop.notes),
        picture=picture_of(stop, texts) if first else None,
        progress=progress(opened, stop),
        item=item_label(opened, stop, stop.item) if stop.item else None,
        back_url=back_url(opened, stop),
        conflict=_conflict(opened, stop, form) if conflict else (),
        reason=reason,
        required_note=len(components) > 1,
    )


def step_actions(opened: OpenDraft, stop: Stop) -> views.Actions:
    """The form around a page: where it is posted, and the signed digest of the answers it showed."""
    back = {"return": "check"} if query("return") == "check" else {}
    hidden = () if stop.is_list else (views.Hidden("digest", flow.page_digest(opened, stop)),)
    return views.Actions(url=opened.stop_url(stop, **back), hidden=hidden)


def progress(opened: OpenDraft, stop: Stop) -> str:
    """The step's place; a total only when no question left can change it (the journey is complete)."""
    say = messages(g.locale).gettext
    steps = list(dict.fromkeys(other.step.id for other in opened.journey.path))
    place = steps.index(stop.step.id) + 1
    if opened.journey.complete:
        return say("Étape {place} sur {total}").format(place=place, total=len(steps))
    return say("Étape {place}").format(place=place)


def back_url(opened: OpenDraft, stop: Stop) -> str:
    """The page before: check answers when one came from there, else the one before on the path, else the start page."""
    if query("return") == "check":
        return opened.url("finish.check")
    keys = [other.key for other in opened.journey.path]
    place = keys.index(stop.key) if stop.key in keys else 0
    if place == 0:
        return opened.start_url()
    return opened.stop_url(opened.journey.path[place - 1])


def _advice(opened: OpenDraft, stop: Stop, form: BoundForm, texts: TextRenderer) -> tuple[views.Notice, ...]:
    shown = [views.Notice("advice", texts.block(a.check.says)) for a in opened.journey.advice if a.key == stop.key]
    found = form.advice or (() if form.errors else flow.advice_on(opened, stop, g.locale))
    shown += [views.Notice("advice", words) for words in found]
    return tuple(shown)


def _conflict(opened: OpenDraft, stop: Stop, form: BoundForm) -> tuple[views.ConflictRow, ...]:
    """The questions of the page whose stored answer is not what was just typed."""
    stored = flow.page_answers(opened, stop)
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=stop.item)
    rows = []
    for question in stop.fields:
        held, typed = stored.get(question.id), form.values.get(question.id)
        if held == typed:
            continue
        rows.append(
            views.ConflictRow(
                texts.inline(question.label),
                tuple(display(question, held, g.locale, opened.procedure)) if held is not None else (),
                tuple(display(question, typed, g.locale, opened.procedure)) if typed is not None else (),
            )
        )
    return tuple(rows)
