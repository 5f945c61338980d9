"""What is known in part: PA01 a date without its day is an interval, PA02 what is computed from it too, PA03 a test
holds only if it holds for all of it, PA04 `unknown` says what is not settled, PA05 nothing of it is shown as known.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.spec.sample import STEPS, compiled, outcomes, walked

DATES = (
    STEPS
    + """
      - id: "birth"
        kind: "date"
        label: "Date de naissance"
        birth: "yes"
        unknown_parts: ["day", "month"]
        unknown: {label: "Je ne sais pas", otherwise: "no"}
      - {id: "start", kind: "date", label: "Date de début", unknown_parts: ["day"], required: "no"}
      - id: "pay"
        kind: "amount"
        label: "Salaire par mois"
        unknown: {label: "Je ne sais pas", otherwise: "no"}
        required: "no"
      - {id: "grant", kind: "amount", label: "Bourse par mois", required: "no"}
derived:
  age: {years_at: ["birth", "today"]}
  adult_on: {date_plus: ["birth", "18 years"]}
  months: {between: ["start", "today"]}
  first: {earliest: ["birth", "start"]}
  money: {sum: ["pay", "grant"]}
outcomes:
"""
)
TODAY = date(2026, 11, 24)


def _holds(test: str, answers: dict[str, Any]) -> bool:
    outcome = f'  - {{id: "it", when: {{{test}}}, title: "Titre", body: "Texte."}}\n'
    return bool(outcomes(compiled(DATES + outcome), answers, TODAY))


@pytest.mark.parametrize(
    ("birth", "test", "expected"),
    [
        ("1985", "age: {at_least: 18}", True),
        ("1985", "age: {less_than: 18}", False),
        ("1985", "age: {between: [40, 41]}", True),
        ("1985", "age: 40", False),
        ("2008", "age: {at_least: 18}", False),
        ("2008", "age: {less_than: 18}", False),
        ("2008-11", "age: {at_least: 18}", False),
        ("2008-10", "age: {at_least: 18}", True),
        ("2008-12", "age: {less_than: 18}", True),
        ("2008", 'age: {unknown: "yes"}', True),
        ("2008-11-24", 'age: {unknown: "yes"}', False),
        ("2008-11-24", 'age: {unknown: "no"}', True),
        ("2008-10", 'birth: {unknown: "yes"}', True),
        ("2008-10-01", 'birth: {unknown: "yes"}', False),
        ("2008", 'adult_on: {before: "2027-01-01"}', True),
        ("2008", 'adult_on: {before: "today"}', False),
        ("2007", 'adult_on: {before: "today"}', True),
    ],
)
def test_a_test_holds_only_if_it_holds_for_every_day(birth: str, test: str, expected: bool) -> None:
    """PA01 to PA04"""
    assert _holds(test, {"birth": birth}) is expected


@pytest.mark.parametrize("test", ["age: {at_least: 18}", "age: {less_than: 18}", 'age: {unknown: "no"}'])
def test_what_is_computed_from_i_do_not_know_is_unknown(test: str) -> None:
    """PA02, PA04"""
    assert not _holds(test, {"birth": {"unknown": True}})
    assert _holds('age: {unknown: "yes"}', {"birth": {"unknown": True}})


def test_what_is_not_answered_is_not_unknown() -> None:
    """PA04: nothing is known of what was left empty, and no test holds."""
    assert not _holds('months: {unknown: "yes"}', {"birth": "2001"})
    assert not _holds("months: {at_least: 0}", {"birth": "2001"})


@pytest.mark.parametrize(
    ("answers", "test", "expected"),
    [
        ({"pay": {"unknown": True}, "grant": "700.00"}, "money: {at_least: 615}", True),
        ({"pay": {"unknown": True}, "grant": "100.00"}, "money: {at_least: 615}", False),
        ({"pay": {"unknown": True}, "grant": "100.00"}, "money: {less_than: 615}", False),
        ({"pay": {"unknown": True}, "grant": "100.00"}, 'money: {unknown: "yes"}', True),
        ({"grant": "100.00"}, "money: {less_than: 615}", True),
        ({"grant": "100.00"}, 'money: {unknown: "yes"}', False),
    ],
)
def test_an_amount_that_is_not_known_may_add_anything(answers: dict[str, Any], test: str, expected: bool) -> None:
    """PA02: what is known is enough, or it is not settled; it is never counted as nothing."""
    assert _holds(test, {"birth": "2001", **answers}) is expected


@pytest.mark.parametrize(
    ("answers", "test", "expected"),
    [
        ({"birth": "2001", "start": "2001-03"}, 'first: {before: "2001-04-01"}', True),
        ({"birth": {"unknown": True}, "start": "2001-03"}, 'first: {before: "2001-04-01"}', True),
        ({"birth": {"unknown": True}, "start": "2001-03"}, 'first: {after: "2001-02-01"}', False),
        ({"birth": {"unknown": True}}, 'first: {unknown: "yes"}', True),
        ({"birth": "2001", "start": "2026-09"}, "months: {between: [1, 2]}", True),
        ({"birth": "2001", "start": "2026-09"}, "months: {at_least: 2}", False),
    ],
)
def test_the_first_of_several_dates(answers: dict[str, Any], test: str, expected: bool) -> None:
    """PA02"""
    assert _holds(test, answers) is expected


def test_nothing_is_shown_as_if_it_were_known() -> None:
    """PA05: an age that may be 17 or 18 is not shown at all."""
    procedure = compiled(DATES.replace("outcomes:\n", ""))
    assert walked(procedure, {"birth": "2008"}).derived["age"] is None
    assert walked(procedure, {"birth": {"unknown": True}}).derived["adult_on"] is None
    assert walked(procedure, {"birth": "2008-10"}).derived["age"] == 18
