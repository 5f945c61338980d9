"""The pages of questions: shown, received, kept, saved."""

from __future__ import annotations

from flask import Blueprint, Response, g, request

from app.journey.model import Stop
from app.locale import available, messages
from app.web import flow
from app.web.address import query
from app.web.guards import check_form, form_is_ours, posted_digest, typed_text, with_draft
from app.web.lists import receive_list, show_list
from app.web.onward import AS_TYPED, after, again_for_advice, as_typed, come_back, reachable
from app.web.opendraft import OpenDraft
from app.web.pending import keep_typed
from app.web.respond import go, leave_for, show
from app.web.said import with_word
from app.web.step_view import step_view

pages = Blueprint("steps", __name__)


def _(source: str) -> str:
    return source


ADVISED = _("Vos réponses sont enregistrées. Lisez le conseil. Si tout est juste, continuez.")


@pages.get("/<locale>/<slug>/<draft>/", endpoint="resume_here")
@with_draft
def next_page(opened: OpenDraft) -> Response:
    """The draft's own address: wherever the person was."""
    return go(opened.url("finish.receipt") if opened.record.state == "ready" else opened.next_url())


@pages.get("/<locale>/<slug>/<draft>/<path:key>", endpoint="step")
@with_draft
def show_step(opened: OpenDraft, key: str) -> Response:
    stop = opened.stop(key)
    if stop is None or not reachable(opened, stop) or opened.record.frozen:
        return go(opened.next_url())
    if stop.is_list:
        return show_list(opened, stop)
    form = flow.show_form(opened, stop, g.locale)
    if not as_typed():
        flow.look_again(opened, stop, form, g.locale)
    said = messages(g.locale).typeset(ADVISED) if query("advice") else None
    view = step_view(opened, stop, form, conflict=flow.waiting_conflict(opened, stop, form))
    return show(view, opened=opened, said=said)


@pages.post("/<locale>/<slug>/<draft>/<path:key>", endpoint="send_step")
@with_draft
def send_step(opened: OpenDraft, key: str) -> Response:
    stop = opened.stop(key)
    if stop is None:
        return keep_strayed(opened, key)
    if stop.is_list:
        return receive_list(opened, stop)
    if not form_is_ours(opened.token):
        return show_again(opened, stop)
    if not opened.editable:
        return go(with_word(opened.next_url(), "late"))
    action = request.form.get("action")
    if action == "keep_saved":
        flow.drop_typed(opened, stop)
        return go(after(opened, stop))
    language = _other_language(action)
    stopping = action == "save" or language is not None
    # A change of language is no try to go on: nothing is called wrong. What the page had called wrong before is told
    # in the new language, which may be why it was asked for.
    told = opened.pending(stop.key) is not None and not as_typed()
    sent = flow.receive(opened, stop, typed_text(), shown=posted_digest(), locale=g.locale, stopping=stopping)
    if action == "save":
        return go(opened.url("phones.saved"))
    if language is not None:
        g.locale = language
        quiet = {} if told else {AS_TYPED: "1"}
        return leave_for(opened.stop_url(stop, **quiet, **come_back()) if opened.stop(stop.key) else opened.next_url())
    return received(opened, sent)


def _other_language(action: str | None) -> str | None:
    """The language that the person asks for, by a button that sends the page as it is: nothing typed is lost."""
    wanted = (action or "").partition("language-")[2]
    return wanted if wanted in {language.code for language in available()} else None


def received(opened: OpenDraft, sent: flow.Sent) -> Response:
    """Where a page that was sent leads: onward, or to itself with what is wrong or what another tab did."""
    stop = sent.stop
    if sent.verdict == "gone":
        return go(with_word(opened.next_url(), "gone"))
    if sent.verdict == "saved":
        now = opened.stop(stop.key)
        if now is not None and flow.unread_advice(opened, now, g.locale):
            return go(again_for_advice(opened, now))
        return go(after(opened, stop))
    conflict = sent.verdict == "conflict"
    return show(step_view(opened, stop, sent.form, conflict=conflict), status=409 if conflict else 422, opened=opened)


def show_again(opened: OpenDraft, stop: Stop) -> Response:
    """The same page with what was typed, unsaved: the form was not ours, so it must be sent once more by the person."""
    form = flow.retyped(opened, stop, typed_text(), g.locale)
    view = step_view(opened, stop, form, reason="csrf", shown=posted_digest())
    return show(view, status=403, opened=opened)


def keep_strayed(opened: OpenDraft, key: str) -> Response:
    """A page that another tab made disappear: what was typed is kept as pending, and the person goes on."""
    check_form(opened.token)
    if not opened.editable:
        return go(with_word(opened.next_url(), "late"))
    kept = keep_typed(opened, key, typed_text(), posted_digest())
    if request.form.get("action") == "save":
        return go(opened.url("phones.saved"))
    return go(with_word(opened.next_url(), "gone") if kept else opened.next_url())
