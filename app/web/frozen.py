"""What the last act freezes: everything the file holds, in the words shown, so that it can be read without the
procedure.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from app.store.submissions import Submission
from app.web.documents_view import files_of, owner_of, taken_for
from app.web.instead import said_instead
from app.web.opendraft import OpenDraft
from app.web.said import with_word


def content(opened: OpenDraft, locale: str) -> dict[str, Any]:
    """The frozen document: answers that were asked (never those set aside), files with their SHA-256, open channels,
    declarations.

    Its words are those of the procedure's own language, which the office reads; `locale` is that of the person's pages.
    `opened` is the draft as it is under the store's lock; an answer saved by another tab at the last moment is in it.
    """
    journey = opened.journey
    files = opened.site.store.files.of_draft(opened.id)
    said = said_instead(opened, files)
    documents = [
        {
            "key": needed.key,
            "title": needed.document.title.source,
            "owner": owner_of(opened, needed, opened.procedure.language),
            "level": needed.level,
            "satisfied": needed.satisfied,
            "files": [
                {"id": f.id, "name": f.name, "size": f.size, "sha256": f.sha256, "media_type": f.media_type}
                for f in files_of(needed, files)
            ],
            "instead": asdict(said[needed.key]) if needed.key in said else None,
        }
        for needed in opened.documents_now
    ]
    frozen: dict[str, Any] = {
        "procedure": opened.procedure.slug,
        "title": opened.procedure.title.source,
        "revision": opened.record.revision,
        "locale": locale,
        "day": opened.today.isoformat(),
        "answers": json.loads(json.dumps(journey.answers)),
        "documents": documents,
        "channels": [channel.id for channel in opened.channels],
        "declarations": [{"id": d.id, "text": d.text.source} for d in journey.declarations],
    }
    frozen["sha256"] = fingerprint(frozen)
    return frozen


def elsewhere(opened: OpenDraft, submission: Submission | None) -> str | None:
    """Where to go instead of the page and papers of a file: it is not made, or it was made ready and is not what the
    person says now.
    """
    if submission is None:
        return opened.next_url()
    if submission.kind == "sent" or _still_holds(opened, submission):
        return None
    if opened.journey.complete:
        return with_word(opened.url("finish.check"), "changed")
    return with_word(opened.next_url(), "reopened")


def _still_holds(opened: OpenDraft, submission: Submission) -> bool:
    """Whether the answers, the files and what was said instead of one are still those of the file. A day that passes
    changes none of them.
    """
    files = opened.site.store.files.of_draft(opened.id)
    here = {file.id for needed in opened.documents_now for file in files_of(needed, files)}
    # A file that cannot be read now was not taken back by the person.
    taken = {file.id for needed in opened.documents_now for file in taken_for(needed, files)}
    then = {file["id"] for document in submission.content["documents"] for file in document["files"]}
    same = submission.content["answers"] == json.loads(json.dumps(opened.journey.answers))
    said = {key: asdict(instead) for key, instead in said_instead(opened, files).items()}
    was_said = {d["key"]: d["instead"] for d in submission.content["documents"] if d.get("instead")}
    return opened.journey.complete and same and here <= then <= taken and said == was_said


def fingerprint(frozen: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a frozen document without its own fingerprint."""
    plain = {name: value for name, value in frozen.items() if name != "sha256"}
    canonical = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
