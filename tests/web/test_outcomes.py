"""Outcomes: what the answers lead to, with every way and every person to turn to."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from tests.web.installation import Installation
from tests.web.routes import YOU
from tests.web.test_errors import digest, words
from tests.web.test_ready import same
from tests.web.trial import PLAIN, Draft, draft, install_trial

WAYS = ("Le site d'essai", "https://example.org/depot", "Le guichet d'essai", "Le centre d'essai", "0 806 001 620")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return install_trial(tmp_path_factory.mktemp("outcomes"))


def answered(trial: Installation, situation: str) -> tuple[Draft, TestResponse]:
    """Somebody who has just said which situation is theirs."""
    at = draft(trial, {})
    return at, at.client.post(at.url("you"), data={"csrf_token": at.csrf, **YOU, "situation": situation})


def press(at: Draft, outcome: str) -> TestResponse:
    return at.client.post(at.url(f"outcome/{outcome}"), data={"csrf_token": at.csrf, "action": "continue"})


def test_a_stop_says_why_and_shows_every_other_way(trial: Installation) -> None:
    at, reply = answered(trial, "french")
    assert reply.location == at.url("outcome/french")
    shown = at.client.get(reply.location)
    page, html = same(words(shown)), shown.get_data(as_text=True)
    for said in ("Vous n'avez pas besoin de titre", "Une personne française n'a pas de titre.", "Code d'essai, R1"):
        assert said in page
    assert "La mairie de votre ville" in page
    assert 'href="https://example.org/id"' in html
    for way in WAYS:
        assert way in page
    assert 'href="/fr/essai/formulaire.pdf"' in html
    assert f'href="{at.url("check")}"' in html
    assert f'href="{at.url("you")}"' in html
    assert f'action="{at.url("outcome/french")}"' not in html, "there is nothing to go on to"


def test_whoever_disagrees_with_a_stop_is_told_that_they_may_still_file(trial: Installation) -> None:
    at, _ = answered(trial, "french")
    page = same(words(at.client.get(at.url("outcome/french"))))
    assert "Ce service ne décide rien." in page
    assert page.index("Ce service ne décide rien.") < page.index("Où déposer votre demande")


def test_a_stop_is_where_every_address_of_the_draft_leads(trial: Installation) -> None:
    at, _ = answered(trial, "french")
    for path in ("", "safety", "documents", "declaration", "receipt", "outcome/danger"):
        assert at.client.get(at.url(path)).location == at.url("outcome/french"), path
    for path in ("check", "declaration", "documents"):
        reply = at.client.post(at.url(path), data={"csrf_token": at.csrf, "declared": ["truth", "law"]})
        assert reply.status_code == 303
        assert at.record.state == "open"
    assert press(at, "french").location == at.url("outcome/french")


def test_a_changed_answer_ends_a_stop(trial: Installation) -> None:
    at, _ = answered(trial, "french")
    form = {"csrf_token": at.csrf, **YOU, "situation": "plain", "digest": digest(at)}
    assert at.client.post(at.url("you"), data=form).location == at.url("safety")
    assert at.client.get(at.url("outcome/french")).location == at.url("safety")


@pytest.mark.parametrize(
    ("answers", "page", "outcome", "said", "then"),
    [
        ({"situation": "early"}, "you", "early", "D'abord, attendez votre papier", "safety"),
        ({"danger": "yes"}, "safety", "danger", "Parlez à quelqu'un", "photo"),
        ({"danger": "no"}, "safety", "safe", "Ensuite, gardez vos papiers", "photo"),
    ],
)
def test_an_outcome_that_informs_is_shown_once_and_one_goes_on(
    trial: Installation, answers: dict[str, str], page: str, outcome: str, said: str, then: str
) -> None:
    known = {} if page == "you" else {key: value for key, value in PLAIN.items() if key != "danger"}
    visited = ["you"] if known else []
    at = draft(trial, known, data={"seen": [], "answers": {**known, "_visited": visited}})
    form = {**(YOU if page == "you" else {}), **answers}
    for _ in range(2):
        reply = at.client.post(at.url(page), data={"csrf_token": at.csrf, **form, "digest": digest(at, page)})
        if reply.location == at.url(then):
            break
        assert reply.location == at.url(f"outcome/{outcome}")
        shown = same(words(at.client.get(reply.location)))
        assert said in shown
        for way in WAYS:
            assert way in shown
        assert press(at, outcome).location == at.url(then)
    else:
        raise AssertionError("it is shown again though it was read")
    assert said in same(words(at.client.get(at.url(f"outcome/{outcome}")))), "it can still be read"


def test_an_outcome_met_on_the_way_from_check_answers_leads_back_there(trial: Installation) -> None:
    at = draft(trial, PLAIN, data={"seen": ["safe"]})
    form = {"csrf_token": at.csrf, "danger": "yes", "digest": digest(at, "safety")}
    reply = at.client.post(at.url("safety?return=check"), data=form)
    assert reply.location == at.url("outcome/danger?return=check")
    page = at.client.get(reply.location).get_data(as_text=True)
    assert f'action="{reply.location}"' in page
    assert at.client.post(reply.location, data={"csrf_token": at.csrf}).location == at.url("check")


def test_a_phone_number_to_turn_to_can_be_tapped(trial: Installation) -> None:
    at, _ = answered(trial, "early")
    html = at.client.get(at.url("outcome/early")).get_data(as_text=True)
    assert 'href="tel:0806001620"' in html


def test_an_outcome_that_does_not_apply_leads_back(trial: Installation) -> None:
    at = draft(trial, PLAIN)
    for outcome in ("french", "early", "danger", "nothing"):
        assert at.client.get(at.url(f"outcome/{outcome}")).location == at.url("documents")
        assert press(at, outcome).location == at.url("documents")
    assert "nothing" not in at.record.data["seen"]
