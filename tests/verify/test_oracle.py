"""No disagreement with an SMT solver on random procedures: who can be asked what, what follows for somebody, what does
not follow for somebody, who has no way of filing, which parts of a condition make a difference.
"""

from __future__ import annotations

import pytest
import z3
from hypothesis import HealthCheck, assume, given, settings

from app.spec.codes.examples import TABLES, TODAY, whole
from app.spec.compiler import compile_text
from app.spec.model import All, AnyOf, Condition, NoneOf
from app.verify import outline
from app.verify.diagram import FALSE
from app.verify.effects import Part, Weighing
from app.verify.model import Model
from app.verify.outline import Outline, Thing
from app.verify.reader import Moment
from tests.verify.oracle import Oracle
from tests.verify.random_specs import specs

SETTINGS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}


def agree(sections: str) -> None:
    """Both say the same of one procedure."""
    procedure = compile_text(whole(sections).text, tables=TABLES, today=TODAY).procedure
    assume(procedure is not None)
    assert procedure is not None
    found = Outline(outline.whole(Model(procedure), Moment(TODAY, TODAY)))
    oracle = Oracle(procedure, TODAY)
    complete, ours = (
        oracle.complete(),
        {True: {"complete"} if found.complete != FALSE else set[str](), False: set[str]()},
    )
    theirs = {True: {"complete"} if oracle.possible(complete) else set[str](), False: set[str]()}
    formulas = {Thing("question", name): oracle.question(name) for name in oracle.asked}
    for document in procedure.documents:
        rows = [z3.BoolVal(True) if need.when is None else oracle.holds(need.when) for need in document.need]
        formulas[Thing("document", document.id, "required")] = z3.And(complete, z3.Or(rows))
    for channel in procedure.channels:
        when = z3.BoolVal(True) if channel.when is None else oracle.holds(channel.when)
        formulas[Thing("channel", channel.id)] = z3.And(complete, when)
    for order, outcome in enumerate(procedure.outcomes):
        formulas[Thing("outcome", outcome.id)] = oracle.outcome(order, outcome)
    for thing, formula in formulas.items():
        function = found.things.get(thing, FALSE)
        for wanted in (True, False):
            mine = function if wanted else found.side.diagrams.without(found.complete, function)
            other = formula if wanted else z3.And(complete, z3.Not(formula))
            ours[wanted] |= {f"{thing}"} if mine != FALSE else set()
            theirs[wanted] |= {f"{thing}"} if oracle.possible(other) else set()
    assert ours == theirs
    for document in procedure.documents:
        for need in document.need:
            if need.when is not None:
                parts(found, oracle, complete, need.when)


def parts(found: Outline, oracle: Oracle, complete: z3.BoolRef, condition: Condition) -> None:
    """Both agree on which parts of a condition make a difference to somebody who completes the journey."""
    side = found.side
    whole_formula = oracle.holds(condition)
    for part in Weighing(side, found.complete, {}).parts(condition, found.complete, 0):
        if isinstance(part, Part) and part.value is None:
            less = oracle.holds(without(condition, part.condition))
            differs = oracle.possible(z3.And(complete, z3.Xor(whole_formula, less)))
            assert differs == (part.matters != FALSE), part


def without(condition: Condition, part: Condition) -> Condition:
    """A condition with one part, told by identity, taken out."""
    match condition:
        case All(inner):
            return All(tuple(without(one, part) for one in inner if one is not part))
        case AnyOf(inner):
            return AnyOf(tuple(without(one, part) for one in inner if one is not part))
        case NoneOf(inner):
            return NoneOf(tuple(without(one, part) for one in inner if one is not part))
        case _:
            return condition


@settings(max_examples=60, **SETTINGS)
@given(specs())
def test_a_solver_agrees(sections: str) -> None:
    agree(sections)


@pytest.mark.prove
@settings(max_examples=3000, **SETTINGS)
@given(specs())
def test_a_solver_agrees_at_length(sections: str) -> None:
    agree(sections)
