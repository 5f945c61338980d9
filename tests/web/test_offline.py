"""What a phone keeps for when it has no network: two pages that are nobody's, and a program that can be taken back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.trial import SLUG, TRIAL, install_trial

PROGRAM = "/service-worker.js"


@pytest.fixture
def trial(tmp_path: Path) -> Installation:
    return install_trial(tmp_path)


def kept(program: str) -> tuple[str, dict[str, list[str]]]:
    found = re.match(r"var KEPT = (.*), PAGES = (.*);\n", program)
    assert found
    return json.loads(found[1]), json.loads(found[2])


def test_it_keeps_pages_that_hold_nobodys_data(trial: Installation) -> None:
    person = Person(trial.client()).start(SLUG)
    name, pages = kept(person.client.get(PROGRAM).get_data(as_text=True))
    assert name.startswith("guichet-")
    assert pages["fr"] == ["/fr/offline", "/fr/help"]
    for address in pages["fr"]:
        page = trial.client().get(address)
        assert page.status_code == 200
        assert "csrf" not in page.text
        assert person.draft not in page.text


def test_the_page_says_what_is_kept_what_is_not_and_whom_to_call(trial: Installation) -> None:
    page = " ".join(Person(trial.client()).open("/fr/offline").text.split())
    for said in ("Pas de connexion internet", "Ce qui est gardé", "Ce qui n’est pas encore gardé", "0 806 001 620"):
        assert said in page.replace("\u202f", " ").replace("\xa0", " ")


def test_only_those_who_have_begun_are_given_it(trial: Installation) -> None:
    person = Person(trial.client())
    assert "data-worker" not in person.open(f"/fr/{SLUG}/").html
    assert f'data-worker="{PROGRAM}?in=fr"' in person.start(SLUG).html


def test_it_is_another_program_when_what_it_keeps_may_have_changed(trial: Installation, tmp_path: Path) -> None:
    first = kept(trial.client().get(PROGRAM).text)[0]
    assert kept(trial.client().get(PROGRAM).text)[0] == first
    more = TRIAL.replace(f'procedure: "{SLUG}"', 'procedure: "other"')
    changed = install_trial(tmp_path / "changed", others={"other": more})
    assert kept(changed.client().get(PROGRAM).text)[0] != first


def test_switched_off_it_is_taken_back(tmp_path: Path) -> None:
    off = install_trial(tmp_path, environment={"GUICHET_OFFLINE": "no"})
    program = off.client().get(PROGRAM).text
    assert "registration.unregister()" in program
    assert "PAGES" not in program
    assert "data-worker" not in Person(off.client()).start(SLUG).html
