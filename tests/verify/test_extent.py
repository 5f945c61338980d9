"""How large a procedure is: EX01 exactly what counting every journey one by one gives, EX02 in words, EX03 nothing is
said that was not counted, EX04 the same to applicants.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod

import pytest
from hypothesis import HealthCheck, assume, given, settings

from app.journey.walk import estimate
from app.spec.codes.examples import TABLES, TODAY, whole
from app.spec.compiler import compile_folder, compile_text, from_canonical
from app.spec.diagnostics import Findings
from app.spec.model import Procedure
from app.verify.check import prove_one
from app.verify.extent import announce, bounds, wanted, with_questions
from app.verify.model import Model
from app.verify.reader import Moment
from app.verify.side import Side
from app.verify.spaces import Spaces
from tests.architecture.graph import ROOT
from tests.verify.random_specs import specs
from tests.verify.specs import compiled, step

MOST = 4_000


def a_side(procedure: Procedure) -> tuple[Model, Side]:
    model = Model(procedure)
    spaces = Spaces(model, Moment(TODAY, TODAY))
    return model, spaces.side(announce(spaces))


def one_by_one(model: Model, side: Side) -> tuple[tuple[int, int], tuple[int, int], int] | None:
    """The same bounds from a list of all complete journeys; what was not asked tells no journeys apart."""
    diagrams = side.diagrams
    asked = {slot: side.asked(slot) for slot in side.frame.coded}
    documents = [wanted(model, side, document) for document in model.procedure.documents]
    journeys: dict[frozenset[tuple[int, int]], tuple[int, int]] = {}
    for way in diagrams.ways(side.alive(model.end), range(len(diagrams.sizes))):
        here = [slot for slot, function in asked.items() if diagrams.holds(function, way)]
        key = frozenset((level, way[level]) for slot in here for level in side.frame.coded[slot].levels)
        journeys[key] = (len(here), sum(diagrams.holds(function, way) for function in documents))
    if not journeys:
        return None
    questions, papers = zip(*journeys.values(), strict=True)
    return (min(questions), max(questions)), (min(papers), max(papers)), len(journeys)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(specs())
def test_ex01_bounds_are_those_of_a_list_of_all_journeys(sections: str) -> None:
    procedure = compile_text(whole(sections).text, tables=TABLES, today=TODAY).procedure
    assume(procedure is not None)
    assert procedure is not None
    model, side = a_side(procedure)
    assume(not side.frame.chains)
    assume(prod(side.diagrams.sizes) <= MOST)
    found, listed = bounds(model, side), one_by_one(model, side)
    assert listed == (None if found is None else (found.questions, found.documents, found.journeys))


SPEC = "rules: {}\nsteps:\n" + step(
    'id: "a", kind: "yes_no", label: "A ?"',
    'id: "t", kind: "text", label: "T ?"',
    'id: "b", kind: "yes_no", label: "B ?", when: {a: "yes"}',
)
SPEC += 'documents: [{id: "d", title: "D", when: {b: "yes"}}, {id: "e", title: "E"}]\n'


def test_ex02_in_words() -> None:
    words = prove_one(compiled(SPEC), Findings())
    assert words == "exemple : de 2 à 3 questions, de 1 à 2 documents, 3 sortes de parcours."


def test_ex03_what_was_not_counted_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.verify.extent.MOST_STATES", 0)
    assert prove_one(compiled(SPEC), Findings()) == ""


def test_ex02_a_router_counts_the_questions_up_to_where_it_leads() -> None:
    """Nobody answers all of them: one answer may lead elsewhere at once."""
    root = ROOT / "procedures"
    words = prove_one(compile_folder(root / "which-procedure", root / "shared", root / "tables"), Findings())
    assert words.startswith("which-procedure : de 1 à ")
    assert "documents" not in words


def test_ex04_what_is_published_holds_the_number_of_questions() -> None:
    """The start page says what the check says."""
    found = compiled(SPEC)
    assert found.procedure is not None
    published = from_canonical(with_questions(found.canonical, found.procedure))
    said = estimate(published)
    assert (said.min_questions, said.max_questions) == (2, 3)
    tangled = replace(published, questions=None)
    assert estimate(tangled).min_questions == 2
