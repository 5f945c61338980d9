"""Nothing typed is lost: a valid page is saved before the reply, everything else is kept as it was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.web.installation import Installation
from tests.web.person import Person
from tests.web.written import SLUG, answers_of, data_of, installed, pending_of, procedure_of, site_of

STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
    - {id: "born", kind: "date", label: "Votre date de naissance", not_after: "today"}
    - {id: "story", kind: "long_text", label: "Votre histoire", required: "no", max_length: 40}
- id: "home"
  title: "Votre logement"
  fields:
    - id: "housed"
      kind: "radios"
      label: "Avez-vous un logement ?"
      choices: [{id: "yes", label: "Oui"}, {id: "no", label: "Non"}, {id: "abroad", label: "À l'étranger"}]
- id: "rent"
  title: "Votre loyer"
  when: {housed: "yes"}
  fields:
    - {id: "amount", kind: "amount", label: "Combien ?", unit: "EUR"}
- id: "friends"
  title: "Vos amis"
  repeat: {min: 0, max: 2, item: "{answer.friend}"}
  fields:
    - {id: "friend", kind: "name", label: "Nom de votre ami"}
"""
MORE = """
documents:
  - {id: "lease", title: "Bail", when: {housed: "yes"}}
declarations:
  - {id: "truth", text: "Je dis la vérité."}
  - {id: "law", text: "Je connais la loi."}
outcomes:
  - {id: "helped", effect: "advise", when: {housed: "no"}, title: "Une aide existe", body: "Appelez le 115."}
  - id: "away"
    effect: "stop"
    when: {housed: "abroad"}
    title: "Demandez au consulat"
    body: "Le consulat fait la demande."
    source: "Code d'essai"
    go_to: [{title: "Le consulat", office: "Le consulat"}]
"""
GOOD = {"name": "Diallo", "born-day": "14", "born-month": "5", "born-year": "1990"}
HALF = {"name": " Amina  ", "born-day": "31", "born-month": "fevr", "born-year": "19", "story": "a\r\n <b>\u202e"}


@pytest.fixture
def small(tmp_path: Path) -> Installation:
    return installed(tmp_path, STEPS, MORE)


@pytest.fixture
def person(small: Installation) -> Person:
    return Person(small.client()).start(SLUG)


def finished(person: Person, *, housed: str = "yes") -> Person:
    """Somebody who has answered every question."""
    person.press(person.form(), "continue", **GOOD)
    person.press(person.form(), "continue", housed=housed)
    if housed == "no":
        person.press(person.form(action="/outcome/helped"), "continue")
    else:
        person.press(person.form(), "continue", amount="500")
    return person.press(person.open(f"/fr/{SLUG}/{person.draft}/friends").form(), "continue")


def shown(person: Person, *names: str) -> list[str]:
    form = person.form()
    return [str(form.values.get(name, "")) for name in names]


def test_a_valid_page_is_on_disk_when_the_reply_comes(small: Installation, person: Person) -> None:
    draft = person.draft
    person.press(person.form(), "continue", **GOOD)
    small.restart()
    assert answers_of(small, draft) == {"name": "Diallo", "born": "1990-05-14"}


@pytest.mark.parametrize("button", ["continue", "save"])
def test_a_half_filled_page_is_kept_exactly_as_typed_and_shown_after_a_restart(
    small: Installation, person: Person, button: str
) -> None:
    draft, url = person.draft, person.url
    person.press(person.form(), button, **HALF)
    assert person.reply.status_code == (422 if button == "continue" else 200)
    assert answers_of(small, draft) == {}
    kept = pending_of(small, draft, "you")
    assert kept is not None
    assert {name: texts[0] for name, texts in kept.items()} == HALF
    small.restart()
    again = Person(person.client).open(url)
    assert shown(again, "name", "born-day", "born-month", "born-year") == [" Amina  ", "31", "fevr", "19"]
    assert again.form().values["story"].replace("\n", "\r\n") == HALF["story"]


