"""Papers to print and the pack for the office. Typesetting happens in a short-lived process, never in this one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from flask import Blueprint, Response, abort, g, url_for

from app.journey.instead import Instead
from app.journey.model import Journey, NeededDocument
from app.locale import dir_of, foreign
from app.pages import views
from app.pages.texts import TextRenderer
from app.paper import compose
from app.paper.compose import FiledDocument, Meta, Wording
from app.paper.letters import recipient_lines
from app.paper.model import Address, Heading, Pairs, Paper, Paragraph
from app.paper.pack import Upload, build_pack
from app.paper.render import render_pdf
from app.paper.wiring import holds_for, wording_for
from app.spec.model import Channel, Letter
from app.store.files import FileRecord, Files
from app.store.submissions import Submission
from app.web import frozen
from app.web.address import query
from app.web.documents_view import files_of, taken_for
from app.web.guards import in_language, with_draft
from app.web.instead import said_instead
from app.web.lost import content
from app.web.opendraft import OpenDraft
from app.web.respond import go, show
from app.web.site import site
from app.web.sniff import MEDIA_TYPES
from app.web.sourced import source_link
from app.web.tabs import tab_title
from app.web.ways_view import filing_ways

pages = Blueprint("papers", __name__)

_MEDIA = {media_type: name for name, media_type in MEDIA_TYPES.items()}


def _meta(opened: OpenDraft) -> Meta:
    submission = site().store.submissions.of_draft(opened.id)
    return Meta(
        reference=submission.reference if submission else "",
        at=submission.sent_at if submission else site().now(),
        mode=site().settings.mode,
        service=site().settings.operator or "Guichet",
        withdrawn_at=opened.record.withdrawn_at,
        instead=_instead(opened, submission),
        declared=_declared(opened, submission),
        read_on=opened.today,
    )


def _declared(opened: OpenDraft, submission: Submission | None) -> frozenset[str]:
    """The declarations ticked in the last act, as they are worded now; none once an answer has changed since."""
    if submission is None or frozen.elsewhere(opened, submission) is not None:
        return frozenset()
    then = {(one["id"], one["text"]) for one in submission.content["declarations"]}
    return frozenset(d.id for d in opened.journey.declarations if (d.id, d.text.source) in then)


def _instead(opened: OpenDraft, submission: Submission | None) -> dict[str, Instead]:
    """What was said in place of files: as it was sent, or as the person says now."""
    if submission is None or submission.kind != "sent":
        return said_instead(opened, site().store.files.of_draft(opened.id))
    documents = submission.content["documents"]
    return {one["key"]: Instead(**one["instead"]) for one in documents if one.get("instead")}


def _wording(opened: OpenDraft, journey: Journey, locale: str | None = None) -> Wording:
    return wording_for(opened.procedure, journey, locale or g.locale, zone=site().settings.zone)


def _channel(opened: OpenDraft) -> Channel | None:
    """The way whose screens, formats and limits papers follow: the one that the address names, else the main one."""
    ways, wanted = filing_ways(opened.channels), query("way")
    return next((channel for channel in ways if channel.id == wanted), ways[0] if ways else None)


def _names(opened: OpenDraft) -> dict[str, list[str]]:
    files = site().store.files.of_draft(opened.id)
    # What was sent stays sent, also when it can no longer be read here.
    of = taken_for if opened.record.frozen else files_of
    return {needed.key: [file.name for file in of(needed, files)] for needed in opened.documents_now}


def pdf(paper: Paper, name: str) -> Response:
    """A paper as a PDF that the browser shows in place of the page."""
    response = Response(render_pdf(paper), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    return response


@pages.get("/<locale>/<slug>/formulaire.pdf", endpoint="blank")
@in_language
def blank(slug: str) -> Response:
    """The whole form on paper, to fill in by hand: nobody needs a phone to answer."""
    procedure = site().published.current.get(slug)
    if procedure is None:
        abort(404)
    wording = wording_for(procedure, None, g.locale, zone=site().settings.zone)
    # A paper is read elsewhere: the address by which this one was asked for may be nobody else's.
    address = site().settings.address
    home = address + url_for("public.catalogue", locale=g.locale) if address else ""
    meta = Meta("", site().now(), site().settings.mode, site().settings.operator or "Guichet", home)
    return pdf(compose.blank_form(procedure, wording, meta), f"{slug}-formulaire")


@pages.get("/<locale>/<slug>/<draft>/reponses.pdf", endpoint="filled")
@with_draft
def filled(opened: OpenDraft) -> Response:
    wording = _wording(opened, opened.journey)
    paper = compose.filled_form(opened.procedure, opened.journey, wording, _meta(opened), _names(opened))
    return pdf(paper, "reponses")


@pages.get("/<locale>/<slug>/<draft>/preuve.pdf", endpoint="proof")
@with_draft
def proof(opened: OpenDraft) -> Response:
    """The receipt or ready sheet, from what was frozen."""
    submission = site().store.submissions.of_draft(opened.id)
    elsewhere = frozen.elsewhere(opened, submission)
    if submission is None or elsewhere is not None:
        return go(elsewhere or opened.next_url())
    files = [
        FiledDocument(document["key"], file["name"], file["size"], file["sha256"])
        for document in submission.content["documents"]
        for file in document["files"]
    ]
    wording = _wording(opened, opened.journey)
    return pdf(compose.proof(opened.procedure, opened.journey, wording, _meta(opened), files), submission.reference)


def _sheet(opened: OpenDraft, mark: Callable[[str], str] | None = None) -> Paper:
    wording = _wording(opened, opened.journey)
    return compose.sheet_in_both(
        opened.procedure, opened.journey, wording, _meta(opened), _names(opened), _channel(opened), mark=mark
    )


@pages.get("/<locale>/<slug>/<draft>/a-recopier.pdf", endpoint="sheet_pdf")
@with_draft
def sheet_pdf(opened: OpenDraft) -> Response:
    return pdf(_sheet(opened), "a-recopier")


@pages.get("/<locale>/<slug>/<draft>/a-recopier", endpoint="sheet")
@with_draft
def sheet(opened: OpenDraft) -> Response:
    """What to type into the office's own site, screen by screen."""
    if not opened.journey.complete:
        return go(opened.next_url())
    # The page says which words are the office's; on paper no language of a part of a line can be told.
    paper = _sheet(opened, partial(foreign, language=opened.procedure.language))
    channel = _channel(opened)
    view = views.SheetView(
        title=paper.title,
        screens=tuple(_screens(paper)),
        channel_url=channel.url if channel else None,
        pdf_url=opened.url("papers.sheet_pdf", **({"way": query("way")} if query("way") else {})),
        back_url=opened.url("finish.receipt"),
    )
    return show(view, opened=opened)


