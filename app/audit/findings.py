"""What an engine or an oracle says of one element in one state, and findings put together over all states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["fault", "unsure"]
_DRAFT = re.compile(r"(?<=/)[0-9a-z]{11}(?=/)|[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Finding:
    """`fault`: something is wrong. `unsure`: the engine could not decide, which a person must.

    `target` is a CSS selector of the element and `html` its beginning; `criteria` are the criteria of the RGAA that it
    touches, by number (`11.10`).
    """

    engine: str
    rule: str
    outcome: Outcome
    target: str
    html: str
    message: str
    state: str = ""
    path: str = ""
    criteria: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.outcome} {self.engine} {self.rule} at {self.target}: {self.message}\n      {self.html[:200]}"

    @property
    def same(self) -> tuple[str, ...]:
        """What findings of one cause have in common, in whichever draft and state they show."""
        return (self.engine, self.rule, self.outcome, _DRAFT.sub("…", self.target), _DRAFT.sub("…", self.message))


@dataclass(slots=True)
class Cause:
    """One fault, with every state that shows it."""

    finding: Finding
    states: list[str] = field(default_factory=list)


def together(findings: Iterable[Finding]) -> list[Cause]:
    """Findings by cause, in the order in which each was first met."""
    found: dict[tuple[str, ...], Cause] = {}
    for finding in findings:
        cause = found.setdefault(finding.same, Cause(finding))
        if finding.state not in cause.states:
            cause.states.append(finding.state)
    return list(found.values())
