"""Where a person goes after a page."""

from __future__ import annotations

from app.journey.model import Stop
from app.web.address import query
from app.web.opendraft import OpenDraft
from app.web.said import with_word


def reachable(opened: OpenDraft, stop: Stop) -> bool:
    """Whether the pages before `stop` are done: a typed address never skips a question."""
    outstanding = opened.journey.outstanding
    if outstanding is None or stop.answered:
        return True
    places = opened.journey.places
    return places[stop.key] <= places[outstanding.key]


def after(opened: OpenDraft, stop: Stop) -> str:
    """Where one goes after a page: a new outcome, back to check answers, or the next page in order."""
    seen = set(opened.data.get("seen", []))
    fresh = next((outcome for outcome in opened.journey.outcomes if outcome.id not in seen), None)
    if fresh is not None:
        return opened.url("finish.outcome", outcome_id=fresh.id, **come_back())
    if query("return") == "check":
        return opened.url("finish.check") if opened.journey.complete else _reopened(opened)
    return following(opened, stop)


def _reopened(opened: OpenDraft) -> str:
    """What is still to answer. Where the file was ready, it is said that it no longer is."""
    return with_word(opened.next_url(), "reopened") if opened.record.state == "ready" else opened.next_url()


def again_for_advice(opened: OpenDraft, stop: Stop) -> str:
    """The page that was just saved, once more, with its advice."""
    return opened.stop_url(stop, advice=1, **come_back())


AS_TYPED = "typed"


def as_typed() -> bool:
    """Whether the page was only turned into another language: what is half typed comes back without a word."""
    return query(AS_TYPED) != ""


def come_back() -> dict[str, str]:
    """What an address ends with while the person came from check answers and will go back there."""
    return {"return": "check"} if query("return") == "check" else {}


def following(opened: OpenDraft, stop: Stop) -> str:
    """The page after `stop` on the path as it is now; what follows the questions when it was the last.

    The last page of an added item leads back to its list: only there can one add another.
    """
    path = opened.journey.path
    place = opened.journey.places.get(stop.key)
    if place is None:
        return opened.next_url()
    later = path[place + 1 :]
    repeat = stop.step.repeat
    if repeat is not None and repeat.for_each is None:
        if stop.is_list:
            later = tuple(other for other in later if other.step is not stop.step or not other.answered)
        elif not later or later[0].item != stop.item:
            return opened.stop_url(next(other for other in path if other.is_list and other.step is stop.step))
    return opened.stop_url(later[0]) if later else opened.next_url()


def before(opened: OpenDraft, stop: Stop) -> Stop | None:
    """The page before `stop` on the path; before the first page of an added item, its list."""
    path = opened.journey.path
    place = opened.journey.places.get(stop.key, 0)
    earlier = path[place - 1] if place else None
    if stop.item is None or earlier is None or earlier.item == stop.item:
        return earlier
    return next((other for other in path if other.is_list and other.step is stop.step), earlier)
