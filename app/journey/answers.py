"""Pure updates of a draft's answers: each takes answers and gives new ones; nothing is changed in place.

Reserved keys: `_visited`, keys of pages that were saved at least once (a page of optional questions is done when it
was seen);
`_items`, by repeat step, the highest item number ever given, so that an id is never used again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from app.journey.model import Answers, Stop
from app.kinds.base import Value

VISITED = "_visited"
COUNTERS = "_items"


def set_page(answers: Answers, stop: Stop, values: Mapping[str, Value | None]) -> dict[str, Any]:
    """`answers` with the values of one page; None clears an answer. Marks the page as visited."""
    after = dict(answers)
    if stop.item is None:
        _put(after, values)
    else:
        items = [dict(item) for item in after.get(stop.step.id, [])]
        held = next((item for item in items if item["id"] == stop.item), None)
        if held is None:
            held = {"id": stop.item, "answers": {}}
            items.append(held)
        inner = dict(held["answers"])
        _put(inner, values)
        held["answers"] = inner
        after[stop.step.id] = items
    visited = list(after.get(VISITED, []))
    after[VISITED] = visited if stop.key in visited else [*visited, stop.key]
    return after


def _put(answers: dict[str, Any], values: Mapping[str, Value | None]) -> None:
    for name, value in values.items():
        if value is None:
            answers.pop(name, None)
        else:
            answers[name] = value


def add_item(answers: Answers, step_id: str) -> tuple[dict[str, Any], str]:
    """`answers` with a new, empty item of a repeat, and the item's id."""
    counters = dict(answers.get(COUNTERS, {}))
    items = list(answers.get(step_id, []))
    highest = max([counters.get(step_id, 0), *(int(item["id"]) for item in items if str(item["id"]).isdigit())])
    counters[step_id] = highest + 1
    item = str(highest + 1)
    return {**answers, COUNTERS: counters, step_id: [*items, {"id": item, "answers": {}}]}, item


def remove_item(answers: Answers, step_id: str, item_id: str) -> dict[str, Any]:
    """`answers` without an item, and without the memory of having visited its pages."""
    gone = f"{step_id}/{item_id}"
    visited = [key for key in answers.get(VISITED, []) if key != gone and not key.startswith(gone + "/")]
    items = [item for item in answers.get(step_id, []) if item["id"] != item_id]
    return {**answers, step_id: items, VISITED: visited}


def erase(answers: Answers, name: str) -> dict[str, Any]:
    """`answers` without what `name` stands for, as in `Journey.aside`: the answer of a field, its "which one?" text
    included, all items of a repeat, one item, or one answer inside it.
    """
    step_id, _, inside = name.partition("/")
    item_id, _, field_id = inside.partition("/")
    if not inside:
        return _without(answers, name)
    if not field_id:
        return remove_item(answers, step_id, item_id)
    items = [
        {**item, "answers": _without(item["answers"], field_id)} if item["id"] == item_id else item
        for item in answers.get(step_id, [])
    ]
    return {**answers, step_id: items}


def _without(answers: Answers, name: str) -> dict[str, Any]:
    gone = {name, f"{name}__specify"}
    return {key: value for key, value in answers.items() if key not in gone}


def digest(answers: Answers, names: Iterable[str]) -> str:
    """A short fingerprint of the answers of some fields: equal when and only when they are stored alike."""
    picked = {name: answers[name] for name in sorted(names) if name in answers}
    canonical = json.dumps(picked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:24]
