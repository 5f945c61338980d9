"""The renewal of a student permit: when to file, with which papers, and what a difficulty leads to."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.journey.model import Journey
from tests.procedures.people import UNKNOWN, answers, letter, outcomes, procedure, walk

SLUG = "student-renewal"
TODAY = date(2026, 11, 25)


def student(**changes: Any) -> Journey:
    return walk(SLUG, answers(SLUG, changes), TODAY)


@pytest.mark.parametrize(
    ("expiry", "opens", "closes"),
    [
        ("2026-10-31", date(2026, 7, 3), date(2026, 9, 1)),
        ("2026-12-31", date(2026, 9, 2), date(2026, 11, 1)),
        ("2027-01-15", date(2026, 9, 17), date(2026, 11, 16)),
        ("2027-03-01", date(2026, 11, 1), date(2026, 12, 31)),
        ("2028-03-01", date(2027, 11, 2), date(2028, 1, 1)),
    ],
)
def test_the_window_is_that_of_the_law(expiry: str, opens: date, closes: date) -> None:
    derived = student(permit_start="2025-09-25", permit_end=expiry).derived
    assert (derived["opens_on"], derived["closes_on"]) == (opens, closes)


def test_nobody_is_kept_from_filing_for_want_of_money_or_of_a_date() -> None:
    journey = student(permit_end=UNKNOWN, monthly="0")
    assert journey.complete
    assert "low_resources" in outcomes(journey)
    assert [channel.id for channel in journey.channels if channel.files and channel.kind == "external"] == ["anef"]


@pytest.mark.parametrize(
    ("source", "paper"),
    [
        ("scholarship", "scholarship_proof"),
        ("salary", "payslips"),
        ("third_party", "guarantor"),
        ("savings", "savings_proof"),
    ],
)
def test_each_source_of_money_has_its_paper_and_no_other(source: str, paper: str) -> None:
    proofs = {"scholarship_proof", "payslips", "guarantor", "savings_proof"}
    assert {needed.key for needed in student(resources=[source]).documents} & proofs == {paper}


def test_a_repeated_year_gives_a_letter_that_says_why() -> None:
    written = letter(SLUG, student(), "studies")
    assert "redoublé" in written
    assert "changé de formation" not in written


def test_what_disagrees_between_sources_is_shown_to_be_checked() -> None:
    facts = procedure(SLUG).facts
    assert {period.value for period in facts["total"].conflict} == {100, 150}
    assert all(period.needs_review for period in facts["resources"].periods)
