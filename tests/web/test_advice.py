"""Advice: a likely slip is remarked upon once, after the answer is saved, and never keeps anybody from going on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.procedures.people import answers, procedure
from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.written import SLUG, installed

SLIP = "li.wei@gmail.con"


def at_the_slip(site: Installation, *, htmx: bool = False) -> tuple[Person, dict[str, Any]]:
    """Somebody who has just sent a page with a slip in an e-mail address."""
    person = Person(site.client(), htmx=htmx).start("dcem")
    written = answers("dcem", {"email": SLIP})
    person.go_through(procedure("dcem"), written, until="contact/phone")
    form = person.form()
    person.press(form, "continue", phone="06 39 98 12 34", email=SLIP)
    return person, written


def test_a_slip_is_shown_once_after_saving_and_then_one_goes_on(site: Installation) -> None:
    for htmx in (False, True):
        person, _ = at_the_slip(site, htmx=htmx)
        assert person.key == "contact/phone"
        assert person.reply.status_code == 200
        assert "vouliez-vous écrire li.wei@gmail.com" in person.text
        assert "Vos réponses sont enregistrées." in person.text
        assert person.errors() == []
        person.press(person.form(), "continue")
        assert person.key == "documents"


def test_the_address_with_a_slip_is_saved_as_typed(site: Installation) -> None:
    person, _ = at_the_slip(site)
    person.open(person.url.partition("/contact")[0] + "/check")
    assert SLIP in person.text


def test_another_slip_on_the_same_page_is_shown_again(site: Installation) -> None:
    person, _ = at_the_slip(site)
    person.press(person.form(), "continue", email="li.wei@hotmail.con")
    assert person.key == "contact/phone"
    assert "li.wei@hotmail.com" in person.text


def test_an_answer_without_a_slip_goes_straight_on(site: Installation) -> None:
    person, _ = at_the_slip(site)
    person.press(person.form(), "continue", email="li.wei@exemple.fr")
    assert person.key == "documents"


def test_a_name_in_other_letters_is_saved_and_remarked_upon_once(tmp_path: Path) -> None:
    steps = """
- {id: "you", title: "Vous", fields: [{id: "name", kind: "name", label: "Votre nom"}]}
- {id: "one", title: "Un mot", fields: [{id: "word", kind: "text", label: "Un mot"}]}
"""
    for name, words in (("أمينة", "lettres latines"), (".", "aucune lettre")):
        person = Person(installed(tmp_path / words[:3], steps).client()).start(SLUG)
        person.press(person.form(), "continue", name=name)
        assert words in person.text
        assert person.errors() == []
        person.press(person.form(), "continue")
        assert person.key == "one"


def test_the_example_of_a_number_stands_before_what_is_said_of_other_countries(site: Installation) -> None:
    person, _ = at_the_slip(site)
    said = " ".join(person.text.replace("\u202f", " ").replace("\xa0", " ").split())
    assert "Par exemple : 06 39 98 12 34. Pour un numéro étranger, commencez par +" in said
