"""From check answers to the last act: declarations, "my file is ready" or "send", and what follows."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, request

from app.pages import views
from app.pages.texts import TextRenderer
from app.store.drafts import DraftRecord
from app.web import frozen
from app.web.aside import erase_aside
from app.web.check_view import check_view, unreadable
from app.web.documents_view import document_rows
from app.web.filing import FILING, filing_form, receive_filing, retyped_filing
from app.web.guards import form_is_ours, own_form, with_draft
from app.web.onward import come_back
from app.web.opendraft import Data, OpenDraft
from app.web.pending import drop_pending, put_pending
from app.web.receipt_view import receipt_view
from app.web.respond import go, show
from app.web.site import site

pages = Blueprint("finish", __name__)

TICKED = "_declaration"
"""Where the ticks of a declaration that is not made yet are kept among what was typed."""


def _not_yet(opened: OpenDraft) -> str | None:
    """Where to go instead of the end of the path when something is unanswered or an outcome stops it."""
    if opened.record.frozen:
        return opened.url("finish.receipt")
    return None if opened.journey.complete else opened.next_url()


@pages.get("/<locale>/<slug>/<draft>/check", endpoint="check")
@with_draft
def check(opened: OpenDraft) -> Response:
    """Check answers: readable at any moment, complete or not."""
    if opened.record.frozen:
        return go(opened.url("finish.receipt"))
    return show(check_view(opened), opened=opened)


@pages.post("/<locale>/<slug>/<draft>/check", endpoint="checked")
@with_draft
def checked(opened: OpenDraft) -> Response:
    if not form_is_ours(opened.token):
        return show(check_view(opened), status=403, opened=opened)
    if request.form.get("action") == "save":
        return go(opened.url("phones.saved"))
    elsewhere = _not_yet(opened)
    if elsewhere:
        return go(elsewhere)
    errors = unreadable(opened)
    if errors:
        return show(check_view(opened, errors), status=422, opened=opened)
    if opened.journey.declarations:
        return go(opened.url("finish.declaration"))
    return _finish(opened, set())


@pages.post("/<locale>/<slug>/<draft>/erase-answer", endpoint="erase_answer")
@with_draft
@own_form
def erase_answer(opened: OpenDraft) -> Response:
    """Erase, for good, something that is kept though it is no longer asked."""
    if opened.editable:
        erase_aside(opened, request.form.get("field", ""))
    return go(opened.url("finish.check"))


@pages.get("/<locale>/<slug>/<draft>/declaration", endpoint="declaration")
@with_draft
def declaration(opened: OpenDraft) -> Response:
    elsewhere = _not_yet(opened)
    if elsewhere:
        return go(elsewhere)
    if not opened.journey.declarations:
        return go(opened.url("finish.check"))
    return show(_declaration_view(opened, set((opened.pending(TICKED) or {}).get("declared", ()))), opened=opened)


def _declaration_view(opened: OpenDraft, ticked: set[str], *, unticked: bool = False) -> views.DeclarationView:
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    sends = site().settings.mode == "authority"
    return views.DeclarationView(
        declarations=tuple(
            views.DeclarationItem(
                id=declared.id,
                text=texts.block(declared.text),
                checked=declared.id in ticked,
                error=unticked and declared.id not in ticked,
            )
            for declared in opened.journey.declarations
        ),
        action=opened.url("finish.declaration"),
        back_url=opened.url("finish.check"),
        sends=sends,
        missing=tuple(row.label for row in document_rows(opened) if row.missing) if sends else (),
        documents_url=opened.url("documents.documents"),
    )


@pages.post("/<locale>/<slug>/<draft>/declaration", endpoint="declared")
@with_draft
def declared(opened: OpenDraft) -> Response:
    ticked = set(request.form.getlist("declared"))
    if not form_is_ours(opened.token):
        return show(_declaration_view(opened, ticked), status=403, opened=opened)
    elsewhere = _not_yet(opened)
    if elsewhere:
        return go(elsewhere)
    stopping = request.form.get("action") == "save"
    if stopping or _unticked(opened, ticked):
        opened.change(lambda data: put_pending(data, TICKED, {"declared": sorted(ticked)}))
        if stopping:
            return go(opened.url("phones.saved"))
        return show(_declaration_view(opened, ticked, unticked=True), status=422, opened=opened)
    errors = unreadable(opened)
    if errors:
        opened.change(lambda data: put_pending(data, TICKED, {"declared": sorted(ticked)}))
        return show(check_view(opened, errors), status=422, opened=opened)
    return _finish(opened, ticked)


def _unticked(opened: OpenDraft, ticked: set[str]) -> bool:
    return not {item.id for item in opened.journey.declarations} <= ticked


class _NotYet(Exception):
    """The draft, as it is under the lock, cannot be sent: another tab changed it a moment ago."""


def _finish(opened: OpenDraft, ticked: set[str]) -> Response:
    """The last act. Doing it twice (a double click, a retry after a lost reply, a restart) gives the same file and
    reference.
    """

    def build(record: DraftRecord) -> dict[str, Any]:
        now = opened.at(record)
        if not now.journey.complete or _unticked(now, ticked):
            raise _NotYet
        return frozen.content(now, g.locale)

    authority = site().settings.mode == "authority"
    try:
        site().store.submissions.submit(opened.id, build, kind="sent" if authority else "ready")
    except _NotYet:
        return go(opened.url("steps.resume_here"))
    if opened.pending(TICKED) is not None:
        opened.change(lambda data: drop_pending(data, TICKED), late=True)
    return go(opened.url("finish.receipt"))


@pages.get("/<locale>/<slug>/<draft>/receipt", endpoint="receipt")
@with_draft
def receipt(opened: OpenDraft) -> Response:
    submission = site().store.submissions.of_draft(opened.id)
    elsewhere = frozen.elsewhere(opened, submission)
    if submission is None or elsewhere is not None:
        return go(elsewhere or opened.next_url())
    return show(receipt_view(opened, submission, filing_form(opened, g.locale)), opened=opened)


@pages.post("/<locale>/<slug>/<draft>/filed", endpoint="filed")
@with_draft
def filed(opened: OpenDraft) -> Response:
    """Record where, when and under which number the person filed: the dates that follow are counted from it."""
    submission = site().store.submissions.of_draft(opened.id)
    if submission is None or submission.kind != "ready":
        # What was sent here was filed by that, and nothing more can be said about it.
        return go(opened.next_url())
    if not form_is_ours(opened.token):
        return show(receipt_view(opened, submission, retyped_filing(opened, g.locale)), status=403, opened=opened)
    form, values = receive_filing(opened, g.locale)
    if values is None:
        opened.change(lambda data: put_pending(data, FILING, form.raw))
        return show(receipt_view(opened, submission, form), status=422, opened=opened)

    def change(data: Data) -> None:
        data["filed"] = values
        drop_pending(data, FILING)

    opened.change(change, event="filed")
    return go(opened.url("finish.receipt"))


@pages.get("/<locale>/<slug>/<draft>/outcome/<outcome_id>", endpoint="outcome")
@with_draft
def outcome(opened: OpenDraft, outcome_id: str) -> Response:
    found = next((o for o in opened.journey.outcomes if o.id == outcome_id), None)
    if found is None:
        return go(opened.next_url())
    from app.web.outcome_view import outcome_view

    return show(outcome_view(opened, found), opened=opened)


@pages.post("/<locale>/<slug>/<draft>/outcome/<outcome_id>", endpoint="outcome_read")
@with_draft
@own_form
def outcome_read(opened: OpenDraft, outcome_id: str) -> Response:
    """The button "Continue" of an outcome that informs: it is not shown again by itself."""

    def change(data: Data) -> None:
        data["seen"] = sorted({*data.get("seen", []), outcome_id})

    if request.form.get("action") == "save":
        return go(opened.url("phones.saved"))
    if opened.editable and any(known.id == outcome_id for known in opened.journey.outcomes):
        opened.change(change)
    seen: set[Any] = set(opened.data.get("seen", []))
    fresh = next((o for o in opened.journey.outcomes if o.id not in seen and o.effect != "stop"), None)
    if fresh is not None and opened.editable:
        return go(opened.url("finish.outcome", outcome_id=fresh.id, **come_back()))
    return go(opened.url("finish.check") if come_back() and opened.journey.complete else opened.next_url())


@pages.post("/<locale>/<slug>/<draft>/notice", endpoint="notice_read")
@with_draft
@own_form
def notice_read(opened: OpenDraft) -> Response:
    """The person has read what a new revision or a new day changed."""
    opened.change(lambda data: data.pop("notice", None), late=True)
    back = request.form.get("back", "")
    return go(back if _of_draft(opened, back) else opened.next_url())


def _of_draft(opened: OpenDraft, url: str) -> bool:
    """Whether `url` is a page of this draft: a form that says so leads nowhere else. Browsers drop tabs and line ends
    from an address, so that "/", a tab and "/evil.example" is another host.
    """
    return url.startswith(opened.url("steps.resume_here")) and url.isascii() and url.isprintable() and " " not in url
