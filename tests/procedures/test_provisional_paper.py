"""The paper that runs out: what each letter says, for whom, and on which day it begins or stops to say it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from app.journey.model import Journey
from tests.procedures.people import UNKNOWN, answers, letter, procedure, walk

SLUG = "provisional-paper"
DAY = date(2026, 10, 1)
RISKS = {
    "job": "perdre mon travail",
    "benefits": "mes aides",
    "care": "mes soins",
    "school": "mes études",
    "housing": "mon logement",
    "travel": "je ne peux pas revenir",
}
NOTE = {
    "job": "Le travail",
    "benefits": "Les aides",
    "care": "Les soins",
    "school": "Les études",
    "housing": "Le logement",
}
SENTENCES = {
    "recepisse": ("J'ai un récépissé.", "R431-12 du CESEDA prévoit le récépissé"),
    "api": ("J'ai une attestation de prolongation", "Elle est renouvelée aussi longtemps que le préfet n'a pas statué"),
    "favourable": ("J'ai une attestation de décision favorable", "jusqu'à la remise de la carte"),
    "filing": ("J'ai seulement la confirmation de dépôt", "Il faut un dossier complet, déposé à temps"),
    "convocation": (
        "J'ai seulement une convocation",
        "R431-12 du CESEDA prévoit un récépissé quand le dossier complet",
    ),
    "other": ("J'ai un papier provisoire", "Les articles R431-12 et R431-15-1"),
    "unknown": ("J'ai un papier provisoire", "Les articles R431-12 et R431-15-1"),
}


def person(**changes: Any) -> dict[str, Any]:
    without = tuple(key for key, value in changes.items() if value is None)
    return answers(SLUG, {key: value for key, value in changes.items() if value is not None}, without=without)


def to_prefecture(today: date = DAY, **changes: Any) -> str:
    return letter(SLUG, walk(SLUG, person(**changes), today), "to_prefecture")


def outcomes(journey: Journey) -> set[str]:
    return {found.id for found in journey.outcomes}


@pytest.mark.parametrize("paper", SENTENCES)
def test_each_paper_has_its_own_sentence_and_its_own_article(paper: str) -> None:
    said = to_prefecture(paper_kind=UNKNOWN if paper == "unknown" else paper, appointment_on="2026-11-16")
    for other, sentences in SENTENCES.items():
        for sentence in sentences:
            assert (sentence in said) is (sentence in SENTENCES[paper]), (other, sentence)


@pytest.mark.parametrize("paper", SENTENCES)
def test_the_short_message_names_the_paper_once(paper: str) -> None:
    given = person(paper_kind=UNKNOWN if paper == "unknown" else paper)
    said = letter(SLUG, walk(SLUG, given, DAY), "helpline_message")
    named = [line for line in said.split("\n") if line.startswith("J'ai ") and "besoin" not in line]
    assert len(named) == 1


@pytest.mark.parametrize("paper", ["recepisse", "api", "other"])
def test_a_paper_without_a_date_is_still_a_letter(paper: str) -> None:
    said = to_prefecture(paper_kind=paper, paper_end=UNKNOWN)
    assert "{answer.paper_end}" not in said
    assert "Je vous demande" in said


@pytest.mark.parametrize("risk", RISKS)
def test_the_letter_says_what_may_stop_and_nothing_else(risk: str) -> None:
    said = to_prefecture(risk=[risk], card_allowed_work=None)
    assert [name for name, words in RISKS.items() if words in said] == [risk]


@pytest.mark.parametrize("risk", NOTE)
def test_the_note_for_a_lawyer_says_what_may_stop(risk: str) -> None:
    said = letter(SLUG, walk(SLUG, person(risk=[risk], card_allowed_work=None), date(2026, 10, 12)), "court_note")
    assert [name for name, words in NOTE.items() if words in said] == [risk]
    assert "Ne l'envoyez pas au tribunal sans conseil" in said
    for article in ("L521-1", "L521-2", "L521-3"):
        assert article in said


def test_nothing_at_risk_asks_for_no_date_and_no_proof() -> None:
    journey = walk(SLUG, person(risk=["none"], risk_date=None, risk_proof=None, card_allowed_work=None), DAY)
    assert journey.complete
    said = letter(SLUG, journey, "to_prefecture")
    assert not [words for words in RISKS.values() if words in said]
    assert "J'ai des preuves" not in said


@pytest.mark.parametrize("risk", RISKS)
def test_something_at_risk_asks_for_its_date_and_its_proof(risk: str) -> None:
    journey = walk(SLUG, person(risk=[risk]), DAY)
    assert {"risk_date", "risk_proof"} <= {field.id for stop in journey.path for field in stop.fields}


@pytest.mark.parametrize(
    ("changes", "said", "not_said"),
    [
        ({"risk_date": "2026-10-12"}, "Cela peut arriver le {answer.risk_date}", ""),
        ({"risk_date": UNKNOWN}, "", "Cela peut arriver"),
        ({"risk_proof": "yes"}, "J'ai des preuves", ""),
        ({"risk_proof": "no"}, "", "J'ai des preuves"),
        ({"filed_on": "2026-05-04"}, "le {answer.filed_on}", ""),
        ({"filed_on": UNKNOWN}, "J'ai déposé une demande de titre de séjour. Je n'ai pas", "{answer.filed_on}"),
        ({"request_number": None}, "", "Numéro de la demande"),
        ({"file_state": "confirmed"}, "J'ai votre confirmation", "Si un papier manque"),
        ({"file_state": "confirmed", "complete_on": UNKNOWN}, "", "{answer.complete_on}"),
        ({"file_state": "all_given"}, "Si un papier manque, dites-moi lequel", "J'ai votre confirmation"),
        ({"file_state": "all_given"}, "me dire par écrit si mon dossier est complet", ""),
        ({"file_state": UNKNOWN}, "me dire par écrit si mon dossier est complet", "Si un papier manque"),
        ({"file_state": "missing"}, "Il manquait un papier", "me dire par écrit si mon dossier est complet"),
        ({"has_contacted": "no"}, "", "{derived.attempts_count}"),
        ({"has_contacted": "yes"}, "{derived.attempts_count}", ""),
        ({"permit_end": UNKNOWN}, "", "{answer.permit_end}"),
        ({"permit_end": "2026-10-01"}, "Ma carte ou mon visa finit le", "est fini depuis"),
        ({"permit_end": "2026-09-30"}, "Ma carte ou mon visa est fini depuis le", "Ma carte ou mon visa finit le"),
        ({"card_allowed_work": "yes"}, "R431-15-2", ""),
        ({"card_allowed_work": "no"}, "", "R431-15-2"),
        ({"card_allowed_work": UNKNOWN}, "", "R431-15-2"),
        ({"paper_kind": "filing", "card_allowed_work": "yes"}, "R431-15-2", ""),
        ({"paper_kind": "recepisse", "card_allowed_work": "yes"}, "", "R431-15-2"),
    ],
)
def test_a_sentence_is_written_only_when_it_is_true(changes: dict[str, Any], said: str, not_said: str) -> None:
    written = to_prefecture(**changes)
    assert said in written
    assert not not_said or not_said not in written


@pytest.mark.parametrize(("days", "ended", "judge"), [(-1, False, False), (0, False, True), (1, True, True)])
def test_the_last_day_written_on_the_paper_still_counts(days: int, ended: bool, judge: bool) -> None:
    today = date(2026, 10, 11) + timedelta(days)
    journey = walk(SLUG, person(), today)
    assert ("ended" in outcomes(journey)) is ended
    assert ("court_note" in {found.id for found in journey.letters}) is judge
    assert ("Mon papier est déjà fini" in letter(SLUG, journey, "to_prefecture")) is ended
    short = letter(SLUG, journey, "helpline_message")
    assert ("Mon papier est fini depuis" in short) is ended
    assert ("Mon papier finit le" in short) is not ended


@pytest.mark.parametrize(("permit_end", "ended"), [("2026-10-01", False), ("2026-09-30", True)])
def test_without_a_provisional_paper_the_card_counts(permit_end: str, ended: bool) -> None:
    journey = walk(SLUG, person(paper_kind="filing", paper_end=None, permit_end=permit_end), DAY)
    assert ("ended" in outcomes(journey)) is ended
    short = letter(SLUG, journey, "helpline_message")
    assert ("Ma carte est finie depuis" in short) is ended
    assert ("Ma carte finit le" in short) is not ended
    with_paper = letter(SLUG, walk(SLUG, person(permit_end=permit_end), DAY), "helpline_message")
    assert "Ma carte" not in with_paper


def test_the_note_speaks_of_the_dates_it_knows() -> None:
    def said(**changes: Any) -> str:
        return letter(SLUG, walk(SLUG, person(**changes), date(2026, 12, 1)), "court_note")

    assert "{answer.filed_on}" in said()
    assert "{answer.filed_on}" not in said(filed_on=UNKNOWN)
    assert "{answer.complete_on}" not in said(complete_on=UNKNOWN)
    assert "refus par silence" in said()
    assert "refus par silence" not in said(complete_on="2026-11-30")
    assert "{answer.paper_end}" in said()
    assert "{answer.paper_end}" not in said(paper_kind="filing", paper_end=None)
    assert "{answer.permit_end}" not in said(permit_end="2027-01-01")
    assert "{derived.attempts_count}" not in said()


def test_the_employer_is_told_of_the_right_to_work_only_while_it_is_certain() -> None:
    def said(today: date, **changes: Any) -> bool:
        return "R431-15-2" in letter(SLUG, walk(SLUG, person(**changes), today), "employer_letter")

    assert said(DAY)
    assert not said(DAY, card_allowed_work=UNKNOWN)
    assert not said(DAY, paper_kind="recepisse")
    assert not said(date(2026, 10, 12))


@pytest.mark.parametrize(
    ("requested", "last_day", "outcome"),
    [
        ("family", date(2026, 12, 3), "silence_general"),
        ("employee", date(2026, 12, 3), "silence_general"),
        ("other", date(2026, 12, 3), "silence_general"),
        (UNKNOWN, date(2026, 12, 3), "silence_general"),
        ("student", date(2026, 11, 1), "silence_student"),
        ("talent", date(2026, 10, 2), "silence_talent"),
    ],
)
def test_silence_counts_from_the_complete_file(requested: Any, last_day: date, outcome: str) -> None:
    given = person(requested=requested, complete_on="2026-08-03", paper_end="2027-06-30")
    before, after = walk(SLUG, given, last_day), walk(SLUG, given, last_day + timedelta(1))
    silent = {found for found in outcomes(before) | outcomes(after) if found.startswith("silence_")}
    assert f"{outcome}_coming" in outcomes(before)
    assert f"{outcome}_passed" in outcomes(after)
    assert silent == {f"{outcome}_coming", f"{outcome}_passed"}
    assert "reasons_request" not in {found.id for found in before.letters}
    assert "reasons_request" in {found.id for found in after.letters}


def test_reasons_are_asked_within_the_time_to_appeal_only() -> None:
    given = person(requested="family", complete_on="2026-06-02", paper_end="2027-06-30")
    last, over = walk(SLUG, given, date(2026, 12, 2)), walk(SLUG, given, date(2026, 12, 3))
    assert "reasons_request" in {found.id for found in last.letters}
    assert "appeal_over" not in outcomes(last)
    assert "reasons_request" not in {found.id for found in over.letters}
    assert "appeal_over" in outcomes(over)
    assert "Numéro de la demande" in letter(SLUG, last, "reasons_request")
    nameless = walk(SLUG, {k: v for k, v in given.items() if k != "request_number"}, date(2026, 12, 2))
    assert "Numéro de la demande" not in letter(SLUG, nameless, "reasons_request")


def test_a_new_paper_is_never_said_to_stop_the_clock() -> None:
    warned = [found for found in procedure(SLUG).outcomes if found.id.startswith("silence_")]
    assert len(warned) == 6
    for found in warned:
        assert "nouveau papier provisoire n'arrête pas" in found.body.source or "ne l'efface pas" in found.body.source
        assert "6 mai 2025" in (found.source or "")


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"filed_where": "anef"}, "required"),
        ({"filed_where": "counter"}, "recommended"),
        ({"filed_where": UNKNOWN}, "recommended"),
        ({"filed_where": "post", "paper_kind": "filing"}, "required"),
    ],
)
def test_the_proof_of_filing_is_required_where_it_must_exist(changes: dict[str, Any], level: str) -> None:
    found = {needed.key: needed.level for needed in walk(SLUG, person(**changes), DAY).documents}
    assert found["filing_confirmation"] == level


@pytest.mark.parametrize(
    ("kind", "level"), [("renewal", "required"), ("change", "recommended"), (UNKNOWN, "recommended"), ("first", None)]
)
def test_the_old_card_is_required_with_a_renewal(kind: Any, level: str | None) -> None:
    found = {needed.key: needed.level for needed in walk(SLUG, person(request_kind=kind), DAY).documents}
    assert found.get("permit_copy") == level


@pytest.mark.parametrize(("kind", "rights"), [("renewal", True), ("change", False)])
@pytest.mark.parametrize(("end", "still"), [("2026-07-01", True), ("2026-06-30", False)])
def test_the_ten_year_card_keeps_its_rights_three_months_if_renewed(
    kind: str, rights: bool, end: str, still: bool
) -> None:
    journey = walk(SLUG, person(permit_kind="resident", request_kind=kind, permit_end=end), DAY)
    assert ("resident_card" in outcomes(journey)) is (rights and still)


@pytest.mark.parametrize(("filed", "late"), [("2026-07-11", False), ("2026-07-12", True)])
@pytest.mark.parametrize(
    ("kind", "where", "applies"), [("renewal", "anef", True), ("renewal", "counter", False), ("change", "anef", False)]
)
def test_late_means_less_than_sixty_days_for_a_renewal_on_the_site(
    filed: str, late: bool, kind: str, where: str, applies: bool
) -> None:
    given = person(filed_on=filed, permit_end="2026-09-09", request_kind=kind, filed_where=where)
    assert ("filed_late" in outcomes(walk(SLUG, given, DAY))) is (late and applies)


def test_the_letter_goes_to_the_office_of_the_department() -> None:
    def office(department: str) -> dict[str, Any]:
        found = walk(SLUG, person(department=department), DAY).derived["office"]
        assert isinstance(found, dict)
        return found

    assert office("94")["town"] == "Créteil"
    assert office("75")["prefecture"] == "Préfecture de police – Paris"
    assert "à vérifier" in office("95")["town"]
    assert walk(SLUG, person(department=UNKNOWN), DAY).derived["office"] is None


@pytest.mark.parametrize("department", ["14", "57", "62"])
def test_a_local_form_is_offered_only_where_one_is_known(department: str) -> None:
    assert "local_form" in {c.id for c in walk(SLUG, person(department=department), DAY).channels}
    assert "local_form" not in {c.id for c in walk(SLUG, person(department="94"), DAY).channels}


@pytest.mark.parametrize(
    ("name", "value", "unit", "sure"),
    [
        ("silence_general", 4, "months", True),
        ("silence_student", 90, "days", False),
        ("silence_talent", 60, "days", False),
        ("appeal_time", 2, "months", False),
        ("reasons_time", 1, "months", False),
        ("api_length", 3, "months", True),
        ("file_by", 60, "days", True),
        ("late_fee", 180, "EUR", True),
        ("resident_rights", 3, "months", False),
    ],
)
def test_time_limits_are_those_of_the_sources(name: str, value: int, unit: str, sure: bool) -> None:
    period = walk(SLUG, person(), DAY).facts[name]
    assert period is not None
    assert (period.value, period.unit, period.needs_review) == (value, unit, not sure)
    assert period.source


@pytest.mark.parametrize(
    ("filed_on", "said"), [("2026-05-04", "le {answer.filed_on}. Vous avez"), (UNKNOWN, "séjour. Vous avez")]
)
def test_a_favourable_answer_is_never_called_a_silence(filed_on: Any, said: str) -> None:
    given = person(paper_kind="favourable", filed_on=filed_on, complete_on="2026-01-05")
    journey = walk(SLUG, given, DAY)
    written = letter(SLUG, journey, "to_prefecture")
    assert f"{said} répondu oui" in written
    assert "pas encore décidé" not in written
    assert not [found for found in outcomes(journey) if found.startswith("silence_")]
    assert "reasons_request" not in {found.id for found in journey.letters}


@pytest.mark.parametrize("kind", ["renewal", "change", "first", UNKNOWN])
def test_a_first_request_is_not_promised_the_extension_of_a_card(kind: Any) -> None:
    said = to_prefecture(paper_kind="filing", request_kind=kind)
    assert ("Je n'ai plus de preuve" in said) is (kind != "first")
    assert "Mon papier est déjà fini" not in said
    assert ("La carte doit finir avant la décision" in said) is (kind != "first")
    assert ("certaines premières demandes" in said) is (kind == "first")


@pytest.mark.parametrize(
    ("need", "words"),
    [("interpreter", "interprète"), ("sign_language", "la langue des signes"), ("large_print", "écrits en grand")],
)
def test_the_letter_asks_for_what_the_person_needs_to_speak_and_read(need: str, words: str) -> None:
    said = to_prefecture(needs=[need], language="Tigrinya")
    assert words in said
    assert ("{answer.language}" in said) is (need == "interpreter")
    assert words not in to_prefecture()


@pytest.mark.parametrize("risk", RISKS)
def test_the_model_for_a_judge_names_the_article_and_what_may_stop(risk: str) -> None:
    spoken = {
        "job": "perdre mon travail",
        "benefits": "Mes aides",
        "care": "Mes soins",
        "school": "Mes études",
        "housing": "mon logement",
    }
    given = person(risk=[risk], card_allowed_work=None, complete_on="2026-09-01", paper_end="2026-09-30")
    said = letter(SLUG, walk(SLUG, given, DAY), "court_request")
    assert [name for name, words in spoken.items() if words in said] == ([risk] if risk in spoken else [])
    assert "Je vous demande d'ordonner" in said
    found = next(one for one in procedure(SLUG).letters if one.id == "court_request")
    assert "L521-3" in found.subject.source
    assert "à faire relire" in found.title.source


def test_the_model_for_a_judge_says_only_the_dates_it_knows() -> None:
    def said(**changes: Any) -> str:
        given = person(**{"complete_on": "2026-09-01", "paper_end": "2026-09-30", **changes})
        return letter(SLUG, walk(SLUG, given, DAY), "court_request")

    for name, changes in (
        ("filed_on", {"filed_on": UNKNOWN}),
        ("complete_on", {"complete_on": UNKNOWN}),
        ("request_number", {"request_number": None}),
        ("risk_date", {"risk_date": UNKNOWN}),
        ("permit_end", {"permit_end": UNKNOWN}),
        ("paper_end", {"paper_kind": "filing", "paper_end": None}),
    ):
        assert f"{{answer.{name}}}" in said(), name
        assert f"{{answer.{name}}}" not in said(**changes), name
    assert "{derived.attempts_count}" in said(has_contacted="yes")
    assert "{derived.attempts_count}" not in said(has_contacted="no")


def test_an_extension_that_has_ended_gives_no_right_to_work() -> None:
    for day, works in ((date(2026, 10, 11), True), (date(2026, 10, 12), False)):
        assert ("work_with_api" in outcomes(walk(SLUG, person(), day))) is works


@pytest.mark.parametrize(("day", "said"), [(date(2026, 10, 12), True), (date(2026, 10, 13), False)])
def test_a_letter_written_later_does_not_announce_a_day_that_is_over(day: date, said: bool) -> None:
    assert ("Cela peut arriver le" in to_prefecture(day, risk_date="2026-10-12")) is said
