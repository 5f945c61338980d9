"""A procedure and the day change under a draft: answers stay, the person is told, what was sent stays as it was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.written import SLUG, answers_of, data_of, installed, procedure_of, record_of, store_of, write

STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
    - id: "job"
      kind: "radios"
      label: "Votre travail"
      choices: [{id: "none", label: "Aucun"}, {id: "farm", label: "À la ferme"}]
- id: "home"
  title: "Votre logement"
  fields:
    - {id: "street", kind: "text", label: "Votre rue"}
"""
MORE = """
facts:
  stamp: {periods: [{value: 25, unit: "EUR", source: "Loi"}]}
fees: [{fact: "stamp", due: "filing"}]
documents:
  - {id: "pass", title: "Passeport"}
  - {id: "photo", title: "Photo"}
"""
NEW_STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
    - id: "job"
      kind: "radios"
      label: "Votre travail"
      choices: [{id: "none", label: "Aucun"}, {id: "office", label: "Au bureau"}]
- id: "family"
  title: "Votre famille"
  fields:
    - {id: "married", kind: "yes_no", label: "Êtes-vous marié ou mariée ?"}
"""
NEW_MORE = """
facts:
  stamp: {periods: [{value: 50, unit: "EUR", source: "Loi"}]}
fees: [{fact: "stamp", due: "filing"}]
documents:
  - {id: "photo", title: "Photo"}
  - {id: "tax", title: "Avis d'impôt"}
