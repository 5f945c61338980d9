"""What a new revision or a new day changes for a draft, in a form that a notice can show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from app.journey.model import Journey
from app.journey.walk import build_journey
from app.spec.model import Procedure

if TYPE_CHECKING:
    from app.web.opendraft import OpenDraft


def moved_forward(opened: OpenDraft, current: Procedure) -> None:
    """Bring an unsent draft to the `current` revision and to today; keep a notice of what that changed for this person.

    Nothing is deleted: answers that no longer apply stay stored, unread, and come back if their question does.
    """
    new_revision = opened.record.revision != current.sha256
    day = opened.today.isoformat()
    if not new_revision and opened.data.get("day") == day:
        return
    seen = opened.data.get("day") or day
    before = _journey_on(opened, opened.procedure, seen)
    after = _journey_on(opened, current, day)
    notice = difference(before, after)
    opened.procedure = current

    def note(data: dict[str, Any]) -> None:
        data["day"] = day
        if any(notice.values()):
            data["notice"] = {"cause": "revision" if new_revision else "day", **notice}

    opened.record = opened.site.store.drafts.update(
        opened.id,
        lambda record: _with(record.data, note),
        revision=current.sha256,
        event="moved_forward" if new_revision else None,
    )
    opened.refresh()


def difference(before: Journey, after: Journey) -> dict[str, list[str]]:
    """Ids of what appeared and disappeared between two journeys of the same answers: questions, documents, outcomes,
    advice.

    Each value is a list in the later journey's order, so that it can be stored in the draft as it is.
    """
    return {
        "new_questions": _added(_fields(before), _fields(after)),
        "gone_questions": _added(_fields(after), _fields(before)),
        "new_documents": _added(_documents(before), _documents(after)),
        "gone_documents": _added(_documents(after), _documents(before)),
        "new_outcomes": _added((o.id for o in before.outcomes), (o.id for o in after.outcomes)),
        "gone_outcomes": _added((o.id for o in after.outcomes), (o.id for o in before.outcomes)),
        "fees": ["fees"] if _fees(before) != _fees(after) else [],
        "window": ["window"] if _window(before) != _window(after) else [],
    }


def _journey_on(opened: OpenDraft, procedure: Procedure, day: str) -> Journey:
    today = type(opened.today).fromisoformat(day)
    return build_journey(procedure, opened.answers, today, started=opened.started, filed=opened.filed_on)


def _with(data: dict[str, Any], change: Any) -> dict[str, Any]:
    changed = dict(data)
    change(changed)
    return changed


def _fields(journey: Journey) -> list[str]:
    return list(dict.fromkeys(field.id for stop in journey.path for field in stop.fields))


def _documents(journey: Journey) -> list[str]:
    return [needed.key for needed in journey.documents]


def _fees(journey: Journey) -> list[tuple[str, str]]:
    return [(due.fee.fact, str(due.period and due.period.value)) for due in journey.fees]


def _window(journey: Journey) -> str | None:
    return journey.window.state if journey.window else None


def _added(before: Iterable[str], after: Iterable[str]) -> list[str]:
    known = set(before)
    return [name for name in after if name not in known]
