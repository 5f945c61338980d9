"""SARIF 2.1.0 (OASIS): findings as code hosts show them beside a change."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from app.audit.findings import Cause
from app.audit.reports.report import Report
from app.audit.reports.words import about
from app.spec.version import ENGINE

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write(report: Report) -> bytes:
    """One result for each cause; where it is, is the address of a page and the element, with the states beside."""
    causes = report.causes
    rules = list(dict.fromkeys(_rule(cause) for cause in causes))
    waived = {finding.same: waiver for finding, waiver in report.result.waived}
    results = []
    for cause in causes:
        result = _result(cause, rules.index(_rule(cause)))
        waiver = waived.get(cause.finding.same)
        if waiver is not None:
            note = f"{waiver.reason} ({waiver.role}, {waiver.until})"
            result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": note}]
        results.append(result)
    driver = {
        "name": "guichet audit",
        "version": ENGINE,
        "informationUri": "https://accessibilite.numerique.gouv.fr/",
        "rules": [_described(rule, causes) for rule in rules],
    }
    run = {
        "tool": {"driver": driver, "extensions": [{"name": n, "version": v} for n, v in report.result.engines.items()]},
        "invocations": [{"executionSuccessful": True, "endTimeUtc": f"{report.at:%Y-%m-%dT%H:%M:%SZ}"}],
        "results": results,
        "columnKind": "unicodeCodePoints",
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()


def _rule(cause: Cause) -> str:
    return f"{cause.finding.engine}/{cause.finding.rule}"


def _described(rule: str, causes: list[Cause]) -> dict[str, Any]:
    one = next(cause for cause in causes if _rule(cause) == rule).finding
    criteria = sorted({number for cause in causes if _rule(cause) == rule for number in cause.finding.criteria})
    words = about(one)
    return {
        "id": rule,
        "shortDescription": {"text": words.title},
        "fullDescription": {"text": words.who},
        "help": {"text": words.repair},
        "properties": {"tags": ["accessibility", *(f"RGAA-{number}" for number in criteria)]},
    }


def _result(cause: Cause, index: int) -> dict[str, Any]:
    one = cause.finding
    place = {
        "physicalLocation": {"artifactLocation": {"uri": one.path.lstrip("/") or "."}, "region": {"startLine": 1}},
        "logicalLocations": [{"name": state, "kind": "resource"} for state in cause.states[:20]]
        + [{"fullyQualifiedName": one.target, "kind": "element"}],
    }
    return {
        "ruleId": _rule(cause),
        "ruleIndex": index,
        "level": "error" if one.outcome == "fault" else "warning",
        "message": {"text": one.message or one.rule},
        "locations": [place],
        "partialFingerprints": {"cause/v1": hashlib.sha256("\n".join(one.same).encode()).hexdigest()},
    }
