"""Pages whose words are long, and pages that go from right to left, on the narrowest screen: nothing runs out of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.audit.browser import NARROWEST, Browser
from app.audit.stage import audit_states, show
from app.verify.cases import read_answers
from tests.browser.states import State, _answer_afresh, site_in
from tests.browser.test_looks import CLIPPED, WIDE
from tests.locale import pseudo
from tests.procedures.people import _cases, procedure
from tests.web.person import MOST_PAGES, AnswerSheet, Person

SLUG = "dcem"
WANTED = frozenset({"request", "child_birth", "home", "contact"})
"""Pages of questions: buttons, a date, an address, boxes that follow each other."""

AT_THE_START = """
const start = document.dir === 'rtl' ? 'right' : 'left';
const aside = [...document.querySelectorAll('main label:not(.choice), main legend, main h1, main .hint, main .error')]
  .filter(e => e.getBoundingClientRect().width > 1 && !e.closest('.vh'))
  .filter(e => !['start', start].includes(getComputedStyle(e).textAlign));
return aside.map(e => e.localName + ' ' + e.textContent.trim().slice(0, 30));
"""


CODES = {"hy": pseudo.LONG, "fa": pseudo.MIRRORED}
"""Codes of their own: what is printed in one is kept for the whole run, and only one procedure is translated here."""


@pytest.fixture(scope="module", params=CODES)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[State]]:
    """A handful of pages in an invented language, as the service prints them."""
    folder = tmp_path_factory.mktemp("invented")
    codes = {request.param: CODES[request.param]}
    with pseudo.spoken(folder / "translations", codes=codes, slugs={SLUG}):
        yield list(_pages(Person(site_in(folder).app.test_client(), locale=request.param)))  # type: ignore[arg-type]


def _pages(person: Person) -> Iterator[State]:
    case: dict[str, Any] = _cases(SLUG)[0]
    for name in ("", f"{SLUG}/", "help", "resume"):
        yield _state(person.open(f"/{person.locale}/{name}"))
    person.start(SLUG)
    sheet = AnswerSheet(procedure(SLUG), read_answers(procedure(SLUG), case["answers"]))
    for _ in range(MOST_PAGES):
        if not person._asks():
            break
        if person.key not in WANTED:
            person._answer_page(sheet)
            continue
        here, form = person.url, person.form()
        yield _state(person)
        yield _state(person.press(form, "continue", **dict.fromkeys(form.names, "")))
        _answer_afresh(person.open(here), sheet)
    for name in ("documents", "check"):
        yield _state(person.open(f"/{person.locale}/{SLUG}/{person.draft}/{name}"))


def _state(person: Person) -> State:
    return State(f"{person.locale}: {person.url}", person.url, person.reply.status_code, person.html, "")


def test_nothing_runs_out_of_a_narrow_screen(stage: Browser, pages: list[State]) -> None:
    assert len(pages) > 10
    stage.resize(*NARROWEST)
    found = {}
    for state in pages:
        show(stage, state)
        for script in (WIDE, CLIPPED, AT_THE_START):
            if problem := stage.execute_script(script):
                found[state.name] = problem
    assert found == {}


def test_no_accessibility_fault_depends_on_the_language(stage: Browser, pages: list[State]) -> None:
    chosen = pages[1:2] + pages[5:8]
    found = [f"{state.name}: {one}" for state, report in audit_states(stage, chosen) for one in report.findings]
    assert found == []
