"""What happens to a page that a person sends: kept, saved, or shown again; and where they go next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from werkzeug.datastructures import MultiDict

from app.fields import BoundForm, build_form
from app.journey.answers import digest, set_page
from app.journey.model import Journey, Stop
from app.kinds.registry import KINDS
from app.pages.texts import TextRenderer
from app.web.opendraft import Data, OpenDraft

Verdict = Literal["saved", "kept", "conflict"]


@dataclass(frozen=True, slots=True)
class Sent:
    """The result of a POST of a page: `saved` as answers, `kept` as typed because something is wrong or missing, or a
    `conflict` with what another tab saved meanwhile. `form` shows the page again in the last two cases.
    """

    verdict: Verdict
    form: BoundForm
    stop: Stop


def retyped(opened: OpenDraft, stop: Stop, typed: MultiDict[str, str], locale: str) -> BoundForm:
    """The form with what was typed, neither checked nor kept."""
    return _bound(opened, stop, locale, typed)


def _bound(
    opened: OpenDraft, stop: Stop, locale: str, typed: MultiDict[str, str] | None, *, pending: bool = False
) -> BoundForm:
    """The form of a page: what was just typed, else (`pending`) what was kept as typed, else the stored answers."""
    texts = TextRenderer(opened.procedure, locale, journey=opened.journey, item=stop.item)
    form = build_form(stop, opened.procedure, locale, texts=texts)
    kept = opened.pending(stop.key) if pending else None
    return form.bind(typed, page_answers(opened, stop), kept, opened.today, around=opened.journey.answers)


def keep_typed(opened: OpenDraft, key: str, typed: MultiDict[str, str]) -> None:
    """Keep what was typed on a page that is no longer on the path: it is there again if the page comes back."""
    known = {question.id for step in opened.procedure.steps for question in step.fields}
    raw = {name: texts for name, texts in typed.lists() if re.split(r"__|-", name)[0] in known}

    def change(data: Data) -> None:
        data["pending"] = {**data.get("pending", {}), key: raw}

    if raw and key.split("/", maxsplit=1)[0] in {step.id for step in opened.procedure.steps}:
        opened.change(change)


def field_ids(stop: Stop) -> tuple[str, ...]:
    return tuple(field.id for field in stop.fields)


def page_answers(opened: OpenDraft, stop: Stop) -> Mapping[str, Any]:
    """The stored answers that a page shows: those of its item on a repeat, else the draft's own."""
    if stop.item is None:
        return opened.answers
    items = opened.answers.get(stop.step.id, [])
    found: Mapping[str, Any] = next((item["answers"] for item in items if item["id"] == stop.item), {})
    return found


def show_form(opened: OpenDraft, stop: Stop, locale: str) -> BoundForm:
    """The form of a page as the person left it: what they typed and could not save comes before the stored answers."""
    return _bound(opened, stop, locale, None, pending=True)


def page_digest(opened: OpenDraft, stop: Stop) -> str:
    """Signed fingerprint of the stored answers that a page shows; travels in the form to notice a second tab."""
    shown = digest(page_answers(opened, stop), field_ids(stop))
    return opened.site.signer.sign("page", opened.id, stop.key, shown)


def receive(
    opened: OpenDraft, stop: Stop, typed: MultiDict[str, str], *, shown: str, locale: str, stopping: bool
) -> Sent:
    """Take what was typed on a page. Whatever the verdict, it is on disk when this returns.

    `shown` is the digest the form carried; `stopping` means "Save and stop": a half-filled page is then kept without
    complaint.
    """
    form = _bound(opened, stop, locale, typed)
    valid = form.validate()
    if _in_conflict(opened, stop, form, shown):
        _keep(opened, stop, form)
        return Sent("conflict", form, stop)
    if valid and not stopping:
        valid = _cross_checked(opened, stop, form, locale)
    if not valid:
        _keep(opened, stop, form)
        return Sent("kept", form, stop)
    _save(opened, stop, form)
    return Sent("saved", form, stop)


def advice_on(opened: OpenDraft, stop: Stop, locale: str) -> tuple[str, ...]:
    """What may be a slip in the stored answers of a page, in words; nothing for a page that was never saved."""
    stored = page_answers(opened, stop)
    if not any(KINDS[question.kind].advice_codes and question.id in stored for question in stop.fields):
        return ()
    form = _bound(opened, stop, locale, None)
    form.validate()
    return tuple(form.advice)


def unread_advice(opened: OpenDraft, stop: Stop, locale: str) -> bool:
    """Whether a page that was just saved has advice that was not shown yet; from now on it counts as shown.

    Advice never keeps an answer from being saved: it is shown once, after saving, and again on check answers.
    """
    texts = [shown.check.says.source for shown in opened.journey.advice if shown.key == stop.key]
    words = "\n".join([*texts, *advice_on(opened, stop, locale)])
    shown = opened.data.get("advised", {})
    if shown.get(stop.key, "") == words:
        return False

    def change(data: Data) -> None:
        data["advised"] = {**data.get("advised", {}), stop.key: words}

    opened.change(change)
    return bool(words)


def _in_conflict(opened: OpenDraft, stop: Stop, form: BoundForm, shown: str) -> bool:
    """Another tab changed these answers since the page was shown, and to something else than what is now sent."""
    if shown == page_digest(opened, stop):
        return False
    stored = page_answers(opened, stop)
    names = field_ids(stop)
    return digest(stored, names) != digest({**stored, **form.values}, names) and any(name in stored for name in names)


def _cross_checked(opened: OpenDraft, stop: Stop, form: BoundForm, locale: str) -> bool:
    """Run the page's checks over the answers as they would be; each one that fires at level error is shown at its
    field.
    """
    after = opened.journey_with(set_page(opened.answers, stop, form.values))
    failed = [check for check in firing(after, stop) if check.level == "error"]
    texts = TextRenderer(opened.procedure, locale, journey=after, item=stop.item)
    for check in failed:
        form.add_error(check.at or stop.fields[-1].id, texts.plain(check.says))
    return not failed


def firing(journey: Journey, stop: Stop) -> list[Any]:
    """The checks of a page that hold in `journey`, errors and advice, in the author's order."""
    return [shown.check for shown in (*journey.errors, *journey.advice) if shown.key == stop.key]


def _keep(opened: OpenDraft, stop: Stop, form: BoundForm) -> None:
    def change(data: Data) -> None:
        data["pending"] = {**data.get("pending", {}), stop.key: form.raw}

    opened.change(change)


def _save(opened: OpenDraft, stop: Stop, form: BoundForm) -> None:
    def change(data: Data) -> None:
        data["answers"] = dict(set_page(data.get("answers", {}), stop, form.values))
        data["pending"] = {key: raw for key, raw in data.get("pending", {}).items() if key != stop.key}

    opened.change(change, event="answered")
