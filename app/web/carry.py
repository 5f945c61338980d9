"""From one procedure to another: the answers that could go along are shown, and go only if the person says so."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, g, url_for

from app.fields import display
from app.journey.carry import carried
from app.pages import views
from app.pages.texts import TextRenderer
from app.spec.model import GoTo, Outcome, Procedure
from app.web.beginning import begin_draft
from app.web.guards import own_form, with_draft
from app.web.opendraft import OpenDraft
from app.web.opening import may_begin
from app.web.respond import go, show
from app.web.site import site

pages = Blueprint("carry", __name__)


def _target(opened: OpenDraft, outcome_id: str, place: int) -> tuple[Outcome, GoTo, Procedure]:
    """The outcome, where it leads and that procedure; 404 when this person has no such outcome, or nothing is there."""
    outcome = next((one for one in opened.journey.outcomes if one.id == outcome_id), None)
    if outcome is None or place >= len(outcome.go_to):
        abort(404)
    target = outcome.go_to[place]
    procedure = site().published.current.get(target.procedure or "")
    if procedure is None:
        abort(404)
    return outcome, target, procedure


def _answers(opened: OpenDraft, target: GoTo, procedure: Procedure) -> dict[str, Any]:
    return carried(opened.journey.answers, procedure, target.carry, target.given)


def link_to(opened: OpenDraft, outcome: Outcome, place: int) -> str | None:
    """Where a link to another procedure leads: the question whether to copy, when there is something to copy."""
    target = outcome.go_to[place]
    procedure = site().published.current.get(target.procedure or "")
    if procedure is None or not may_begin(procedure) or not _answers(opened, target, procedure):
        return None
    return opened.url("carry.ask", outcome_id=outcome.id, place=place)


@pages.get("/<locale>/<slug>/<draft>/carry/<outcome_id>/<int:place>", endpoint="ask")
@with_draft
def ask(opened: OpenDraft, outcome_id: str, place: int) -> Response:
    outcome, target, procedure = _target(opened, outcome_id, place)
    start = url_for("public.start", locale=g.locale, slug=procedure.slug)
    answers = _answers(opened, target, procedure)
    if not answers or not may_begin(procedure):
        return go(start)
    questions = {question.id: question for step in procedure.steps for question in step.fields}
    texts = TextRenderer(procedure, g.locale)
    view = views.CarryView(
        procedure=texts.inline(procedure.title),
        rows=tuple(
            views.Row(texts.plain(questions[name].label), tuple(display(questions[name], value, g.locale, procedure)))
            for name, value in answers.items()
            if name in questions
        ),
        action=opened.url("carry.ask", outcome_id=outcome.id, place=place),
        without_url=start,
        back_url=opened.url("finish.outcome", outcome_id=outcome.id),
    )
    return show(view, opened=opened)


@pages.post("/<locale>/<slug>/<draft>/carry/<outcome_id>/<int:place>", endpoint="copy")
@with_draft
@own_form
def copy(opened: OpenDraft, outcome_id: str, place: int) -> Response:
    """Begin the other procedure with a copy of the answers. This draft stays as it is."""
    _outcome, target, procedure = _target(opened, outcome_id, place)
    if not may_begin(procedure):
        return go(url_for("public.start", locale=g.locale, slug=procedure.slug))
    return begin_draft(procedure, _answers(opened, target, procedure))
