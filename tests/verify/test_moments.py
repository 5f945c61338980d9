"""The days on which proofs look: MO01 each interval between changes of facts that some condition reads, MO02 each side
of a day that the file names, moved by its durations, MO03 drafts begun before a change, MO04 no day without a reason.
"""

from __future__ import annotations

from datetime import date

from app.verify.model import Model
from app.verify.moments import moments
from app.verify.reader import Moment
from tests.verify.specs import compiled, step

FACTS = """facts:
  n:
    periods:
      - {value: 1, unit: "EUR", until: "2026-12-31", source: "Loi"}
      - {value: 2, unit: "EUR", from: "2027-01-01", source: "Loi"}
"""
ASKED = "rules: {}\nsteps:\n" + step(
    'id: "n", kind: "whole_number", label: "Combien ?"', 'id: "d", kind: "date", label: "Quel jour ?"'
)


def days(sections: str) -> list[Moment]:
    procedure = compiled(sections).procedure
    assert procedure is not None
    return moments(Model(procedure))


def document(condition: str) -> str:
    return f'documents: [{{id: "proof", title: "Un papier", when: {condition}}}]\n'


def at(day: str, begun: str | None = None) -> Moment:
    return Moment(date.fromisoformat(day), date.fromisoformat(begun or day))


def test_mo04_a_procedure_without_days_is_looked_at_once() -> None:
    assert days(ASKED + document('{d: {more_than_ago: "3 months"}}')) == [at("2026-11-20")]
    # A fact that no condition reads changes nothing.
    assert days(FACTS + ASKED + document("{n: 3}")) == [at("2026-11-20")]


def test_mo01_mo03_a_fact_that_changes() -> None:
    found = days(FACTS + ASKED + document('{n: {more_than: {fact: "n"}}}'))
    assert found == [at("2026-11-20"), at("2027-01-01"), at("2027-01-01", "2026-11-20")]


def test_mo02_a_day_of_the_calendar() -> None:
    found = days(ASKED + document('{d: {before: "2027-01-15"}}'))
    assert found == [at("2026-11-20"), at("2027-01-15"), at("2027-01-16")]
    moved = days(ASKED + document('{d: {before: "2026-10-15", less_than_ago: "2 months"}}'))
    assert moved == [at("2026-11-20"), at("2026-12-15"), at("2026-12-16")]


def test_mo02_a_limit_is_such_a_day() -> None:
    late = ASKED.replace('"Quel jour ?"', '"Quel jour ?", not_before: "2027-01-15"')
    assert days(late) == [at("2026-11-20"), at("2027-01-15"), at("2027-01-16")]
