"""Results of persons: what only they can decide, signed, and bound to the very pages that they tested."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app.audit.criteria import Status, reference
from app.audit.states import State, bare, chosen
from app.spec.diagnostics import Findings
from app.spec.source import load

KEYS = ("criterion", "status", "states", "hash", "by", "role", "signed", "with", "note")
STATUSES: tuple[Status, ...] = ("C", "NC", "NA")
WEIGHT: tuple[Status, ...] = ("NA", "C", "NC")
"""What counts where two results are about parts of the same criterion: the last."""


class SignedError(ValueError):
    """The file cannot be used; the message lists every reason, in French, one a line."""


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
    """The results of a file; none where there is no file. Raises `SignedError`."""
    if not path.is_file():
        return []
    problems = Findings()
    tree = load(path.read_text(encoding="utf-8"), str(path), problems)
    wrong = [f"{path}:{one.line} {one.message}" for one in problems.in_order() if one.severity == "error"]
    found = []
    for node in [] if tree is None or wrong else tree.items():
        plain = node.to_plain()
        faults = list(_faults(plain if isinstance(plain, dict) else {}))
        wrong += [f"{path}:{node.span.line} {fault}" for fault in faults]
        if not faults:
            day, using = date.fromisoformat(plain["signed"]), plain["with"]
            kept = {key: value for key, value in plain.items() if key != "with"}
            found.append(Signed(**{**kept, "signed": day, "using": using}))
    if wrong:
        raise SignedError("\n".join(wrong))
    return found


def _faults(entry: dict[str, Any]) -> Iterator[str]:
    missing = [key for key in KEYS if not str(entry.get(key, "")).strip()]
    unknown = [key for key in entry if key not in KEYS]
    if missing or unknown:
        yield f"clés manquantes : {', '.join(missing) or 'aucune'} ; clés inconnues : {', '.join(unknown) or 'aucune'}."
        return
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
    return [one for one in results if (mine := chosen(states, one.states)) and fingerprint(mine) == one.hash]


def in_force(results: Iterable[Signed], states: list[State]) -> tuple[dict[str, tuple[Status, str]], list[str]]:
    """What the results decide of these states: by criterion, the status and who signed; and, in words, those that
    decide nothing, since their pages have changed. A criterion is decided when results in force cover every state; one
    "not conform" is enough.
    """
    covered: dict[str, set[str]] = {}
    decided: dict[str, tuple[Status, str]] = {}
    stale: list[str] = []
    for one in results:
        mine = chosen(states, one.states)
        if not mine or fingerprint(mine) != one.hash:
            stale.append(f"{one.criterion} ({one.states}), signé le {one.signed} : les pages ont changé depuis.")
            continue
        covered.setdefault(one.criterion, set()).update(state.name for state in mine)
        before = decided.get(one.criterion, (one.status, ""))[0]
        decided[one.criterion] = (max(before, one.status, key=WEIGHT.index), one.role)
    everything = {state.name for state in states}
    whole = {number: held for number, held in decided.items() if covered[number] == everything or held[0] == "NC"}
    return whole, stale
