"""A procedure that leads to the others: first in the catalogue, nothing to file, never a dead end."""

from __future__ import annotations

from typing import Any

from tests.procedures.people import _cases, answers, procedure
from tests.web.installation import Installation
from tests.web.person import Person

SLUG = "which-procedure"


def led(site: Installation, person: str) -> Person:
    """Somebody of the worked examples, at the page where the router leaves them."""
    case: dict[str, Any] = next(one for one in _cases(SLUG) if one["person"].startswith(person))
    walker = Person(site.client()).start(SLUG)
    walker.go_through(procedure(SLUG), case["answers"])
    return walker


def test_it_stands_first_in_the_catalogue_under_its_own_heading(site: Installation) -> None:
    text = Person(site.client()).open("/fr/").text
    places = [text.index(words) for words in ("Vous ne savez pas", "Quelle démarche", "Commencer une démarche", "DCEM")]
    assert places == sorted(places)


def test_its_start_page_speaks_of_nothing_that_is_filed(site: Installation) -> None:
    text = Person(site.client()).open(f"/fr/{SLUG}/").text
    for words in ("Où déposer votre demande", "Ce qu’il vous faut", "Délais", "0 à"):
        assert words not in text
    assert "Centre de contact citoyens" in text


def test_every_end_gives_somebody_to_call_and_no_way_of_filing() -> None:
    stops = [outcome for outcome in procedure(SLUG).outcomes if outcome.effect == "stop"]
    assert len(stops) > 10
    assert [outcome.id for outcome in stops if not any(way.phone or way.office for way in outcome.go_to)] == []
    assert procedure(SLUG).channels == ()


def test_an_end_leads_to_the_procedure_with_no_word_of_asking_all_the_same(site: Installation) -> None:
    person = led(site, "Nadia")
    assert "Votre démarche : demander un duplicata" in person.text
    assert "Vous pouvez demander quand même" not in person.text
    assert any("/fr/duplicate-permit/" in (link.get("href") or "") for link in person.page.iter("a"))


def test_nobody_comes_to_a_page_that_says_the_file_is_ready(site: Installation) -> None:
    person = led(site, "Moussa")
    person.open(f"/fr/{SLUG}/{person.draft}/documents")
    assert person.key.startswith("outcome/")


def test_what_was_answered_goes_along_once_the_person_agrees(site: Installation) -> None:
    person = led(site, "Yuki, étudiante, le dernier jour")
    (link,) = [href for one in person.page.iter("a") if "/carry/" in (href := one.get("href") or "")]
    person.open(link)
    assert "Étudiant" in person.text
    assert "24 janvier 2027" in person.text.replace("\u00a0", " ")
    person.press(person.form(holds="csrf_token", action="/carry/student/0"))
    assert person.url.startswith("/fr/student-renewal/")
    given = answers("student-renewal", {"permit_end": "2027-01-24", "permit_start": "2025-09-25"})
    person.go_through(
        procedure("student-renewal"), {k: v for k, v in given.items() if k not in ("mention", "permit_end")}
    )
    person.open(f"/fr/student-renewal/{person.draft}/check")
    assert "24 janvier 2027" in person.text.replace("\u00a0", " ")
