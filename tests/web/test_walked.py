"""Journeys that are remembered between requests: never another one than would be worked out, and not for ever."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.journey.model import Journey
from app.web.walked import Walked
from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.written import SLUG, installed

STEPS = """
- {id: "home", title: "Logement", fields: [{id: "housed", kind: "yes_no", label: "Avez-vous un logement ?"}]}
- {id: "rent", title: "Loyer", when: {housed: "yes"}, fields: [{id: "owner", kind: "name", label: "À qui ?"}]}
"""


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS)


def _journey() -> Journey:
    return Journey(date(2026, 11, 25), (), {})


def test_only_an_equal_question_finds_a_journey() -> None:
    walked, journey = Walked(), _journey()
    walked.keep("d1", ("sha", {"housed": "yes"}), journey)
    found = walked.find("d1", ("sha", {"housed": "yes"}))
    assert found is not None
    assert found.journey is journey
    assert walked.find("d1", ("sha", {"housed": "no"})) is None
    assert walked.find("d2", ("sha", {"housed": "yes"})) is None


def test_the_last_two_of_the_last_drafts_are_remembered() -> None:
    walked = Walked(drafts=2)
    for answer in ("1", "2", "3"):
        walked.keep("d1", (answer,), _journey())
    assert [walked.find("d1", (answer,)) is not None for answer in ("1", "2", "3")] == [False, True, True]
    walked.keep("d2", ("1",), _journey())
    walked.keep("d3", ("1",), _journey())
    assert [walked.find(draft, ("1",)) is not None for draft in ("d2", "d3")] == [True, True]
    assert walked.find("d1", ("3",)) is None


def test_what_another_process_saved_is_seen_at_once(small: Installation) -> None:
    """The path follows what is stored, also when this process did not save it."""
    person = Person(small.client())
    person.start(SLUG)
    person.press(person.form(), "continue", housed="yes")
    assert person.url.endswith("/rent")
    site = small.app.extensions["guichet"]
    site.store.drafts.update(person.draft, lambda record: {**record.data, "answers": {"housed": "no"}})
    person.open(f"/fr/{SLUG}/{person.draft}/rent")
    assert not person.url.endswith("/rent")


def test_nothing_is_remembered_of_a_draft_that_was_erased_or_left(small: Installation) -> None:
    for way in ("erase", "leave"):
        person = Person(small.client())
        person.start(SLUG)
        person.press(person.form(), "continue", housed="yes")
        known = small.app.extensions["guichet"].walked._known
        draft = person.draft
        assert draft in known
        person.open(f"/fr/{SLUG}/{draft}/{way}")
        person.press(person.form(holds="csrf_token", action=f"/{way}"))
        assert draft not in known
