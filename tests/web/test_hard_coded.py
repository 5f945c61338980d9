"""In an invented language no sentence of ours is left in French: what stays could be translated by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.verify.cases import read_answers
from tests.locale import pseudo
from tests.locale.hardcoded import french
from tests.procedures.people import _cases, procedure
from tests.web.installation import Installation, install
from tests.web.person import MOST_PAGES, AnswerSheet, Person
from tests.web.routes import GET, POST, Case, visit_token
from tests.web.trial import Draft, install_trial

LANGUAGES = (pseudo.LONG, pseudo.MIRRORED)
SLUGS = ("dcem", "student-renewal")
OWN = frozenset({"Guichet", "PDF", "JPEG", "PNG", "HEIC", "WebP", "AVIF", "TIFF", "BMP", "SHA", "kB", "MB", "byte"})
"""What is called the same in every language."""


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("invented")
    made = install_trial(folder / "site")
    with pseudo.spoken(folder / "translations", folder / "site" / "procedures"):
        yield made


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory, trial: Installation) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("shipped")
    made = install(folder)
    with pseudo.spoken(folder / "translations", slugs=SLUGS):
        yield made


def pages(table: dict[str, Case]) -> list[Any]:
    chosen = {name: case for name, case in table.items() if (case.sort == "page" if table is GET else case.refused)}
    return [pytest.param(case, id=name) for name, case in chosen.items()]


def in_language(case: Case, at: Draft, language: str) -> str:
    return case.address(at).replace("/fr/", f"/{language}/", 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", pages(GET))
def test_every_page_is_translated_whole(trial: Installation, case: Case, language: str) -> None:
    at = case.scene(trial)
    reply = at.client.get(in_language(case, at, language))
    assert reply.status_code == 200
    assert french(reply.get_data(as_text=True), language, OWN) == []


@pytest.mark.parametrize("case", pages(POST))
def test_every_page_of_errors_is_translated_whole(trial: Installation, case: Case) -> None:
    at = case.scene(trial)
    token = visit_token(at) if case.path.startswith("/") else at.csrf
    reply = at.client.post(in_language(case, at, pseudo.MIRRORED), data={**(case.refused or {}), "csrf_token": token})
    assert reply.status_code == 422
    assert french(reply.get_data(as_text=True), pseudo.MIRRORED, OWN) == []


@pytest.mark.parametrize("path", ["/nowhere/", "/essai/nobody/you"])
def test_pages_of_failures_are_translated_whole(trial: Installation, path: str) -> None:
    reply = trial.client().get(f"/{pseudo.LONG}{path}")
    assert reply.status_code in (403, 404)
    assert french(reply.get_data(as_text=True), pseudo.LONG, OWN) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_shipped_procedure_is_translated_whole(shipped: Installation, slug: str) -> None:
    """Each page as it comes, with every question left open, and what follows the questions."""
    person, case = Person(shipped.client(), locale=pseudo.MIRRORED), _cases(slug)[0]
    person.open(f"/{pseudo.MIRRORED}/{slug}/")
    found = [person.html]
    person.start(slug)
    sheet = AnswerSheet(procedure(slug), read_answers(procedure(slug), case["answers"]))
    for _ in range(MOST_PAGES):
        if person._asks():
            found.append(person.html)
            person._answer_page(sheet)
    found.append(person.html)
    person.open(f"/{pseudo.MIRRORED}/{slug}/{person.draft}/check")
    found.append(person.html)
    assert len(found) > 8
    # A department is called the same in every language.
    assert [text for html in found for text in french(html, pseudo.MIRRORED, OWN) if not text[:2].isdigit()] == []


def test_a_sentence_that_is_not_marked_is_found() -> None:
    page = '<html lang="he"><body><p>אב <bdi>Awa</bdi></p><p title="Votre nom">דה</p><p>Un oubli</p></body></html>'
    assert french(page, "he") == ["Votre nom", "Un oubli"]
    assert french('<html lang="he"><p lang="fr">CESEDA, R431-2</p><p>PDF</p></html>', "he", OWN) == []


def test_an_invented_text_keeps_what_a_page_needs() -> None:
    said = pseudo.invented("**Lisez** [le plan](https://a.example/x) de {name} : %(count)s", pseudo.LONG)
    assert all(part in said for part in ("**", "](https://a.example/x)", "{name}", "%(count)s"))
    assert "isez" not in said
    assert "plan" not in said
    assert len(said) > 60
