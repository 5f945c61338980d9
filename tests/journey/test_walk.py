"""The path: which pages come, when an outcome ends it, what follows from the answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.journey.answers import add_item, digest, erase, remove_item, set_page
from app.journey.walk import estimate, stop_for, summary
from app.spec.model import (
    AfterSending,
    Channel,
    Check,
    Choice,
    Derived,
    Document,
    Duration,
    Fact,
    Fee,
    Field,
    Need,
    Outcome,
    Page,
    Period,
    Ref,
    Repeat,
    Silence,
    Step,
    Window,
)
from app.spec.model import Test as ModelTest
from tests.journey.building import TODAY, a_procedure, f, is_, keys, step, t, walk


def choice(name: str, *ids: str, kind: str = "radios", **more: Any) -> Field:
    return f(name, kind, choices=tuple(Choice(one, t(one)) for one in ids), **more)


def test_a_step_comes_and_goes_with_its_condition() -> None:
    procedure = a_procedure(step("a", f("x")), step("b", f("y"), when=is_("x", "1")), step("c", f("z")))
    assert keys(walk(procedure, {})) == ["a", "c"]
    assert keys(walk(procedure, {"x": "1"})) == ["a", "b", "c"]


def test_a_hidden_answer_is_kept_aside_and_comes_back() -> None:
    procedure = a_procedure(step("a", f("x")), step("b", f("y"), when=is_("x", "1")))
    hidden = walk(procedure, {"x": "2", "y": "kept"})
    assert ("y" in hidden.answers, hidden.aside) == (False, ("y",))
    back = walk(procedure, {"x": "1", "y": "kept"})
    assert (back.answers["y"], back.aside) == ("kept", ())


def test_outstanding_is_the_first_page_that_lacks_an_answer() -> None:
    procedure = a_procedure(step("a", f("x")), step("b", f("y", required=False)), step("c", f("z")))
    found = walk(procedure, {"x": "1", "z": "3"})
    assert found.outstanding is not None
    assert found.outstanding.key == "b"
    seen = set_page({"x": "1", "z": "3"}, found.outstanding, {"y": None})
    assert walk(procedure, seen).complete


def test_the_first_stop_ends_the_path_and_first_waits_for_its_questions() -> None:
    stop = Outcome("s", "stop", is_("y", "1"), t("s"), t("b"))
    advice = Outcome("adv", "advise", is_("x", "1"), t("a"), t("b"))
    procedure = a_procedure(step("a", f("x")), step("b", f("y")), step("c", f("z")), outcomes=(stop, advice))
    ended = walk(procedure, {"x": "1", "y": "1", "z": "kept"})
    assert (keys(ended), ended.stopped_by, ended.complete) == (["a", "b"], stop, False)
    assert ended.outcomes == (stop, advice)
    assert ended.aside == ("z",)
    assert walk(procedure, {"x": "1"}).outcomes == (advice,)
    assert walk(procedure, {"x": "1"}).stopped_by is None


def test_a_repeat_has_a_list_then_the_pages_of_each_item() -> None:
    kids = Step(
        "kids",
        t("k"),
        (Page("kids", (f("n"),)), Page("kids/o", (f("o", when=is_("n", "1")),))),
        repeat=Repeat(t("x"), min=1, max=2),
    )
    procedure = a_procedure(kids, step("end", f("z")))
    assert keys(walk(procedure, {})) == ["kids", "end"]
    assert not walk(procedure, {}).path[0].answered
    answers, first = add_item({}, "kids")
    answers, second = add_item(answers, "kids")
    answers = set_page(answers, _stop(walk(procedure, answers), f"kids/{first}"), {"n": "1"})
    found = walk(procedure, answers)
    assert keys(found) == ["kids", "kids/1", "kids/1/o", "kids/2", "end"]
    assert (found.path[0].is_list, found.path[0].answered) == (True, True)
    answers, third = add_item(remove_item(answers, "kids", second), "kids")
    assert third == "3"
    assert [item["id"] for item in walk(procedure, answers).answers["kids"]] == ["1", "3"]
    answers, _ = add_item(answers, "kids")
    assert not walk(procedure, answers).path[0].answered


def _stop(journey: Any, key: str) -> Any:
    found = stop_for(journey, key)
    assert found is not None
    return found


def test_for_each_follows_the_ticked_choices() -> None:
    each = step("each", f("n"), repeat=Repeat(t("x"), for_each="what"))
    procedure = a_procedure(step("a", choice("what", "p", "q", kind="checkboxes")), each)
    found = walk(
        procedure, {"what": ["q"], "each": [{"id": "p", "answers": {"n": "kept"}}, {"id": "q", "answers": {"n": "1"}}]}
    )
    assert keys(found) == ["a", "each/q"]
    assert found.answers["each"] == [{"id": "q", "answers": {"n": "1"}}]
    assert walk(procedure, {"what": ["p", "q"], "each": [{"id": "p", "answers": {"n": "kept"}}]}).answers["each"][0][
        "answers"
    ] == {"n": "kept"}


def test_an_error_check_holds_the_page_and_advice_does_not() -> None:
    error = Check(is_("x", "bad"), t("no"), "error", "x")
    advice = Check(is_("x", "odd"), t("hm"), "advice", "x")
    procedure = a_procedure(step("a", f("x"), checks=(error, advice)))
    held, odd = walk(procedure, {"x": "bad"}), walk(procedure, {"x": "odd"})
    assert ([shown.key for shown in held.errors], held.complete) == (["a"], False)
    assert ([shown.check for shown in odd.advice], odd.complete) == ([advice], True)


def test_documents_follow_their_rows_items_and_substitutes() -> None:
    photo = Document("photo", t("p"), (Need("required"),), satisfied_by="x")
    proof = Document("proof", t("p"), (Need("optional", is_("x", "1")), Need("required")))
    birth = Document("birth", t("b"), (Need("required", is_("n", "1")),), for_each="kids")
    never = Document("never", t("n"), (Need("required", is_("x", "0")),))
    procedure = a_procedure(
        step("a", f("x")), step("kids", f("n"), repeat=Repeat(t("x"))), documents=(photo, proof, birth, never)
    )
    items = [{"id": "1", "answers": {"n": "1"}}, {"id": "2", "answers": {"n": "2"}}]
    found = walk(procedure, {"x": "1", "kids": items}).documents
    assert [(one.key, one.level, one.satisfied, one.item) for one in found] == [
        ("photo", "required", True, None),
        ("proof", "optional", False, None),
        ("birth/1", "required", False, "1"),
    ]


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-09-01", "early"), ("2026-09-02", "open"), ("2026-11-01", "open"), ("2026-11-02", "late")],
)
def test_the_window_opens_and_closes_on_its_days(today: str, state: str) -> None:
    derived = {
        "opens": Derived("opens", "date_minus", (Ref("end"), Duration(120, "days")), "date"),
        "closes": Derived("closes", "date_minus", (Ref("end"), Duration(60, "days")), "date"),
    }
    procedure = a_procedure(step("a", f("end", "date")), derived=derived, window=Window("opens", "closes"))
    window = walk(procedure, {"end": "2026-12-31"}, date.fromisoformat(today)).window
    assert window is not None
    assert (window.opens, window.closes, window.state) == (date(2026, 9, 2), date(2026, 11, 1), state)
    unknown = walk(procedure, {}).window
    assert unknown is not None
    assert unknown.state == "unknown"


@pytest.mark.parametrize(
    ("end", "state"), [("2026-11-24", "open"), ("2026-11-23", "late"), ("2026-11", "unknown"), (None, "unknown")]
)
def test_the_window_may_name_a_date_question(end: str | None, state: str) -> None:
    end_date = f("end", "date", settings={"unknown_parts": ["day"]})
    procedure = a_procedure(step("a", end_date), window=Window(None, "end"))
    window = walk(procedure, {} if end is None else {"end": end}).window
    assert window is not None
    assert window.state == state


def test_ways_fees_and_silence() -> None:
    fact = Fact("stamp", (Period(25, ends=date(2026, 7, 31)), Period(50, starts=date(2026, 8, 1))))
    late = Silence(Duration(4, "months"), t("refus"), "filed")
    procedure = a_procedure(
        step("a", f("x")),
        facts={"stamp": fact},
        fees=(Fee("stamp", when=is_("x", "1")),),
        after_sending=AfterSending(silence=(late,)),
        channels=(Channel("web", "external", t("w")), Channel("desk", "counter", t("d"), is_("x", "2"))),
    )
    found = walk(procedure, {"x": "1"}, started=date(2026, 7, 1), filed=date(2026, 10, 31))
    assert [due.period.value for due in found.fees if due.period] == [25]
    assert [way.id for way in found.channels] == ["web"]
    assert found.silence[0].falls_on == date(2027, 2, 28)
    assert walk(procedure, {"x": "2"}).silence[0].falls_on is None


def test_an_answer_that_a_new_revision_made_impossible_counts_as_unanswered() -> None:
    procedure = a_procedure(step("a", choice("x", "p"), f("d", "date")))
    found = walk(procedure, {"x": "gone", "d": "hier"})
    assert (dict(found.answers), set(found.aside), found.complete) == ({}, {"x", "d"}, False)


def test_which_one_is_read_only_under_the_choice_that_asks_it() -> None:
    other = Field("x", "radios", t("x"), choices=(Choice("p", t("p")), Choice("o", t("o"), specify=t("Lequel ?"))))
    procedure = a_procedure(step("a", other))
    assert "x__specify" not in walk(procedure, {"x": "p", "x__specify": "typed"}).answers
    assert walk(procedure, {"x": "o", "x__specify": "typed"}).answers["x__specify"] == "typed"


def test_erase_and_digest() -> None:
    answers = {"x": "o", "x__specify": "typed", "y": "1"}
    assert erase(answers, "x") == {"y": "1"}
    assert digest(answers, ["x", "y"]) == digest({"y": "1", "x": "o"}, ["y", "x"])
    assert digest(answers, ["x"]) != digest({"x": "p"}, ["x"])


def test_the_summary_has_a_row_for_every_question_asked() -> None:
    procedure = a_procedure(step("a", f("x"), f("y", required=False)), step("b", f("z"), when=is_("x", "no")))
    assert [(row.field.id, row.value) for row in summary(walk(procedure, {"x": "1", "z": "9"}))] == [
        ("x", "1"),
        ("y", None),
    ]


def test_the_estimate_counts_what_is_always_asked_and_all_that_can_be() -> None:
    procedure = a_procedure(step("a", f("x"), f("y", "long_text")), step("b", f("z"), when=is_("x", "1")))
    found = estimate(procedure)
    assert (found.min_questions, found.max_questions) == (2, 3)
    assert found.min_minutes <= found.max_minutes


def test_the_derived_value_of_a_moment_is_that_of_the_answers_so_far() -> None:
    age = Derived("age", "years_at", (Ref("born"), "today"), "number")
    minor = ModelTest(Ref("age", "derived"), "less_than", 18)
    procedure = a_procedure(step("a", f("born", "date")), step("b", f("parent"), when=minor), derived={"age": age})
    assert keys(walk(procedure, {"born": "2008-11-25"})) == ["a", "b"]
    assert keys(walk(procedure, {"born": "2008-11-24"})) == ["a"]
    assert keys(walk(procedure, {}, TODAY)) == ["a"]