"""


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS, MORE)


@pytest.fixture
def authority(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS, MORE, environment={"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Essai"})


def answered(small: Installation) -> Person:
    person = Person(small.client()).start(SLUG)
    person.press(person.form(), "continue", name="Diallo", job="farm")
    return person.press(person.form(), "continue", street="Rue Haute")


def publish(small: Installation, tmp_path: Path, steps: str = NEW_STEPS, more: str = NEW_MORE) -> None:
    write(tmp_path / "procedures", steps, more)
    small.restart()


def at(person: Person, page: str) -> Person:
    return person.open(f"/fr/{SLUG}/{person.draft}/{page}")


def notice(person: Person) -> list[str]:
    """The lines of what changed; empty when nothing is announced."""
    box = person.page.find(".//section[@aria-labelledby='notice-title']")
    return [] if box is None else [" ".join("".join(line.itertext()).split()) for line in box.iter("li")]


def test_a_draft_moves_to_the_new_revision_and_the_person_is_told(small: Installation, tmp_path: Path) -> None:
    person = answered(small)
    first = record_of(small, person.draft).revision
    publish(small, tmp_path)
    at(person, "")
    assert notice(person) == [
        "Nouvelle question : Êtes-vous marié ou mariée ?",
        "Cette question n'est plus posée : Votre rue",
        "Répondez de nouveau à cette question : Votre travail",
        "Nouveau document : Avis d'impôt",
        "Ce document n'est plus demandé : Passeport",
        "Le prix a changé. Regardez-le dans « Vérifier vos réponses ».",
    ]
    assert "Vos réponses sont gardées" in person.text
    assert record_of(small, person.draft).revision == procedure_of(small).sha256 != first
    assert answers_of(small, person.draft) == {"name": "Diallo", "job": "farm", "street": "Rue Haute"}


def test_the_notice_stands_on_every_page_until_it_was_read(small: Installation, tmp_path: Path) -> None:
    person = answered(small)
    publish(small, tmp_path)
    for page in ("you", "family", "check", "saved"):
        assert notice(at(person, page))
    small.restart()
    at(person, "check")
    person.press(person.form(action="/notice"))
    assert person.key == "check"
    for page in ("you", "check"):
        assert notice(at(person, page)) == []


def test_a_choice_that_is_gone_is_asked_again_and_kept_until_then(small: Installation, tmp_path: Path) -> None:
    person = answered(small)
    publish(small, tmp_path)
    at(person, "")
    assert person.key == "you"
    assert person.form().values["name"] == "Diallo"
    assert "job" not in person.form().values
    at(person, "check")
    assert "farm" in person.text
    assert "Rue Haute" in person.text
    person.press(at(person, "you").form(), "continue", job="office")
    assert answers_of(small, person.draft)["job"] == "office"


def test_a_question_that_comes_back_finds_its_answer(small: Installation, tmp_path: Path) -> None:
    person = answered(small)
    publish(small, tmp_path)
    at(person, "check")
    publish(small, tmp_path, STEPS, MORE)
    at(person, "")
    assert person.key == "documents"
    assert notice(person) == []
    assert at(person, "home").form().values["street"] == "Rue Haute"


def test_a_second_change_before_the_first_was_read_tells_both(small: Installation, tmp_path: Path) -> None:
    person = answered(small)
    publish(small, tmp_path, STEPS.replace("Votre rue", "Votre avenue"), NEW_MORE)
    assert "Nouveau document : Avis d'impôt" in notice(at(person, "check"))
    extra = STEPS + '- {id: "more", title: "Encore", fields: [{id: "age", kind: "whole_number", label: "Votre âge"}]}\n'
    publish(small, tmp_path, extra, NEW_MORE)
    lines = notice(at(person, "check"))
    assert "Nouveau document : Avis d'impôt" in lines
    assert "Nouvelle question : Votre âge" in lines


def test_a_change_that_concerns_nobody_here_is_silent(small: Installation, tmp_path: Path) -> None:
    person = answered(small)
    publish(small, tmp_path, STEPS.replace("Votre nom", "Votre nom de famille"), MORE)
    assert notice(at(person, "you")) == []
    assert "Votre nom de famille" in person.text
    assert record_of(small, person.draft).revision == procedure_of(small).sha256


def test_what_is_asked_in_private_is_named_in_no_notice(small: Installation, tmp_path: Path) -> None:
    person = answered(small)
    private = STEPS + (
        '- {id: "danger", title: "Votre sécurité", private: "yes", fields: '
        '[{id: "hit", kind: "yes_no", label: "Quelqu\'un vous frappe ?"}]}\n'
    )
    publish(small, tmp_path, private, MORE)
    assert notice(at(person, "check")) == ["Regardez « Mes réponses »."]


def test_a_page_typed_before_the_revision_is_kept(small: Installation, tmp_path: Path) -> None:
    """The form of the old revision is sent to the new one: what still fits is saved, a new question is asked."""
    person = Person(small.client()).start(SLUG)
    form = person.form()
    asked = '- {id: "age", kind: "whole_number", label: "Âge"}\n    - {id: "name"'
    publish(small, tmp_path, NEW_STEPS.replace('- {id: "name"', asked))
    person.press(form, "continue", name="Diallo", job="none")
    assert person.reply.status_code == 422
    assert person.form().values["name"] == "Diallo"
    person.press(person.form(), "continue", age="30")
    assert answers_of(small, person.draft) == {"name": "Diallo", "job": "none", "age": 30}


def test_a_broken_file_keeps_the_last_good_revision_in_service(
    small: Installation, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    person = answered(small)
    file = tmp_path / "procedures" / SLUG / "procedure.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('kind: "name"', 'kind: "nom"'), encoding="utf-8")
    small.restart()
    assert at(person, "").key == "documents"
    assert notice(person) == []
    assert Person(small.client()).start(SLUG).key == "you"


def test_a_procedure_taken_out_of_the_folder_can_still_be_finished(small: Installation, tmp_path: Path) -> None:
    person = answered(small)
    (tmp_path / "procedures" / SLUG / "procedure.yaml").unlink()
    write(tmp_path / "procedures", STEPS, slug="other", title="Une autre")
    small.restart()
    assert Person(small.client()).open(f"/fr/{SLUG}/").reply.status_code == 404
    at(person, "you")
    for element in person.page.iter("a"):
        href = element.get("href", "")
        if href.startswith("/"):
            assert person.client.get(href).status_code < 400, href
    person.press(person.form(), "continue", name="Barry")
    person.press(at(person, "check").form(action="/check"), "continue")
    assert person.key == "receipt"
    assert "Barry" in str(store_of(small).submissions.of_draft(person.draft))


def test_what_was_sent_stays_bound_to_its_revision_and_its_day(authority: Installation, tmp_path: Path) -> None:
    person = answered(authority)
    person.press(at(person, "check").form(action="/check"), "continue")
    assert person.key == "receipt"
    before = at(person, "receipt").text
    sent = store_of(authority).submissions.of_draft(person.draft)
    publish(authority, tmp_path)
    authority.clock.forward(days=100)
    at(person, "receipt")
    assert person.text == before
    assert notice(person) == []
    assert store_of(authority).submissions.of_draft(person.draft) == sent
    assert record_of(authority, person.draft).revision == sent.revision  # type: ignore[union-attr]


# --- the passing of days

AGE = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "born", kind: "date", label: "Né le", not_after: "today"}
    - {id: "ends", kind: "date", label: "Fin du titre"}
  checks:
    - {when: {ends: {less_than_ahead: "2 months"}}, says: "Votre titre finit bientôt.", level: "advice", at: "ends"}
- id: "adult"
  title: "Adulte"
  when: {age: {at_least: 18}}
  fields:
    - {id: "tax", kind: "yes_no", label: "Payez-vous des impôts ?"}
"""
DATED = """
facts:
  stamp: {as_of: "ends", periods: [{value: 25, unit: "EUR", source: "Loi"}]}
derived:
  age: {years_at: ["born", "today"]}
  opens: {date_minus: ["ends", "4 months"]}
  closes: {date_minus: ["ends", "1 months"]}
file_between: {opens: "opens", closes: "closes", late: {fee: "stamp", says: "Vous payez plus."}}
documents:
  - {id: "school", title: "Certificat de scolarité", when: {age: {less_than: 18}}}
  - {id: "recent", title: "Photo récente"}
"""


