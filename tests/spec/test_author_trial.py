"""The three procedures that an author drafted before any code, as they are written now (`author_trial/`). Each gap of
that trial is a line of docs/decisions/author-gaps.md, and each line names a test of this file or of another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.journey.model import Journey
from app.pages.texts import TextRenderer
from app.spec.check import check_paths
from app.spec.compiler import compile_folder
from app.spec.diagnostics import render
from app.spec.model import Procedure
from app.verify.cases import run_cases
from tests.spec.sample import walked

HERE = Path(__file__).parent / "author_trial"
PAGE = Path(__file__).parents[2] / "docs" / "decisions" / "author-gaps.md"
TODAY = date(2026, 11, 24)
MOVED = {
    "changes": ["address"],
    "card_lost": "no",
    "permit_kind": "multi_year",
    "mention": "talent",
    "permit_start": "2024-03-01",
    "permit_end": "2028-03-01",
    "handed_over": "yes",
    "handed_over_date": "2024-04-01",
    "birth_name": "Silva",
    "sex": "m",
    "birth_date": "1990",
    "birth_place": "Praia",
    "birth_country": "CV",
    "nationality": ["CV"],
    "family_of_european": "no",
    "move_date": "2026-11-01",
    "old_department": "94",
    "address": {"kind": "france", "line": "1 rue du Port", "postcode": "95000", "city": "Cergy", "department": "95"},
    "housing": "tenant",
    "new_card": "no",
    "reach": ["nothing"],
    "language": "Portugais",
}
STUDENT = {
    **MOVED,
    "mention": "student",
    "student_kind": "ordinary",
    "permit_end": "2027-02-15",
    "institution_kind": "university",
    "institution": "Université de Cergy",
    "programme": "Licence",
    "end_of_studies": "2028-06",
    "enrolled": "yes",
    "repeated": "no",
    "changed_course": "no",
    "internship": "no",
    "sources_of_money": ["scholarship", "salary"],
    "scholarship_amount": "400.00",
    "salary_amount": "300.00",
    "family_changed": "no",
}


@cache
def _procedure(slug: str) -> Procedure:
    compiled = compile_folder(HERE / slug, HERE / "shared", HERE / "tables", today=TODAY)
    assert [render(found) for found in compiled.diagnostics] == []
    assert compiled.procedure is not None
    return compiled.procedure


def _journey(slug: str, answers: Mapping[str, Any], today: date = TODAY) -> Journey:
    return walked(_procedure(slug), answers, today)


def _outcomes(slug: str, answers: Mapping[str, Any], today: date = TODAY) -> list[str]:
    return [outcome.id for outcome in _journey(slug, answers, today).outcomes]


def _steps(journey: Journey) -> list[str]:
    return list(dict.fromkeys(stop.step.id for stop in journey.path))


def test_the_drafts_are_sound() -> None:
    """Also beside each other: what is taken along is asked there."""
    assert [render(found) for found in check_paths([HERE], TODAY).diagnostics] == []


def test_the_worked_examples_of_the_draft_come_true() -> None:
    text = (HERE / "duplicate" / "cases.yaml").read_text(encoding="utf-8")
    assert [result.differences for result in run_cases(_procedure("duplicate"), text)] == [(), ()]


def test_one_of_two_names_is_enough() -> None:
    """GAP 7"""
    assert _journey("change-of-address", MOVED).complete
    nameless = {key: value for key, value in MOVED.items() if key != "birth_name"}
    assert [shown.check.at for shown in _journey("change-of-address", nameless).errors] == ["first_names"]
    assert _journey("change-of-address", {**nameless, "first_names": "João"}).complete


def test_a_question_that_reads_its_own_page_starts_another() -> None:
    """GAP 4"""
    pages = [stop.page.id for stop in _journey("change-of-address", MOVED).path]
    assert [page for page in pages if page in ("permit", "permit/mention")] == ["permit", "permit/mention"]


def test_a_block_brings_documents_with_the_stricter_of_two_ages() -> None:
    """GAP 11, GAP 12"""
    journey = _journey("change-of-address", MOVED)
    proof = next(one.document for one in journey.documents if one.document.id == "address_bill")
    period = journey.facts["proof_age"]
    assert (proof.issued_within, period.value if period else None) == ("proof_age", 3)
    texts = TextRenderer(_procedure("change-of-address"), "fr", journey=journey)
    assert proof.hint is not None
    assert "3 mois ou 6 mois (à vérifier)" in texts.plain(proof.hint).replace("\u00a0", " ")


def test_a_value_whose_beginning_is_unknown_is_shown_to_be_checked() -> None:
    """GAP 17"""
    journey = _journey("change-of-address", {**MOVED, "new_card": "yes"})
    stamp = next(one.document for one in journey.documents if one.document.id == "stamp_paper")
    shown = TextRenderer(_procedure("change-of-address"), "fr", journey=journey).plain(stamp.title)
    assert "50" in shown
    assert "(à vérifier)" in shown
    assert stamp.due == "hand_over"


def test_the_same_questions_for_some_of_the_events_ticked() -> None:
    """GAP 27"""
    journey = _journey("change-of-address", {**MOVED, "changes": ["address", "marriage", "death"]})
    assert [stop.item for stop in journey.path if stop.step.id == "events"] == ["marriage", "death"]
    first = next(stop for stop in journey.path if stop.item == "marriage")
    texts = TextRenderer(_procedure("change-of-address"), "fr", journey=journey, item="marriage")
    assert "Je me suis marié ou mariée" in texts.plain(first.fields[0].label)


def test_notes_depend_on_the_person_and_one_card_is_free() -> None:
    """GAP 9, GAP 29"""
    for nationality, free in ((["CV"], False), (["CV", "PT"], True)):
        journey = _journey("change-of-address", {**MOVED, "nationality": nationality, "new_card": "yes"})
        notes = [note.text.source for stop in journey.path if stop.step.id == "card" for note in stop.notes]
        assert any("gratuite." in note and note.startswith("Pour vous") for note in notes) is free
        assert bool(journey.fees) is not free


def test_a_code_replaces_the_paper_photos() -> None:
    """GAP 30"""
    for code, satisfied in ((None, False), ("AB12CD34EF56GH78IJ90KL", True)):
        answers = {**MOVED, "new_card": "yes", **({"photo_code": code} if code else {})}
        photo = next(one for one in _journey("change-of-address", answers).documents if one.document.id == "photo")
        assert photo.satisfied is satisfied


def test_a_deed_for_each_child() -> None:
    """GAP 33"""
    children = [
        {
            "id": "1",
            "answers": {"child_first_names": "Awa", "child_birth_date": "2024-05-01", "child_birth_country": "FR"},
        },
        {
            "id": "2",
            "answers": {"child_first_names": "Ana", "child_birth_date": "2026-05-01", "child_birth_country": "FR"},
        },
    ]
    journey = _journey("change-of-address", {**MOVED, "changes": ["birth"], "children": children})
    assert [one.key for one in journey.documents if one.document.id == "child_deed"] == ["child_deed/1", "child_deed/2"]


def test_most_outcomes_inform_and_go_on() -> None:
    """GAP 37: whoever is late is told so, and files."""
    late = {**STUDENT, "permit_end": "2026-12-10"}
    journey = _journey("student-renewal", late)
    assert journey.complete
    assert [channel.id for channel in journey.channels] == ["anef"]
    assert _outcomes("student-renewal", late) == ["not_enough"]
    window = journey.window
    assert window is not None
    assert (window.state, str(window.opens), str(window.closes)) == ("late", "2026-08-12", "2026-10-11")


def test_what_comes_before_and_after() -> None:
    """GAP 38, GAP 44"""
    found = {outcome.id: outcome.effect for outcome in _procedure("duplicate").outcomes}
    assert found == {"abroad": "first", "ends_soon": "then", "move_first": "first", "passport_first": "first"}
    lost = {**MOVED, "event": "lost", "event_date": "2026-11-02", "in_france": "yes", "has_copy": "no"}
    lost |= {"passport_state": "lost_too", "moved": "no"}
    journey = _journey("duplicate", lost)
    assert "passport_request" in [one.document.id for one in journey.documents]
    assert [outcome.id for outcome in journey.outcomes] == ["passport_first"]


def test_an_outcome_leads_to_another_procedure_with_answers() -> None:
    """GAP 36"""
    soon = {**MOVED, "mention": "student", "permit_end": "2027-01-10"}
    outcome = next(one for one in _journey("change-of-address", soon).outcomes if one.id == "renew_student")
    way = outcome.go_to[0]
    assert (way.procedure, way.carry[0], way.given["student_kind"]) == ("student-renewal", "permit_kind", "ordinary")


@pytest.mark.parametrize(("event", "declaration"), [("lost", ["loss"]), ("stolen", ["theft"]), ("never_received", [])])
def test_one_declaration_for_each_event(event: str, declaration: list[str]) -> None:
    """GAP 45"""
    journey = _journey("duplicate", {**MOVED, "event": event})
    assert [one.id for one in journey.declarations] == declaration


def test_the_amount_of_the_day_when_the_card_ends() -> None:
    """GAP 46, GAP 48: the sum of what is asked, against the value that the law sets for that day."""
    before = {**STUDENT, "permit_end": "2026-07-15"}
    assert "not_enough" not in _outcomes("student-renewal", before)
    assert "not_enough" in _outcomes("student-renewal", STUDENT)
    assert str(_journey("student-renewal", STUDENT).derived["money"]) == "700.00"


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("2027-06-01", ["too_early"]),
        ("2027-02-15", []),
        ("2026-11-24", []),
        ("2026-11-20", ["expired"]),
        ("2026-01-10", ["expired_long", "expired"]),
    ],
)
def test_too_early_in_time_and_too_late(end: str, expected: list[str]) -> None:
    """GAP 20, GAP 47, GAP 51"""
    rich = {**STUDENT, "scholarship_amount": "900.00", "permit_end": end}
    assert _outcomes("student-renewal", rich) == expected


def test_the_prefecture_decides_on_a_document() -> None:
    """GAP 49, GAP 50"""
    for department, level in (("95", "optional"), ("59", "required")):
        address = {**MOVED["address"], "department": department}  # type: ignore[dict-item]
        journey = _journey("student-renewal", {**STUDENT, "address": address})
        assert next(one.level for one in journey.documents if one.document.id == "birth_certificate") == level
        assert journey.derived["office"] is not None


def test_every_gap_is_answered_and_names_a_test() -> None:
    """docs/decisions/author-gaps.md: 53 lines, none without a test that exists."""
    rows = re.findall(r"^\| ([0-9]+) \|.*\| `([\w/]+\.py)::(\w+)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number, _, _ in rows] == list(range(1, 54))
    for _, file, name in rows:
        text = (Path(__file__).parents[1] / file).read_text(encoding="utf-8")
        assert f"def {name}(" in text, (file, name)
