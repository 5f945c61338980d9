"""What is no longer asked is kept, said to be kept, never sent; and what a person erases is gone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.store.tables import metadata
from tests.web.installation import Installation
from tests.web.person import Form, Person
from tests.web.trial import PDF
from tests.web.written import SLUG, answers_of, data_of, installed, pending_of, store_of

STEPS = """
- id: "home"
  title: "Votre logement"
  fields:
    - {id: "housed", kind: "yes_no", label: "Avez-vous un logement ?"}
- id: "rent"
  title: "Votre loyer"
  when: {housed: "yes"}
  fields:
    - {id: "landlord", kind: "name", label: "Nom du propriétaire"}
    - {id: "mail", kind: "email", label: "Son adresse e-mail", required: "no"}
- id: "changes"
  title: "Changements"
  fields:
    - id: "changed"
      kind: "checkboxes"
      label: "Qu'est-ce qui a changé ?"
      choices: [{id: "street", label: "La rue"}, {id: "job", label: "Le travail"}]
- id: "each"
  title: "Détail"
  repeat: {item: "Changement", for_each: "changed"}
  fields:
    - {id: "since", kind: "text", label: "Depuis quand ?"}
- id: "children"
  title: "Vos enfants"
  repeat: {min: 0, max: 3, item: "{answer.first}"}
  fields:
    - {id: "first", kind: "name", label: "Prénom"}
    - {id: "school", kind: "yes_no", label: "Va-t-il à l'école ?"}
    - {id: "class", kind: "text", label: "Sa classe", when: {school: "yes"}}
"""
MORE = """
documents:
  - {id: "lease", title: "Bail", when: {housed: "yes"}}
  - {id: "deed", title: "Acte de naissance", for_each: "children"}
