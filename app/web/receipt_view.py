"""The ready page (mode `prepare`) and the receipt (mode `authority`) as views."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import g
from markupsafe import Markup

from app.fields import BoundForm
from app.journey.instead import Instead
from app.locale import format_date, format_place, messages
from app.locale.sizes import format_size
from app.pages import views
from app.pages.texts import TextRenderer
from app.paper.instead import in_words
from app.spec.model import Channel
from app.store.submissions import Submission
from app.web.after_view import after_view
from app.web.check_view import fee_rows, sections
from app.web.documents_view import owner_of, section_id
from app.web.filing import where_in_words
from app.web.opendraft import OpenDraft
from app.web.upload_messages import since_sent
from app.web.ways_view import filing_ways, ways_of


def receipt_view(opened: OpenDraft, submission: Submission, filing: BoundForm) -> views.View:
    """The page after the last act, from what was frozen then."""
    if submission.kind == "sent":
        return _receipt(opened, submission)
    return _ready(opened, submission, filing)


def moment(opened: OpenDraft, at: datetime) -> str:
    """Day, hour and time zone in words: a proof is worth little without them."""
    local = at.astimezone(opened.site.settings.zone)
    say = messages(g.locale).gettext
    offset = local.strftime("%z")
    return say("{day} à {time} (heure de {zone}, UTC{offset})").format(
        day=format_date(local.date(), g.locale),
        time=local.strftime("%H:%M"),
        zone=format_place(str(opened.site.settings.zone), g.locale),
        offset=f"{offset[:3]}:{offset[3:]}",
    )


def _files(opened: OpenDraft, submission: Submission) -> tuple[views.SealedFile, ...]:
    titles = _titles(opened)
    now = {file.id: file for file in opened.site.store.files.of_draft(opened.id)}
    return tuple(
        views.SealedFile(
            document=titles.get(document["key"]) or _titled(document),
            name=file["name"],
            size=format_size(file["size"], g.locale),
            sha256=file["sha256"],
            url=opened.url("documents.file", file_id=file["id"]),
            waits=file["id"] in now and now[file["id"]].state == "waiting",
            since=since_sent(now[file["id"]]) if file["id"] in now else None,
        )
        for document in submission.content["documents"]
        for file in document["files"]
    )


def _titles(opened: OpenDraft) -> dict[str, str]:
    """The documents in the reader's language, by key."""
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    return {
        needed.key: _with_owner(texts.plain(needed.document.title), owner_of(opened, needed))
        for needed in opened.journey.documents
    }


def _titled(document: dict[str, Any]) -> str:
    """A document as it was frozen: one that is not asked any more."""
    return _with_owner(str(document["title"]), document.get("owner"))


def _with_owner(title: str, owner: str | None) -> str:
    return f"{title} ({owner})" if owner else title


def _missing(opened: OpenDraft, submission: Submission) -> tuple[views.Link, ...]:
    titles = _titles(opened)
    return tuple(
        views.Link(
            titles.get(document["key"]) or _titled(document),
            opened.url("documents.documents", _anchor=section_id(document["key"])),
        )
        for document in submission.content["documents"]
        if document["level"] == "required"
        and not (document["files"] or document["satisfied"] or document.get("instead"))
    )


def _instead(opened: OpenDraft, submission: Submission) -> tuple[views.Row, ...]:
    """What was said in place of files, by document."""
    say, titles = messages(g.locale).gettext, _titles(opened)
    return tuple(
        views.Row(titles.get(document["key"]) or _titled(document), (in_words(Instead(**document["instead"]), say),))
        for document in submission.content["documents"]
        if document.get("instead")
    )


def _papers(opened: OpenDraft) -> tuple[views.Link, ...]:
    say = messages(g.locale).gettext
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    letters = [
        views.Link(texts.plain(letter.title), opened.url("papers.letter", letter_id=letter.id))
        for letter in opened.journey.letters
    ]
    ways = filing_ways(opened.channels)
    described = [channel for channel in ways if channel.screens]
    sheet = []
    for channel in described:
        words = say("La feuille à recopier, dans l'ordre du site")
        if len(described) > 1:
            words = say("{words} : {way}").format(words=words, way=texts.plain(channel.title))
        sheet.append(views.Link(words, opened.url("papers.sheet", **_way(ways, channel))))
    return (*letters, *sheet, *_in_both(opened, say("Vos réponses (PDF)"), "papers.filled"))


