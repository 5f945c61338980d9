"""From one procedure to another: answers are shown before they are copied, and copied only if the person says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.trial import HEAD, install_trial

FIRST = (
    """
procedure: "first"
title: "La première démarche"
"""
    + HEAD
    + """
steps:
  - id: "you"
    title: "Vous"
    fields:
      - {id: "name", kind: "name", label: "Votre nom"}
      - {id: "colour", kind: "radios", label: "Couleur",
         choices: [{id: "red", label: "Rouge"}, {id: "old", label: "Ancien"}]}
      - {id: "secret", kind: "text", label: "Un secret"}
outcomes:
  - id: "other"
    effect: "stop"
    when: {secret: {answered: "yes"}}
    title: "C'est une autre démarche"
    body: "Faites l'autre démarche."
    source: "Code d'essai"
    go_to:
      - title: "Faire l'autre démarche"
        procedure: "second"
        carry: ["name", "colour"]
        with: {reason: "moved"}
      - {title: "Aller à la mairie", office: "La mairie"}
channels:
  site: {kind: "external", title: "Le site", url: "https://example.org/", files: "yes", source: "Code d'essai"}
"""
)

SECOND = (
    """
procedure: "second"
title: "La deuxième démarche"
"""
    + HEAD
    + """
steps:
  - id: "who"
    title: "Qui êtes-vous ?"
    fields:
      - {id: "name", kind: "name", label: "Nom de famille"}
      - {id: "colour", kind: "radios", label: "Couleur",
         choices: [{id: "red", label: "Rouge"}, {id: "blue", label: "Bleu"}]}
      - {id: "reason", kind: "radios", label: "Pourquoi ?", choices: [{id: "moved", label: "J'ai déménagé"},
         {id: "lost", label: "Perdu"}]}
  - id: "more"
    title: "Encore"
    fields: [{id: "city", kind: "text", label: "Votre ville"}]
channels:
  site: {kind: "external", title: "Le site", url: "https://example.org/", files: "yes", source: "Code d'essai"}
"""
)


@pytest.fixture
def two(tmp_path: Path) -> Installation:
    return install_trial(tmp_path, others={"first": FIRST, "second": SECOND})


def at_the_outcome(site: Installation, *, colour: str = "red", htmx: bool = False) -> Person:
    person = Person(site.client(), htmx=htmx).start("first")
    return person.press(person.form(), "continue", name="Diallo", colour=colour, secret="à moi")


def test_answers_are_shown_then_copied_into_a_new_draft(two: Installation) -> None:
    for htmx in (False, True):
        person = at_the_outcome(two, htmx=htmx)
        first = person.draft
        person.follow("Faire l'autre démarche")
        assert person.heading == "Copier ces réponses ?"
        assert "Nom de famille Diallo" in person.text
        assert "Pourquoi ? J'ai déménagé" in person.text
        assert "à moi" not in person.text
        person.press(person.form(holds="csrf_token", action="/carry/other/0"))
        assert person.url.startswith("/fr/second/")
        assert person.draft != first
        assert person.key == "more"
        person.open(f"/fr/second/{person.draft}/check")
        assert "Diallo" in person.text
        assert "J'ai déménagé" in person.text
        person.open(f"/fr/first/{first}/check")
        assert "Diallo" in person.text


def test_one_may_begin_without_copying(two: Installation) -> None:
    person = at_the_outcome(two).follow("Faire l'autre démarche").follow("Commencer sans copier")
    assert person.url == "/fr/second/"
    person.press(person.form(holds="csrf_token", action="/second/"))
    assert person.key == "who"
    assert "Diallo" not in person.html


def test_an_answer_that_the_other_procedure_cannot_take_stays(two: Installation) -> None:
    person = at_the_outcome(two, colour="old").follow("Faire l'autre démarche")
    assert "Ancien" not in person.text
    person.press(person.form(holds="csrf_token", action="/carry/other/0"))
    assert person.key == "who"


def test_an_outcome_that_is_not_this_persons_copies_nothing(two: Installation) -> None:
    person = Person(two.client()).start("first")
    person.open(f"/fr/first/{person.draft}/carry/other/0")
    assert person.reply.status_code == 404
    done = at_the_outcome(two)
    for place in (1, 7):
        done.open(f"/fr/first/{done.draft}/carry/other/{place}")
        assert done.reply.status_code == 404


def test_a_form_of_another_site_copies_nothing(two: Installation) -> None:
    person = at_the_outcome(two).follow("Faire l'autre démarche")
    reply = person.client.post(person.url, data={"csrf_token": "x"})
    assert reply.status_code == 403
