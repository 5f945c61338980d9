"""Files in pieces, by the tus protocol 1.0.0 (core, creation, termination): a cut costs one piece, not the file.

The plain form of the documents page is the base; only our own script speaks this. Pieces are small, and each is on disk
before it is acknowledged.
"""

from __future__ import annotations

import base64
import binascii
from functools import partial

from flask import Blueprint, Response, abort, request

from app.store.drafts import DraftFrozen, DraftGone
from app.store.uploads import Moved, Upload
from app.web.documents import Sent, take
from app.web.guards import FormNotOurs, with_draft
from app.web.opendraft import OpenDraft
from app.web.site import site
from app.web.sniff import Finding
from app.web.upload_messages import upload_message

pages = Blueprint("resumable", __name__)

VERSION = "1.0.0"
MOST_PIECE = 1_000_000
"""Bytes of one piece; it is held in memory until it is sealed."""
OCTETS = "application/offset+octet-stream"


@pages.after_request
def speak_tus(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.route("/<locale>/<slug>/<draft>/pieces/<path:key>", methods=["POST"], endpoint="begin")
@with_draft
def begin(opened: OpenDraft, key: str) -> Response:
    """Announce a file for a document (tus "creation"): 201 with its address."""
    _check(opened)
    size, named = request.headers.get("Upload-Length", ""), _metadata(request.headers.get("Upload-Metadata", ""))
    if not (size.isascii() and size.isdigit() and len(size) < 13):
        return _plain("Upload-Length is missing", 400)
    needed = next((one for one in opened.documents_now if one.key == key), None)
    if needed is None or not opened.editable:
        abort(404)
    if int(size) > min(needed.document.max_size, site().settings.max_upload):
        return _plain(upload_message(Finding(None, "too_big"), named.get("filename", ""), needed.document), 422)
    upload = site().store.uploads.begin(
        opened.id, int(size), name=named.get("filename", ""), key=key, replaces=named.get("replaces", "")
    )
    if upload is None:
        return _plain("too many at once", 429)
    response = _plain("", 201)
    response.headers["Location"] = opened.url("resumable.piece", upload_id=upload.id)
    return response


@pages.route("/<locale>/<slug>/<draft>/piece/<upload_id>", methods=["HEAD"], endpoint="piece")
@with_draft
def piece(opened: OpenDraft, upload_id: str) -> Response:
    """How much has arrived (tus core)."""
    return _standing(_found(opened, upload_id), 200)


@pages.route("/<locale>/<slug>/<draft>/piece/<upload_id>", methods=["PATCH"], endpoint="append")
@with_draft
def append(opened: OpenDraft, upload_id: str) -> Response:
    """The next piece (tus core): 204; 409 when it does not begin where the upload stands. The last piece has the file
    checked and added: 422 with the reason in words when it cannot be kept.
    """
    _check(opened)
    upload = _found(opened, upload_id)
    offset = request.headers.get("Upload-Offset", "")
    if request.mimetype != OCTETS:
        return _plain("Content-Type", 415)
    if not (offset.isascii() and offset.isdigit() and len(offset) < 13):
        return _plain("Upload-Offset is missing", 400)
    if (request.content_length or 0) > MOST_PIECE:
        return _plain("too large", 413)
    data = request.get_data(cache=False)
    if len(data) != (request.content_length or len(data)):
        # The line was cut: what came is no whole piece, and nothing of it is kept.
        return _standing(upload, 400)
    try:
        if data:
            upload = site().store.uploads.append(upload, int(offset), data)
        elif int(offset) != upload.received:
            raise Moved
    except Moved:
        return _standing(_found(opened, upload_id), 409)
    except ValueError:
        return _plain("more than was announced", 413)
    except (DraftFrozen, DraftGone):
        abort(404)
    return _whole(opened, upload) if upload.whole else _standing(upload, 204)


@pages.route("/<locale>/<slug>/<draft>/piece/<upload_id>", methods=["DELETE"], endpoint="give_up")
@with_draft
def give_up(opened: OpenDraft, upload_id: str) -> Response:
    """Forget an upload (tus "termination")."""
    _check(opened)
    site().store.uploads.forget(_found(opened, upload_id))
    return _plain("", 204)


def _whole(opened: OpenDraft, upload: Upload) -> Response:
    """Check and add the file that has arrived. Doing it twice adds it once, also when it was removed in between."""
    if upload.done:
        return _standing(upload, 204)
    needed = next((one for one in opened.documents_now if one.key == upload.key), None)
    if needed is None or not opened.editable:
        abort(404)
    store = site().store
    message = take(opened, needed, Sent(upload.name, partial(store.uploads.open, upload), upload.id), upload.replaces)
    if message:
        # Kept for the sender whose answer is lost and who asks again; the script gives it up, and a day ends it.
        return _plain(message, 422)
    store.uploads.finish(upload)
    return _standing(upload, 204)


def _check(opened: OpenDraft) -> None:
    """The token of our page, and a header that no other site can make a browser send."""
    ours = site().signer.csrf_matches(request.headers.get("X-CSRF-Token", ""), opened.token)
    if not ours or request.headers.get("Tus-Resumable") != VERSION:
        raise FormNotOurs


def _found(opened: OpenDraft, upload_id: str) -> Upload:
    upload = site().store.uploads.find(opened.id, upload_id)
    if upload is None:
        abort(404)
    return upload


def _standing(upload: Upload, status: int) -> Response:
    response = _plain("", status)
    response.headers["Upload-Offset"] = str(upload.received)
    response.headers["Upload-Length"] = str(upload.size)
    return response


def _plain(text: str, status: int) -> Response:
    return Response(text, status, mimetype="text/plain")


def _metadata(header: str) -> dict[str, str]:
    """The pairs of Upload-Metadata: names, each with a value in base64. What cannot be read is left out."""
    found = {}
    for pair in header.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