def _in_both(opened: OpenDraft, words: str, endpoint: str) -> tuple[views.Link, ...]:
    """A paper in the language that the office reads; also in that of the reader, where it is another."""
    own, office = opened.url(endpoint), opened.office_url(endpoint)
    if own == office:
        return (views.Link(words, own),)
    say = messages(g.locale).gettext
    return (
        views.Link(f"{words} – {say('Dans la langue du bureau : donnez ce papier.')}", office),
        views.Link(f"{words} – {say('Dans votre langue, pour le lire.')}", own),
    )


def _way(ways: list[Channel], channel: Channel) -> dict[str, str]:
    """What the address of a paper says of the way of filing: nothing of the main one."""
    return {} if channel is ways[0] else {"way": channel.id}


def _main_way(opened: OpenDraft) -> str | None:
    """The way that the pack is made for, where there are others."""
    ways = filing_ways(opened.channels)
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    return texts.plain(ways[0].title) if len(ways) > 1 else None


def _packs(opened: OpenDraft) -> tuple[views.Link, ...]:
    """The packs for the ways of filing other than the main one: each has its order, formats and limits."""
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    ways = filing_ways(opened.channels)
    return tuple(
        views.Link(texts.plain(channel.title), opened.url("papers.pack", **_way(ways, channel))) for channel in ways[1:]
    )


def _ready(opened: OpenDraft, submission: Submission, filing: BoundForm) -> views.ReadyView:
    say = messages(g.locale).gettext
    filed = opened.data.get("filed")
    errors = tuple(views.ErrorLink(error.message, f"#{error.control_id}") for error in filing.errors)
    return views.ReadyView(
        reference=submission.reference,
        made_at=moment(opened, submission.sent_at),
        pack_url=opened.url("papers.pack"),
        pack_for=_main_way(opened),
        packs=_packs(opened),
        papers=_papers(opened),
        files=_files(opened, submission),
        missing=_missing(opened, submission),
        instead=_instead(opened, submission),
        fees=tuple(fee_rows(opened, TextRenderer(opened.procedure, g.locale, journey=opened.journey))),
        ways=ways_of(opened.procedure, g.locale, journey=opened.journey, channels=opened.channels),
        filing=views.FilingForm(opened.url("finish.filed"), tuple(filing.components()), errors),
        filed=(
            views.Row(say("Où"), (where_in_words(opened, filed["where"], g.locale),), typed=False),
            views.Row(say("Quand"), (format_date(filed["on"], g.locale),), typed=False),
            views.Row(say("Numéro"), (filed["number"] or say("Aucun"),)),
        )
        if filed
        else (),
        after=after_view(opened.procedure, opened.journey, opened.today),
        code=opened.data["code"],
        expires=format_date(opened.last_day, g.locale),
        change_url=opened.url("finish.check"),
        erase_url=opened.url("phones.erase"),
    )


def _receipt(opened: OpenDraft, submission: Submission) -> views.ReceiptView:
    say = messages(g.locale).gettext
    withdrawn = opened.record.withdrawn_at
    return views.ReceiptView(
        reference=submission.reference,
        received_at=moment(opened, submission.sent_at),
        authority=authority_of(opened),
        proves=say("Ce papier prouve que vous avez envoyé votre demande.")
        if withdrawn is None
        else say("Ce papier prouve que vous avez envoyé votre demande, puis que vous l'avez retirée."),
        does_not_prove=say("Il ne prouve pas que vous avez le droit de rester ou de travailler."),
        sections=tuple(row for section in sections(opened, change=False) for row in section.rows),
        files=_files(opened, submission),
        missing=tuple(paper.text for paper in _missing(opened, submission)),
        instead=_instead(opened, submission),
        papers=_in_both(opened, say("Ce reçu (PDF)"), "papers.proof"),
        sha256=submission.content["sha256"],
        ways=ways_of(opened.procedure, g.locale, journey=opened.journey, sent=withdrawn is None),
        # Nothing follows what was taken back: no answer, no silence.
        after=after_view(opened.procedure, opened.journey, opened.today) if withdrawn is None else views.After(),
        code=opened.data["code"],
        expires=format_date(opened.last_day, g.locale),
        withdrawn_at=None if withdrawn is None else moment(opened, withdrawn),
        withdraw_url=opened.url("withdrawal.withdraw") if withdrawn is None else None,
        start_url=opened.start_url() if withdrawn is not None else None,
    )


def authority_of(opened: OpenDraft) -> str | Markup:
    """Who received the request."""
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    authority = opened.procedure.authority
    return texts.inline(authority) if authority else opened.site.settings.operator
