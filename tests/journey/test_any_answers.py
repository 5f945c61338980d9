"""Whatever is stored, in whatever order it was answered, the walk gives the same sound journey and never raises."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.journey.walk import build_journey
from app.spec.catalogue import Catalogue
from app.spec.model import Field, Procedure
from tests.journey.building import TODAY

PROCEDURES = list(Catalogue.load(Path(__file__).parents[2] / "procedures").procedures.values())
ODD: list[Any] = [
    "",
    "x",
    "yes",
    3,
    -1,
    [],
    ["x"],
    [{}],
    {},
    {"unknown": True},
    {"kind": "none"},
    None,
    True,
    "2026-13",
    "2026-02-30",
    "NaN",
]


def plausible(question: Field) -> st.SearchStrategy[Any]:
    ids = [choice.id for choice in question.choices]
    good: list[st.SearchStrategy[Any]] = [st.sampled_from(ODD)]
    if ids:
        many = st.lists(st.sampled_from(ids), unique=True, min_size=1)
        good += [many if question.kind == "checkboxes" else st.sampled_from(ids)] * 4
    elif question.kind == "date":
        good += [st.dates().map(str), st.just("2010"), st.just("2026-11")] * 2
    elif question.kind == "yes_no":
        good += [st.sampled_from(["yes", "no"])] * 4
    elif question.kind in ("whole_number", "amount"):
        good += [st.integers(0, 99), st.integers(0, 99).map(str)]
    elif question.kind in ("nationality", "checkboxes"):
        good += [st.lists(st.sampled_from(["FR", "SN", "CN", "XXA"]), min_size=1)] * 3
    else:
        good += [
            st.sampled_from(["FR", "94", "abc"]),
            st.fixed_dictionaries({"kind": st.just("france"), "department": st.just("94")}),
        ]
    return st.one_of(good)


@st.composite
def anyone(draw: st.DrawFn) -> tuple[Procedure, dict[str, Any]]:
    procedure = draw(st.sampled_from(PROCEDURES))
    answers: dict[str, Any] = {}
    for step in procedure.steps:
        given_here = {q.id: draw(plausible(q)) for q in step.fields if draw(st.integers(0, 9))}
        if step.repeat is None:
            answers |= given_here
        else:
            answers[step.id] = draw(
                st.sampled_from([[{"id": "1", "answers": given_here}], [], "x", [3], [{"id": "1"}]])
            )
    return procedure, answers


@settings(max_examples=150, deadline=None)
@given(anyone(), st.randoms())
def test_any_answers_give_a_sound_journey(person: tuple[Procedure, dict[str, Any]], shuffler: Any) -> None:
    procedure, answers = person
    found = build_journey(procedure, answers, TODAY, started=TODAY)
    order = list(answers)
    shuffler.shuffle(order)
    again = build_journey(procedure, {name: answers[name] for name in order}, TODAY, started=TODAY)
    assert ([stop.key for stop in again.path], again.answers, again.outcomes) == (
        [stop.key for stop in found.path],
        found.answers,
        found.outcomes,
    )
    asked = {field.id for stop in found.path for field in stop.fields if stop.item is None}
    repeats = {step.id for step in procedure.steps if step.repeat}
    assert {name for name in found.answers if not name.endswith("__specify")} <= asked | repeats
    assert not set(found.aside) & (set(found.answers) - repeats)


@settings(max_examples=80, deadline=None)
@given(anyone(), st.data())
def test_taking_an_answer_back_and_giving_it_again_changes_nothing(
    person: tuple[Procedure, dict[str, Any]], data: st.DataObject
) -> None:
    procedure, answers = person
    before = build_journey(procedure, answers, TODAY, started=TODAY)
    if answers:
        name = data.draw(st.sampled_from(sorted(answers)))
        build_journey(procedure, {key: value for key, value in answers.items() if key != name}, TODAY, started=TODAY)
    assert build_journey(procedure, answers, TODAY, started=TODAY) == before
