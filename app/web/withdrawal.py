"""Taking back what was sent (mode `authority`): asked twice, done once, proven by the same receipt."""

from __future__ import annotations

from flask import Blueprint, Response, g

from app.pages import views
from app.web.guards import own_form, with_draft
from app.web.opendraft import OpenDraft
from app.web.receipt_view import authority_of, moment
from app.web.respond import go, show
from app.web.site import site
from app.web.ways_view import ways_of

pages = Blueprint("withdrawal", __name__)


@pages.get("/<locale>/<slug>/<draft>/withdraw", endpoint="withdraw")
@with_draft
def confirm(opened: OpenDraft) -> Response:
    """Is it really to be taken back? Says what that does, and whom to ask first."""
    submission = site().store.submissions.of_draft(opened.id)
    if submission is None or opened.record.state != "sent":
        return go(opened.next_url())
    view = views.WithdrawView(
        reference=submission.reference,
        sent_at=moment(opened, submission.sent_at),
        authority=authority_of(opened),
        action=opened.url("withdrawal.withdrawn"),
        back_url=opened.url("finish.receipt"),
        # Whom to ask, not where to file: this page is about something that was filed.
        ways=ways_of(opened.procedure, g.locale, journey=opened.journey, sent=True),
    )
    return show(view, opened=opened)


@pages.post("/<locale>/<slug>/<draft>/withdraw", endpoint="withdrawn")
@with_draft
@own_form
def withdraw(opened: OpenDraft) -> Response:
    """Doing it twice (a double click, a retry after a lost reply) gives the same moment."""
    if opened.record.frozen:
        site().store.drafts.withdraw(opened.id)
    return go(opened.next_url())
