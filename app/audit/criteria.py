"""The RGAA as data, and what an audit says of each criterion: conform, not conform, not applicable, or not tested.

A criterion that only a person can decide is "not tested" until a signed result says otherwise; a check that did not run
on every state decides nothing; a waiver never turns "not conform" into "conform".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from app.audit.findings import Finding
from app.spec.diagnostics import Findings
from app.spec.source import load

FILE = Path(__file__).parent / "data" / "rgaa.yaml"
How = Literal["check", "absent", "person"]
Status = Literal["C", "NC", "NA", "NT"]
STATUS_WORDS: Mapping[Status, str] = {
    "C": "conforme",
    "NC": "non conforme",
    "NA": "non applicable",
    "NT": "non testé",
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """`how` it is decided; `checks` by name; `applies` is a selector: where it finds nothing, nothing is to be judged.

    `protocol` is what a person does to decide it.
    """

    number: str
    tests: int
    title: str
    how: How
    checks: tuple[str, ...] = ()
    applies: str = ""
    protocol: str = ""

    @property
    def theme(self) -> int:
        return int(self.number.partition(".")[0])


@dataclass(frozen=True, slots=True)
class Reference:
    """A version of the RGAA with all its criteria."""

    version: str
    criteria: tuple[Criterion, ...]

    @property
    def applies(self) -> dict[str, str]:
        """The selectors of what criteria are about, by number."""
        return {one.number: one.applies for one in self.criteria if one.applies}

    @property
    def absent(self) -> frozenset[str]:
        """The criteria about what Guichet never uses."""
        return frozenset(one.number for one in self.criteria if one.how == "absent")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit says of one criterion, why, and from which findings. `by` is the role of the person who decided."""

    criterion: Criterion
    status: Status
    why: str
    findings: tuple[Finding, ...] = ()
    by: str = ""


@cache
def reference() -> Reference:
    """The criteria that are in force."""
    tree = load(FILE.read_text(encoding="utf-8"), str(FILE), Findings())
    assert tree is not None
    plain: dict[str, Any] = tree.to_plain()
    return Reference(
        plain["version"],
        tuple(
            Criterion(
                number=one["number"],
                tests=int(one["tests"]),
                title=one["title"],
                how=one["how"],
                checks=tuple(one.get("checks", ())),
                applies=one.get("applies", ""),
                protocol=one.get("protocol", ""),
            )
            for one in plain["criteria"]
        ),
    )


@dataclass(slots=True)
class Ran:
    """What was done in a run: the names of the checks that looked at every state they are for, and by criterion how
    often the selector of what it is about found something.
    """

    checks: set[str] = field(default_factory=set)
    met: dict[str, int] = field(default_factory=dict)
    states: int = 0

    def did(self, check: str) -> bool:
        """Whether a check ran: by its name, or by its engine where every rule of it ran (`axe label`)."""
        return check in self.checks or check.partition(" ")[0] in self.checks


def verdicts(
    ran: Ran, findings: Iterable[Finding], signed: Mapping[str, tuple[Status, str]] | None = None
) -> list[Verdict]:
    """What the run says of each criterion. `findings` are all, those with an `accepted` waiver too; `signed` are valid
    results of persons: by number, the status and the role of who signed.
    """
    by_number: dict[str, list[Finding]] = {}
    for finding in findings:
        for number in finding.criteria:
            by_number.setdefault(number, []).append(finding)
    return [_verdict(one, ran, by_number.get(one.number, ()), (signed or {})) for one in reference().criteria]


def _verdict(
    criterion: Criterion, ran: Ran, findings: Sequence[Finding], signed: Mapping[str, tuple[Status, str]]
) -> Verdict:
    faults = tuple(finding for finding in findings if finding.outcome == "fault")
    unsure = tuple(finding for finding in findings if finding.outcome == "unsure")
    if faults:
        return Verdict(criterion, "NC", f"{len(faults)} fautes trouvées.", faults)
    if criterion.applies and not ran.met.get(criterion.number) and ran.states:
        return Verdict(criterion, "NA", f"Rien de tel dans aucun des {ran.states} états : « {criterion.applies} ».")
    if criterion.number in signed:
        status, role = signed[criterion.number]
        return Verdict(criterion, status, "Résultat signé, sur ces mêmes pages.", unsure, role)
    if unsure:
        return Verdict(criterion, "NT", "Un moteur n'a pas pu décider : une personne doit regarder.", unsure)
    if criterion.how == "absent":
        return Verdict(criterion, "NT", "Présent sur une page : une personne doit l'examiner.")
    missing = [check for check in criterion.checks if not ran.did(check)]
    if criterion.how == "person":
        return Verdict(criterion, "NT", "Aucune faute trouvée ; seule une personne peut dire que c'est conforme.")
    if missing:
        return Verdict(criterion, "NT", f"Contrôles qui n'ont pas tourné : {', '.join(missing)}.")
    return Verdict(criterion, "C", f"Contrôles sans faute : {', '.join(criterion.checks)}.")
