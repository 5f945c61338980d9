"""The RGAA as data, and that no result is better than what was done for it."""

from __future__ import annotations

from collections import Counter

import pytest

from app.audit.criteria import Criterion, Ran, Status, reference, verdicts
from app.audit.findings import Finding

ALL_TESTS = 258
BY_THEME = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
"""Criteria of the themes 1 to 13 of RGAA 4.1.2, from the published reference."""


def everything() -> Ran:
    """A run in which every check ran and everything that criteria are about was met, except what must not be there."""
    checks = {check for one in reference().criteria for check in one.checks}
    met = {one.number: 0 if one.how == "absent" else 1 for one in reference().criteria}
    return Ran({"axe", *checks}, met, 100)


def status(ran: Ran, number: str, *findings: Finding, signed: tuple[Status, str] | None = None) -> Status:
    found = verdicts(ran, findings, {} if signed is None else {number: signed})
    return next(one.status for one in found if one.criterion.number == number)


def fault(*criteria: str, outcome: str = "fault") -> Finding:
    return Finding("axe", "x", outcome, "p", "", "", "s", "/", criteria)  # type: ignore[arg-type]


def test_every_criterion_is_there_with_its_tests() -> None:
    found = reference()
    assert found.version == "4.1.2"
    assert tuple(Counter(one.theme for one in found.criteria).values()) == BY_THEME
    assert sum(one.tests for one in found.criteria) == ALL_TESTS
    numbers = [tuple(map(int, one.number.split("."))) for one in found.criteria]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 106


def test_every_criterion_has_a_way_of_being_decided() -> None:
    for one in reference().criteria:
        assert one.title
        assert not one.title.endswith("?"), "the titles are ours"
        match one.how:
            case "check":
                assert one.checks, one.number
            case "absent":
                assert one.applies, one.number
            case "person":
                assert len(one.protocol) > 30, one.number


def test_a_whole_run_without_faults_decides_what_a_machine_can() -> None:
    counts = Counter(one.status for one in verdicts(everything(), []))
    assert counts == {"C": 46, "NA": 34, "NT": 26}


def test_what_only_a_person_can_decide_is_never_conform_by_itself() -> None:
    for verdict in verdicts(everything(), []):
        if verdict.criterion.how == "person":
            assert verdict.status == "NT"
    assert status(everything(), "8.6", signed=("C", "auditrice")) == "C"


def test_a_check_that_did_not_run_decides_nothing() -> None:
    ran = everything()
    ran.checks -= {"crossing narrow"}
    assert status(ran, "10.11") == "NT"
    assert status(everything(), "10.11") == "C"


def test_a_fault_is_not_conform_whoever_signed() -> None:
    assert status(everything(), "8.6", fault("8.6"), signed=("C", "auditrice")) == "NC"
    assert status(everything(), "10.11", fault("10.11")) == "NC"
    assert status(everything(), "10.11", fault("10.12")) == "C"


def test_what_an_engine_could_not_decide_waits_for_a_person() -> None:
    assert status(everything(), "3.2", fault("3.2", outcome="unsure")) == "NT"
    assert status(everything(), "3.2", fault("3.2", outcome="unsure"), signed=("C", "auditrice")) == "C"


def test_what_is_met_nowhere_does_not_apply_and_what_is_met_does() -> None:
    ran = everything()
    assert status(ran, "2.1") == "NA"
    ran.met["2.1"] = 1
    assert status(ran, "2.1") == "NT", "a frame: a person has to look"
    ran.met["1.1"] = 0
    assert status(ran, "1.1") == "NA"


def test_a_run_over_nothing_decides_nothing() -> None:
    assert {one.status for one in verdicts(Ran(), [])} == {"NT"}


@pytest.mark.parametrize("check", ["axe label", "model name"])
def test_an_engine_that_ran_whole_ran_each_of_its_rules(check: str) -> None:
    assert Ran({"axe"}).did(check) == check.startswith("axe")
    assert Criterion("1.1", 1, "", "check").theme == 1