def born(small: Installation) -> Person:
    """Somebody who comes of age on 1 January 2027, with a permit until 15 February."""
    person = Person(small.client()).start(SLUG)
    day = {"born-day": "1", "born-month": "1", "born-year": "2009"}
    return person.press(person.form(), "continue", **day, **{"ends-day": "15", "ends-month": "2", "ends-year": "2027"})


def test_a_day_that_changes_the_journey_is_told(tmp_path: Path) -> None:
    small = installed(tmp_path, AGE, DATED)
    person = born(small)
    assert person.key == "documents"
    small.clock.now = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert notice(at(person, "")) == ["Conseil : Votre titre finit bientôt."]
    person.press(person.form(action="/notice"))
    small.clock.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    at(person, "")
    assert person.key == "adult"
    assert "date d'aujourd'hui" in person.text
    assert notice(person) == [
        "Nouvelle question : Payez-vous des impôts ?",
        "Ce document n'est plus demandé : Certificat de scolarité",
    ]
    person.press(person.form(action="/notice"))
    small.clock.now = datetime(2027, 1, 20, 12, tzinfo=UTC)
    assert notice(at(person, "")) == [
        "Le prix a changé. Regardez-le dans « Vérifier vos réponses ».",
        "Le moment pour déposer a changé. Regardez les dates.",
    ]
    assert answers_of(small, person.draft)["born"] == "2009-01-01"


def test_a_day_without_consequence_is_silent(tmp_path: Path) -> None:
    small = installed(tmp_path, AGE, DATED)
    person = born(small)
    small.clock.forward(days=3)
    assert notice(at(person, "")) == []
    assert data_of(small, person.draft)["day"] == "2026-11-27"


def test_a_page_sent_over_midnight_is_saved_and_the_new_day_told(tmp_path: Path) -> None:
    small = installed(tmp_path, AGE, DATED)
    person = born(small)
    form = at(person, "you").form()
    small.clock.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    person.press(form, "continue", **{"ends-day": "16"})
    assert person.reply.status_code == 200
    assert "Nouvelle question : Payez-vous des impôts ?" in notice(person)
    assert answers_of(small, person.draft)["ends"] == "2027-02-16"


def test_what_was_sent_does_not_grow_older(tmp_path: Path) -> None:
    environment = {"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Essai"}
    small = installed(tmp_path, AGE, DATED, environment=environment)
    person = born(small)
    person.press(at(person, "check").form(action="/check"), "continue")
    before = at(person, "receipt").text
    small.clock.now = datetime(2027, 2, 1, 12, tzinfo=UTC)
    assert at(person, "receipt").text == before
    assert at(person, "").key == "receipt"


# --- facts that expire

