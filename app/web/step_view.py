"""A page of questions as a view."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from flask import g, request

from app.fields import BoundForm, display
from app.fields.field import SPECIFY
from app.journey.model import Stop
from app.locale import messages
from app.pages import views
from app.pages.terms import terms_of, texts_of_questions
from app.pages.texts import TextRenderer
from app.spec.model import Field
from app.web import flow
from app.web.address import query
from app.web.items import item_label, item_place
from app.web.onward import AS_TYPED, as_typed, before, come_back
from app.web.opendraft import OpenDraft
from app.web.pictures import picture_of
from app.web.tabs import tab_title


def step_view(
    opened: OpenDraft,
    stop: Stop,
    form: BoundForm,
    *,
    conflict: bool = False,
    reason: str | None = None,
    shown: str | None = None,
) -> views.StepView:
    """The page of `stop` with `form`: empty, filled, in error, in conflict with another tab, or refused for its token
    (`reason`). `shown` is the digest of the answers that the person has seen, when it is not that of the page itself.
    """
    if conflict:
        # Both answers are on the page: what is sent from here is the person's choice.
        shown = flow.form_digest(opened, stop, both_shown=True)
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=stop.item)
    g.private = stop.step.private
    components = tuple(form.components())
    first = stop.page is stop.step.pages[0]
    heading = texts.inline(stop.step.title)
    return views.StepView(
        heading=heading,
        actions=step_actions(opened, stop, shown),
        components=components,
        errors=tuple(views.ErrorLink(error.message, f"#{error.control_id}") for error in form.errors),
        advice=_advice(opened, stop, form, texts),
        notes=tuple(texts.block(note.text) for note in stop.notes),
        picture=picture_of(stop, texts) if first else None,
        progress=progress(opened, stop),
        item=item_label(opened, stop, stop.item) if stop.item else None,
        place=item_place(opened, stop, stop.item) if stop.item else None,
        tab=tab_title(opened, stop.step.title, heading),
        back_url=back_url(opened, stop),
        conflict=_conflict(opened, stop, form) if conflict else (),
        reason=reason,
        terms=_terms(opened, stop, texts),
        required_note=len(components) > 1,
        # Last: by now `texts` has rendered every text of the page.
        common=not texts.varied,
    )


def _terms(opened: OpenDraft, stop: Stop, texts: TextRenderer) -> tuple[views.Term, ...]:
    """The words of the trade on a page: of all its questions, whether or not they are asked of this person."""
    first = (stop.step.title, *(note.text for note in stop.step.notes))
    # Not a list: they are looked at once for all requests.
    return terms_of(opened.procedure, stop.page.id, chain(first, texts_of_questions(stop.page.fields)), texts)


def step_actions(opened: OpenDraft, stop: Stop, shown: str | None = None) -> views.Actions:
    """The form around a page: where it is posted, and the signed digest of the answers it showed."""
    back = come_back()
    if request.method == "GET" and as_typed():
        back[AS_TYPED] = "1"
    digest = flow.form_digest(opened, stop) if shown is None else shown
    hidden = () if stop.is_list else (views.Hidden("digest", digest),)
    return views.Actions(url=opened.stop_url(stop, **back), hidden=hidden)


def progress(opened: OpenDraft, stop: Stop) -> str:
    """The step's place; a total only when no question left can change it (the journey is complete)."""
    say = messages(g.locale).gettext
    steps = opened.journey.steps
    place = steps[stop.step.id]
    if opened.journey.complete:
        return say("Étape {place} sur {total}").format(place=place, total=len(steps))
    return say("Étape {place}").format(place=place)


def back_url(opened: OpenDraft, stop: Stop) -> str:
    """The page before: check answers when one came from there, else the one before on the path, else the start page."""
    if query("return") == "check":
        return opened.url("finish.check")
    earlier = before(opened, stop)
    return opened.start_url() if earlier is None else opened.stop_url(earlier)


def _advice(opened: OpenDraft, stop: Stop, form: BoundForm, texts: TextRenderer) -> tuple[views.Notice, ...]:
    shown = [views.Notice("advice", flow.advised(a.check, texts)) for a in opened.journey.advice if a.key == stop.key]
    found = form.advice or (() if form.errors else flow.advice_on(opened, stop, g.locale))
    shown += [views.Notice("advice", words) for words in found]
    return tuple(shown)


def _conflict(opened: OpenDraft, stop: Stop, form: BoundForm) -> tuple[views.ConflictRow, ...]:
    """The questions of the page whose stored answer is not what was just typed."""
    stored = flow.page_answers(opened, stop)
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=stop.item)
    rows = []
    for question in stop.fields:
        saved, typed = (_lines(opened, question, held) for held in (stored, form.values))
        if saved != typed:
            rows.append(views.ConflictRow(texts.inline(question.label), saved, typed))
    return tuple(rows)


def _lines(opened: OpenDraft, question: Field, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The answer to a question in words, with its "which one?" text."""
    value, specified = answers.get(question.id), answers.get(f"{question.id}{SPECIFY}")
    lines = tuple(display(question, value, g.locale, opened.procedure)) if value is not None else ()
    return (*lines, str(specified)) if specified else lines
