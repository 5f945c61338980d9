"""Add-another lists as a person fills them in: every item leads back to its list, to add, change or go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.person import Person
from tests.web.trial import SLUG, install_trial

YOU = {"name": "Diallo", "born-day": "14", "born-month": "5", "born-year": "1990", "situation": "family"}


@pytest.fixture(params=[False, True], ids=["plain", "htmx"])
def parent(tmp_path: Path, request: pytest.FixtureRequest) -> Person:
    """Somebody with children, in front of the empty list of children."""
    person = Person(install_trial(tmp_path).client(), htmx=request.param).start(SLUG)
    person.press(person.form(), "continue", **YOU)
    assert person.key == "children"
    return person


def add(parent: Person, name: str) -> None:
    parent.press(parent.form(), "add")
    assert parent.key.startswith("children/")
    parent.press(parent.form(), "continue", first_name=name)


def test_every_item_leads_back_to_the_list(parent: Person) -> None:
    for name in ("Awa", "Samba"):
        add(parent, name)
        assert parent.key == "children"
        assert name in parent.text
    parent.press(parent.form(), "continue")
    assert parent.key == "safety"


def test_changing_an_item_leads_back_to_the_list_too(parent: Person) -> None:
    add(parent, "Awa")
    parent.follow("Modifier")
    parent.press(parent.form(), "continue", first_name="Awa Marie")
    assert parent.key == "children"
    assert "Awa Marie" in parent.text


def test_going_on_passes_by_the_items_that_are_answered(parent: Person) -> None:
    add(parent, "Awa")
    parent.press(parent.form(), "continue")
    assert parent.key == "safety"
    parent.follow("Page précédente")
    assert parent.key.startswith("children")


def test_an_item_left_unfinished_is_asked_when_going_on(parent: Person) -> None:
    parent.press(parent.form(), "add")
    parent.follow("Page précédente")
    assert parent.key == "children"
    parent.press(parent.form(), "continue")
    assert parent.key == "children/1"


def test_an_empty_list_says_before_the_button_that_one_line_is_required(parent: Person) -> None:
    def described() -> list[str]:
        button = next(one for one in parent.page.iter("button") if one.get("id") == "add")
        ids = (button.get("aria-describedby") or "").split()
        return ["".join(one.itertext()).strip() for one in parent.page.iter() if one.get("id") in ids]

    assert described() == ["Obligatoire\u00a0: ajoutez au moins une ligne."]
    add(parent, "Awa")
    assert described() == [], "one is enough"
