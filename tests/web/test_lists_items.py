"""Items of a list keep what is theirs: stable ids, limits, removal with everything given for them, one double click."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.trial import PDF
from tests.web.written import SLUG, answers_of, data_of, installed, pending_of, store_of, write

STEPS = """
- id: "children"
  title: "Vos enfants"
  repeat: {min: 1, max: 3, item: "{answer.first}"}
  fields:
    - {id: "first", kind: "name", label: "Prénom"}
    - {id: "born", kind: "date", label: "Né le", not_after: "today"}
    - {id: "school", kind: "yes_no", label: "Va-t-il à l'école ?"}
    - {id: "class", kind: "text", label: "Classe de {answer.first}", when: {school: "yes"}}
- id: "pets"
  title: "Vos animaux"
  repeat: {min: 0, max: 2, item: "{answer.pet}"}
  fields:
    - {id: "pet", kind: "text", label: "Nom", required: "no"}
"""
MORE = """
documents:
  - {id: "deed", title: "Acte de naissance", for_each: "children"}
"""


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS, MORE)


@pytest.fixture(params=[False, True], ids=["plain", "htmx"])
def parent(request: pytest.FixtureRequest, small: Installation) -> Person:
    return Person(small.client(), htmx=request.param).start(SLUG)


def at(parent: Person, page: str) -> Person:
    return parent.open(f"/fr/{SLUG}/{parent.draft}/{page}")


def child(name: str, school: str = "no") -> dict[str, str]:
    return {"first": name, "born-day": "4", "born-month": "5", "born-year": "2016", "school": school}


def add(parent: Person, name: str, school: str = "no") -> str:
    """Add a child; the id of its item."""
    parent.press(at(parent, "children").form(), "add")
    item = parent.key.split("/")[1]
    parent.press(parent.form(), "continue", **child(name, school))
    return item


def remove(parent: Person, item: str, step: str = "children") -> Person:
    return parent.press(at(parent, f"remove/{step}/{item}").form(action=f"/remove/{step}/{item}"), "remove")


def names(small: Installation, parent: Person) -> dict[str, str]:
    items = answers_of(small, parent.draft)["children"]
    return {item["id"]: item["answers"].get("first", "") for item in items}


def lines(parent: Person) -> list[str]:
    """The first words of each item of the list that is shown."""
    found = [node for node in parent.page.iter("ul") if node.get("class") == "items"]
    return [" ".join("".join(line[0].itertext()).split()) for line in found[0].findall("li")] if found else []


def test_an_id_is_never_used_again(small: Installation, parent: Person) -> None:
    ids = [add(parent, "Awa"), add(parent, "Samba"), add(parent, "Fanta")]
    remove(parent, ids[2])
    remove(parent, ids[0])
    ids.append(add(parent, "Ali"))
    assert ids == ["1", "2", "3", "4"]
    assert names(small, parent) == {"2": "Samba", "4": "Ali"}
    small.restart()
    remove(parent, "4")
    assert add(parent, "Binta") == "5"


def test_an_item_is_changed_in_its_place(small: Installation, parent: Person) -> None:
    add(parent, "Awa")
    add(parent, "Samba")
    at(parent, "children").follow("Modifier")
    parent.press(parent.form(), "continue", first="Awa Marie")
    assert lines(parent) == ["Awa Marie", "Samba"]
    assert names(small, parent) == {"1": "Awa Marie", "2": "Samba"}


def test_two_items_of_one_name_are_two(small: Installation, parent: Person) -> None:
    """Also for those who hear the links alone."""
    add(parent, "Awa")
    add(parent, "Awa")
    add(parent, "Binta")
    assert lines(at(parent, "children")) == ["Awa (Numéro 1)", "Awa (Numéro 2)", "Binta"]
    removals = [link for link in parent.page.iter("a") if "/remove/" in link.get("href", "")]
    said = [" ".join("".join(link.itertext()).split()) for link in removals]
    assert len(set(said)) == 3
    remove(parent, "1")
    assert names(small, parent) == {"2": "Awa", "3": "Binta"}
    assert lines(at(parent, "children")) == ["Awa", "Binta"]


def test_removal_is_asked_first_and_can_be_cancelled(small: Installation, parent: Person) -> None:
    add(parent, "Awa")
    at(parent, "children").follow("Supprimer")
    assert parent.key == "remove/children/1"
    assert "Awa" in parent.text
    parent.follow("Garder")
    assert parent.key == "children"
    assert names(small, parent) == {"1": "Awa"}
    at(parent, "remove/children/1")
    parent.press(parent.form(action="/remove/children/1"), "remove")
    assert parent.key == "children"
    assert answers_of(small, parent.draft)["children"] == []


def test_a_second_click_on_remove_leads_to_the_list(small: Installation, parent: Person) -> None:
    add(parent, "Awa")
    form, url = at(parent, "remove/children/1").form(action="/remove/children/1"), parent.url
    parent.press(form, "remove")
    parent.url = url
    parent.press(form, "remove")
    assert (parent.reply.status_code, parent.key) == (200, "children")
    assert at(parent, "remove/children/1").key == "children"
    assert at(parent, "children/1").key == "children"


def test_too_few_and_too_many_are_said(small: Installation, parent: Person) -> None:
    at(parent, "children")
    parent.press(parent.form(), "continue")
    assert parent.reply.status_code == 422
    assert parent.errors()
    for name in ("Awa", "Samba", "Fanta"):
        add(parent, name)
    at(parent, "children")
    assert "add" not in parent.form().buttons
    parent.press(parent.form(), "add")
    assert parent.key == "children"
    assert len(names(small, parent)) == 3
    parent.press(parent.form(), "continue")
    assert parent.key == "pets"


def test_a_list_that_may_be_empty_lets_one_go_on(small: Installation, parent: Person) -> None:
    add(parent, "Awa")
    parent.press(at(parent, "pets").form(), "continue")
    assert parent.key == "documents"


def test_a_limit_that_a_new_revision_lowered_is_said(small: Installation, parent: Person, tmp_path: Path) -> None:
    for name in ("Awa", "Samba", "Fanta"):
        add(parent, name)
    write(tmp_path / "procedures", STEPS.replace("min: 1, max: 3", "min: 1, max: 2"), MORE)
    small.restart()
    parent.press(at(parent, "children").form(), "continue")
    assert parent.reply.status_code == 422
    assert "Supprimez" in parent.errors()[0]
    assert len(names(small, parent)) == 3
    remove(parent, "2")
    parent.press(at(parent, "children").form(), "continue")
    assert parent.key == "pets"


def test_a_half_filled_item_is_kept_as_typed(small: Installation, parent: Person) -> None:
    parent.press(at(parent, "children").form(), "add")
    parent.press(parent.form(), "save", first="Awa")
    assert parent.key == "saved"
    small.restart()
    assert at(parent, "children/1").form().values["first"] == "Awa"
    assert at(parent, "children").form().buttons == ["add", "continue", "save"]
    parent.press(parent.form(), "continue")
    assert parent.key == "children/1"
    assert pending_of(small, parent.draft, "children/1") is not None


def test_later_pages_of_an_item_come_before_the_list_again(small: Installation, parent: Person) -> None:
    add(parent, "Awa", school="yes")
    assert parent.key == "children/1/class"
    assert "Classe de Awa" in parent.text
    parent.follow("Page précédente")
    assert parent.key == "children/1"
    parent.follow("Page précédente")
    assert parent.key == "children"
    parent.press(at(parent, "children/1/class").form(), "continue", **{"class": "CP"})
    assert parent.key == "children"


def test_a_double_click_on_add_adds_one(small: Installation, parent: Person) -> None:
    form = at(parent, "children").form()
    url = parent.url
    for _ in range(2):
        parent.url = url
        parent.press(form, "add")
        assert parent.key == "children/1"
    parent.press(parent.form(), "continue", **child("Awa"))
    assert names(small, parent) == {"1": "Awa"}


def test_adding_at_the_same_moment_never_passes_the_limit(small: Installation, parent: Person) -> None:
    add(parent, "Awa")
    add(parent, "Samba")
    form, start = at(parent, "children").form(), Barrier(4)

    def click() -> None:
        person = Person(parent.client)
        person.url = parent.url
        start.wait()
        person.press(form, "add")

    threads = [Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(names(small, parent)) == ["1", "2", "3"]


def given(small: Installation, parent: Person) -> Iterator[tuple[str | None, str]]:
    for file in store_of(small).files.of_draft(parent.draft):
        yield file.item, file.name


def test_documents_belong_to_their_item_and_go_with_it(small: Installation, parent: Person) -> None:
    for name in ("Awa", "Samba"):
        add(parent, name)
    parent.press(at(parent, "pets").form(), "continue")
    for item, name in (("1", "awa.pdf"), ("2", "samba.pdf")):
        at(parent, "documents")
        parent.press(parent.form(action=f"/documents/deed/{item}"), file=(io.BytesIO(PDF), name))
    assert "Awa" in parent.text
    remove(parent, "1")
    assert list(given(small, parent)) == [("2", "samba.pdf")]
    assert "awa.pdf" not in at(parent, "documents").text
    assert "samba.pdf" in parent.text
    blobs = [path for path in (small.settings.data / "files").glob("*/*") if path.is_file()]
    assert len(blobs) == 1


def test_what_was_typed_for_a_removed_item_is_gone(small: Installation, parent: Person) -> None:
    add(parent, "Awa")
    parent.press(at(parent, "children/1").form(), "save", first="Aminata", **{"born-day": "99"})
    assert pending_of(small, parent.draft, "children/1") is not None
    remove(parent, "1")
    stored = str(data_of(small, parent.draft))
    assert ("Awa" in stored, "Aminata" in stored) == (False, False)


EACH = """
- id: "changes"
  title: "Changements"
  fields:
    - id: "changed"
      kind: "checkboxes"
      label: "Qu'est-ce qui a changé ?"
      choices: [{id: "street", label: "La rue"}, {id: "job", label: "Le travail"}, {id: "name", label: "Le nom"}]
