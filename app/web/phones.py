"""Stopping, leaving a phone, coming back by code, erasing (design, decision 8)."""

from __future__ import annotations

import math
from urllib.parse import urljoin

from flask import Blueprint, Response, g, request, url_for

from app.locale import available, format_date
from app.pages import views
from app.pages.texts import TextRenderer
from app.store.codes import is_reference
from app.store.drafts import Throttled
from app.web import visitor
from app.web.address import query
from app.web.check_view import unfinished
from app.web.guards import form_is_ours, in_language, own_form, own_visit, typable, with_draft
from app.web.opendraft import OpenDraft
from app.web.public_view import drafts_here
from app.web.respond import go, leave_for, show
from app.web.site import site
from app.web.ways_view import ways_of

pages = Blueprint("phones", __name__)

PREVIEW_MINUTES = 30
"""How long the confirmation page of a code may stay open before the code must be typed again."""


@pages.get("/<locale>/<slug>/<draft>/saved", endpoint="saved")
@with_draft
def saved(opened: OpenDraft) -> Response:
    view = views.SavedView(
        code=opened.data["code"],
        expires=format_date(opened.last_day, g.locale),
        continue_url=opened.next_url(),
        leave_url=opened.url("phones.leave"),
        resume_url=urljoin(site().settings.address or request.host_url, url_for("phones.resume", locale=g.locale)),
        unfinished=unfinished(opened),
    )
    return show(view, opened=opened)


@pages.get("/<locale>/<slug>/<draft>/leave", endpoint="leave")
@with_draft
def confirm_leaving(opened: OpenDraft) -> Response:
    view = views.LeaveView(
        code=opened.data["code"],
        expires=format_date(opened.last_day, g.locale),
        others=tuple(link for link in drafts_here(g.locale) if link.url != opened.url("steps.resume_here")),
        action=opened.url("phones.leave"),
        back_url=opened.next_url(),
    )
    return show(view, opened=opened)


@pages.post("/<locale>/<slug>/<draft>/leave", endpoint="left_by_form")
@with_draft
@own_form
def leave(_opened: OpenDraft) -> Response:
    """Remove every trace from this phone: the cookies of all drafts, caches, and the access they gave.

    The visit ends too: going back to a confirmation, or sending it again, opens nothing.
    """
    drafts = site().store.drafts
    ids = visitor.drafts_here()
    for draft_id in ids:
        drafts.revoke_access(draft_id, visitor.draft_token(draft_id))
        site().walked.forget(draft_id)
    visitor.renew()
    response = go(url_for("phones.left", locale=g.locale))
    for draft_id in ids:
        visitor.forget(response, draft_id)
    # Clear-Site-Data (W3C): what a browser that knows it removes beyond our cookies. "cookies" would also remove those
    # that this reply sets.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@pages.get("/<locale>/left", endpoint="left", strict_slashes=False)
@in_language
def left() -> Response:
    return show(views.LeftView(resume_url=url_for("phones.resume", locale=g.locale)))


@pages.get("/<locale>/resume", endpoint="resume", strict_slashes=False)
@in_language
def resume() -> Response:
    return show(_resume_view())


def _resume_view(*, typed: str = "", error: str | None = None) -> views.ResumeView:
    return views.ResumeView(action=url_for("phones.resume", locale=g.locale), typed=typed, error=error)


@pages.post("/<locale>/resume", endpoint="resume_by_code")
@in_language
def find_by_code() -> Response:
    """Look a code up. A right one leads to a confirmation that names the procedure and the date, never straight into
    the draft.
    """
    typed = typable(request.form.get("code", ""))
    if not form_is_ours(visitor.visit_sent()):
        return show(_resume_view(typed=typed, error="refused" if visitor.visit_sent() else "cookies"), status=403)
    if not typed.strip():
        return show(_resume_view(error="missing"), status=422)
    if is_reference(typed):
        return show(_resume_view(typed=typed, error="reference"), status=422)
    found = site().store.drafts.find_by_code(typed)
    if isinstance(found, Throttled):
        response = show(_resume_view(typed=typed, error="throttled"), status=429)
        response.headers["Retry-After"] = str(max(1, math.ceil((found.until - site().clock()).total_seconds())))
        return response
    if found is None:
        return show(_resume_view(typed=typed, error="unknown"), status=422)
    until = str(int(site().clock().timestamp()) + PREVIEW_MINUTES * 60)
    proof = site().signer.sign("resume", found.draft_id, until, visitor.visit_sent())
    # An address of its own: a browser that goes back would else send the code again.
    return go(url_for("phones.confirm", locale=g.locale, draft=found.draft_id, until=until, proof=proof))


