"""What a new revision or a new day changes for a draft, in a form that a notice can show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from app.journey.model import Journey
from app.journey.walk import build_journey, summary
from app.spec.model import Procedure
from app.store.drafts import DraftFrozen, DraftRecord

if TYPE_CHECKING:
    from app.web.opendraft import OpenDraft


def moved_forward(opened: OpenDraft, current: Procedure) -> None:
    """Bring an unsent draft to the `current` revision and to today; keep a notice of what that changed for this person.

    Nothing is deleted: answers that no longer apply stay stored, unread, and come back if their question does. A
    notice that was not read yet is not replaced: the new one counts from the same point.
    """
    new_revision = opened.record.revision != current.sha256
    day = opened.today.isoformat()
    if not new_revision and opened.data.get("day") == day:
        return
    since = opened.data.get("notice", {}).get("since") or {
        "revision": opened.record.revision,
        "day": opened.data.get("day") or day,
    }
    known = opened.site.published.revision(since["revision"]) or opened.procedure
    changed = difference(_journey_on(opened, known, since["day"]), _journey_on(opened, current, day))
    cause = "day" if since["revision"] == current.sha256 else "revision"

    def note(record: DraftRecord) -> dict[str, Any]:
        if record.frozen:
            raise DraftFrozen(record.id)
        data = {name: value for name, value in record.data.items() if name != "notice"}
        notice = {"notice": {"cause": cause, "since": since, **changed}} if any(changed.values()) else {}
        return {**data, "day": day, **notice}

    drafts = opened.site.store.drafts
    try:
        opened.record = drafts.update(
            opened.id, note, revision=current.sha256, event="moved_forward" if new_revision else None
        )
        opened.procedure = current
    except DraftFrozen:
        # Another tab sent it a moment ago: it stays what was sent, under the revision it was sent under.
        opened.record = drafts.load(opened.id) or opened.record
    opened.refresh()


def difference(before: Journey, after: Journey) -> dict[str, list[str]]:
    """Ids of what appeared and disappeared between two journeys of the same answers: questions, documents, outcomes,
    advice (by its words); `again` are questions whose answer can no longer be one.

    Each value is a list in the later journey's order, so that it can be stored in the draft as it is.
    """
    held = {(row.stop.item, row.field.id) for row in summary(before) if row.value is not None}
    return {
        "new_questions": _added(_fields(before), _fields(after)),
        "gone_questions": _added(_fields(after), _fields(before)),
        "again": [
            row.field.id for row in summary(after) if row.value is None and (row.stop.item, row.field.id) in held
        ],
        "new_documents": _added(_documents(before), _documents(after)),
        "gone_documents": _added(_documents(after), _documents(before)),
        "new_outcomes": _added((o.id for o in before.outcomes), (o.id for o in after.outcomes)),
        "gone_outcomes": _added((o.id for o in after.outcomes), (o.id for o in before.outcomes)),
        "new_advice": _added(_advice(before), _advice(after)),
        "fees": ["fees"] if _fees(before) != _fees(after) else [],
        "window": ["window"] if _window(before) != _window(after) else [],
    }


def _journey_on(opened: OpenDraft, procedure: Procedure, day: str) -> Journey:
    today = type(opened.today).fromisoformat(day)
    return build_journey(procedure, opened.answers, today, started=opened.started, filed=opened.filed_on)


def _fields(journey: Journey) -> list[str]:
    return list(dict.fromkeys(field.id for stop in journey.path for field in stop.fields))


def _documents(journey: Journey) -> list[str]:
    return [needed.key for needed in journey.documents]


def _advice(journey: Journey) -> list[str]:
    return [shown.check.says.source for shown in journey.advice]


def _fees(journey: Journey) -> list[tuple[str, str]]:
    return [(due.fee.fact, str(due.period and due.period.value)) for due in journey.fees]


def _window(journey: Journey) -> str | None:
    return journey.window.state if journey.window else None


def _added(before: Iterable[str], after: Iterable[str]) -> list[str]:
    known = set(before)
    return [name for name in after if name not in known]
