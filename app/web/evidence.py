"""What an audit leaves for the accessibility statement: one small file, bound to the revision that was audited."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

log = logging.getLogger("guichet.accessibility")
Status = Literal["C", "NC", "NA", "NT"]
STATUSES: tuple[Status, ...] = ("C", "NC", "NA", "NT")
Level = Literal["full", "partial", "none"]
HALF = 50
"""From this share of criteria on, a service is partially conform (compulsory form of the statement, published with the
RGAA)."""
YEARS = 3
"""After so long a statement has to be made anew (the same source)."""
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion of the RGAA: `title` is ours, in French."""

    number: str
    title: str
    status: Status


@dataclass(frozen=True, slots=True)
class Tester:
    """A person whose signed results were in force: a role, no name; `using` is the browser and assistive technology."""

    role: str
    using: str
    signed: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was verified. `procedure` is a slug, empty for pages around the procedures."""

    procedure: str
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The last audit: of which `revision`, when, with what, and what it says of each criterion."""

    revision: str
    at: datetime
    reference: str
    states: int
    languages: tuple[str, ...]
    tools: tuple[str, ...]
    criteria: tuple[Judged, ...]
    testers: tuple[Tester, ...] = ()
    pages: tuple[Page, ...] = ()

    def of(self, status: Status) -> tuple[Judged, ...]:
        return tuple(one for one in self.criteria if one.status == status)

    @property
    def rate(self) -> int | None:
        """The share of criteria that are met among those that apply, in whole percent, never rounded up; None while one
        of them is not tested.
        """
        met, applicable = len(self.of("C")), len(self.criteria) - len(self.of("NA"))
        return None if self.of("NT") or not applicable else 100 * met // applicable

    @property
    def level(self) -> Level:
        """The state that the law knows; without a measure of every criterion it is "not conform" (same source)."""
        if self.rate is None or self.rate < HALF:
            return "none"
        return "partial" if self.of("NC") else "full"

    def too_old(self, today: date) -> bool:
        return (today.year - self.at.year, today.month, today.day) >= (YEARS, self.at.month, self.at.day)


class EvidenceError(ValueError):
    """The file is none of ours; the message says why."""


def save(path: Path, evidence: Evidence) -> None:
    """Write the file, whole or not at all."""
    plain = {"format": FORMAT, **asdict(evidence), "at": evidence.at.isoformat(timespec="seconds")}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(plain, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)


def load(path: Path) -> Evidence:
    """Read the file. Raises `EvidenceError`, and `OSError` where there is none."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise EvidenceError(f"{path}: format {plain['format']}")
        return _evidence(plain)
    except (ValueError, KeyError, TypeError) as reason:
        raise EvidenceError(f"{path}: {type(reason).__name__} {reason}") from reason


def _evidence(plain: Mapping[str, Any]) -> Evidence:
    criteria = tuple(Judged(**one) for one in plain["criteria"])
    if not criteria or any(one.status not in STATUSES for one in criteria):
        raise ValueError("criteria")
    return Evidence(
        revision=str(plain["revision"]),
        at=datetime.fromisoformat(plain["at"]),
        reference=str(plain["reference"]),
        states=int(plain["states"]),
        languages=tuple(map(str, plain["languages"])),
        tools=tuple(map(str, plain["tools"])),
        criteria=criteria,
        testers=tuple(Tester(**one) for one in plain["testers"]),
        pages=tuple(Page(**one) for one in plain["pages"]),
    )


def last_audit(path: Path) -> Evidence | None:
    """The audit of a file; None where there is none, or none that can be read: nothing is claimed then."""
    try:
        return load(path)
    except FileNotFoundError:
        return None
    except (EvidenceError, OSError) as reason:
        log.error("the audit cannot be read, the statement does without it: %s", reason)
        return None