- id: "each"
  title: "Détail"
  repeat: {item: "Changement", for_each: "changed"}
  fields:
    - {id: "since", kind: "text", label: "Depuis quand ?"}
"""


def test_one_page_for_each_ticked_choice(tmp_path: Path) -> None:
    small = installed(tmp_path, EACH)
    person = Person(small.client()).start(SLUG)
    person.press(person.form(), "continue", changed=["street", "name"])
    met: list[Any] = []
    while person.key.startswith("each"):
        met.append(person.key)
        person.press(person.form(), "continue", since=person.key)
    assert met == ["each/street", "each/name"]
    person.press(at(person, "changes").form(), "continue", changed=["job", "name"])
    assert person.key == "each/job"
    assert at(person, "each/street").key == "each/job"
    person.press(person.form(), "continue", since="Hier")
    assert at(person, "each/name").form().values["since"] == "each/name"
    items = answers_of(small, person.draft)["each"]
    assert {item["id"]: item["answers"]["since"] for item in items} == {
        "street": "each/street",
        "name": "each/name",
        "job": "Hier",
    }


NOTHING = """
- id: "first"
  title: "D'abord"
  fields:
    - {id: "more", kind: "yes_no", label: "Voulez-vous en dire plus ?"}
- id: "things"
  title: "Vos affaires"
  repeat: {min: 0, max: 2, item: "{answer.thing}"}
  fields:
    - {id: "thing", kind: "text", label: "Quoi ?", when: {more: "yes"}}
