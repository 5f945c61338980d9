"""The duplicate of a lost, stolen or damaged card: who pays, what replaces what, and in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.procedures.people import (
    EUROPE,
    UNKNOWN,
    answers,
    assert_fact,
    assert_stricter_age_of_a_proof_counts,
    fees,
    letter,
    levels,
    outcomes,
    procedure,
    walk,
)

SLUG = "duplicate-permit"
BLOCKED = {"anef_state": "blocked", "blocked_on": "2026-11-20", "blocked_error": "Une erreur est survenue."}


def person(**changes: Any) -> dict[str, Any]:
    """João lost his card, which ends in 2028; nothing else changed."""
    given = answers(SLUG, {"changed": ["nothing"], **changes}, without=("address_declared",))
    return {key: value for key, value in given.items() if value is not None}


@pytest.mark.parametrize(
    ("permit_end", "made"),
    [
        ("2028-03-01", True),
        ("2027-02-25", True),
        ("2027-02-24", False),
        ("2026-11-24", False),
        ("2026-11-23", False),
        (UNKNOWN, True),
    ],
)
@pytest.mark.parametrize("event", ["lost", "stolen", "damaged"])
def test_a_card_is_made_and_paid_only_if_it_ends_in_more_than_three_months(
    permit_end: Any, made: bool, event: str
) -> None:
    journey = walk(SLUG, person(permit_end=permit_end, event=event, complaint_made="in_france"))
    assert fees(journey) == (["stamp"] if made else [])
    assert ("price" in outcomes(journey)) is made
    renewal = {"card_ends_soon", "card_ended"} & outcomes(journey)
    assert bool(renewal) is (not made)


def test_nothing_is_paid_for_a_card_that_was_never_handed_over_or_a_visa() -> None:
    never = person(event="never_received", ready_message="no", favourable="yes")
    assert fees(walk(SLUG, never)) == []
    assert fees(walk(SLUG, person(permit_kind="visa"))) == []
    for kind in ("one_year", "multi_year", "resident", "other", UNKNOWN):
        assert fees(walk(SLUG, person(permit_kind=kind))) == ["stamp"], kind


@pytest.mark.parametrize("country", EUROPE.split())
def test_a_european_pays_nothing_and_is_not_asked_about_family(country: str) -> None:
    journey = walk(SLUG, person(nationality=[country], family_of_european=None))
    assert fees(journey) == []
    assert "free" in outcomes(journey)
    assert "family_of_european" not in {field.id for stop in journey.path for field in stop.fields}


@pytest.mark.parametrize("country", ["BR", "GB", "TR", "UA", "XXA", "XXB", "FR"])
def test_others_pay_unless_their_card_is_one_of_european_family(country: str) -> None:
    assert fees(walk(SLUG, person(nationality=[country]))) == ["stamp"]
    assert fees(walk(SLUG, person(nationality=[country], family_of_european=UNKNOWN))) == ["stamp"]
    assert fees(walk(SLUG, person(nationality=[country], family_of_european="yes"))) == []


def test_the_stamp_of_2026_is_shown_to_check() -> None:
    now = walk(SLUG, person()).facts["stamp"]
    assert now is not None
    assert (now.value, now.unit, now.needs_review) == (50, "EUR", True)
    assert now.starts is None, "the day it came into force is not known"


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("least_left", 3, "months"),
        ("old_total", 225, "EUR"),
        ("old_total_reduced", 75, "EUR"),
        ("late_fee", 180, "EUR"),
        ("e_photo_life", 6, "months"),
        ("e_photo_delay", 72, "hours"),
    ],
)
def test_facts_are_those_of_the_sources(name: str, value: int, unit: str) -> None:
    assert_fact(walk(SLUG, person()), name, value, unit)


def test_the_stricter_age_of_a_proof_is_used_and_both_are_kept() -> None:
    assert_stricter_age_of_a_proof_counts(SLUG, walk(SLUG, person()))


@pytest.mark.parametrize(
    ("changes", "document", "level"),
    [
        ({"event": "lost"}, "loss_statement", "recommended"),
        ({"event": "stolen", "complaint_made": "no"}, "complaint_receipt", "required"),
        ({"event": "stolen", "complaint_made": "abroad"}, "translations", "recommended"),
        ({"event": "damaged"}, "damaged_card", "recommended"),
        ({"event": "damaged"}, "damage_statement", "recommended"),
        ({"has_copy": "yes"}, "old_card_copy", "required"),
        ({"has_copy": "no"}, "old_card_copy", None),
        ({"passport_state": "valid"}, "passport", "required"),
        ({"passport_state": "expired"}, "passport", "required"),
        ({"passport_state": "gone", "passport_requested": "yes"}, "identity_instead", "required"),
        ({"passport_state": "none"}, "identity_without_passport", "required"),
        ({"passport_state": "protected"}, "identity_protected", "optional"),
        ({"passport_state": "protected"}, "passport", None),
        ({}, "birth_certificate", "recommended"),
        ({}, "family_papers", "optional"),
        ({}, "photo", "required"),
        ({"represents": "yes"}, "representation", "recommended"),
        ({"changed": ["mistake"]}, "mistake_proof", "recommended"),
        ({"changed": ["address"], "address_declared": "yes"}, "address_certificate", "recommended"),
        ({"changed": ["address"], "address_declared": "waiting"}, "address_certificate", None),
    ],
)
def test_each_paper_has_the_weight_its_source_gives_it(
    changes: dict[str, Any], document: str, level: str | None
) -> None:
    assert levels(walk(SLUG, person(**changes))).get(document) == level


def test_a_protected_person_is_never_sent_to_a_consulate() -> None:
    journey = walk(SLUG, person(passport_state="protected"))
    assert "passport_first" not in outcomes(journey)
    for needed in journey.documents:
        assert "votre consulat" not in (needed.document.help.source if needed.document.help else "")


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ({"changed": ["address"], "address_declared": "no"}, {"move_first"}),
        ({"changed": ["address"], "address_declared": "waiting"}, {"move_pending"}),
        ({"changed": ["address"], "address_declared": "yes"}, set()),
        ({"changed": ["family"]}, {"family_first"}),
        ({"changed": ["nothing"]}, set()),
    ],
)
def test_a_change_is_declared_before_the_duplicate(changed: dict[str, Any], first: set[str]) -> None:
    ordered = {"move_first", "move_pending", "family_first"}
    assert ordered & outcomes(walk(SLUG, person(**changed))) == first


def test_the_note_for_the_police_says_what_is_known_only() -> None:
    def said(**changes: Any) -> str:
        given = person(event="stolen", complaint_made="no", **changes)
        return letter(SLUG, walk(SLUG, given), "police_note")

    for name, changes in (
        ("event_date", {"event_date": UNKNOWN}),
        ("event_place", {"event_place": None}),
        ("event_story", {"event_story": None}),
        ("permit_number", {"permit_number": None}),
        ("permit_end", {"permit_end": UNKNOWN}),
    ):
        assert f"{{answer.{name}}}" in said(), name
        assert f"{{answer.{name}}}" not in said(**changes), name
    assert "mon passeport" in said(passport_state="gone", passport_requested="no")
    assert "mon passeport" not in said()
    assert "interprète" in said(needs=["interpreter"])


@pytest.mark.parametrize(("event", "statement"), [("lost", "loss_statement"), ("damaged", "damage_statement")])
def test_a_statement_on_honour_is_ready_and_names_the_day(event: str, statement: str) -> None:
    journey = walk(SLUG, person(event=event))
    said = letter(SLUG, journey, statement)
    assert "sur l'honneur" in said
    assert "{answer.event_date}" in said
    document = next(found for found in procedure(SLUG).documents if found.id == statement)
    assert document.template == statement


@pytest.mark.parametrize(("permit_end", "ended"), [("2026-11-24", False), ("2026-11-23", True)])
def test_a_statement_never_says_that_an_ended_card_ends(permit_end: str, ended: bool) -> None:
    said = letter(SLUG, walk(SLUG, person(permit_end=permit_end)), "loss_statement")
    assert ("La carte a fini le" in said) is ended
    assert ("La carte finit le" in said) is not ended


@pytest.mark.parametrize(("called", "letters"), [("no", "helpline_message"), ("yes", "substitution_request")])
@pytest.mark.parametrize("received_on", ["2024-03", UNKNOWN])
def test_a_blocked_person_says_when_the_card_was_handed_over(called: str, letters: str, received_on: Any) -> None:
    blocked = BLOCKED | {"blocked_by": "not_handed_over", "received_on": received_on}
    given = person(**blocked, helpline_called=called, helpline_called_on="2026-11-21" if called == "yes" else None)
    said = letter(SLUG, walk(SLUG, given), letters)
    assert "{answer.blocked_error}" in said
    assert "{answer.blocked_on}" in said
    assert ("{answer.received_on}" in said) is (received_on != UNKNOWN)


def test_the_pack_follows_the_screens_of_the_office_and_forgets_no_paper() -> None:
    channel = next(found for found in procedure(SLUG).channels if found.id == "anef")
    assert channel.screens[0].title.source == "« Je déclare un changement »"
    typed = {item for screen in channel.screens for item in screen.items}
    assert {found.id for found in procedure(SLUG).documents if found.satisfied_by is None} <= typed
    assert "e_photo" in typed


def test_no_way_of_filing_is_promised_beyond_the_sources() -> None:
    journey = walk(SLUG, person())
    assert {channel.kind for channel in journey.channels if channel.files} == {"external", "substitution"}
    assert all(channel.source for channel in journey.channels)
    assert [found.id for found in procedure(SLUG).outcomes if found.effect == "stop"] == []


@pytest.mark.parametrize(
    ("event", "declared"),
    [
        ("lost", {"card_lost", "send_back"}),
        ("stolen", {"card_stolen", "send_back"}),
        ("damaged", {"card_damaged"}),
        ("never_received", {"card_not_received"}),
    ],
)
def test_each_event_has_its_own_declaration(event: str, declared: set[str]) -> None:
    journey = walk(SLUG, person(event=event, complaint_made="no", ready_message="no", favourable="no"))
    assert {found.id for found in journey.declarations} == {"true_answers", *declared}


def test_the_travel_warning_stops_after_three_months() -> None:
    for day, warned in (("2027-02-23", True), ("2027-02-24", False)):
        journey = walk(SLUG, person(travel_planned="yes", travel_date=day), date(2026, 11, 24))
        assert ("travel" in outcomes(journey)) is warned


def test_what_may_change_with_the_law_is_written_with_each_of_its_values() -> None:
    facts = procedure(SLUG).facts
    assert [(period.value, period.needs_review) for period in facts["stamp"].periods] == [(25, False), (50, True)]
    prices = [facts[name].periods[0] for name in ("e_photo_price", "e_photo_highest_price")]
    assert [(price.value, price.unit) for price in prices] == [(8, "EUR"), (15, "EUR")]
