"""The pages of questions: shown, received, kept, saved."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from app.journey.model import Stop
from app.locale import messages
from app.web import flow
from app.web.address import query
from app.web.guards import form_is_ours, typed_text, with_draft
from app.web.lists import receive_list, show_list
from app.web.onward import after, again_for_advice, reachable
from app.web.opendraft import OpenDraft
from app.web.respond import go, show
from app.web.step_view import step_view

pages = Blueprint("steps", __name__)


def _(source: str) -> str:
    return source


ADVISED = _("Vos réponses sont enregistrées. Lisez le conseil. Si tout est juste, continuez.")


@pages.get("/<locale>/<slug>/<draft>/", endpoint="resume_here")
@with_draft
def next_page(opened: OpenDraft) -> Response:
    """The draft's own address: wherever the person was."""
    return go(opened.next_url())


@pages.get("/<locale>/<slug>/<draft>/<path:key>", endpoint="step")
@with_draft
def show_step(opened: OpenDraft, key: str) -> Response:
    stop = opened.stop(key)
    if stop is None or not reachable(opened, stop):
        return go(opened.next_url())
    if stop.is_list:
        return show_list(opened, stop)
    form = flow.show_form(opened, stop, g.locale)
    said = messages(g.locale).typeset(ADVISED) if query("advice") else None
    return show(step_view(opened, stop, form), opened=opened, said=said)


@pages.post("/<locale>/<slug>/<draft>/<path:key>", endpoint="send_step")
@with_draft
def send_step(opened: OpenDraft, key: str) -> Response:
    stop = opened.stop(key)
    if stop is None:
        return keep_strayed(opened, key)
    if stop.is_list:
        return receive_list(opened, stop)
    stopping = request.form.get("action") == "save"
    if not form_is_ours(opened.token):
        return show_again(opened, stop, "csrf", 403)
    if not opened.editable:
        return go(opened.next_url())
    sent = flow.receive(
        opened, stop, typed_text(), shown=request.form.get("digest", ""), locale=g.locale, stopping=stopping
    )
    if stopping:
        return go(opened.url("phones.saved"))
    if sent.verdict == "saved":
        now = opened.stop(key)
        if now is not None and flow.unread_advice(opened, now, g.locale):
            return go(again_for_advice(opened, now))
        return go(after(opened, stop))
    view = step_view(opened, stop, sent.form, conflict=sent.verdict == "conflict")
    return show(view, status=409 if sent.verdict == "conflict" else 422, opened=opened)


def show_again(opened: OpenDraft, stop: Stop, reason: str, status: int) -> Response:
    """The same page with what was typed, unsaved: the form was not ours, so it must be sent once more by the person."""
    form = flow.retyped(opened, stop, typed_text(), g.locale)
    return show(step_view(opened, stop, form, reason=reason), status=status, opened=opened)


def keep_strayed(opened: OpenDraft, key: str) -> Response:
    """A page that another tab made disappear: what was typed is kept as pending, and the person goes on."""
    if form_is_ours(opened.token) and opened.editable:
        flow.keep_typed(opened, key, typed_text())
    return go(opened.next_url())
