"""What the author may say of how much is shown: SP01 a masked answer, its last signs first and the whole on demand,
SP02 never in part on paper, SP03 a place that helps says so, SP04 how many files a document takes, SP05 a suspension
that begins later.
"""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.web.installation import Installation, install
from tests.web.person import Person
from tests.web.test_ages import paper, same
from tests.web.trial import JPEG
from tests.web.written import HEAD, SLUG, installed, write

NUMBER = "9912345678"
STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "file", kind: "foreigner_number", label: "Votre numéro", hint: "Devant.", masked: "yes"}
    - {id: "with", kind: "yes_no", label: "Avec un code ?"}
- id: "more"
  title: "Le code"
  when: {with: "yes"}
  fields:
    - {id: "code", kind: "text", label: "Votre code", hint: "Derrière.", masked: "yes"}
"""
MORE = """
documents:
  - {id: "bills", title: "Deux factures", files: {min: 2, max: 3}}
"""
PLACES = """
channels:
  plain: {kind: "post", title: "Par la poste", source: "R1"}
  both: {kind: "counter", title: "Au guichet", helps: "yes", source: "R1"}
  helper: {kind: "counter", title: "Au point numérique", files: "no", helps: "yes", source: "R1"}
  nothing: {kind: "counter", title: "À l'accueil", files: "no", source: "R1"}
"""
SAID = {
    "Par la poste": "",
    "Au guichet": "Une personne peut vous aider ici.",
    "Au point numérique": "Ici, on vous aide. Rien n’est déposé.",
    "À l’accueil": "Ici, rien n’est déposé.",
}


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS, MORE)


def at_check(small: Installation) -> Person:
    person = Person(small.client()).start(SLUG)
    person.press(person.form(), "continue", **{"file": NUMBER, "with": "yes"})
    person.press(person.form(), "continue", code="AB12CD34")
    return person.press(person.form(action="/documents"), "continue")


def details(person: Person) -> list[str]:
    return re.findall(r'<details class="hidden">(.*?)</details>', person.reply.get_data(as_text=True), re.DOTALL)


def test_sp01_the_last_signs_are_shown_and_the_whole_on_demand(small: Installation) -> None:
    """Without JavaScript: the browser opens it."""
    shown = details(at_check(small))
    assert [re.findall(r"<bdi>(.*?)</bdi>", one) for one in shown] == [["5678", NUMBER], ["CD34", "AB12CD34"]]
    assert NUMBER not in shown[0].partition("</summary>")[0]
    assert "se termine par" in shown[0]
    assert "voir toute la réponse" in shown[0]


def test_sp01_what_is_put_aside_is_masked_too(small: Installation) -> None:
    person = at_check(small)
    person.open(f"/fr/{SLUG}/{person.draft}/you?return=check")
    person.press(person.form(), "continue", **{"file": NUMBER, "with": "no"})
    aside = person.open(f"/fr/{SLUG}/{person.draft}/check").text.partition("Réponses gardées")[2]
    assert "•••• CD34" in aside
    assert "AB12CD34" not in aside


def test_sp02_paper_holds_the_whole(small: Installation) -> None:
    person = at_check(small)
    ready = person.press(person.form(action="/check"), "continue")
    assert NUMBER in same(paper(ready, "reponses.pdf")).replace(" ", "")


def opened(folder: Path, old: str, new: str) -> Installation:
    """The small procedure with one part of its file in place of another."""
    write(folder / "procedures", STEPS, MORE)
    file = folder / "procedures" / SLUG / "procedure.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return install(folder, procedures=folder / "procedures")


def test_sp03_a_place_says_whether_it_helps_and_whether_anything_is_filed(tmp_path: Path) -> None:
    head = HEAD[HEAD.index("channels:") : HEAD.index("contacts:")].replace("{{", "{").replace("}}", "}")
    person = Person(opened(tmp_path, head, PLACES.lstrip()).client())
    shown = person.open(f"/fr/{SLUG}/").text
    reply = person.open(f"/fr/{SLUG}/formulaire.pdf").reply
    blank = same(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(reply.get_data())).pages))
    assert "Au guichet Une personne peut vous aider ici." in shown
    assert "Au point numérique Ici, on vous aide. Rien n’est déposé." in shown
    assert "À l'accueil Ici, rien n’est déposé." in shown
    assert "Par la poste Source" in shown
    assert all(same(said) in blank for said in SAID.values())


def test_sp04_fewer_files_than_it_takes_are_missing_and_nobody_is_stopped(small: Installation) -> None:
    person = Person(small.client()).start(SLUG)
    person.press(person.form(), "continue", **{"file": NUMBER, "with": "no"})
    assert "Il faut 2 fichiers au moins." in person.text
    for number, missing in ((1, True), (2, False)):
        upload = person.form(holds="file")
        person.press(upload, file=[(io.BytesIO(JPEG + bytes([number])), f"{number}.jpg")])
        person.open(f"/fr/{SLUG}/{person.draft}/check")
        assert ("Il faut 2 fichiers au moins." in person.text) is missing
        assert bool(person.form(action="/check").buttons)
        person.open(f"/fr/{SLUG}/{person.draft}/documents")


def test_sp05_a_suspension_begins_on_its_day(tmp_path: Path) -> None:
    closed = 'suspended: {since: "2026-12-01", title: "Fermé", body: "Plus de demandes."}\nsteps:'
    small = opened(tmp_path, "\nsteps:", f"\n{closed}")
    for day, open_ in ((30, True), (31, False)):
        small.clock.now = datetime(2026, 11, 30, 12, tzinfo=UTC) if open_ else datetime(2026, 12, 1, 12, tzinfo=UTC)
        shown = Person(small.client()).open(f"/fr/{SLUG}/").text
        assert ("Plus de demandes." in shown) is not open_, day
        assert ("Commencer" in shown) is open_
