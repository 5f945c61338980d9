"""An audit as JSON, for tools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.audit.criteria import Verdict
from app.audit.crossings import CROSSINGS, WALKED
from app.audit.findings import Finding, together
from app.audit.run import Result
from app.spec.version import ENGINE


def as_json(result: Result, found: Sequence[Verdict], at: datetime) -> dict[str, Any]:
    """Everything that was seen, without the pages themselves."""
    return {
        "guichet": ENGINE,
        "at": at.isoformat(timespec="seconds"),
        "passed": result.passed,
        "engines": result.engines,
        "seconds": round(result.seconds, 1),
        "states": [
            {"name": state.name, "path": state.path, "status": state.status, "same": result.same.get(state.name, [])}
            for state in result.states
        ],
        "spoken_for": result.spoken_for,
        "crossed": {name: {"states": count, "why": CROSSINGS[name].why if name in CROSSINGS else WALKED}
                    for name, count in result.crossed.items()},
        "criteria": [
            {"number": one.criterion.number, "title": one.criterion.title, "how": one.criterion.how,
             "status": one.status, "why": one.why, "by": one.by}
            for one in found
        ],
        "findings": [
            {**_finding(cause.finding), "states": cause.states} for cause in together(result.open)
        ],
        "waived": [
            {**_finding(finding), "state": finding.state, "decision": waiver.decision, "role": waiver.role,
             "reason": waiver.reason, "until": waiver.until.isoformat()}
            for finding, waiver in result.waived
        ],
        "expired": [{"engine": one.engine, "rule": one.rule, "until": one.until.isoformat()} for one in result.expired],
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "engine": finding.engine,
        "rule": finding.rule,
        "outcome": finding.outcome,
        "target": finding.target,
        "html": finding.html,
        "message": finding.message,
        "criteria": list(finding.criteria),
    }
