"""The instruments themselves: each finds the fault that is planted for it, and nothing on a page without faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.audit import axe, markup, whole
from app.audit.browser import Browser
from app.audit.canaries import CANARIES, CLEAN, Canary, missed
from app.audit.criteria import reference
from app.audit.crossings import CROSSINGS, covering, cross
from app.audit.oracles import ORACLES, findings_of
from app.audit.stage import show
from app.audit.states import State, frame
from app.audit.view import view_of
from tests.audit.conftest import SLUG

PLANTED: Mapping[str, str] = {
    "narrow": "main h1 { min-inline-size: 500px !important }",
    "landscape": "@media (orientation: landscape) { main h1 { display: none !important } }",
    "spacing": "main p { overflow: hidden !important; block-size: 1rem !important }",
    "long": "main h1 { max-block-size: 1rem !important; overflow: hidden !important }",
    "text-200": "main h1 { font-size: 20px !important }",
    "dark": "@media (prefers-color-scheme: dark) { main label { color: #333 !important } }",
    "contrast": "@media (prefers-contrast: more) { main label { color: #999 !important; background: #fff } }",
    "edges": "main input { border-color: #eee !important }",
    "forced": "main button { border: 0 !important }",
    "bare": "main h1 { text-transform: uppercase !important }",
    "sides": "main .field:not(fieldset) { display: flex !important; flex-direction: column-reverse !important }",
    "right-to-left": "[dir=rtl] main h1 { min-inline-size: 700px !important }",
    "reduced-motion": "main h1 { transition: color 2s !important }",
    "print": "@media print { body { color: #333 !important } }",
    "keyboard": "* { outline: none !important; box-shadow: none !important }",
    "input": "document.addEventListener('change', () => { document.title = 'Ailleurs'; }, { once: true })",
    "pointer": "document.addEventListener('mousedown', () => document.forms[0].dispatchEvent(new Event('submit')))",
}
"""A fault for each crossing: a rule of style, or a script."""


def test_every_canary_is_found_and_the_clean_page_is_clean(stage: Browser) -> None:
    with markup.reading() as reader:
        assert missed(stage, reader) == []
    assert {canary.rule for canary in CANARIES if canary.engine == "model"} == set(ORACLES)


def test_an_instrument_that_sees_nothing_is_named(stage: Browser) -> None:
    blind = (
        Canary("model", "title", lambda html: html.replace("</h1>", "</h1> ")),
        Canary("axe", "label", str),
        Canary("html-validate", "close-order", lambda html: html.replace("</h1>", "</h1> ")),
    )
    with markup.reading() as reader:
        named = [line.split(" :")[0] for line in missed(stage, reader, blind)]
    assert named == ["model title", "axe label", "html-validate close-order"]
    assert "<h1" in CLEAN


def test_every_crossing_finds_its_own_fault_and_none_without(stage: Browser, states: Mapping[str, State]) -> None:
    state = next(one for one in states.values() if one.name.endswith("applicant:unanswered"))
    assert set(PLANTED) == set(CROSSINGS)
    for name, fault in PLANTED.items():
        assert [found for _, _, found in cross(stage, [state], [name])] == [[]], name
        style = not fault.startswith("document")
        stage.execute_script("document.styleSheets[0].insertRule(arguments[0], 0)" if style else fault, fault)
        found = [one for _, _, rows in cross(stage, [state], [name]) for one in rows]
        assert {one.rule for one in found} == {name}, name
        if style:
            stage.execute_script("document.styleSheets[0].deleteRule(0)")


def test_oracles_read_every_sort_of_page(stage: Browser, states: Mapping[str, State]) -> None:
    found = {}
    for state in covering(states.values(), few=True):
        show(stage, state)
        if faults := findings_of(view_of(stage, state)):
            found[state.name] = [str(fault) for fault in faults]
    assert found == {}


def test_an_oracle_knows_the_procedure_and_not_only_the_page(stage: Browser, states: Mapping[str, State]) -> None:
    """The same page is wrong when the procedure says something else."""
    state = states[f"fr/{SLUG}/applicant:empty"]
    assert state.asked is not None
    first, *others = state.asked.fields
    for changed, rule in (
        (replace(first, required=not first.required), "required"),
        (replace(first, label=replace(first.label, source="Autre chose")), "name"),
        (replace(first, subject="other"), "autocomplete"),
    ):
        asked = replace(state.asked, fields=(changed, *others))
        show(stage, state)
        found = findings_of(view_of(stage, replace(state, asked=asked)))
        assert rule in {one.rule for one in found}


def test_every_check_that_a_criterion_names_exists(stage: Browser) -> None:
    rules = set(stage.execute_script("return axe.getRules().map(rule => rule.ruleId)"))
    run = set(stage.execute_script("return axe.getRules(arguments[0]).map(rule => rule.ruleId)", list(axe.TAGS)))
    known = {f"axe {rule}" for rule in rules & run} | {f"model {rule}" for rule in ORACLES}
    known |= {f"crossing {name}" for name in (*CROSSINGS, "no-script", "doctype", "swap")}
    known |= {f"whole {rule}" for rule in whole.RULES} | {"html-validate"}
    named = {check for criterion in reference().criteria for check in criterion.checks}
    assert named - known == set()


def test_words_of_errors_and_what_is_typed_make_no_other_frame(states: Mapping[str, State]) -> None:
    """So one page may speak for another before the engines; anything else that differs makes it another page."""
    one = states[f"fr/{SLUG}/applicant:birth_name.too_long"]
    other = states[f"fr/{SLUG}/applicant:birth_name.characters"]
    assert one.html != other.html
    assert frame(one) == frame(other)
    assert frame(one) != frame(states[f"fr/{SLUG}/applicant:first_names.too_long"])
    assert frame(one) != frame(replace(one, html=one.html.replace('aria-invalid="true"', "", 1)))


@pytest.mark.parametrize("few", [False, True])
def test_crossings_meet_every_sort_of_page_and_every_kind(states: Mapping[str, State], few: bool) -> None:
    chosen = covering(states.values(), few=few)
    assert {state.sort for state in chosen} == {state.sort for state in states.values()}
    if not few:
        kinds = {one.kind for state in states.values() if state.asked for one in state.asked.fields}
        assert {one.kind for state in chosen if state.asked for one in state.asked.fields} == kinds
