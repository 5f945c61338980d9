"""JUnit: a test for each state and for each criterion, as continuous integration shows them."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app.audit.findings import Finding
from app.audit.reports.report import Report, writable


def write(report: Report) -> bytes:
    """A state fails by each finding that nobody has decided on; a criterion that is not tested is skipped."""
    root = Element("testsuites", name="guichet audit")
    _states(root, report)
    _criteria(root, report)
    for name in ("tests", "failures", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    root.set("errors", "0")
    root.set("time", f"{report.result.seconds:.1f}")
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _suite(root: Element, name: str, report: Report) -> Element:
    return SubElement(root, "testsuite", name=name, errors="0", timestamp=f"{report.at:%Y-%m-%dT%H:%M:%S}")


def _states(root: Element, report: Report) -> None:
    suite = _suite(root, "states", report)
    by_state: dict[str, list[Finding]] = {}
    for finding in report.result.open:
        by_state.setdefault(finding.state, []).append(finding)
    names = [state.name for state in report.result.states]
    # What was loaded from the running service has a name of its own.
    for name in dict.fromkeys([*names, *by_state]):
        page, _, state = name.partition(":")
        case = SubElement(suite, "testcase", classname=page, name=state or page, time="0")
        _failures(case, by_state.get(name, ()))
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in suite)))
    suite.set("skipped", "0")


def _failures(case: Element, findings: Sequence[Finding]) -> None:
    if findings:
        first = findings[0]
        failure = SubElement(case, "failure", message=writable(first.message), type=f"{first.engine} {first.rule}")
        failure.text = writable("\n".join(map(str, findings)))


def _criteria(root: Element, report: Report) -> None:
    suite = _suite(root, "RGAA", report)
    for verdict in report.verdicts:
        one = verdict.criterion
        case = SubElement(suite, "testcase", classname="RGAA", name=f"{one.number} {one.title}", time="0")
        if verdict.status == "NC":
            SubElement(case, "failure", message=verdict.why, type="not conform")
        elif verdict.status == "NT":
            SubElement(case, "skipped", message=verdict.why)
    suite.set("tests", str(len(suite)))
    for name, tag in (("failures", "failure"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in suite)))
