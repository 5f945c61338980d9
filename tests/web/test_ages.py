"""`issued_within`: how old a document may be stands beside it, with the earliest day it may bear, and on papers."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.web.person import Person
from tests.web.written import SLUG, installed

STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
"""
AGED = """
facts:
  age: {periods: [{value: 3, unit: "months", until: "2026-12-31", source: "Loi"}], fallback: "L'âge est sur le site."}
  disputed: {conflict: [{value: 6, unit: "months", source: "Un site"}, {value: 30, unit: "days", source: "La loi"}]}
documents:
  - {id: "bill", title: "Facture", issued_within: {fact: "age"}}
  - {id: "deed", title: "Acte", issued_within: "disputed"}
  - {id: "plain", title: "Passeport"}
"""
AGE = "Âge du papier le jour du dépôt, au plus : 3 mois."
DAY = "Pour un dépôt le 24 novembre 2026, il doit être daté du 24 août 2026 ou après."
DISPUTED = "Âge du papier le jour du dépôt, au plus : 6 mois ou 30 jours (à vérifier)."
STRICTER = "Pour un dépôt le 24 novembre 2026, il doit être daté du 25 octobre 2026 ou après."


def at_documents(folder: Path, day: datetime) -> Person:
    small = installed(folder, STEPS, AGED)
    small.clock.now = day
    person = Person(small.client()).start(SLUG)
    return person.press(person.form(), "continue", name="Diallo")


def section(person: Person, document: str) -> str:
    found = person.page.find(f".//section[@id='{document}']")
    assert found is not None
    return same(" ".join("".join(found.itertext()).split()))


def same(said: str) -> str:
    return " ".join(said.replace("’", "'").replace("\u202f", " ").replace("\xa0", " ").split())


def paper(person: Person, name: str) -> str:
    reply = person.open(f"/fr/{SLUG}/{person.draft}/{name}").reply
    return same(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(reply.get_data())).pages))


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return at_documents(tmp_path, datetime(2026, 11, 24, 12, tzinfo=UTC))


def test_the_age_stands_beside_the_document_with_the_day_it_makes(person: Person) -> None:
    assert f"{AGE} {DAY}" in section(person, "bill")


def test_of_two_ages_both_are_told_and_the_stricter_makes_the_day(person: Person) -> None:
    assert f"{DISPUTED} {STRICTER}" in section(person, "deed")


def test_a_document_without_the_key_says_nothing_of_its_age(person: Person) -> None:
    assert "Âge du papier" not in section(person, "plain")
    assert "daté du" not in section(person, "plain")


def test_the_day_moves_with_the_day_of_the_visit_and_goes_when_the_fact_has_no_value(tmp_path: Path) -> None:
    person = at_documents(tmp_path, datetime(2026, 12, 31, 12, tzinfo=UTC))
    assert "le 31 décembre 2026, il doit être daté du 30 septembre 2026" in section(person, "bill")
    later = at_documents(tmp_path / "later", datetime(2027, 1, 2, 12, tzinfo=UTC))
    assert "au plus : L'âge est sur le site. " in section(later, "bill")
    assert "daté du" not in section(later, "bill")


def test_the_start_page_and_the_papers_say_the_age(person: Person) -> None:
    said = paper(person, "reponses.pdf")
    assert AGE in said
    assert DAY in said
    start = same(person.open(f"/fr/{SLUG}/").text)
    assert AGE in start
    assert DISPUTED in start
    assert "daté du" not in start
    blank = person.open(f"/fr/{SLUG}/formulaire.pdf").reply
    assert AGE in same(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(blank.get_data())).pages))
