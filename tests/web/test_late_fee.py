"""`file_between`: its days and its late fee, for those of whom its `when` is true, on pages and papers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.test_ages import paper, same
from tests.web.written import SLUG, installed

STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "ends", kind: "date", label: "Fin du titre"}
    - {id: "student", kind: "yes_no", label: "Étudiez-vous ?"}
"""
MORE = """
facts:
  stamp: {periods: [{value: 25, unit: "EUR", source: "Loi"}]}
  more: {periods: [{value: 180, unit: "EUR", source: "Loi", needs_review: "yes"}]}
derived:
  closes: {date_minus: ["ends", "1 month"]}
fees: [{fact: "stamp", due: "hand_over"}]
"""
WINDOW = """
file_between:
  closes: "closes"
  late: {fee: "more", due: "filing", says: "Sauf force majeure."}
  when: {student: "yes"}
"""
NO_FEE = WINDOW.replace('fee: "more", due: "filing", ', "")
LATE = "À payer quand vous déposez la demande 180 € (à vérifier)Sauf force majeure."
AHEAD = "En plus, si vous déposez après le 15 janvier 2027 180 € (à vérifier)Sauf force majeure."
ON_PAPER = "En plus, si vous déposez après le 15 janvier 2027"


def served(folder: Path, window: str = WINDOW) -> Installation:
    return installed(folder, STEPS, MORE + window)


def at_check(small: Installation, day: str, *, student: str = "yes") -> Person:
    small.clock.now = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    person = Person(small.client()).start(SLUG)
    ends = {"ends-day": "15", "ends-month": "2", "ends-year": "2027"}
    return person.press(person.form(), "continue", **ends, student=student)


def ready(person: Person) -> Person:
    return person.press(person.form(action="/check"), "continue")


@pytest.mark.parametrize(("day", "late"), [("2027-01-15", False), ("2027-01-16", True)])
def test_the_late_fee_is_announced_until_the_last_day_and_due_after_it(tmp_path: Path, day: str, late: bool) -> None:
    person = at_check(served(tmp_path), day)
    for said in (same(person.text), same(ready(person).text)):
        assert (LATE in said, AHEAD in said) == (late, not late)
    said = paper(person, "preuve.pdf")
    assert (ON_PAPER in said, "180 €" in said) == (not late, True)


@pytest.mark.parametrize("day", ["2027-01-15", "2027-01-16"])
def test_those_for_whom_the_days_are_not_see_neither_days_nor_fee(tmp_path: Path, day: str) -> None:
    person = at_check(served(tmp_path), day, student="no")
    assert "180 €" not in same(person.text)
    assert "180 €" not in same(ready(person).text)
    said = paper(person, "preuve.pdf")
    assert "180 €" not in said
    assert "Déposez au plus tard le" not in said


def test_without_a_fee_late_only_says_so(tmp_path: Path) -> None:
    small = served(tmp_path, NO_FEE)
    person = at_check(small, "2027-01-16")
    assert "180 €" not in same(person.text)
    start = same(person.open(f"/fr/{SLUG}/").text)
    assert "déposez après le dernier jour" not in start
    assert "Sauf force majeure." in start


def test_the_start_page_counts_the_late_fee_and_says_for_whom(tmp_path: Path) -> None:
    person = Person(served(tmp_path).client()).open(f"/fr/{SLUG}/")
    said = same(person.text)
    assert "180 €. Seulement si vous déposez après le dernier jour. Si " in said
    assert "Sauf force majeure. Si " in said


def test_the_late_fee_counts_from_the_day_one_says_to_have_filed(tmp_path: Path) -> None:
    small = served(tmp_path)
    person = ready(at_check(small, "2027-01-15"))
    small.clock.now = datetime(2027, 1, 20, 12, tzinfo=UTC)
    for day, late in (("15", False), ("20", True)):
        filed = {"filed_where": "online", "filed_on-day": day, "filed_on-month": "1", "filed_on-year": "2027"}
        person.press(person.open(f"/fr/{SLUG}/{person.draft}/receipt").form(action="/filed"), None, **filed)
        assert (LATE in same(person.text)) == late
