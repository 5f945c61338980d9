"""Check answers as a view: what was answered, what is missing, what is kept but not sent."""

from __future__ import annotations

from collections.abc import Iterator

from flask import g

from app.fields import display
from app.journey.model import FeeDue, Stop
from app.locale import format_amount, format_date, messages, sentence
from app.pages import views
from app.pages.texts import TextRenderer
from app.web import upload_messages
from app.web.aside import aside_rows
from app.web.documents_view import document_rows, section_id
from app.web.flow import advised, page_answers
from app.web.items import item_label
from app.web.lost import unreadable_documents
from app.web.masking import last_signs
from app.web.opendraft import OpenDraft
from app.web.pending import waits


def check_view(opened: OpenDraft, errors: tuple[views.ErrorLink, ...] = ()) -> views.CheckView:
    """The page; with `errors`, the files that keep it from being sent."""
    say = messages(g.locale).gettext
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    complete = opened.journey.complete
    submit = say("Continuer") if opened.journey.declarations else None
    if complete and submit is None:
        submit = say("Envoyer ma demande") if opened.site.settings.mode == "authority" else say("Mon dossier est prêt")
    return views.CheckView(
        sections=tuple(sections(opened)),
        actions=views.Actions(opened.url("finish.check"), submit=submit),
        outstanding=tuple(
            views.Link(stop_title(opened, stop, texts), opened.stop_url(stop, **{"return": "check"}))
            for stop in opened.journey.path
            if not stop.answered
        ),
        unsaved=tuple(
            views.Link(stop_title(opened, stop, texts), opened.stop_url(stop, **{"return": "check"}))
            for stop in opened.journey.path
            if stop.answered and opened.pending(stop.key) is not None
        ),
        documents=tuple(document_rows(opened)),
        advice=tuple(views.Notice("advice", advised(a.check, texts)) for a in opened.journey.advice),
        fees=tuple(fee_rows(opened, texts)),
        aside=tuple(aside_rows(opened)),
        erase_url=opened.url("finish.erase_answer"),
        erase_draft_url=opened.url("phones.erase"),
        back_url=opened.url("documents.documents") if complete and opened.documents_now else None,
        complete=complete,
        errors=errors,
    )


def unreadable(opened: OpenDraft) -> tuple[views.ErrorLink, ...]:
    """Each file of a required document that cannot be read, with where to send it again. Reads the files through."""
    found = unreadable_documents(opened.site.store.files, opened.id, opened.documents_now)
    return tuple(
        views.ErrorLink(upload_messages.lost(file), opened.url("documents.documents", _anchor=section_id(needed.key)))
        for needed, file in found
    )


def sections(opened: OpenDraft, *, change: bool = True) -> Iterator[views.CheckSection]:
    """The answers by step, one section for each item of a repeat. `change`: with links that come back here."""
    heading: str | None = None
    rows: list[views.Row] = []
    for stop in opened.journey.path:
        title = _section_title(opened, stop)
        if title != heading:
            if rows:
                yield views.CheckSection(heading or "", tuple(rows))
            heading, rows = title, []
        rows += _rows(opened, stop, change)
    if rows:
        yield views.CheckSection(heading or "", tuple(rows))


def _section_title(opened: OpenDraft, stop: Stop) -> str:
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=stop.item)
    title = texts.plain(stop.step.title)
    return f"{title}{_colon()} {item_label(opened, stop, stop.item)}" if stop.item else title


def _colon() -> str:
    """The colon as the reader's language writes it, with or without a space before it."""
    return messages(g.locale).gettext(" :")


def _rows(opened: OpenDraft, stop: Stop, change: bool) -> Iterator[views.Row]:
    """The answers of one page. What they have in common is looked up once: a draft may have hundreds."""
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=stop.item)
    stored = page_answers(opened, stop)
    url = opened.stop_url(stop, **{"return": "check"}) if change and opened.editable else None
    item = item_label(opened, stop, stop.item) if stop.item and stop.fields else None
    for question in stop.fields:
        value = stored.get(question.id)
        lines = tuple(display(question, value, g.locale, opened.procedure)) if value is not None else ()
        specified = stored.get(f"{question.id}__specify")
        # Typed on a page that is not finished: what it says is no answer, and whoever typed it must not read "nothing".
        typed = value is None and waits(opened, stop, question.id)
        if typed:
            lines = (messages(g.locale).gettext("Tapé, mais pas encore valable"),)
        label = texts.plain(question.label)
        yield views.Row(
            label=label,
            value=(*lines, str(specified)) if specified and lines else lines,
            hidden=tuple(map(last_signs, lines)) if question.masked and change else (),
            missing=typed or (value is None and question.required),
            change_url=url,
            change_label=label if item is None else f"{label} ({item})",
        )


def unfinished(opened: OpenDraft) -> tuple[views.Link, ...]:
    """The pages where something is typed that is no answer yet."""
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    return tuple(
        views.Link(stop_title(opened, stop, texts), opened.stop_url(stop))
        for stop in opened.journey.path
        if any(text.strip() for typed in (opened.pending(stop.key) or {}).values() for text in typed)
    )


def stop_title(opened: OpenDraft, stop: Stop, texts: TextRenderer) -> str:
    title = _section_title(opened, stop)
    if stop.page is stop.step.pages[0] or not stop.fields:
        return title
    return f"{title}{_colon()} {texts.plain(stop.fields[0].label)}"


def fee_rows(opened: OpenDraft, texts: TextRenderer) -> Iterator[views.Row]:
    """What has to be paid, when, and to whom it is not paid: nobody may sell this."""
    say = messages(g.locale).gettext
    moments = {
        "filing": say("À payer quand vous déposez la demande"),
        "hand_over": say("À payer quand vous recevez le document"),
        "appointment": say("À payer au rendez-vous"),
    }
    window = opened.journey.window
    for due in opened.journey.fees:
        yield _fee_row(opened, texts, due, moments[due.fee.due])
    if window is not None and window.late is not None and window.closes is not None and window.state != "late":
        label = say("En plus, si vous déposez après le {day}").format(day=format_date(window.closes, g.locale))
        yield _fee_row(opened, texts, window.late, label)


def _fee_row(opened: OpenDraft, texts: TextRenderer, due: FeeDue, label: str) -> views.Row:
    say = messages(g.locale).gettext
    says = texts.inline(due.fee.says) if due.fee.says else ""
    if due.period is None:
        fallback = opened.procedure.facts[due.fee.fact].fallback
        amount = sentence(texts.plain(fallback) if fallback else say("montant à vérifier auprès de la préfecture"))
    else:
        amount = format_amount(due.period.value, due.period.unit, g.locale)
        if due.period.needs_review or due.fee.needs_review:
            amount = say("{amount} (à vérifier)").format(amount=amount)
    return views.Row(label, tuple(filter(None, (amount, says))), typed=False)