def test_who_stops_on_an_unfinished_page_is_told_so_everywhere(small: Installation, person: Person) -> None:
    """The page after stopping, check answers and the page itself: nobody believes that it is done."""
    page = person.url
    person.press(person.form(), "save", name="Wenz", **{"born-day": "31", "born-month": "02", "born-year": "2018"})
    assert "Une page n’est pas finie" in person.text
    assert page in person.html
    person.open(f"/fr/{SLUG}/{person.draft}/check")
    assert person.text.count("Tapé, mais pas encore valable") == 2, "the name, which waits with the date, and the date"
    assert "Wenz" not in person.text
    person.open(page)
    assert "ce mois a 28 jours" in person.text
    assert len([node for node in person.page.iter("a") if node.get("href") == "#born-day"]) == 1
    person.press(person.form(), "continue", **GOOD)
    person.press(person.form(), "save")
    assert "pas finie" not in person.text


def test_on_return_nothing_is_asked_of_questions_that_nobody_answered_yet(person: Person) -> None:
    page = person.url
    person.press(person.form(), "save", name="Wenz")
    person.open(page)
    assert 'id="errors"' not in person.html
    assert shown(person, "name") == ["Wenz"]


def test_what_is_pending_is_read_by_no_condition_and_never_sent(small: Installation, person: Person) -> None:
    finished(person)
    draft, base = person.draft, person.url.rsplit("/", 1)[0]
    person.open(f"{base}/home")
    person.press(person.form(), "save", housed="no", housed__bogus="x")
    assert answers_of(small, draft)["housed"] == "no"
    person.press(person.open(f"{base}/home").form(), "continue", housed="yes")
    person.press(person.open(f"{base}/you").form(), "save", name="Autre", **{"born-day": "99"})
    person.open(f"{base}/declaration")
    person.press(person.form(action="/declaration"), "continue", declared=["truth", "law"])
    assert person.key == "receipt"
    frozen = site_of(small).store.submissions.of_draft(draft)
    assert frozen is not None
    assert frozen.content["answers"]["name"] == "Diallo"
    assert "Autre" not in str(frozen.content)
    assert pending_of(small, draft, "you") is not None


def test_check_answers_says_where_something_typed_is_not_saved(person: Person) -> None:
    """Else somebody who corrected a page, made a slip and stopped would send the answer from before."""
    finished(person)
    base = person.url.rsplit("/", 1)[0]
    person.open(f"{base}/check")
    assert "pas encore enregistré" not in person.text
    person.press(person.open(f"{base}/you").form(), "save", **{"born-day": "99"})
    person.open(f"{base}/check")
    assert "pas encore enregistré" in person.text
    place = person.text.index("pas encore enregistré")
    assert "Vous" in person.text[place : place + 200]
    person.press(person.open(f"{base}/you").form(), "continue", **GOOD)
    assert "pas encore enregistré" not in person.open(f"{base}/check").text


def stop(person: Person, page: str, **typed: Any) -> str:
    """Press « Enregistrer et arrêter » on a page; the key of the page that follows."""
    form = person.open(f"/fr/{SLUG}/{person.draft}/{page}").form(action=f"/{page}")
    assert "save" in form.buttons
    return person.press(form, "save", **typed).key


def test_save_and_stop_stands_on_every_kind_of_page(small: Installation, person: Person) -> None:
    """A page of questions, a list, an outcome, documents, check answers, the declaration."""
    base = f"/fr/{SLUG}/{person.draft}"
    assert stop(person, "you", name="Amina") == "saved"
    person.press(person.open(f"{base}/you").form(), "continue", **GOOD)
    person.press(person.form(), "continue", housed="no")
    assert stop(person, "outcome/helped") == "saved"
    assert "helped" not in data_of(small, person.draft).get("seen", [])
    person.press(person.open(f"{base}/home").form(), "continue", housed="yes")
    person.press(person.open(f"{base}/rent").form(), "continue", amount="500")
    assert stop(person, "friends") == "saved"
    person.press(person.open(f"{base}/friends").form(), "continue")
    assert [stop(person, page) for page in ("documents", "check")] == ["saved"] * 2
    assert stop(person, "declaration", declared=["law"]) == "saved"
    assert data_of(small, person.draft)["code"] in person.text
    person.open(f"{base}/declaration")
    assert person.form(action="/declaration").values.getlist("declared") == ["law"]