"""


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    environment = {"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Essai"}
    return installed(tmp_path, STEPS, MORE, environment=environment)


def go(person: Person, page: str, **typed: Any) -> Person:
    """Open a page, type, continue."""
    person.open(f"/fr/{SLUG}/{person.draft}/{page}")
    return person.press(person.form(), "continue", **typed)


def give(person: Person, document: str, name: str) -> Person:
    person.open(f"/fr/{SLUG}/{person.draft}/documents")
    return person.press(person.form(action=f"/documents/{document}"), file=(io.BytesIO(PDF), name))


@pytest.fixture
def person(small: Installation) -> Person:
    return changed_their_mind(small)


def changed_their_mind(small: Installation) -> Person:
    """Somebody who has answered everything, then changed their mind about all of it."""
    person = Person(small.client()).start(SLUG)
    go(person, "home", housed="yes")
    go(person, "rent", landlord="Lebailleur", mail="a@gmail.con")
    go(person, "changes", changed=["street", "job"])
    go(person, "each/street", since="Printemps")
    go(person, "each/job", since="Automne")
    person.press(person.open(f"/fr/{SLUG}/{person.draft}/children").form(), "add")
    go(person, "children/1", first="Awa", school="yes")
    go(person, "children/1/class", **{"class": "Grande section"})
    give(give(person, "lease", "bail.pdf"), "deed/1", "acte.pdf")
    go(person, "home", housed="no")
    go(person, "changes", changed=["street"])
    go(person, "children/1", school="no")
    go(person, "children")
    return person


def kept(person: Person) -> dict[str, Form]:
    """By the words beside it, the form that erases each thing that is kept and not sent."""
    person.open(f"/fr/{SLUG}/{person.draft}/check")
    found = {}
    for line in person.page.iter("li"):
        for element in line.iter("form"):
            form = Form.read(element)
            if form.action.endswith("/erase-answer"):
                found[" ".join("".join(line.itertext()).split())] = form
    return found


def erase(person: Person, words: str) -> None:
    lines = kept(person)
    person.press(next(form for line, form in lines.items() if words in line))
    assert all(words not in line for line in kept(person))


HIDDEN = ("Lebailleur", "a@gmail.con", "Automne", "Grande section", "bail.pdf")


def test_everything_that_a_later_answer_hid_is_kept_and_shown_as_such(small: Installation, person: Person) -> None:
    lines = " | ".join(kept(person))
    for words in HIDDEN:
        assert words in lines
    for words in ("Printemps", "acte.pdf", "Awa :"):
        assert words not in lines
    answers = answers_of(small, person.draft)
    assert (answers["landlord"], answers["children"][0]["answers"]["class"]) == ("Lebailleur", "Grande section")


def test_nothing_hidden_is_sent(small: Installation, person: Person) -> None:
    person.press(person.open(f"/fr/{SLUG}/{person.draft}/check").form(action="/check"), "continue")
    assert person.key == "receipt"
    frozen = store_of(small).submissions.of_draft(person.draft)
    assert frozen is not None
    for words in HIDDEN:
        assert words not in str(frozen.content)
        assert words not in person.text
    assert "Printemps" in str(frozen.content)


def test_what_was_hidden_comes_back_with_its_question(small: Installation, person: Person) -> None:
    go(person, "home", housed="yes")
    assert person.key == "rent"
    assert person.form().values["landlord"] == "Lebailleur"
    go(person, "changes", changed=["street", "job"])
    assert person.open(f"/fr/{SLUG}/{person.draft}/each/job").form().values["since"] == "Automne"


def test_erase_this_answer_is_real(small: Installation, person: Person) -> None:
    """In the answers, in what was typed, in the advice that quoted it, among the files."""
    for words in HIDDEN:
        erase(person, words)
        assert words not in str(data_of(small, person.draft))
    assert "gmail" not in str(data_of(small, person.draft))
    assert [file.name for file in store_of(small).files.of_draft(person.draft)] == ["acte.pdf"]
    assert answers_of(small, person.draft) == {
        "housed": "no",
        "changed": ["street"],
        "each": [{"id": "street", "answers": {"since": "Printemps"}}],
        "children": [{"id": "1", "answers": {"first": "Awa", "school": "no"}}],
    }
    go(person, "home", housed="yes")
    assert person.form().values["landlord"] == ""


def test_only_what_is_aside_is_erased_by_that_button(small: Installation, person: Person) -> None:
    form = next(iter(kept(person).values()))
    before = answers_of(small, person.draft)
    for name in ("housed", "children/1", "children/1/first", "children", "file:x", "typed:home", "", "/"):
        form.values["field"] = name
        person.press(form)
        assert answers_of(small, person.draft) == before


def test_typed_text_goes_with_the_answer_it_was_to_replace(small: Installation, person: Person) -> None:
    go(person, "home", housed="yes")
    person.press(person.form(), "save", landlord="", mail="pas une adresse")
    go(person, "home", housed="no")
    assert pending_of(small, person.draft, "rent") is not None
    erase(person, "a@gmail.con")
    assert "pas une adresse" not in str(data_of(small, person.draft))
    assert answers_of(small, person.draft)["landlord"] == "Lebailleur"


def test_erasing_the_whole_draft_leaves_nothing(tmp_path: Path) -> None:
    small = installed(tmp_path, STEPS, MORE)
    person = changed_their_mind(small)
    data, store = small.settings.data, store_of(small)
    assert list((data / "files").glob("*/*"))
    person.press(person.open(f"/fr/{SLUG}/{person.draft}/check").form(action="/check"), "continue")
    assert person.key == "receipt"
    draft, code = person.draft, data_of(small, person.draft)["code"]
    assert store.uploads.begin(draft, 10, name="encore.pdf", key="pass") is not None
    person.press(person.open(f"/fr/{SLUG}/{draft}/erase").form(action="/erase"))
    with store.database.read() as connection:
        rows = {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in metadata.sorted_tables
            if "draft" in table.name or "draft_id" in table.c
        }
    assert {name: count for name, count in rows.items() if count} == {}
    assert set(rows) == {"drafts", "access", "events", "files", "submissions", "uploads"}
    assert [path for path in (data / "files").rglob("*") if path.is_file()] == []
    on_disk = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert draft.encode() not in on_disk
    assert person.open(f"/fr/{SLUG}/{draft}/receipt").reply.status_code == 403
    person.press(person.open("/fr/resume").form(holds="code"), code=code)
    assert person.reply.status_code == 422
