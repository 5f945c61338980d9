"""What was typed and is no answer: half-filled pages, text in error, pages that went away. Kept exactly as typed, shown
again, never read by conditions, never sent (design, decision 7).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from app.journey.answers import COUNTERS
from app.journey.model import Stop
from app.spec.model import Choice
from app.web.opendraft import Data, OpenDraft

Raw = Mapping[str, list[str]]
"""Texts by control name."""


def put_pending(data: Data, key: str, raw: Raw, shown: str = "") -> None:
    """Keep what was typed on a page. `shown` is what its form carried: the text was typed over those answers."""
    data["pending"] = {**data.get("pending", {}), key: raw}
    data["typed_over"] = {**data.get("typed_over", {}), key: answers_part(shown)}


def drop_pending(data: Data, key: str) -> None:
    """Take out what was typed on a page."""
    for name in ("pending", "typed_over"):
        data[name] = {other: kept for other, kept in data.get(name, {}).items() if other != key}


def replace_pending(data: Data, key: str, raw: Raw, shown: str) -> None:
    """Take out what was typed before on a page that is now saved from `raw`.

    It stays when the person did not see it (another tab kept it since) and it holds text for a question that `raw`
    leaves empty.
    """
    held: Raw | None = data.get("pending", {}).get(key)
    if held is None:
        return
    seen = shown.partition(".")[2] == typed_digest(held)
    if seen or all(any(raw.get(control, ())) for control, texts in held.items() if any(texts)):
        drop_pending(data, key)


def hidden_key(key: str) -> str:
    """Where text for the questions of a page that are not asked now is kept: no page has such an address."""
    return f"{key}~"


def unasked(stop: Stop, typed: MultiDict[str, str]) -> dict[str, list[str]]:
    """Text that was sent for questions of this page that another tab has hidden since it was shown."""
    if len(stop.fields) == len(stop.page.fields):
        return {}
    asked = {question.id for question in stop.fields}
    names = {question.id for question in stop.page.fields} - asked
    return {control: texts for control, texts in typed.lists() if question_of(control) in names and any(texts)}


def typed_digest(raw: Raw | None) -> str:
    """A short fingerprint of pending text; empty when there is none."""
    if raw is None:
        return ""
    text = json.dumps(raw, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def answers_part(shown: str) -> str:
    """The fingerprint of the answers, out of what a form carried."""
    return shown.partition(".")[0][:32]


def question_of(control: str) -> str:
    """The question that a control belongs to."""
    return re.split(r"__|-", control)[0]


def waits(opened: OpenDraft, stop: Stop, question: str) -> bool:
    """Whether something was typed for a question of a page that could not be saved as answers."""
    kept = opened.pending(stop.key) or {}
    return any(text.strip() for control, texts in kept.items() if question_of(control) == question for text in texts)


def keep_typed(opened: OpenDraft, key: str, typed: MultiDict[str, str], shown: str) -> bool:
    """Keep what was typed on a page that is no longer on the path: it is there again if the page comes back.

    False when there is nothing to keep, or no page of this procedure could have had that address.
    """
    known = {question.id for step in opened.procedure.steps for question in step.fields}
    raw = {name: texts for name, texts in typed.lists() if question_of(name) in known and any(texts)}
    if not raw or not _could_be(opened, key):
        return False
    opened.change(lambda data: put_pending(data, key, raw, shown))
    return True


def _could_be(opened: OpenDraft, key: str) -> bool:
    """Whether a page has, had or could have this address: nobody fills a draft with pages of their own."""
    numbers: Mapping[str, int] = opened.answers.get(COUNTERS, {})
    for step in opened.procedure.steps:
        if step.repeat is None:
            if any(page.id == key for page in step.pages):
                return True
            continue
        name, _, rest = key.partition("/")
        item, _, tail = rest.partition("/")
        if name == step.id and any(page.id.removeprefix(step.id).lstrip("/") == tail for page in step.pages):
            ticked = {choice.id for choice in _choices(opened, step.repeat.for_each)}
            return item in ticked or (item.isdecimal() and int(item) <= numbers.get(step.id, 0))
    return False


def _choices(opened: OpenDraft, name: str | None) -> tuple[Choice, ...]:
    found = (question for step in opened.procedure.steps for question in step.fields if question.id == name)
    return next((question.choices for question in found), ())
