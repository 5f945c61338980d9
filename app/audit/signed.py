"""Results of persons: what only they can decide, signed, and bound to the very pages that they tested."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.audit.criteria import Status, reference
from app.audit.entries import Entry, read_entries
from app.audit.states import State, bare, chosen

KEYS = ("criterion", "status", "states", "hash", "by", "role", "signed", "with", "note")
STATUSES: tuple[Status, ...] = ("C", "NC", "NA")
WEIGHT: tuple[Status, ...] = ("NA", "C", "NC")
"""What counts where two results are about parts of the same criterion: the last."""


@dataclass(frozen=True, slots=True)
class Signed:
    """`states` is a pattern of names, `hash` what the tested pages came to, `using` the browser and the assistive
    technology.
    """

    criterion: str
    status: Status
    states: str
    hash: str
    by: str
    role: str
    signed: date
    using: str
    note: str


def fingerprint(states: Iterable[State]) -> str:
    """What pages come to: changes with any word and any mark; with any rule of style and any line of script, since
    pages name these files by their content.
    """
    whole = hashlib.sha256()
    for state in sorted(states, key=lambda one: one.name):
        whole.update(f"{state.name}\n{bare(state)}\n".encode())
    return whole.hexdigest()[:16]


def read_signed(path: Path) -> list[Signed]:
    """The results of a file; none where there is no file. Raises `EntriesError`."""
    found = []
    for entry in read_entries(path, KEYS, _faults):
        kept = {key: value for key, value in entry.items() if key != "with"}
        found.append(Signed(**{**kept, "signed": date.fromisoformat(entry["signed"]), "using": entry["with"]}))
    return found


def _faults(entry: Entry) -> Iterator[str]:
    if entry["criterion"] not in {one.number for one in reference().criteria}:
        yield f"le critère « {entry['criterion']} » n'existe pas dans le RGAA {reference().version}."
    if entry["status"] not in STATUSES:
        yield f"« {entry['status']} » n'est pas un résultat : {', '.join(STATUSES)}."
    try:
        date.fromisoformat(entry["signed"])
    except ValueError:
        yield "« signed » est un jour : AAAA-MM-JJ."


def holding(results: Iterable[Signed], states: list[State]) -> list[Signed]:
    """The results whose very pages these are."""
    return [one for one in results if _tested(one, states)]


def _tested(result: Signed, states: list[State]) -> list[State]:
    """The pages that a result is about; none where they are no longer those that were tested."""
    mine = chosen(states, result.states)
    return mine if fingerprint(mine) == result.hash else []


def in_force(results: Iterable[Signed], states: list[State]) -> tuple[dict[str, tuple[Status, str]], list[str]]:
    """What the results decide of these states: by criterion, the status and who signed; and, in words, those that
    decide nothing, since their pages have changed. A criterion is decided when results in force cover every state; one
    "not conform" is enough.
    """
    covered: dict[str, set[str]] = {}
    decided: dict[str, tuple[Status, str]] = {}
    stale: list[str] = []
    for one in results:
        mine = _tested(one, states)
        if not mine:
            stale.append(f"{one.criterion} ({one.states}), signé le {one.signed} : les pages ont changé depuis.")
            continue
        covered.setdefault(one.criterion, set()).update(state.name for state in mine)
        before = decided.get(one.criterion, (one.status, ""))[0]
        decided[one.criterion] = (max(before, one.status, key=WEIGHT.index), one.role)
    everything = {state.name for state in states}
    whole = {number: held for number, held in decided.items() if covered[number] == everything or held[0] == "NC"}
    return whole, stale