def test_an_outcome_that_ends_the_path_leads_to_the_code_too(small: Installation, person: Person) -> None:
    person.press(person.form(), "continue", **GOOD)
    person.press(person.form(), "continue", housed="no")
    person.open(f"/fr/{SLUG}/{person.draft}/home")
    person.press(person.form(), "continue", housed="abroad")
    assert person.key == "outcome/away"
    person.follow("Enregistrer et arrêter")
    assert data_of(small, person.draft)["code"] in person.text


def test_a_token_that_is_not_ours_shows_again_what_was_typed(small: Installation, person: Person) -> None:
    draft = person.draft
    form = person.form()
    form.values["csrf_token"] = "0" * 32
    person.press(form, "continue", **GOOD)
    assert person.reply.status_code == 403
    assert shown(person, "name", "born-day", "born-month", "born-year") == list(GOOD.values())
    assert answers_of(small, draft) == {}
    person.press(person.form(), "continue")
    assert answers_of(small, draft)["name"] == "Diallo"


def test_a_page_from_before_leaving_the_phone_is_shown_again_with_what_was_typed(
    small: Installation, person: Person
) -> None:
    old = person.form()
    code, draft, url = data_of(small, person.draft)["code"], person.draft, person.url
    person.open(urljoin(url, "leave"))
    person.press(person.form(action="/leave"))
    person.open("/fr/resume")
    person.press(person.form(holds="code"), code=code)
    person.press(person.form(holds="proof"))
    assert person.draft == draft
    person.url = url
    person.press(old, "continue", **GOOD)
    assert person.reply.status_code == 403
    assert shown(person, "name") == ["Diallo"]
    person.press(person.form(), "continue")
    assert answers_of(small, draft)["name"] == "Diallo"


def test_a_refused_token_does_not_hide_what_another_tab_saved(small: Installation, person: Person) -> None:
    old = person.form()
    person.press(person.form(), "continue", **GOOD)
    person.url = urljoin(person.url, "you")
    old.values["csrf_token"] = "0" * 32
    person.press(old, "continue", **{**GOOD, "name": "Autre"})
    assert person.reply.status_code == 403
    person.press(person.form(), "continue")
    assert person.reply.status_code == 409
    assert answers_of(small, person.draft)["name"] == "Diallo"


def test_where_one_filed_is_kept_as_typed_too(small: Installation, person: Person) -> None:
    finished(person, housed="no")
    base = f"/fr/{SLUG}/{person.draft}"
    person.press(person.open(f"{base}/declaration").form(action="/declaration"), "continue", declared=["truth", "law"])
    typed = {"filed_where": "online", "filed_on-day": "32", "filed_on-month": "11", "filed_number": "N 12"}
    person.press(person.form(action="/filed"), **typed)
    assert person.reply.status_code == 422
    small.restart()
    again = Person(person.client).open(f"{base}/receipt")
    form = again.form(action="/filed")
    assert {name: form.values[name] for name in typed} == typed
    form.values["csrf_token"] = "0" * 32
    again.press(form, **{"filed_on-day": "20", "filed_on-year": "2026"})
    assert again.reply.status_code == 403
    again.press(again.form(action="/filed"))
    assert data_of(small, again.draft)["filed"] == {"where": "online", "on": "2026-11-20", "number": "N 12"}
    assert "N 12" not in str(data_of(small, again.draft)["pending"])


def test_procedures_in_tests_mean_what_they_say(small: Installation) -> None:
    assert [step.id for step in procedure_of(small).steps] == ["you", "home", "rent", "friends"]
