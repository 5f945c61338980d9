"""What conditions mean: unasked, unknown and partial answers above all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.spec.model import (
    All,
    AnyOf,
    Condition,
    Derived,
    Duration,
    Fact,
    FactRef,
    Items,
    NoneOf,
    Outcome,
    Period,
    Ref,
    Repeat,
    RuleRef,
)
from app.spec.model import Test as ModelTest
from tests.journey.building import TODAY, a_procedure, f, is_, rule, step, t, walk

UNKNOWN = {"unknown": True}


def holds(condition: Condition, answers: dict[str, Any], today: date = TODAY, **more: Any) -> bool:
    """Whether a condition holds at the end of a walk that asked: `a` (text), `d` (date), `n`, `many`, `address`,
    `kids`.
    """
    steps = (
        step(
            "one",
            f("a", required=False, unknown=t("?")),
            f("d", "date", required=False),
            f("n", "whole_number", required=False),
        ),
        step(
            "two",
            f("many", "checkboxes", required=False),
            f("address", "address", required=False),
            f("m", "amount", required=False),
        ),
        step("kids", f("age", "whole_number", required=False), repeat=Repeat(t("x"))),
        step("never", f("hidden"), when=is_("a", "no such answer")),
    )
    outcome = Outcome("it", "advise", condition, t("o"), t("b"))
    visited = ["one", "two", "kids", *(f"kids/{item['id']}" for item in answers.get("kids", ()))]
    procedure = a_procedure(*steps, outcomes=(outcome,), **more)
    return bool(walk(procedure, {**answers, "_visited": visited}, today).outcomes)


def on(name: str, operator: str, operand: Any, part: str | None = None) -> ModelTest:
    return ModelTest(Ref(name, part=part), operator, operand)


EVERY_TEST = [
    on("{}", "is", ("x",)),
    on("{}", "not_in", ("x",)),
    on("{}", "in", ("x",)),
    on("{}", "includes_none", ("x",)),
    on("{}", "at_most", 5),
    on("{}", "before", "today"),
    on("{}", "less_than_ago", Duration(1, "years")),
    on("{}", "answered", "yes"),
]


@pytest.mark.parametrize("test", EVERY_TEST, ids=lambda test: test.operator)
@pytest.mark.parametrize("answers", [{}, {"hidden": "y"}])
def test_every_test_on_a_question_that_was_not_asked_is_false(test: ModelTest, answers: dict[str, Any]) -> None:
    assert not holds(ModelTest(Ref("hidden"), test.operator, test.operand), answers)


@pytest.mark.parametrize("test", EVERY_TEST, ids=lambda test: test.operator)
def test_only_unknown_is_true_of_i_do_not_know(test: ModelTest) -> None:
    assert not holds(ModelTest(Ref("a"), test.operator, test.operand), {"a": UNKNOWN})
    assert holds(on("a", "unknown", "yes"), {"a": UNKNOWN})
    assert not holds(on("a", "unknown", "yes"), {"a": "x"})


def test_answered_no_is_true_only_of_a_question_that_is_asked_and_empty() -> None:
    assert holds(on("a", "answered", "no"), {})
    assert not holds(on("a", "answered", "no"), {"a": "x"})
    assert not holds(on("hidden", "answered", "no"), {})


@pytest.mark.parametrize(
    ("operator", "operand", "stored", "expected"),
    [
        ("before", date(2001, 3, 1), "2001-02", True),
        ("before", date(2001, 2, 15), "2001-02", False),
        ("after", date(2001, 2, 15), "2001-02", False),
        ("on_or_after", date(2001, 2, 1), "2001-02", True),
        ("on_or_before", date(2001, 12, 31), "2001", True),
        ("before", "today", "2026-11-23", True),
        ("before", "today", "2026-11-24", False),
        ("on_or_before", "today", "2026-11-24", True),
        ("less_than_ahead", Duration(3, "months"), "2026-11-24", True),
        ("less_than_ahead", Duration(3, "months"), "2026-11-23", False),
        ("less_than_ahead", Duration(3, "months"), "2027-02-24", False),
        ("less_than_ahead", Duration(3, "months"), "2027-02", False),
        ("less_than_ahead", Duration(3, "months"), "2027-01", True),
        ("more_than_ahead", Duration(3, "months"), "2027-02-25", True),
        ("more_than_ago", Duration(1, "years"), "2025-11-23", True),
        ("more_than_ago", Duration(1, "years"), "2025", False),
        ("less_than_ago", Duration(1, "years"), "2025-11-25", True),
        ("less_than_ago", Duration(1, "years"), "2026-11-25", False),
    ],
)
def test_a_partial_date_passes_only_if_every_day_of_it_does(
    operator: str, operand: Any, stored: str, expected: bool
) -> None:
    assert holds(on("d", operator, operand), {"d": stored}) is expected


@pytest.mark.parametrize(
    ("test", "answers", "expected"),
    [
        (on("many", "includes", ("a",)), {"many": ["a", "b"]}, True),
        (on("many", "includes_any", ("c", "b")), {"many": ["a", "b"]}, True),
        (on("many", "includes_all", ("a", "c")), {"many": ["a", "b"]}, False),
        (on("many", "includes_none", ("c",)), {"many": ["a", "b"]}, True),
        (on("n", "between", (1, 3)), {"n": 3}, True),
        (on("n", "more_than", 3), {"n": 3}, False),
        (on("m", "at_least", Decimal("877.5")), {"m": "877.50"}, True),
        (on("m", "is", (Decimal("877.5"),)), {"m": "877.50"}, True),
        (on("address", "in", ("94", "2A"), "department"), {"address": {"kind": "france", "department": "94"}}, True),
        (on("address", "not_in", ("94",), "department"), {"address": {"kind": "none"}}, False),
        (NoneOf((is_("a", "x"), is_("a", "y"))), {"a": "z"}, True),
        (AnyOf((is_("a", "x"), is_("n", 2))), {"n": 2}, True),
        (All((is_("a", "x"), is_("n", 2))), {"n": 2}, False),
    ],
)
def test_tests_on_choices_numbers_and_parts(test: Condition, answers: dict[str, Any], expected: bool) -> None:
    assert holds(test, answers) is expected


def kids(*ages: int | None) -> dict[str, Any]:
    return {"kids": [{"id": str(n), "answers": {} if age is None else {"age": age}} for n, age in enumerate(ages, 1)]}


def test_quantifiers_over_items() -> None:
    minor = on("age", "less_than", 18)
    assert holds(Items("any", "kids", minor), kids(20, 5))
    assert not holds(Items("every", "kids", minor), kids(20, 5))
    assert holds(Items("every", "kids", minor), kids(3, 5))
    assert holds(Items("no", "kids", minor), kids(20))
    assert holds(Items("any", "kids", on("age", "answered", "no")), kids(20, None))


def test_a_rule_is_its_condition() -> None:
    assert holds(RuleRef("r"), {"a": "x"}, rules={"r": rule("r", is_("a", "x"))})


def test_a_fact_is_taken_on_its_own_day() -> None:
    fact = Fact("limit", (Period(10, ends=date(2026, 7, 31)), Period(20, starts=date(2026, 8, 1))), as_of="d")
    test = on("n", "at_most", FactRef("limit"))
    assert not holds(test, {"d": "2026-07-31", "n": 15}, facts={"limit": fact})
    assert holds(test, {"d": "2026-08-01", "n": 15}, facts={"limit": fact})
    assert not holds(test, {"n": 15}, facts={"limit": fact})


def test_where_sources_disagree_the_stricter_value_counts() -> None:
    fact = Fact("age", conflict=(Period(3, "months"), Period(20, "weeks")))
    assert holds(on("d", "more_than_ago", FactRef("age")), {"d": "2026-08-20"}, facts={"age": fact})
    assert not holds(on("d", "more_than_ago", FactRef("age")), {"d": "2026-08-25"}, facts={"age": fact})


@pytest.mark.parametrize(
    ("derived", "answers", "expected"),
    [
        (Derived("x", "sum", (Ref("n"), Ref("m")), "number"), {"n": 2, "m": "1.50"}, Decimal("3.5")),
        (Derived("x", "sum", (Ref("kids", "repeat"),), "number", {"item_field": "age"}), kids(3, 4, None), Decimal(7)),
        (Derived("x", "count", (Ref("kids", "repeat"),), "number"), kids(3, 4), 2),
        (Derived("x", "count", (Ref("many"),), "number", {"choices": ["a"]}), {"many": ["a", "b"]}, 1),
        (Derived("x", "years_at", (Ref("d"), "today"), "number"), {"d": "2008-11-25"}, 17),
        (Derived("x", "years_at", (Ref("d"), "today"), "number"), {"d": "2008"}, None),
        (Derived("x", "years_at", (Ref("d"), "today"), "number"), {"d": "2007-01"}, 19),
        (Derived("x", "between", (Ref("d"), "today"), "number", {"unit": "days"}), {"d": "2026-11-20"}, 4),
        (Derived("x", "date_plus", (Ref("d"), Duration(1, "months")), "date"), {"d": "2026-01-31"}, date(2026, 2, 28)),
        (Derived("x", "date_minus", (Ref("d"), Duration(60, "days")), "date"), {"d": "2026-12-31"}, date(2026, 11, 1)),
        (Derived("x", "earliest", (Ref("d"), "today"), "date"), {"d": "2027-01-01"}, TODAY),
        (Derived("x", "latest", (Ref("d"), "today"), "date"), {"d": "2027-01-01"}, date(2027, 1, 1)),
        (Derived("x", "differs", (Ref("a"), Ref("many")), "choice"), {"a": "x"}, None),
        (Derived("x", "date_plus", (Ref("d"), Duration(1, "months")), "date"), {"d": "2026"}, None),
    ],
)
def test_derived_values(derived: Derived, answers: dict[str, Any], expected: Any) -> None:
    steps = (
        step("one", f("a"), f("d", "date"), f("n", "whole_number"), f("m", "amount"), f("many", "checkboxes")),
        step("kids", f("age", "whole_number"), repeat=Repeat(t("x"))),
    )
    assert walk(a_procedure(*steps, derived={"x": derived}), answers).derived["x"] == expected