def _screens(paper: Paper) -> Iterator[views.SheetScreen]:
    title, rows, notes = paper.title, list[views.Row](), list[str]()
    for block in paper.blocks:
        if isinstance(block, Heading):
            if rows or notes:
                yield views.SheetScreen(title, tuple(rows), " ".join(notes) or None)
            title, rows, notes = block.text, [], []
        elif isinstance(block, Pairs):
            rows += [views.Row(row.label, row.lines, missing=row.missing) for row in block.rows]
        elif isinstance(block, Paragraph):
            notes.append(block.text)
    if rows or notes:
        yield views.SheetScreen(title, tuple(rows), " ".join(notes) or None)


@pages.get("/<locale>/<slug>/<draft>/lettre/<letter_id>", endpoint="letter")
@with_draft
def letter(opened: OpenDraft, letter_id: str) -> Response:
    """A letter as a page to read and print."""
    found = next((one for one in opened.journey.letters if one.id == letter_id), None)
    if found is None:
        return go(opened.next_url())
    own = opened.procedure.language
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    view = views.LetterView(
        title=texts.inline(found.title),
        tab=tab_title(opened, found.title),
        letter=_letter(opened, found, own),
        translation=None if own == g.locale else _letter(opened, found, g.locale),
        pdf_url=opened.office_url("papers.letter_pdf", letter_id=letter_id),
        back_url=opened.next_url() if opened.record.state == "open" else opened.url("finish.receipt"),
        message=found.message,
        source=source_link(found.source, own, g.locale),
        to_check=found.needs_review,
    )
    return show(view, opened=opened)