"""


def test_an_item_that_is_asked_nothing_now_stays_in_its_list(tmp_path: Path) -> None:
    small = installed(tmp_path, NOTHING)
    person = Person(small.client()).start(SLUG)
    person.press(person.form(), "continue", more="yes")
    person.press(person.form(), "add")
    person.press(person.form(), "continue", thing="Un vélo")
    person.press(at(person, "first").form(), "continue", more="no")
    assert person.key == "things"
    assert lines(person) == ["Numéro 1"]
    person.press(person.form(), "add")
    assert (person.reply.status_code, person.key) == (200, "things")
    remove(person, "2", "things")
    assert [item["id"] for item in answers_of(small, person.draft)["things"]] == ["1"]
    person.press(at(person, "first").form(), "continue", more="yes")
    assert lines(person) == ["Un vélo"]


def test_an_item_is_named_on_the_check_page_with_the_colon_of_the_reader_s_language(parent: Person) -> None:
    add(parent, "Awa")
    parent.open(f"/fr/{SLUG}/{parent.draft}/check")
    assert "Vos enfants : Awa" in parent.text
    parent.open(f"/uk/{SLUG}/{parent.draft}/check")
    assert "Vos enfants: Awa" in parent.text


def test_a_new_item_is_called_by_its_place_whatever_stands_around_its_answers(tmp_path: Path) -> None:
    small = installed(tmp_path, STEPS.replace('"{answer.first}"', '"{answer.first} ({answer.born})"'), MORE)
    parent = Person(small.client()).start(SLUG)
    parent.press(at(parent, "children").form(), "add")
    assert "Numéro 1" in parent.text
    assert "…" not in parent.text.partition("Vos enfants")[0]
    parent.press(parent.form(), "continue", first="Awa")
    assert "Awa (" not in at(parent, "children").text
