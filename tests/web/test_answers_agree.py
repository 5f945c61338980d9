"""Answers that no longer go together, because another one was changed after they were saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.person import Person
from tests.web.written import installed

STEPS = """
- id: "born"
  title: "Naissance"
  fields: [{id: "birth", kind: "date", birth: "yes", label: "Date de naissance de l'enfant"}]
- id: "came"
  title: "Arrivée"
  fields: [{id: "arrival", kind: "date", label: "Date d'arrivée en France", not_before: "birth"}]
- id: "people"
  title: "Personnes"
  fields:
    - {id: "alone", kind: "yes_no", label: "Venez-vous sans personne ?"}
    - {id: "adults", kind: "whole_number", label: "Combien d'adultes viennent avec vous ?"}
  checks:
    - when: {alone: "yes", adults: {more_than: 0}}
      says: "Vous venez sans personne : écrivez 0."
      at: "adults"
      level: "error"
- id: "baby"
  title: "Le plus jeune"
  fields: [{id: "youngest", kind: "date", label: "Quand est venu le plus jeune ?", not_after: "today"}]
  checks:
    - when: {alone: "yes", youngest: {answered: "yes"}}
      says: "Vous avez dit que vous venez sans personne."
      at: "youngest"
      level: "error"
"""


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(installed(tmp_path, STEPS).client())


def test_a_date_that_another_answer_overtakes_is_asked_again_and_says_why(person: Person) -> None:
    born, came = through(person)
    person.open(born)
    dated(person, "birth", "14", "3", "2024")
    person.open(f"{born.rpartition('/')[0]}/")
    assert person.url == came, "what no longer holds is asked again"
    in_error(person, "14 mars 2024")
    assert 'value="2021"' in person.html, "what was answered is still there"
    person.press(person.form(), "continue")
    in_error(person, "14 mars 2024")
    dated(person, "arrival", "5", "9", "2024")
    person.open(f"{born.rpartition('/')[0]}/")
    assert person.key == "check"


def test_so_is_a_page_whose_check_fires_since_another_answer_changed(person: Person) -> None:
    born, _ = through(person)
    base = born.rpartition("/")[0]
    person.open(f"{base}/people")
    person.press(person.form(), "continue", alone="yes", adults="0")
    person.open(f"{base}/")
    assert person.key == "baby"
    in_error(person, "Vous avez dit que vous venez sans personne.")


def through(person: Person) -> tuple[str, str]:
    """Answer everything; the addresses of the first two pages."""
    born = person.start("small").url
    dated(person, "birth", "14", "3", "2018")
    came = person.url
    dated(person, "arrival", "5", "9", "2021")
    person.press(person.form(), "continue", alone="no", adults="2")
    dated(person, "youngest", "5", "9", "2021")
    assert person.key == "check"
    return born, came


def in_error(person: Person, why: str) -> None:
    assert "Erreur" in person.html.split("</title>")[0]
    assert why in person.text.replace("\xa0", " ")


def dated(person: Person, name: str, day: str, month: str, year: str) -> None:
    person.press(person.form(), "continue", **{f"{name}-day": day, f"{name}-month": month, f"{name}-year": year})