def _letter(opened: OpenDraft, letter: Letter, locale: str) -> views.LetterText:
    """A letter in the language that the office reads, or in that of the person, who should know what they sign."""
    wording, holds = _wording(opened, opened.journey, locale), holds_for(opened.procedure, opened.journey)
    texts = TextRenderer(opened.procedure, locale, journey=opened.journey)
    written = compose.letter(letter, opened.journey, wording, _meta(opened), holds).blocks
    sides = {block.side: block.lines for block in written if isinstance(block, Address)}
    return views.LetterText(
        lang=locale,
        dir=dir_of(locale),
        sender=sides["sender"],
        to=recipient_lines(letter, wording),
        subject_label=wording.gettext("Objet :"),
        subject=texts.inline(letter.subject),
        paragraphs=tuple(texts.block(p.text) for p in letter.paragraphs if p.when is None or holds(p.when)),
        place_and_date="" if letter.message else next(block.text for block in written if isinstance(block, Paragraph)),
        signature_label=wording.gettext("Signature :"),
        to_label=wording.gettext("À :") if letter.message else "",
    )


@pages.get("/<locale>/<slug>/<draft>/lettre/<letter_id>.pdf", endpoint="letter_pdf")
@with_draft
def letter_pdf(opened: OpenDraft, letter_id: str) -> Response:
    found = next((one for one in opened.journey.letters if one.id == letter_id), None)
    if found is None:
        return go(opened.next_url())
    given = [key for key, names in _names(opened).items() if names]
    holds = holds_for(opened.procedure, opened.journey)
    paper = compose.letter(found, opened.journey, _wording(opened, opened.journey), _meta(opened), holds, given)
    return pdf(paper, letter_id)


@pages.get("/<locale>/<slug>/<draft>/dossier.zip", endpoint="pack")
@with_draft
def pack(opened: OpenDraft) -> Response:
    """Everything for the office in one ZIP, streamed: nothing of it is ever clear on our disk."""
    elsewhere = frozen.elsewhere(opened, site().store.submissions.of_draft(opened.id))
    if elsewhere is not None:
        return go(elsewhere)
    kept = site().store.files
    files = kept.of_draft(opened.id)
    uploads = [_upload(needed, file, kept) for needed in opened.documents_now for file in taken_for(needed, files)]
    stream = build_pack(
        opened.procedure,
        opened.journey,
        # The office reads the language of the procedure, whatever the person reads.
        _wording(opened, opened.journey, opened.procedure.language),
        _meta(opened),
        uploads,
        holds_for(opened.procedure, opened.journey),
        _channel(opened),
    )
    # The stream needs nothing of the request: a download that is broken off leaves no context behind it.
    response = Response(stream, mimetype="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{_pack_name(opened)}.zip")
    return response


def _pack_name(opened: OpenDraft) -> str:
    """The name of the procedure; with that of the way of filing where it is not the main one."""
    ways, channel = filing_ways(opened.channels), _channel(opened)
    other = channel is not None and channel is not ways[0]
    return f"{opened.procedure.slug}-{channel.id}" if channel is not None and other else opened.procedure.slug


def _upload(needed: NeededDocument, file: FileRecord, kept: Files) -> Upload:
    return Upload(needed.key, file.name, _MEDIA[file.media_type], file.sha256, partial(content, kept, file), file.size)
