"""EARL 1.0 (W3C) in JSON-LD: who asserts what of which page, by which test, as the ACT community publishes it."""

from __future__ import annotations

import json
from typing import Any

from app.audit.criteria import Status, Verdict
from app.audit.reports.report import Report
from app.spec.version import ENGINE

CONTEXT: dict[str, Any] = {
    "@vocab": "http://www.w3.org/ns/earl#",
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "assertions": {"@reverse": "subject"},
    "assertedBy": {"@type": "@id"},
    "outcome": {"@type": "@id"},
    "mode": {"@type": "@id"},
    "test": {"@type": "@id"},
    "dct:date": {"@type": "xsd:dateTime"},
}
OUTCOMES: dict[Status, str] = {
    "C": "earl:passed",
    "NC": "earl:failed",
    "NA": "earl:inapplicable",
    "NT": "earl:untested",
}
TEST = "https://accessibilite.numerique.gouv.fr/methode/criteres-et-tests/#"
MACHINE = "#guichet-audit"


def write(report: Report) -> bytes:
    """A subject for each page, with an assertion for each criterion."""
    assertor: dict[str, Any] = {"@id": MACHINE, "@type": ["Assertor", "Software"], "doap:name": "guichet audit"}
    assertor["doap:release"] = {"doap:revision": ENGINE}
    roles = sorted({verdict.by for verdict in report.verdicts if verdict.by})
    graph: list[dict[str, Any]] = [assertor]
    graph += [{"@id": _person(role), "@type": ["Assertor", "foaf:Agent"], "foaf:name": role} for role in roles]
    graph += [_subject(page, states, report) for page, states in report.pages.items()]
    return (json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _person(role: str) -> str:
    return f"#person-{'-'.join(role.split())}"


def _subject(page: str, states: list[str], report: Report) -> dict[str, Any]:
    return {
        "@id": f"#page-{page}",
        "@type": ["TestSubject", "foaf:Document"],
        "dct:title": page,
        "dct:hasPart": states,
        "assertions": [_assertion(page, verdict, report) for verdict in report.verdicts],
    }


def _assertion(page: str, verdict: Verdict, report: Report) -> dict[str, Any]:
    return {
        "@type": "Assertion",
        "test": f"{TEST}{verdict.criterion.number}",
        "assertedBy": _person(verdict.by) if verdict.by else MACHINE,
        "mode": "earl:manual" if verdict.by else "earl:automatic",
        "result": {
            "@type": "TestResult",
            "outcome": OUTCOMES[report.status_on(page, verdict)],
            "dct:date": f"{report.at:%Y-%m-%dT%H:%M:%SZ}",
            "dct:description": verdict.why,
        },
    }
