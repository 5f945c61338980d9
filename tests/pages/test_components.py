"""Every state of every kind of question, from the examples that also feed the documentation."""

from __future__ import annotations

from typing import Any

import html5lib
import pytest
import yaml

from app.kinds.registry import KINDS
from app.pages.environment import TEMPLATES, environment
from tests.pages.reading import parse, question_faults, text_of

STATES = ("empty", "filled", "invalid", "escaped", "optional")
EXAMPLES: dict[str, dict[str, Any]] = {
    path.parent.name: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((TEMPLATES / "components").glob("*/examples.yaml"))
}
ALL = [(kind, state) for kind, states in EXAMPLES.items() for state in states]


def render(kind: str, state: str) -> str:
    component: Any = environment("fr").globals["component"]
    return str(component(EXAMPLES[kind][state]))


def test_every_kind_has_its_component_and_all_states() -> None:
    assert set(EXAMPLES) == set(KINDS)
    for kind, states in EXAMPLES.items():
        assert set(STATES) <= set(states), kind


@pytest.mark.parametrize(("kind", "state"), ALL)
def test_component_is_sound(kind: str, state: str) -> None:
    html = render(kind, state)
    html5lib.HTMLParser(strict=True).parseFragment(html)
    page = parse(html)
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert question_faults(page) == []


@pytest.mark.parametrize("kind", EXAMPLES)
def test_typed_text_never_becomes_markup(kind: str) -> None:
    page = parse(render(kind, "escaped"))
    assert page.find(".//b") is None
    assert "<b>\"'&" in text_of(page)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_optional_is_said_and_required_is_told_to_screen_readers(kind: str) -> None:
    optional, empty = parse(render(kind, "optional")), parse(render(kind, "empty"))
    assert "(facultatif)" in text_of(optional)
    assert [e for e in optional.iter() if e.get("aria-required")] == []
    if kind != "checkboxes":
        assert [e for e in empty.iter() if e.get("aria-required") == "true"]
    assert [e for e in empty.iter() if e.get("required") is not None] == []


@pytest.mark.parametrize("kind", EXAMPLES)
def test_error_is_tied_to_its_question(kind: str) -> None:
    page = parse(render(kind, "invalid"))
    assert [e for e in page.iter() if e.get("aria-invalid") == "true"]
    described = [e.get("aria-describedby", "").split() for e in page.iter() if e.get("aria-describedby")]
    assert any("q-error" in names for names in described)
    assert text_of(page.find(".//*[@id='q-error']")).startswith("Erreur :")
    hint = page.find(".//*[@id='q-hint']")
    if hint is not None:
        assert any(names[:2] == ["q-hint", "q-error"] for names in described)


def test_typed_lines_come_back_unchanged() -> None:
    area = parse(render("long_text", "filled")).find(".//textarea")
    assert area is not None
    assert area.text == "Ligne 1\nLigne 2"


def test_choice_that_asks_which_shows_its_box_and_its_error() -> None:
    page = parse(render("radios", "specify"))
    box = page.find(".//input[@name='q__specify']")
    assert box is not None
    assert box.get("value") == "<b>\"'&"
    assert box.get("aria-invalid") == "true"
