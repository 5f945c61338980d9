"""What every format is made of: the result of an audit, what it says of each criterion, and of each page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.audit.criteria import Status, Verdict
from app.audit.findings import Cause, together
from app.audit.run import Result


@dataclass(frozen=True, slots=True)
class Report:
    """`pictures` are files in the folder of the report, by the cause that they show. `scope` says in a sentence what
    was looked at, and what was not.
    """

    result: Result
    verdicts: tuple[Verdict, ...]
    at: datetime
    pictures: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    scope: str = ""

    @property
    def causes(self) -> list[Cause]:
        """What is open, and what a person has put off: a fault stays a fault."""
        return together(self.result.judged)

    @property
    def pages(self) -> dict[str, list[str]]:
        """The states of each page: a page is what stands before the colon of a name."""
        found: dict[str, list[str]] = {}
        for state in self.result.states:
            for name in (state.name, *self.result.same.get(state.name, ())):
                found.setdefault(page_of(name), []).append(name)
        return found

    def status_on(self, page: str, verdict: Verdict) -> Status:
        """What is said of a criterion on one page: a fault elsewhere does not make this one wrong."""
        if verdict.status != "NC":
            return verdict.status
        if any(page_of(finding.state) == page for finding in verdict.findings):
            return "NC"
        return "C" if verdict.criterion.how == "check" else "NT"

    @property
    def rate(self) -> float | None:
        """The share of criteria that are met among those that apply; None while one of them is not tested."""
        counted = [one.status for one in self.verdicts if one.status != "NA"]
        if not counted or "NT" in counted:
            return None
        return counted.count("C") / len(counted)


_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def writable(text: str) -> str:
    """Text without what XML cannot hold (XML 1.0, section 2.2): pages may quote what was typed."""
    return _UNWRITABLE.sub("", text)


def page_of(state: str) -> str:
    return state.partition(":")[0]
