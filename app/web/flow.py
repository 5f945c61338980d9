"""What happens to a page that a person sends: kept, saved, or shown again; and where they go next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.fields import BoundForm, build_form
from app.fields.field import SPECIFY
from app.journey.answers import digest, set_page
from app.journey.model import Journey, Stop
from app.locale import messages
from app.pages.texts import TextRenderer
from app.spec.model import Check
from app.web.opendraft import Data, OpenDraft
from app.web.pending import (
    Raw,
    answers_part,
    drop_pending,
    hidden_key,
    put_pending,
    question_of,
    replace_pending,
    typed_digest,
    unasked,
)

Verdict = Literal["saved", "kept", "conflict", "gone"]


@dataclass(frozen=True, slots=True)
class Sent:
    """The result of a POST of a page: `saved` as answers, `kept` as typed because something is wrong or missing, a
    `conflict` with what another tab saved meanwhile, or the page is `gone`. `form` shows the page again.
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
    stored, around = page_answers(opened, stop), opened.journey.answers
    kept = opened.pending(stop.key) if pending else None
    again = {} if kept or not pending else _asked_again(opened, stop, stored)
    if again:
        kept = {**form.bind(None, stored, None, opened.today, around=around).raw, **again}
    return form.bind(typed, stored, kept, opened.today, around=around)


def _asked_again(opened: OpenDraft, stop: Stop, stored: Mapping[str, Any]) -> dict[str, list[str]]:
    """Text that was kept while its question was hidden, for questions that are asked again and have no answer."""
    asked = {question.id for question in stop.fields if question.id not in stored}
    hidden = opened.pending(hidden_key(stop.key)) or {}
    return {control: texts for control, texts in hidden.items() if question_of(control) in asked}


def answer_names(stop: Stop) -> tuple[str, ...]:
    """Names of all answers of a page, the texts of "which one?" boxes included."""
    texts = (f"{field.id}{SPECIFY}" for field in stop.fields if any(choice.specify for choice in field.choices))
    return (*(field.id for field in stop.fields), *texts)


def page_answers(opened: OpenDraft, stop: Stop) -> Mapping[str, Any]:
    """The stored answers that a page shows: those of its item on a repeat, else the draft's own."""
    return _answers_for(opened.answers, stop)


def _answers_for(answers: Mapping[str, Any], stop: Stop) -> Mapping[str, Any]:
    if stop.item is None:
        return answers
    items = answers.get(stop.step.id, [])
    found: Mapping[str, Any] = next((item["answers"] for item in items if item["id"] == stop.item), {})
    return found


def show_form(opened: OpenDraft, stop: Stop, locale: str) -> BoundForm:
    """The form of a page as the person left it: what they typed and could not save comes before the stored answers.

    Answers that no longer go together, since another one changed after they were saved, are told as errors.
    """
    form = _bound(opened, stop, locale, None, pending=True)
    if opened.journey.faulty(stop.key) and form.validate():
        texts = TextRenderer(opened.procedure, locale, journey=opened.journey, item=stop.item)
        _tell_failed(opened.journey, stop, form, texts)
    return form


def page_digest(opened: OpenDraft, stop: Stop) -> str:
    """Signed fingerprint of the stored answers that a page shows; travels in the form to notice a second tab."""
    return opened.told(("digest", stop.key), lambda: _signed(opened, stop, opened.answers))


def form_digest(opened: OpenDraft, stop: Stop, *, both_shown: bool = False) -> str:
    """What the form of a page carries: fingerprints of the answers and of the pending text that it showed.

    Pending text was typed over the answers shown at that time: it must not replace, unseen, what was saved since. When
    `both_shown`, the page shows it beside what was saved.
    """
    pending = opened.pending(stop.key)
    over = None if both_shown or pending is None else opened.data.get("typed_over", {}).get(stop.key, "")
    return f"{page_digest(opened, stop) if over is None else over}.{typed_digest(pending)}"


def _signed(opened: OpenDraft, stop: Stop, answers: Mapping[str, Any]) -> str:
    shown = digest(_answers_for(answers, stop), answer_names(stop))
    return opened.site.signer.sign("page", opened.id, stop.key, shown)


class _ChangedMeanwhile(Exception):
    """Another tab changed these answers, or took their page away, since the page was shown."""


def receive(
    opened: OpenDraft, stop: Stop, typed: MultiDict[str, str], *, shown: str, locale: str, stopping: bool
) -> Sent:
    """Take what was typed on a page. Whatever the verdict, it is on disk when this returns.

    `shown` is the digest the form carried; `stopping` means "Save and stop": a half-filled page is then kept without
    complaint.
    """
    form, hidden = _bound(opened, stop, locale, typed), unasked(stop, typed)
    valid = form.validate()
    if valid and not stopping:
        valid = _cross_checked(opened, stop, form, locale)
    if valid:
        try:
            _save(opened, stop, form, shown, hidden)
        except _ChangedMeanwhile:
            _keep(opened, stop, {**form.raw, **hidden}, shown)
            return Sent("conflict" if opened.stop(stop.key) else "gone", form, stop)
        return Sent("saved", form, stop)
    _keep(opened, stop, {**form.raw, **hidden}, shown)
    return Sent("conflict" if _differs(opened, stop, opened.answers, form, shown) else "kept", form, stop)


