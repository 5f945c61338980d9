"""The documents page: what is needed and why, files given, removed, read back.

Each file is saved by its own plain form. It is encrypted as it arrives, looked at by its first and last bytes, and
listed only once it is whole on disk; the queue reads it through afterwards (`app.web.queue`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import IO

from flask import Blueprint, Response, abort, g, request

from app.journey.instead import Instead, may_be_said
from app.journey.model import NeededDocument
from app.store.files import Arrival
from app.web import file_names, instead
from app.web.documents_view import documents_view, files_of, lost_of, section_id
from app.web.guards import check_form, form_is_ours, own_form, typable, with_draft
from app.web.lost import FileLost, small_picture, whole
from app.web.opendraft import OpenDraft
from app.web.pending import put_pending
from app.web.respond import go, show
from app.web.said import with_word
from app.web.site import site
from app.web.sniff import MEDIA_TYPES, Finding, Sniffer
from app.web.upload_messages import accepted, upload_message

pages = Blueprint("documents", __name__)

CHUNK = 64 * 1024


@pages.get("/<locale>/<slug>/<draft>/documents", endpoint="documents")
@with_draft
def documents(opened: OpenDraft) -> Response:
    if not opened.journey.complete or opened.record.frozen:
        return go(opened.next_url())
    if not opened.documents_now:
        return go(opened.url("finish.check"))
    return show(documents_view(opened, replaces=request.args.get("replace", "")), opened=opened)


@pages.post("/<locale>/<slug>/<draft>/documents", endpoint="documents_done")
@with_draft
@own_form
def documents_done(opened: OpenDraft) -> Response:
    """The button "Continue" never blocks on a missing paper: check answers lists what is missing."""
    return go(opened.url("phones.saved") if request.form.get("action") == "save" else opened.url("finish.check"))


@pages.post("/<locale>/<slug>/<draft>/documents/<path:key>", endpoint="upload")
@with_draft
def upload(opened: OpenDraft, key: str) -> Response:
    """Take one or more files for a document. Good ones are kept even when another of the same batch is refused."""
    if request.mimetype == "multipart/form-data":
        request.max_content_length = site().settings.max_upload
    check_form(opened.token)
    needed = next((n for n in opened.documents_now if n.key == key), None)
    if not opened.editable:
        return go(with_word(opened.next_url(), "late"))
    if needed is None:
        return go(with_word(opened.url("documents.documents"), "not_asked"))
    replaced = request.form.get("replaces", "")
    sent = [part for part in request.files.getlist("file") if part.filename]
    if not sent:
        nothing = Finding(None, "none_replacing" if replaced else "none")
        return _again(opened, needed, [upload_message(nothing, "", needed.document)], replaced)
    errors = []
    for part in sent:
        message = take(opened, needed, Sent(part.filename or "", partial(_from_start, part.stream)), replaced)
        if message is None:
            # One file takes the place of the old one; those that came with it are added.
            replaced = ""
        else:
            errors.append(message)
    if errors:
        return _again(opened, needed, errors, replaced)
    return go(with_word(opened.url("documents.documents", _anchor=section_id(needed.key)), "added"))


def _again(opened: OpenDraft, needed: NeededDocument, errors: list[str], replaced: str) -> Response:
    """The page with what was wrong; a file that was to be replaced still is."""
    view = documents_view(opened, errors={needed.key: tuple(errors)}, replaces=replaced)
    return show(view, status=422, opened=opened)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that has come in. `open` gives its content from the start, each time. `id` as in `Arrival`."""

    name: str
    open: Callable[[], IO[bytes]]
    id: str | None = None


def _from_start(stream: IO[bytes]) -> IO[bytes]:
    stream.seek(0)
    return stream


def take(opened: OpenDraft, needed: NeededDocument, sent: Sent, replaced: str) -> str | None:
    """Check one file and store it, in the place of `replaced` if there is such a file; a message for the person if it
    cannot be kept.
    """
    stored = site().store.files.of_draft(opened.id)
    files, lost = files_of(needed, stored), lost_of(needed, stored)
    # Without a word about which file goes, a new one takes the place of one that cannot be read.
    old = next((file for file in (*files, *lost) if file.id == replaced), lost[0] if lost else None)
    if sent.id is not None and any(file.id == sent.id for file in files):
        return None
    finding = _look(sent.open(), needed)
    if finding.problem is None and len(files) - (old in files) >= needed.document.files_max:
        finding = Finding(finding.format, "too_many")
    if finding.problem is not None or finding.format is None:
        return upload_message(finding, sent.name, needed.document)
    site().store.files.add(
        opened.id,
        document=needed.document.id,
        item=needed.item,
        name=file_names.kept(sent.name, finding.format),
        media_type=MEDIA_TYPES[finding.format],
        stream=sent.open(),
        arrival=Arrival(needed.document.formats, old.id if old else None, sent.id),
    )
    if needed.key in opened.data.get(instead.STORED, {}):
        opened.change(partial(instead.drop, needed=needed))
    return None


