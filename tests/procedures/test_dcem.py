"""The minors' travel document: who pays, what proves what, and where a child's case ends."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from app.journey.model import Journey
from tests.procedures.people import UNKNOWN, answers, letter, levels, procedure, walk

SLUG = "dcem"
GROUNDS: tuple[Any, ...] = ("eu", "parent_permit", "protected", "ase", "child_of_french", "visitor", "none", UNKNOWN)
STATUSES = ("third_country", "european", "french", "provisional", "no_permit")
ORGANISATION = {
    "organisation_name": "Département du Val-de-Marne",
    "mandatary.birth_name": "Morel",
    "mandatary.first_names": "Claude",
    "child_home.address": {
        "kind": "france",
        "line": "1 rue Neuve",
        "postcode": "94000",
        "city": "Créteil",
        "department": "94",
    },
    "child_home.housing": "residence",
}


def family(**changes: Any) -> dict[str, Any]:
    return answers(SLUG, {key.replace("__", "."): value for key, value in changes.items()})


def fields_asked(journey: Journey) -> set[str]:
    return {field.id for stop in journey.path for field in stop.fields}


@pytest.mark.parametrize(("asker", "status", "ground"), list(product(("parent", "guardian"), STATUSES, GROUNDS)))
def test_only_the_child_of_a_european_parent_pays_nothing(asker: str, status: str, ground: Any) -> None:
    journey = walk(SLUG, family(asker=asker, applicant_status=status, ground=ground))
    free = ground == "eu" or (asker == "parent" and status == "european")
    assert [due.fee.fact for due in journey.fees] == ([] if free else ["dcem_fee"])
    if journey.complete:
        assert ("free" in {outcome.id for outcome in journey.outcomes}) is free


@pytest.mark.parametrize(("asker", "ground"), list(product(("ase", "mandated"), GROUNDS)))
def test_an_organisation_pays_unless_the_parent_is_european(asker: str, ground: Any) -> None:
    journey = walk(SLUG, family(asker=asker, ground=ground) | ORGANISATION)
    assert bool(journey.fees) is (ground != "eu")


def test_the_amount_of_2026_is_not_invented() -> None:
    journey = walk(SLUG, family())
    assert [due.period for due in journey.fees] == [None]
    fallback = procedure(SLUG).facts["dcem_fee"].fallback
    assert fallback is not None
    assert "timbres.impots.gouv.fr" in fallback.source
    in_2025 = walk(SLUG, family(), date(2025, 12, 31))
    assert [due.period.value for due in in_2025.fees if due.period] == [50]


@pytest.mark.parametrize(("asker", "status"), [("parent", s) for s in STATUSES] + [("guardian", s) for s in STATUSES])
def test_the_parent_who_has_the_permit_is_proven_when_someone_else_asks(asker: str, status: str) -> None:
    journey = walk(SLUG, family(asker=asker, applicant_status=status, ground="parent_permit"))
    elsewhere = asker == "guardian" or status != "third_country"
    assert ("parent_permit_copy" in levels(journey)) is elsewhere


@pytest.mark.parametrize(("asker", "status"), [("parent", s) for s in STATUSES] + [("guardian", s) for s in STATUSES])
def test_the_european_parent_is_proven_when_someone_else_asks(asker: str, status: str) -> None:
    journey = walk(SLUG, family(asker=asker, applicant_status=status, ground="eu"))
    elsewhere = asker == "guardian" or status != "european"
    assert ("eu_parent_identity" in levels(journey)) is elsewhere


@pytest.mark.parametrize("asker", ["ase", "mandated"])
@pytest.mark.parametrize(
    ("ground", "document"), [("parent_permit", "parent_permit_copy"), ("eu", "eu_parent_identity")]
)
def test_an_organisation_proves_the_parent_of_the_child(asker: str, ground: str, document: str) -> None:
    journey = walk(SLUG, family(asker=asker, ground=ground) | ORGANISATION)
    assert levels(journey)[document] == "recommended"
    assert {"mandate", "mandatary_identity", "signatory_authority"} <= set(levels(journey))
    assert "applicant_birth_certificate" not in levels(journey)


def test_a_protected_child_is_never_sent_to_a_consulate() -> None:
    protected = walk(SLUG, family(ground="protected"))
    assert levels(protected)["child_identity_protected"] == "optional"
    assert "child_identity" not in levels(protected)
    for needed in protected.documents:
        if needed.key.startswith("child_"):
            assert "consulat" not in (needed.document.help.source if needed.document.help else "")
    for ground in ("eu", "parent_permit", "ase", UNKNOWN):
        assert levels(walk(SLUG, family(ground=ground)))["child_identity"] == "required"


@pytest.mark.parametrize(
    ("recognition", "certificate", "authority"),
    [
        ("before_one", "required", None),
        ("one_parent", "required", None),
        ("after_one", None, "required"),
        (UNKNOWN, "required", "recommended"),
    ],
)
def test_recognition_decides_the_proof_of_parental_authority(
    recognition: Any, certificate: str | None, authority: str | None
) -> None:
    found = levels(walk(SLUG, family(parents_status="not_married", recognition=recognition)))
    assert found.get("recognition_certificate") == certificate
    assert found.get("parental_authority") == authority
    assert "marriage_certificate" not in found


@pytest.mark.parametrize(("said", "level"), [("yes", "required"), (UNKNOWN, "recommended"), ("no", None)])
def test_translations_follow_the_language_of_the_papers(said: Any, level: str | None) -> None:
    assert levels(walk(SLUG, family(foreign_papers=said))).get("translations") == level


@pytest.mark.parametrize(("said", "level"), [("yes", "required"), (UNKNOWN, "recommended"), ("no", None)])
def test_the_host_proves_an_address_only_if_the_card_shows_another(said: Any, level: str | None) -> None:
    found = levels(walk(SLUG, family(housing="hosted", host_moved=said)))
    assert found["proof_host"] == "required"
    assert found.get("proof_host_home") == level


def test_the_photo_code_stands_for_the_photo() -> None:
    with_code, without = (
        next(d for d in walk(SLUG, family(e_photo=code)).documents if d.key == "child_photo")
        for code in ("ABCD1234EFGH5678JKLM90", UNKNOWN)
    )
    assert with_code.satisfied
    assert not without.satisfied


@pytest.mark.parametrize("country", ["FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF"])
def test_a_child_born_on_french_soil_never_arrived(country: str) -> None:
    assert "entry_date" not in fields_asked(walk(SLUG, family(child__birth_country=country)))


@pytest.mark.parametrize("country", ["CN", "SN", "BE", "XK"])
def test_a_child_born_elsewhere_arrived_one_day(country: str) -> None:
    assert "entry_date" in fields_asked(walk(SLUG, family(child__birth_country=country)))


def test_european_means_the_union_the_area_and_switzerland_without_france() -> None:
    union = "AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    beside = "IS LI NO CH"  # the Area, and Switzerland
    for country in [*union.split(), *beside.split()]:
        outcomes = {found.id for found in walk(SLUG, family(child__nationality=["CN", country])).outcomes}
        assert "european_child" in outcomes, country
    for country in ("CN", "GB", "TR", "UA", "XXA", "XXB"):
        assert "european_child" not in {o.id for o in walk(SLUG, family(child__nationality=[country])).outcomes}


@pytest.mark.parametrize(
    ("first", "family_name", "blocked"),
    [("Ming", UNKNOWN, False), (UNKNOWN, "Suharto", False), ("Ming", "Li", False), (UNKNOWN, UNKNOWN, True)],
)
@pytest.mark.parametrize("who", ["child.", "", "mandatary."])
def test_one_name_is_enough_and_none_is_not(who: str, first: Any, family_name: Any, blocked: bool) -> None:
    names = {f"{who}first_names": first, f"{who}birth_name": family_name}
    base = family(asker="mandated") | ORGANISATION if who == "mandatary." else family()
    journey = walk(SLUG, base | names)
    assert journey.complete is not blocked
    shown = [found.check.at for found in journey.errors]
    assert shown == ([f"{who}first_names"] if blocked else [])


def test_the_pack_follows_the_screens_of_the_office() -> None:
    channel = next(found for found in procedure(SLUG).channels if found.id == "anef")
    asked_first = [screen.items[0] for screen in channel.screens[:4]]
    assert asked_first == ["request_kind", "asker", "applicant_status", "permit_kind"]
    typed = {item for screen in channel.screens for item in screen.items}
    to_give = {found.id for found in procedure(SLUG).documents if found.satisfied_by is None}
    assert to_give <= typed, "a document that no screen shows would be forgotten on the day of filing"


def test_no_way_of_filing_is_promised_beyond_the_law() -> None:
    journey = walk(SLUG, family())
    files = {channel.kind for channel in journey.channels if channel.files}
    assert files == {"external", "substitution"}
    assert all(channel.source for channel in journey.channels)


def test_the_stricter_age_of_a_proof_is_used_and_both_are_kept() -> None:
    fact = procedure(SLUG).facts["proof_of_address_age"]
    assert {(period.value, period.unit) for period in fact.conflict} == {(3, "months"), (6, "months")}
    used = walk(SLUG, family()).facts["proof_of_address_age"]
    assert used is not None
    assert used.value == 3


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("dcem_life", 5, "years"),
        ("permit_after_18", 2, "months"),
        ("visitor_entry_age", 13, "years"),
        ("placement_age", 16, "years"),
        ("adult_age", 18, "years"),
        ("e_photo_life", 6, "months"),
        ("e_photo_delay", 72, "hours"),
    ],
)
def test_facts_are_those_of_the_sources(name: str, value: int, unit: str) -> None:
    period = walk(SLUG, family()).facts[name]
    assert period is not None
    assert (period.value, period.unit) == (value, unit)
    assert period.source


@pytest.mark.parametrize(
    "outcome",
    ["lives_abroad", "french_child", "adult_child"],
)
def test_where_it_stops_there_is_a_law_and_somebody_to_call(outcome: str) -> None:
    found = next(o for o in procedure(SLUG).outcomes if o.id == outcome)
    assert found.effect == "stop"
    assert found.source
    assert any(way.phone == "0 806 001 620" for way in found.go_to)
    assert [o.id for o in procedure(SLUG).outcomes if o.effect == "stop"] == [
        "lives_abroad",
        "french_child",
        "adult_child",
    ]


BLOCKED = {"anef_state": "blocked", "blocked_on": "2026-11-20", "blocked_error": "Une erreur est survenue."}


@pytest.mark.parametrize(("called", "letters"), [("no", ["helpline_message"]), ("yes", ["substitution_request"])])
def test_a_blocked_person_has_words_for_the_next_call_or_letter(called: str, letters: list[str]) -> None:
    journey = walk(SLUG, family(**BLOCKED, helpline_called=called, helpline_called_on="2026-11-21"))
    assert [found.id for found in journey.letters] == letters
    said = letter(SLUG, journey, letters[0])
    assert "{answer.blocked_error}" in said
    assert "{answer.blocked_on}" in said


def test_the_letter_of_a_blocked_person_says_what_they_need_and_when_they_travel() -> None:
    def said(**changes: Any) -> str:
        given = family(**BLOCKED, helpline_called="yes", helpline_called_on="2026-11-21", **changes)
        return letter(SLUG, walk(SLUG, given), "substitution_request")

    assert "{answer.travel_date}" not in said()
    assert "{answer.travel_date}" in said(travel_planned="yes", travel_date="2026-12")
    for need, words in (
        ("interpreter", "interprète"),
        ("sign_language", "la langue des signes"),
        ("large_print", "écrits en grand"),
    ):
        assert words in said(needs=[need])
        assert words not in said()
    assert "{answer.language}" in said(needs=["interpreter"], language="Tigrinya")


def test_the_price_of_the_photo_is_that_of_the_source() -> None:
    facts = walk(SLUG, family()).facts
    found = [facts[name] for name in ("e_photo_price", "e_photo_highest_price")]
    assert [(period.value, period.unit) for period in found if period] == [(8, "EUR"), (15, "EUR")]


def test_the_name_on_the_proof_of_address_is_said() -> None:
    with_parent, apart = walk(SLUG, family()), walk(SLUG, family(lives_with_you="no") | ORGANISATION)
    assert "address_in_child_name" not in {found.id for found in with_parent.outcomes}
    assert "address_in_child_name" in {found.id for found in apart.outcomes}


@pytest.mark.parametrize(
    ("asker", "born", "advised"),
    [
        ("parent", "2017-06-02", True),
        ("parent", "2018-01-01", True),
        ("parent", "2017-06-01", False),
        ("parent", "1988-02-03", False),
        ("guardian", "2017-06-02", False),
    ],
)
def test_a_parent_born_with_the_child_is_asked_to_look_again_and_goes_on(asker: str, born: str, advised: bool) -> None:
    given = family(asker=asker, birth_date=born) | {"child.birth_date": "2017-06-02"}
    journey = walk(SLUG, given)
    said = [shown.check.says.source for shown in journey.advice if shown.key == "applicant_birth"]
    assert any("né avant vous, ou le même jour" in words for words in said) is advised
    assert not [shown for shown in journey.errors if shown.key == "applicant_birth"]
