"""What nobody has confirmed is shown as to check: TC01 advice, TC02 a check that stops, TC03 what is paid, TC04 a
letter, TC05 all of it on the start page. TC06 no day is promised that only the office can know. TC07 once is enough.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.test_ages import same
from tests.web.written import SLUG, installed

STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom", autocomplete: "name"}
    - {id: "age", kind: "whole_number", label: "Votre âge"}
  checks:
    - {when: {age: {at_least: 90}}, says: "Demandez de l'aide.", level: "advice", at: "age", needs_review: "yes"}
    - {when: {age: {less_than: 10}}, says: "Un adulte répond.", at: "age", needs_review: "yes"}
"""
MORE = """
rules:
  is_young: {says: "Seuls les moins de 30 ans paient.", when: {age: {less_than: 30}}, needs_review: "yes"}
  is_old: {says: "Les autres aussi.", when: {age: {at_least: 30}}, needs_review: "no"}
facts:
  stamp: {periods: [{value: 25, unit: "EUR", source: "Loi"}]}
fees: [{fact: "stamp", says: "En ligne.", needs_review: "yes"}]
letters:
  - {id: "note", title: "Lettre au préfet", to: "Le préfet", subject: "Demande", body: "Bonjour.", needs_review: "yes"}
after_sending:
  silence: [{after: "4 months", means: "C'est non.", from: "complete_file", source: "Loi"}]
"""


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS, MORE)


def answered(small: Installation, age: str) -> Person:
    person = Person(small.client()).start(SLUG)
    return person.press(person.form(), "continue", name="Diallo", age=age)


def test_tc01_advice(small: Installation) -> None:
    assert "Demandez de l'aide. (à vérifier)" in same(answered(small, "95").text)


def test_tc02_a_check_that_stops(small: Installation) -> None:
    assert "Un adulte répond. (à vérifier)" in same(answered(small, "5").text)


def test_tc03_what_is_paid(small: Installation) -> None:
    assert "25 € (à vérifier)" in same(answered(small, "40").text)


def test_tc04_a_letter(small: Installation) -> None:
    person = answered(small, "40")
    person.open(f"/fr/{SLUG}/{person.draft}/lettre/note")
    assert "à vérifier" in person.text


def test_tc05_all_of_it_on_the_start_page(small: Installation) -> None:
    shown = same(Person(small.client()).open(f"/fr/{SLUG}/").text)
    assert "points encore à vérifier : 4. Voir lesquels" in shown[: shown.index("Commencer")], "first how many"
    for said in ("25 €. En ligne. à vérifier", "Lettre au préfet", "Demandez de l'aide.", "Un adulte répond."):
        assert said in shown
    assert "Seuls les moins de 30 ans paient." in shown
    assert "Les autres aussi." not in shown


def test_tc06_no_day_is_promised_that_only_the_office_can_know(small: Installation) -> None:
    shown = same(Person(small.client()).open(f"/fr/{SLUG}/").text)
    assert "Si vous déposez aujourd'hui un dossier complet, sans réponse avant le 24 mars 2027 (4 mois)" in shown
    person = answered(small, "40")
    person.press(person.form(action="/check"), "continue")
    filed = {"filed_where": "online", "filed_on-day": "24", "filed_on-month": "11", "filed_on-year": "2026"}
    person.press(person.form(holds="filed_where"), None, **filed)
    said = "Sans réponse 4 mois après un dossier complet, donc pas avant le 24 mars 2027"
    assert said in same(person.text)


def test_tc07_a_title_that_says_so_itself_is_not_marked_a_second_time(tmp_path: Path) -> None:
    outcomes = """
outcomes:
  - {id: "price", title: "Le prix est à vérifier", effect: "advise", when: {age: {at_least: 60}}, body: "Demandez.",
     needs_review: "yes"}
  - {id: "rule", title: "La règle change", effect: "advise", when: {age: {at_least: 70}}, body: "Demandez.",
     needs_review: "yes"}
"""
    small = installed(tmp_path, STEPS, MORE + outcomes)
    first = answered(small, "75")
    assert first.heading == "Le prix est à vérifier"
    assert first.press(first.form(), "continue").heading == "La règle change à vérifier"