def waiting_conflict(opened: OpenDraft, stop: Stop, form: BoundForm) -> bool:
    """Whether the text that is pending here would replace answers that were saved after it was typed. Reads `form`."""
    if opened.pending(stop.key) is None:
        return False
    shown = form_digest(opened, stop)
    if answers_part(shown) == page_digest(opened, stop):
        return False
    form.validate()
    return _differs(opened, stop, opened.answers, form, shown)


def look_again(opened: OpenDraft, stop: Stop, form: BoundForm, locale: str) -> None:
    """Say on `form` what is wrong with the text that waits here; a question that nothing was typed for yet is none."""
    if opened.pending(stop.key) is None:
        return
    if form.validate():
        _cross_checked(opened, stop, form, locale)
    form.forgive_blanks()


def drop_typed(opened: OpenDraft, stop: Stop) -> None:
    """Let go of what is pending on a page: the person keeps the answers that were saved."""
    opened.change(lambda data: drop_pending(data, stop.key))


def advice_on(opened: OpenDraft, stop: Stop, locale: str) -> tuple[str, ...]:
    """What may be a slip in the stored answers of a page, in words; nothing for a page that was never saved."""

    def read() -> tuple[str, ...]:
        texts = TextRenderer(opened.procedure, locale, journey=opened.journey, item=stop.item)
        form = build_form(stop, opened.procedure, locale, texts=texts)
        return tuple(form.advice(page_answers(opened, stop), opened.today))

    return opened.told(("advice", stop.key, locale, opened.today), read)


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


def _differs(opened: OpenDraft, stop: Stop, answers: Mapping[str, Any], form: BoundForm, shown: str) -> bool:
    """Whether these stored answers changed since the page was shown, and to something else than what is now sent."""
    if answers_part(shown) == _signed(opened, stop, answers):
        return False
    stored, names = _answers_for(answers, stop), answer_names(stop)
    sent = {name: value for name, value in form.values.items() if value is not None}
    return any(name in stored for name in names) and digest(stored, names) != digest(sent, names)


def _cross_checked(opened: OpenDraft, stop: Stop, form: BoundForm, locale: str) -> bool:
    """Run the page's checks over the answers as they would be; each one that fires at level error is shown at its
    field.
    """
    after = opened.journey_with(set_page(opened.answers, stop, form.values))
    return not _tell_failed(after, stop, form, TextRenderer(opened.procedure, locale, journey=after, item=stop.item))


def _tell_failed(journey: Journey, stop: Stop, form: BoundForm, texts: TextRenderer) -> bool:
    """Show each check of level error that fires at its field; whether there is one."""
    failed = [check for check in firing(journey, stop) if check.level == "error"]
    for check in failed:
        says = texts.plain(check.says)
        words = f"{says} ({_to_check(texts)})" if check.needs_review else says
        form.add_error(check.at or stop.fields[-1].id, words)
    return bool(failed)


def advised(check: Check, texts: TextRenderer) -> str | Markup:
    """The words of advice, to be checked where nobody has confirmed them."""
    says = texts.block(check.says)
    return Markup("{} ({})").format(says, _to_check(texts)) if check.needs_review else says


def _to_check(texts: TextRenderer) -> str:
    return messages(texts.locale).gettext("à vérifier")


def firing(journey: Journey, stop: Stop) -> list[Any]:
    """The checks of a page that hold in `journey`, errors and advice, in the author's order."""
    return [shown.check for shown in (*journey.errors, *journey.advice) if shown.key == stop.key]


def _keep(opened: OpenDraft, stop: Stop, raw: Raw, shown: str) -> None:
    opened.change(lambda data: put_pending(data, stop.key, raw, shown))


def _save(opened: OpenDraft, stop: Stop, form: BoundForm, shown: str, hidden: Raw) -> None:
    """Save the answers of a page, and keep `hidden`, text for questions that it no longer asks. Raises
    `_ChangedMeanwhile`: what counts is what is stored now, under the lock.
    """

    def change(data: Data) -> None:
        answers = data.get("answers", {})
        if _removed(answers, stop) or _differs(opened, stop, answers, form, shown):
            raise _ChangedMeanwhile
        data["answers"] = set_page(answers, stop, form.values)
        replace_pending(data, stop.key, form.raw, shown)
        if hidden or len(stop.fields) == len(stop.page.fields):
            drop_pending(data, hidden_key(stop.key))
        if hidden:
            put_pending(data, hidden_key(stop.key), hidden)

    opened.change(change, event="answered")


def _removed(answers: Mapping[str, Any], stop: Stop) -> bool:
    """Whether the page is about an item that is no longer in its list."""
    if stop.item is None or stop.step.repeat is None or stop.step.repeat.for_each is not None:
        return False
    return all(item["id"] != stop.item for item in answers.get(stop.step.id, []))
