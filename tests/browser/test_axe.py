"""axe-core on every page in every state, as the service prints it, and on what only a browser without scripts shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.audit import markup
from app.audit.browser import Browser
from app.audit.stage import audit_states, take_stage
from app.audit.waivers import read_waivers
from app.pages import views
from app.pages.render import render_page
from tests.architecture.graph import ROOT
from tests.browser.server import LiveServer
from tests.browser.states import SLUGS, State, covering
from tests.pages.reading import parse
from tests.pages.samples import CHROME, PAGES
from tests.procedures.people import TODAY

WAIVERS = read_waivers(ROOT / "procedures" / "audit" / "waivers.yaml", TODAY)
LEAST = {"dcem": 150, "provisional-paper": 150, "": 25}
"""States that each group has at least: fewer means that the way there was lost."""
SHOWS = {
    "an error summary": 'id="errors"',
    "advice of a check": 'class="box advice"',
    "two answers in conflict": "Deux réponses différentes",
    "a refused token": "ouverte depuis trop longtemps",
    "what is left to answer": "Il reste des questions",
    "answers set aside": "Réponses gardées, mais pas envoyées",
    "an empty list": "La liste est vide",
    "items of a list": 'class="items"',
    "files given": 'class="files"',
    "what is said in place of a file": "Changer cette réponse",
    "documents without a file": "Documents sans fichier",
    "the filing that was recorded": "filed_on-day",
    "something to check": "à vérifier",
}
"""What must stand on some page of the service, by words or marks that it prints."""
ONLY_PRINTED = {"PaperFormView"}
"""Pages that no address shows yet; their samples are looked at."""


def group(states: Mapping[str, State], slug: str) -> list[State]:
    """The states of a procedure; with "", those of no procedure."""
    begins = tuple(f"{name}:" for name in SLUGS)
    return [s for s in states.values() if (s.name.startswith(f"{slug}:") if slug else not s.name.startswith(begins))]


def findings(browser: Browser, states: list[State]) -> list[str]:
    """One line for each fault and element, with the states that show it."""
    where: dict[str, list[str]] = {}
    for state, report in audit_states(browser, states, WAIVERS):
        for finding in report.findings:
            where.setdefault(str(finding), []).append(state.name)
    return [f"{finding}\n      in {len(names)}: {'; '.join(names[:4])}" for finding, names in where.items()]


def test_the_source_of_pages_is_valid(states: Mapping[str, State]) -> None:
    """What axe cannot see: the browser mends a page before anybody looks at it. The fullest page of every kind and one
    in three of all; `guichet audit` reads each.
    """
    read = {state.name: state for state in (*covering(states), *list(states.values())[::3])}
    with markup.reading() as reader:
        found = [str(finding) for state in read.values() for finding in reader.findings(state.name, state.html)]
    assert found == []


@pytest.mark.parametrize("slug", [*SLUGS, ""])
def test_every_state_of_every_page(browser: Browser, live: LiveServer, states: Mapping[str, State], slug: str) -> None:
    chosen = group(states, slug)
    assert len(chosen) >= LEAST[slug]
    take_stage(browser, f"{live.url}/fr/")
    found = findings(browser, chosen)
    assert not found, "\n".join(found)


def test_samples_of_every_page_from_right_to_left(browser: Browser, live: LiveServer) -> None:
    """With what the two procedures do not show: notices, successes, several languages, a quick exit. What no address
    shows yet, from left to right too.
    """
    full = replace(
        CHROME,
        said="Fichier ajouté.",
        notice=views.ChangeNotice("Ce qui a changé", ("Le prix.",), "/fr/dcem/d1/read", "/fr/dcem/d1/child"),
        quick_exit_url="https://meteo.example/",
    )
    turned = replace(full, dir="rtl")
    printed = [State(f"{name}, rtl", "/fr/sample", 200, render_page(view, turned), "") for name, view in PAGES.items()]
    printed += [
        State(name, "/fr/sample", 200, render_page(view, full), "")
        for name, view in PAGES.items()
        if type(view).__name__ in ONLY_PRINTED or name == "step"
    ]
    take_stage(browser, f"{live.url}/fr/")
    found = findings(browser, printed)
    assert not found, "\n".join(found)


def test_every_kind_of_page_and_every_thing_it_may_show_is_among_the_states(states: Mapping[str, State]) -> None:
    kinds = {name for name in views.__all__ if name.endswith("View") and name != "View"}
    assert kinds - {state.view for state in states.values()} == ONLY_PRINTED
    pages = [state.html for state in states.values()]
    assert [what for what, mark in SHOWS.items() if not any(mark in page for page in pages)] == []
    assert states["resume, too often"].status == 429
    refused = {state.status for state in states.values()}
    assert refused >= {200, 403, 404, 405, 409, 413, 422, 429, 500}


def test_a_fault_planted_in_a_state_is_found(browser: Browser, live: LiveServer, states: Mapping[str, State]) -> None:
    """The instrument itself."""
    state = states["dcem: request"]
    planted = replace(state, html=state.html.replace("<h1", '<input type="text" name="x"><h1', 1))
    take_stage(browser, f"{live.url}/fr/")
    assert findings(browser, [state]) == []
    assert any(" label at " in finding for finding in findings(browser, [planted]))


def test_an_optional_box_left_empty_is_never_marked_as_wrong(states: Mapping[str, State]) -> None:
    refused = [state for state in states.values() if state.name.endswith(", unanswered")]
    assert len(refused) > 40
    for state in refused:
        page = parse(state.html)
        controls = {element.get("id"): element for element in page.iter() if element.get("name")}
        for label in page.iter("label"):
            if any(part.get("class") == "optional" for part in label):
                control = controls[label.get("for")]
                assert control.get("aria-invalid") is None, (state.name, control.get("name"))


def test_no_page_asks_htmx_to_follow_links_or_to_run_text(states: Mapping[str, State]) -> None:
    """A link loads a page: language and direction of `<html>` then change with it, a paper opens as a paper."""
    for state in states.values():
        for word in ("hx-boost", "hx-get", "hx-on", '"js:', "hx-vals", "javascript:"):
            assert word not in state.html, (state.name, word)


@pytest.mark.parametrize("night", [{"prefers_color_scheme": "dark"}, {"prefers_contrast": "more"}])
def test_one_state_of_every_kind_in_other_colours(
    browser: Browser, live: LiveServer, states: Mapping[str, State], night: dict[str, str]
) -> None:
    browser.prefer(**night)
    take_stage(browser, f"{live.url}/fr/")
    found = findings(browser, covering(states))
    assert not found, "\n".join(found)