def _look(stream: IO[bytes], needed: NeededDocument) -> Finding:
    sniffer = Sniffer()
    while chunk := stream.read(CHUNK):
        sniffer.add(chunk)
    return sniffer.finding(accepted(needed.document), needed.document.max_size)


@pages.post("/<locale>/<slug>/<draft>/instead/<path:key>", endpoint="instead")
@with_draft
def say_instead(opened: OpenDraft, key: str) -> Response:
    """Take "I will bring it", "I do not have it" with the reason, or neither any more, in place of a file."""
    needed = next((n for n in opened.documents_now if n.key == key), None)
    typed, says = typable(request.form.get("reason", "")), request.form.get("says", "")
    if not form_is_ours(opened.token):
        return show(documents_view(opened, retyped={key: typed}), status=403, opened=opened)
    if not opened.editable:
        return go(with_word(opened.next_url(), "late"))
    if needed is None:
        return go(with_word(opened.url("documents.documents"), "not_asked_now"))
    url = opened.url("documents.documents", _anchor=section_id(needed.key))
    if not says:
        opened.change(partial(instead.take_back, needed=needed), event="instead_dropped")
        return go(with_word(url, "not_noted"))
    word = next((word for word in may_be_said(needed.document, opened.channels) if word == says), None)
    if word is None or files_of(needed, site().store.files.of_draft(opened.id)):
        return go(url)
    reason = typed.strip() if word == "do_not_have" else ""
    if word == "do_not_have" and not 0 < len(reason) <= instead.MOST:
        opened.change(lambda data: put_pending(data, instead.pending_key(needed), {"reason": [typed]}))
        problem = "long" if reason else "blank"
        return show(documents_view(opened, unreasoned={key: problem}), status=422, opened=opened)
    opened.change(partial(instead.put, needed=needed, instead=Instead(word, reason)), event="instead_said")
    return go(with_word(url, "noted"))


@pages.post("/<locale>/<slug>/<draft>/file/<file_id>/remove", endpoint="remove_file")
@with_draft
@own_form
def remove_file(opened: OpenDraft, file_id: str) -> Response:
    if not opened.editable:
        return go(with_word(opened.next_url(), "late"))
    removed = any(file.id == file_id for file in site().store.files.of_draft(opened.id))
    if removed:
        site().store.files.remove(opened.id, file_id)
    url = opened.url("documents.documents")
    return go(with_word(url, "removed") if removed else url)


@pages.get("/<locale>/<slug>/<draft>/file/<file_id>", endpoint="file")
@with_draft
def read_file(opened: OpenDraft, file_id: str) -> Response:
    """Give a file back to the person who gave it: as a download, never shown inside our pages."""
    record = next((file for file in site().store.files.of_draft(opened.id) if file.id == file_id), None)
    if record is None or record.state == "refused":
        abort(404)
    head = request.method == "HEAD"
    if head and record.state == "lost":
        raise FileLost
    # Read to its end before its first byte leaves: a download that has begun can only be cut. Nothing would read what a
    # reply to HEAD has opened.
    content = () if head else whole(site().store.files, record)
    response = Response(content, mimetype=record.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=record.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Length"] = str(record.size)
    g.pop("visit", None)
    return response


@pages.post("/<locale>/<slug>/<draft>/file/<file_id>/move/<to>", endpoint="move_file")
@with_draft
@own_form
def move_file(opened: OpenDraft, file_id: str, to: str) -> Response:
    """Put a file before (`up`) or after (`down`) its neighbour of the same document."""
    if not opened.editable:
        return go(with_word(opened.next_url(), "late"))
    files = site().store.files.of_draft(opened.id)
    needed = next((n for n in opened.documents_now if any(f.id == file_id for f in files_of(n, files))), None)
    if needed is None:
        return go(opened.url("documents.documents"))
    row = [file.id for file in files_of(needed, files)]
    place = row.index(file_id)
    other = place + (1 if to == "down" else -1)
    url = opened.url("documents.documents", _anchor=section_id(needed.key))
    if not 0 <= other < len(row):
        return go(url)
    site().store.files.swap(opened.id, file_id, row[other])
    return go(with_word(url, "moved"))


@pages.get("/<locale>/<slug>/<draft>/file/<file_id>/thumb", endpoint="thumb")
@with_draft
def thumb(opened: OpenDraft, file_id: str) -> Response:
    """The small picture of a file, opened for this request and kept nowhere in clear."""
    record = next((file for file in site().store.files.of_draft(opened.id) if file.id == file_id), None)
    if record is None or not record.thumb:
        abort(404)
    content = b"" if request.method == "HEAD" else small_picture(site().store.files, record)
    if content is None:
        abort(404)
    response = Response(content, mimetype="image/jpeg")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    g.pop("visit", None)
    return response