EXPIRING = """
- id: "you"
  title: "Vous"
  notes: [{text: "Il faut {fact.money} par mois."}]
  fields:
    - {id: "money", kind: "amount", label: "Combien avez-vous ? Au moins {fact.money}.", unit: "EUR"}
  checks:
    - {when: {money: {less_than: {fact: "money"}}}, says: "Il faut {fact.money}.", level: "error", at: "money"}
- id: "poor"
  title: "Encore"
  when: {money: {less_than: {fact: "money"}}}
  fields:
    - {id: "help", kind: "yes_no", label: "Qui vous aide ?"}
- id: "end"
  title: "Fin"
  fields:
    - {id: "ends", kind: "date", label: "Fin du titre"}
"""
EXPIRED = """
facts:
  money:
    periods: [{value: 615, unit: "EUR", until: "2026-12-31", source: "Loi"}]
    fallback: "La somme est sur le site."
  stamp: {as_of: "ends", periods: [{value: 25, unit: "EUR", until: "2026-12-31", source: "Loi"}]}
  age: {periods: [{value: 3, unit: "months", until: "2026-12-31", source: "Loi"}]}
derived:
  closes: {date_plus: ["ends", "age"]}
file_between: {closes: "closes", late: {fee: "stamp", says: "Vous payez {fact.stamp}."}}
fees: [{fact: "stamp", due: "filing", says: "En ligne."}, {fact: "money", due: "hand_over"}]
documents:
  - {id: "proof", title: "Preuve", issued_within: {fact: "age"}}
letters:
  - {id: "note", title: "Lettre", to: "La préfecture", subject: "Prix : {fact.stamp}", paragraphs: ["{fact.money}"]}
outcomes:
  - {id: "soon", effect: "advise", when: {ends: {less_than_ahead: {fact: "age"}}}, title: "Bientôt", body: "{fact.age}"}
after_sending:
  silence: [{after: "4 months", means: "Payez {fact.stamp}.", from: "complete_file", source: "Loi"}]
"""


@pytest.mark.parametrize("day", [datetime(2026, 12, 30, tzinfo=UTC), datetime(2035, 6, 1, tzinfo=UTC)])
@pytest.mark.parametrize("mode", ["prepare", "authority"])
def test_facts_that_expire_never_give_an_error_page(tmp_path: Path, day: datetime, mode: str) -> None:
    environment = {"GUICHET_MODE": mode, "GUICHET_OPERATOR": "Essai"}
    small = installed(tmp_path, EXPIRING, EXPIRED, environment=environment)
    small.clock.now = day
    person = Person(small.client()).open(f"/fr/{SLUG}/")
    expired = day.year > 2026
    assert ("La somme est sur le site." in person.text) == expired
    person.start(SLUG)
    person.press(person.form(), "continue", money="700")
    assert person.key == "end"
    person.press(person.form(), "continue", **{"ends-day": "20", "ends-month": "12", "ends-year": str(day.year)})
    if person.key == "outcome/soon":
        person.press(person.form(action="/outcome/soon"), "continue")
    for page in ("you", "documents", "check", "lettre/note", "lettre/note.pdf", "reponses.pdf"):
        assert at(person, page).reply.status_code == 200, page
    person.press(at(person, "check").form(action="/check"), "continue")
    assert person.key == "receipt"
    assert person.reply.status_code == 200


def test_a_fact_that_expires_during_a_draft_is_the_one_of_its_first_day(tmp_path: Path) -> None:
    small = installed(tmp_path, EXPIRING, EXPIRED)
    person = Person(small.client()).start(SLUG)
    small.clock.now = datetime(2027, 3, 1, tzinfo=UTC)
    at(person, "you")
    assert "615" in person.text
    person.press(person.form(), "continue", money="600")
    assert person.reply.status_code == 422
    assert "615" in person.errors()[0]


def test_what_another_tab_sends_while_the_draft_moves_forward_stays_what_was_sent(
    authority: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = answered(authority)
    before = record_of(authority, person.draft)
    publish(authority, tmp_path)
    store = store_of(authority)
    real = store.drafts.update

    def sent_meanwhile(draft_id: str, *given: Any, **more: Any) -> Any:
        monkeypatch.undo()
        frozen = {"day": "2026-11-24", "answers": before.data["answers"], "sha256": "x", "documents": []}
        store.submissions.submit(draft_id, lambda _record: frozen)
        return real(draft_id, *given, **more)

    monkeypatch.setattr(store.drafts, "update", sent_meanwhile)
    at(person, "check")
    after = record_of(authority, person.draft)
    assert (after.state, after.revision) == ("sent", before.revision)
    assert after.data == before.data
    at(person, "receipt")
    assert "Êtes-vous marié" not in person.text
    assert "La démarche a changé" not in person.text
