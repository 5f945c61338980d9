"""A question drawn from its blank is what the templates draw from all its parameters, byte for byte."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.fields import BoundForm, Filled, build_form
from app.fields.form import Typed
from app.fields.registry import ADAPTERS
from app.journey.model import Stop
from app.kinds.registry import KINDS
from app.pages.environment import environment
from app.spec.model import Choice, Field, Procedure, Text
from tests.journey.building import a_procedure, step

TODAY = date(2026, 11, 24)
CHOICES = (
    Choice("a", Text("Un <b>choix</b> checked > selected"), hint=Text("Un conseil")),
    Choice("b", Text("Un autre"), specify=Text("Lequel ?")),
    Choice("c", Text("Encore un autre"), specify=Text("Lequel donc ?")),
    Choice("none", Text("Aucun"), exclusive=True),
)
CHOSEN = ("radios", "checkboxes", "select")
SETTINGS = {"address": ({}, {"allow_abroad": True}, {"allow_abroad": True, "allow_none": True})}
TYPED = st.lists(
    st.sampled_from(
        ["", "a", "b", "c", "none", "yes", "no", "FR", "SN", "94", "2A", "__unknown", "x", "\ue0000\ue001", "<b>\"'&"]
    ),
    max_size=2,
)


@cache
def asking(kind: str, unknown: bool, required: bool, setting: int) -> Procedure:
    """A procedure of one question."""
    settings = [example.settings for example in KINDS[kind].examples] + list(SETTINGS.get(kind, ()))
    question = Field(
        "q.one",
        kind,
        Text("La question"),
        hint=Text("Un conseil"),
        help=Text("De l'aide"),
        required=required,
        choices=CHOICES if kind in CHOSEN else (),
        settings=settings[setting % len(settings)],
        unknown=Text("Je ne sais pas") if unknown else None,
        example="12 <34>",
    )
    return a_procedure(step("s", question))


def bound(procedure: Procedure, typed: dict[str, list[str]] | None, answers: dict[str, Any], locale: str) -> BoundForm:
    asked = procedure.steps[0]
    stop = Stop(asked, asked.pages[0], None, asked.fields, (), "s")
    return build_form(stop, procedure, locale).bind(None if typed is None else Typed(typed), answers, None, TODAY)


def both(form: BoundForm, locale: str) -> tuple[str, str, bool]:
    """As the page draws it, as it is drawn whole, and whether a blank was used."""
    draw: Any = environment(locale).globals["component"]
    (shown,) = form.components()
    (field,) = form._fields.values()
    return (
        str(draw(shown)),
        str(draw(ADAPTERS[field.spec.kind].component(form._bound(field)))),
        isinstance(shown, Filled),
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(data=st.data(), unknown=st.booleans(), required=st.booleans(), setting=st.integers(0, 20))
def test_whatever_was_typed(kind: str, data: st.DataObject, unknown: bool, required: bool, setting: int) -> None:
    procedure = asking(kind, unknown, required, setting)
    names = [f"q.one-{part}" if part else "q.one" for part in KINDS[kind].parts]
    names += ["q.one__unknown", "q.one__specify"]
    typed = data.draw(st.dictionaries(st.sampled_from(names), TYPED))
    locale = data.draw(st.sampled_from(["fr", "ar"]))
    form = bound(procedure, typed, {}, locale)
    if data.draw(st.booleans()):
        form.validate()
    filled, whole, _ = both(form, locale)
    assert filled == whole


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_stored_answer_is_shown_from_a_blank(kind: str) -> None:
    for setting, example in enumerate(KINDS[kind].examples):
        procedure = asking(kind, False, True, setting)
        form = bound(procedure, None, {} if example.value is None else {"q.one": example.value}, "fr")
        filled, whole, from_blank = both(form, "fr")
        assert filled == whole
        assert from_blank or "2A" in str(example.value) or "2B" in str(example.value)


def test_two_people_in_turn_never_see_each_other() -> None:
    procedure = asking("text", False, True, 0)
    for name in ("Awa", "Wei", "", "Li"):
        form = bound(procedure, None, {"q.one": name} if name else {}, "fr")
        filled, whole, from_blank = both(form, "fr")
        assert from_blank
        assert filled == whole
        assert [other for other in ("Awa", "Wei", "Li") if other in filled] == [name] * bool(name)


def test_a_question_whose_words_depend_on_the_person_has_no_blank() -> None:
    question = Field("q", "text", Text("Quel est l'âge de {answer.name} ?"))
    form = bound(a_procedure(step("s", question)), None, {}, "fr")
    assert not isinstance(next(form.components()), Filled)
