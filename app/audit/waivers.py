"""What a person looked at and decided: reviewed entries of a YAML file, each with an end.

`no_barrier` answers what an engine could not decide: the person looked, and nobody is kept out. `accepted` is a known
fault that is put off: the run goes on, and its criterion stays "not conform".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.audit.entries import Entry, read_entries
from app.audit.findings import Finding

KEYS = ("engine", "rule", "url", "target", "decision", "reason", "role", "decided", "until")
DECISIONS = ("no_barrier", "accepted")
LEAST_WORDS = 5
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Waiver:
    """`url` and `target` are regular expressions on the address and on the selector. It holds up to the day `until`."""

    engine: str
    rule: str
    url: str
    target: str
    decision: str
    reason: str
    role: str
    decided: date
    until: date

    def covers(self, finding: Finding) -> bool:
        """Whether it is about this finding, and a decision that can be taken about such a one."""
        return (
            (self.engine, self.rule) == (finding.engine, finding.rule)
            and (self.decision == "accepted" or finding.outcome == "unsure")
            and bool(re.search(self.url, finding.path))
            and bool(re.search(self.target, finding.target))
        )


@dataclass(frozen=True, slots=True)
class Waivers:
    """Those in force, and those whose end has come: an expired one is a failure of its own."""

    valid: tuple[Waiver, ...] = ()
    expired: tuple[Waiver, ...] = ()

    def of(self, finding: Finding) -> Waiver | None:
        return next((waiver for waiver in self.valid if waiver.covers(finding)), None)

    def open(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that no waiver covers."""
        return [finding for finding in findings if self.of(finding) is None]


def read_waivers(path: Path, today: date) -> Waivers:
    """The waivers of a file; none where there is no file. Raises `EntriesError`."""
    found: list[Waiver] = []
    for entry in read_entries(path, KEYS, _faults):
        days = {name: date.fromisoformat(entry[name]) for name in ("decided", "until")}
        found.append(Waiver(**{**entry, **days}))
    return Waivers(
        tuple(waiver for waiver in found if waiver.until >= today),
        tuple(waiver for waiver in found if waiver.until < today),
    )


def _faults(entry: Entry) -> Iterator[str]:
    if entry["decision"] not in DECISIONS:
        yield f"« {entry['decision']} » n'est pas une décision : {' ou '.join(DECISIONS)}."
    if len(entry["reason"].split()) < LEAST_WORDS:
        yield "la raison est trop courte : dites pourquoi personne n'est bloqué, ou quand la faute sera corrigée."
    for key in ("url", "target"):
        try:
            re.compile(entry[key])
        except re.error:
            yield f"« {key} » n'est pas une expression régulière."
    try:
        first, last = (date.fromisoformat(entry[key]) for key in ("decided", "until"))
    except ValueError:
        yield "« decided » et « until » sont des jours : AAAA-MM-JJ."
        return
    if not first <= last <= first + LONGEST:
        yield "« until » vient après « decided », un an plus tard au plus : une décision se relit."
