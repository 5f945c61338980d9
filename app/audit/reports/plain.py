"""An audit as JSON, for tools."""

from __future__ import annotations

import json
from typing import Any

from app.audit.crossings import CROSSINGS, WALKED
from app.audit.findings import Finding, together
from app.audit.reports.report import Report
from app.spec.version import ENGINE


def write(report: Report) -> bytes:
    """Everything that was seen, without the pages themselves."""
    return (json.dumps(_plain(report), ensure_ascii=False, indent=1) + "\n").encode()


def _plain(report: Report) -> dict[str, Any]:
    result = report.result
    return {
        "guichet": ENGINE,
        "at": report.at.isoformat(timespec="seconds"),
        "passed": result.passed,
        "rate": report.rate,
        "engines": result.engines,
        "seconds": round(result.seconds, 1),
        "states": [
            {"name": state.name, "path": state.path, "status": state.status, "same": result.same.get(state.name, [])}
            for state in result.states
        ],
        "spoken_for": result.spoken_for,
        "carried": result.carried,
        "singly": {"states": result.singly, "distrusted": result.distrusted},
        "crossed": {name: {"states": count, "why": CROSSINGS[name].why if name in CROSSINGS else WALKED}
                    for name, count in result.crossed.items()},
        "criteria": [
            {"number": one.criterion.number, "title": one.criterion.title, "how": one.criterion.how,
             "status": one.status, "why": one.why, "by": one.by}
            for one in report.verdicts
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
