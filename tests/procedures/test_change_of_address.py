"""The declaration of a move or of a family event: until when, for whom, with which papers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.journey.model import Journey
from tests.procedures.people import (
    EUROPE,
    TODAY,
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

SLUG = "change-of-address"
BLOCKED = {
    "anef_state": "blocked",
    "blocked_on": "2026-11-20",
    "blocked_by": "other",
    "blocked_error": "Une erreur est survenue.",
    "helpline_called": "yes",
    "helpline_called_on": "2026-11-21",
}


def person(**changes: Any) -> dict[str, Any]:
    """Fatou moved from Toulouse to Lyon on 1 October 2026; her card ends in 2029."""
    return {key: value for key, value in answers(SLUG, changes).items() if value is not None}


def steps(journey: Journey) -> set[str]:
    return {stop.step.id for stop in journey.path}


@pytest.mark.parametrize(
    ("moved", "last_day"),
    [("2026-10-01", date(2027, 1, 1)), ("2026-11-30", date(2027, 2, 28)), ("2026-12-31", date(2027, 3, 31))],
)
def test_three_months_from_the_arrival_and_never_too_late_to_declare(moved: str, last_day: date) -> None:
    for day, state, said in (
        (last_day, "open", "declare_by"),
        (date.fromordinal(last_day.toordinal() + 1), "late", "declare_late"),
    ):
        journey = walk(SLUG, person(move_date=moved), day)
        assert journey.derived["declare_by"] == last_day
        assert journey.window is not None
        assert journey.window.state == state
        assert {"declare_by", "declare_late"} & outcomes(journey) == {said}
        assert journey.complete


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2027-04-29", "short"),
        ("2027-05-30", "short"),
        ("2027-05-31", "one_year"),
        ("2027-06-01", "one_year"),
        ("2027-06-29", "one_year"),
        ("2027-06-30", "compulsory"),
        ("2030-05-31", "compulsory"),
    ],
)
def test_the_length_of_the_permit_decides_and_one_year_exactly_is_to_check(end: str, said: str) -> None:
    found = outcomes(walk(SLUG, person(permit_start="2026-06-01", permit_end=end)))
    assert ("not_compulsory" in found) is (said == "short")
    assert ("one_year_permit" in found) is (said == "one_year")
    assert ("declare_by" in found) is (said != "short")
    one_year = next(outcome for outcome in procedure(SLUG).outcomes if outcome.id == "one_year_permit")
    assert one_year.needs_review


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2026-11-23", "permit_ended"),
        ("2026-11-24", "permit_ends_soon"),
        ("2027-02-23", "permit_ends_soon"),
        ("2027-02-24", "declare_by"),
    ],
)
def test_a_permit_that_ends_within_three_months_is_renewed_instead(end: str, said: str) -> None:
    found = outcomes(walk(SLUG, person(permit_end=end)))
    assert {"permit_ended", "permit_ends_soon", "declare_by", "declare_late"} & found == {said}


@pytest.mark.parametrize("country", EUROPE.split())
def test_a_new_card_is_free_for_europeans(country: str) -> None:
    journey = walk(SLUG, person(nationality=[country], new_card="yes", e_photo=UNKNOWN))
    assert fees(journey) == []
    assert "free_card" in outcomes(journey)
    assert "family_of_european" not in {field.id for stop in journey.path for field in stop.fields}


@pytest.mark.parametrize("country", ["SN", "GB", "TR", "UA", "XXA", "XXB"])
def test_the_declaration_is_free_and_the_card_is_paid(country: str) -> None:
    def journey(**changes: Any) -> Journey:
        return walk(SLUG, person(nationality=[country], e_photo=UNKNOWN, **changes))

    assert fees(journey(new_card="no")) == []
    assert fees(journey(new_card="yes", family_of_european="no")) == ["stamp"]
    assert fees(journey(new_card="yes", family_of_european=UNKNOWN)) == ["stamp"]
    assert fees(journey(new_card="yes", family_of_european="yes")) == []


@pytest.mark.parametrize("event", ["lost", "stolen", "damaged"])
def test_without_the_card_no_card_is_asked_here_and_the_duplicate_follows(event: str) -> None:
    journey = walk(SLUG, person(event=event, new_card=None))
    assert "card" not in steps(journey)
    assert fees(journey) == []
    after = next(found for found in journey.outcomes if found.id == "then_duplicate")
    assert after.effect == "then"
    assert after.go_to[0].procedure == "duplicate-permit"


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("declare_within", 3, "months"),
        ("compulsory_from", 12, "months"),
        ("renew_instead", 3, "months"),
        ("stamp", 50, "EUR"),
        ("late_fee", 180, "EUR"),
        ("e_photo_life", 6, "months"),
        ("e_photo_delay", 72, "hours"),
    ],
)
def test_facts_are_those_of_the_sources(name: str, value: int, unit: str) -> None:
    assert_fact(walk(SLUG, person()), name, value, unit)


def test_both_ages_of_a_proof_of_address_are_kept_and_the_stricter_counts() -> None:
    assert_stricter_age_of_a_proof_counts(SLUG, walk(SLUG, person()))


@pytest.mark.parametrize(
    ("changes", "document", "level"),
    [
        ({}, "permit_copy", "required"),
        ({"event": "damaged"}, "permit_copy", "required"),
        ({"event": "lost"}, "permit_copy", None),
        ({"event": "stolen"}, "permit_copy_gone", "optional"),
        ({"protected": "no"}, "passport", "required"),
        ({"protected": UNKNOWN}, "passport", "required"),
        ({"protected": "yes"}, "passport", None),
        ({"protected": "yes"}, "identity_protected", "optional"),
        ({"changes": ["marriage"]}, "marriage_certificate", "required"),
        ({"changes": ["marriage"]}, "birth_certificate", "recommended"),
        ({"changes": ["pacs"]}, "pacs_certificate", "required"),
        ({"changes": ["death"]}, "death_certificate", "required"),
        ({"changes": ["name"]}, "name_decision", "required"),
        ({"changes": ["separation"], "separation_kind": "divorced"}, "divorce_judgment", "required"),
        ({"changes": ["separation"], "separation_kind": "apart"}, "separation_paper", "optional"),
        ({"changes": ["separation"], "separation_kind": "procedure"}, "divorce_judgment", None),
        ({"changes": ["marriage"], "foreign_papers": "yes"}, "translations", "required"),
        ({"changes": ["marriage"], "foreign_papers": UNKNOWN}, "translations", "recommended"),
        ({"changes": ["marriage"], "foreign_papers": "no"}, "translations", None),
        ({"changes": ["marriage"]}, "proof_home", None),
        ({"changes": ["marriage"], "new_card": "yes"}, "proof_home", "required"),
        ({"new_card": "yes", "e_photo": UNKNOWN}, "photo", "required"),
        ({"new_card": "no"}, "photo", None),
        ({"represents": "yes"}, "representation", "recommended"),
    ],
)
def test_each_paper_has_the_weight_its_source_gives_it(
    changes: dict[str, Any], document: str, level: str | None
) -> None:
    assert levels(walk(SLUG, person(**changes))).get(document) == level


def test_a_separation_is_private_and_advised_before_it_is_declared() -> None:
    step = next(step for step in procedure(SLUG).steps if step.id == "separation")
    assert step.private
    assert [other.id for other in procedure(SLUG).steps if other.private] == ["separation"]
    advice = next(outcome for outcome in procedure(SLUG).outcomes if outcome.id == "separation_rights")
    assert advice.effect == "first"
    assert advice.go_to
    gone = {"changes": ["separation"], "separation_kind": "apart", "separation_date": "2026-09"}
    for depends, warned in (("yes", True), (UNKNOWN, True), ("no", False)):
        journey = walk(SLUG, person(**gone, permit_from_spouse=depends))
        assert ("separation_rights" in outcomes(journey)) is warned


def test_the_letter_to_the_office_says_nothing_of_the_separation() -> None:
    given = person(
        **BLOCKED,
        changes=["address", "separation"],
        separation_kind="apart",
        separation_date="2026-09",
        permit_from_spouse="yes",
        foreign_papers="no",
    )
    said = letter(SLUG, walk(SLUG, given), "substitution_request")
    assert "separation" not in said
    assert "sépar" not in said
    assert "{answer.move_date}" in said


@pytest.mark.parametrize(
    ("changes", "cited"),
    [
        ({}, True),
        ({"permit_start": UNKNOWN}, True),
        ({"permit_start": "2026-06-01", "permit_end": "2027-04-30"}, False),
        ({"changes": ["pacs"], "pacs_date": "2026-06-06", "pacs_place": "Lyon", "foreign_papers": "no"}, False),
    ],
)
def test_the_letter_cites_the_duty_to_declare_only_where_there_is_one(changes: dict[str, Any], cited: bool) -> None:
    said = letter(SLUG, walk(SLUG, person(**BLOCKED, **changes)), "substitution_request")
    assert ("R431-23" in said) is cited


def test_the_pack_follows_the_screens_of_the_office_and_forgets_no_paper() -> None:
    channel = next(found for found in procedure(SLUG).channels if found.id == "anef")
    assert any("« (Séjour) »" in screen.title.source for screen in channel.screens)
    typed = {item for screen in channel.screens for item in screen.items}
    assert {found.id for found in procedure(SLUG).documents if found.satisfied_by is None} <= typed
    events = {"marriage_date", "pacs_date", "separation_date", "children", "death_date", "new_birth_name", "move_date"}
    assert events <= typed


def test_no_way_of_filing_is_promised_beyond_the_sources() -> None:
    journey = walk(SLUG, person())
    assert {channel.kind for channel in journey.channels if channel.files} == {"external", "substitution"}
    assert all(channel.source for channel in journey.channels)
    assert [found.id for found in procedure(SLUG).outcomes if found.effect == "stop"] == []


@pytest.mark.parametrize(
    ("old", "address", "other"),
    [
        ("31", {}, True),
        ("69", {}, False),
        (UNKNOWN, {}, False),
        ("31", {"kind": "none"}, False),
    ],
)
def test_another_department_means_another_prefecture(old: Any, address: dict[str, Any], other: bool) -> None:
    changes = {"old_department": old, **({"address": address} if address else {})}
    journey = walk(SLUG, person(**changes))
    assert ("new_prefecture" in outcomes(journey)) is other
    office = journey.derived["office"]
    assert (office is None) is bool(address)
    if isinstance(office, dict):
        assert office["town"] == "Lyon"


def test_who_has_not_moved_yet_prepares_and_declares_later() -> None:
    journey = walk(SLUG, person(move_date="2026-12-01"), TODAY)
    assert "not_moved_yet" in outcomes(journey)
    assert "lives_there" not in {found.id for found in journey.declarations}
    assert journey.complete
    assert "lives_there" in {found.id for found in walk(SLUG, person(), TODAY).declarations}


def test_what_may_change_with_the_law_is_written_with_each_of_its_values() -> None:
    facts = procedure(SLUG).facts
    assert [(period.value, period.needs_review) for period in facts["stamp"].periods] == [(25, False), (50, True)]
    prices = [facts[name].periods[0] for name in ("e_photo_price", "e_photo_highest_price")]
    assert [(price.value, price.unit) for price in prices] == [(8, "EUR"), (15, "EUR")]