def _proven(draft_id: str, until: str, proof: str) -> bool:
    """Whether this browser has just found this draft by its code."""
    return (
        site().signer.matches(proof, "resume", draft_id, until, visitor.visit_sent())
        and until.isdecimal()
        and int(until) >= site().clock().timestamp()
    )


@pages.get("/<locale>/resume/open", endpoint="confirm", strict_slashes=False)
@in_language
def confirm() -> Response:
    """Is it the right one? Names the procedure and the days. Without a fresh proof, the code is asked again."""
    draft_id, until, proof = (query(name) for name in ("draft", "until", "proof"))
    record = site().store.drafts.load(draft_id) if _proven(draft_id, until, proof) else None
    if record is None:
        return go(url_for("phones.resume", locale=g.locale))
    procedure = site().published.revision(record.revision)
    started, changed = (moment.astimezone(site().settings.zone) for moment in (record.started_at, record.changed_at))
    view = views.ResumeConfirmView(
        procedure=TextRenderer(procedure, g.locale).inline(procedure.title) if procedure else record.procedure,
        started=format_date(started.date(), g.locale),
        changed=format_date(changed.date(), g.locale),
        action=url_for("phones.opened", locale=g.locale),
        draft=draft_id,
        until=until,
        proof=proof,
        back_url=url_for("phones.resume", locale=g.locale),
    )
    return show(view)


@pages.post("/<locale>/resume/open", endpoint="opened")
@in_language
@own_visit
def open_confirmed() -> Response:
    """Give this browser access to the draft it has just found by code."""
    draft_id, until, proof = (request.form.get(name, "") for name in ("draft", "until", "proof"))
    if not _proven(draft_id, until, proof):
        return show(_resume_view(error="again"), status=422)
    access = site().store.drafts.grant_access(draft_id)
    if access is None:
        return show(_resume_view(error="unknown"), status=422)
    record, token = access
    # On another phone, or somebody else's, the person finds the language they answered in.
    locale = record.locale if record.locale in {language.code for language in available()} else g.locale
    url = url_for("steps.resume_here", locale=locale, slug=record.procedure, draft=draft_id)
    response = leave_for(url)
    visitor.grant(response, draft_id, token)
    return response


@pages.get("/<locale>/<slug>/<draft>/erase", endpoint="erase")
@with_draft
def confirm_erasing(opened: OpenDraft) -> Response:
    sent = opened.record.frozen
    view = views.EraseView(
        action=None if sent else opened.url("phones.erase"),
        back_url=opened.next_url(),
        withdraw_url=opened.url("withdrawal.withdraw") if opened.record.state == "sent" else None,
        ways=ways_of(opened.procedure, g.locale, sent=opened.record.state == "sent") if sent else views.NO_WAYS,
    )
    return show(view, opened=opened)


@pages.post("/<locale>/<slug>/<draft>/erase", endpoint="erased_by_form")
@with_draft
@own_form
def erase(opened: OpenDraft) -> Response:
    """Erase a draft, or a file made ready. What was sent is the authority's."""
    if opened.record.frozen:
        return go(opened.url("phones.erase"))
    site().store.drafts.erase(opened.id)
    site().walked.forget(opened.id)
    g.pop("opened", None)
    response = go(url_for("phones.erased", locale=g.locale))
    visitor.forget(response, opened.id)
    return response


@pages.get("/<locale>/erased", endpoint="erased", strict_slashes=False)
@in_language
def erased() -> Response:
    return show(views.ErasedView(home_url=url_for("public.catalogue", locale=g.locale)))
