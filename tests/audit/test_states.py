"""The states: all that a procedure can show is among them, each once, each under a name that stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from app.audit.ends import Ends
from app.audit.installation import showing
from app.audit.mistakes import mistakes
from app.audit.questions import Seen
from app.audit.run import touring
from app.audit.states import State, bare, chosen, distinct
from app.audit.tour import NothingToAudit, Tour
from app.kinds.registry import KINDS
from app.spec.model import Choice, Field, Text
from app.store.codes import new_code, new_reference
from app.verify.new import start
from app.web.upload_messages import NOTES, REFUSALS
from tests.audit.conftest import SLUG
from tests.procedures.people import TODAY, procedure

OTHERS = ("nothing-given", "waiting", "lost", "no-reason", "without-file")


def test_every_question_of_the_procedure_is_asked_in_some_state(states: Mapping[str, State]) -> None:
    asked = {field.id for state in states.values() if state.asked for field in state.asked.fields}
    assert asked == {field.id for step in procedure(SLUG).steps for field in step.fields}


def test_every_page_is_there_empty_and_filled_in_and_every_error_alone(states: Mapping[str, State]) -> None:
    found = {name.partition(f"{SLUG}/")[2] for name in states}
    for step in procedure(SLUG).steps:
        for page in step.pages:
            assert {f"{page.id}:empty", f"{page.id}:filled"} <= found
            for field in page.fields:
                if field.required:
                    assert any(name.endswith(f":{field.id}.required") for name in found), field.id
    alone = [(state, state.asked) for state in states.values() if state.asked and len(state.asked.codes) == 1]
    assert len(alone) > 100
    for state, asked in alone:
        assert state.status == 422, state.name
        (code,) = asked.codes.values()
        # A box "which one?" has its words beside itself, too.
        assert state.html.count('class="error" id=') == (2 if code.startswith("specify") else 1), state.name


def test_the_words_of_each_error_are_known_beforehand(states: Mapping[str, State]) -> None:
    for state in states.values():
        for message in (state.asked.messages if state.asked else {}).values():
            assert message.replace("'", "&#39;") in state.html, state.name


def test_every_state_of_documents_and_every_failure_is_there(states: Mapping[str, State]) -> None:
    found = set(states)
    documents = {f"fr/{SLUG}/documents:{word}" for word in (*REFUSALS, *NOTES, *OTHERS)}
    assert documents <= found
    statuses = {state.status for state in states.values()}
    assert statuses >= {200, 403, 404, 405, 409, 413, 422, 429, 500}
    for name in ("resume:too-often", "resume:too-late", "erased:shown", "left:shown", "failure:500"):
        assert f"fr/-/{name}" in found
    for name in ("start:new", "check:nothing-answered", "check:changed-since", "receipt:sent", "receipt:withdrawn"):
        assert f"fr/{SLUG}/{name}" in found


def test_no_state_shows_another_page_than_its_name_says(states: Mapping[str, State]) -> None:
    """A way that leads elsewhere would make every other check look at the wrong page."""
    for state in states.values():
        page = state.name.split("/", 2)[2].partition(":")[0].partition("~")[0]
        if state.sort in ("check", "declaration", "receipt", "documents", "saved", "leave"):
            words = {"receipt": "receipt|filed|declaration|withdraw", "documents": "documents|instead"}
            word = words.get(state.sort, state.sort)
            assert re.search(rf"/({word})", state.path), (state.name, state.path)
        elif state.sort == "step":
            assert f"/{page}".replace("/n/", "/") in re.sub(r"/\d+/", "/", state.path), (state.name, state.path)


def test_states_are_picked_by_name_or_by_pattern(states: Mapping[str, State]) -> None:
    name = f"fr/{SLUG}/start:new"
    assert [state.name for state in chosen(states.values(), name)] == [name]
    empty = chosen(states.values(), f"fr/{SLUG}/*:empty")
    assert len(empty) > 5
    assert all(state.name.endswith(":empty") for state in empty)


def test_pages_that_differ_by_their_tokens_only_are_one(states: Mapping[str, State]) -> None:
    state = states[f"fr/{SLUG}/start:new"]
    other = replace(state, name="other", html=re.sub(r'(csrf_token" value=")\w+', r"\1abc", state.html))
    assert other.html != state.html
    assert list(map(len, distinct([state, other]).values())) == [2]
    for old, new in (
        ("</h1>", ".</h1>"), (' lang="fr"', ' lang="en"'), ("guichet.", "other."), ("<script ", "<script async "),
        ('<a class="brand"', '<a style="color: #fff" class="brand"'),
    ):  # fmt: skip
        assert old in state.html
        changed = replace(state, name="changed", html=state.html.replace(old, new, 1))
        assert list(map(len, distinct([state, changed]).values())) == [1, 1], old


def test_what_is_drawn_by_lot_is_no_difference_and_one_sign_less_of_it_is(states: Mapping[str, State]) -> None:
    state = states[f"fr/{SLUG}/receipt:ready"]

    def printed(text: str) -> str:
        return bare(replace(state, html=text))

    code, reference = new_code(), new_reference(2026)
    for one, other, wrong in (
        (code, new_code(), code[:-1]),
        (reference, new_reference(2026), reference[:-1] + ("A" if reference[-1] != "A" else "B")),
        (f"?replace={'a' * 32}", f"?replace={'b' * 32}", f"?replace={'a' * 31}"),
        ('name="replaces" value="1"', 'name="replaces" value="2"', 'name="replaced" value="1"'),
    ):
        assert printed(f"<p>{one}</p>") == printed(f"<p>{other}</p>") != printed(f"<p>{wrong}</p>")
    assert printed("A-1 0000-0000-0000") == "A-1 0000-0000-0000"


def test_a_second_tour_comes_to_the_same_pages(tour: Tour, states: Mapping[str, State]) -> None:
    """Not those of one person only: the end of the procedure, with its files, codes and references."""
    ((procedure, person),) = [one for one in tour.richest if one[0].slug == SLUG]
    again = list(Ends(tour.prepare, procedure, "fr", person, Seen()).states())
    assert {state.sort for state in again} >= {"documents", "check", "declaration", "receipt"}
    assert [state.name for state in again if bare(state) != bare(states[state.name])] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_every_kind_can_be_brought_about(kind: str) -> None:
    """With the settings that its examples bring: else nobody would see the state."""
    of = KINDS[kind]
    wanted = set(of.error_codes)
    found: set[str] = set()
    choices = tuple(Choice(name, Text(name), exclusive=name == "none") for name in ("a", "b", "none"))
    for example in of.examples:
        field = Field("x", kind, Text("X"), choices=choices if of.choice_based else (), settings=example.settings)
        found |= {mistake.code for mistake in mistakes(field, {}, {}, TODAY, "fr")}
    assert found == wanted


def test_a_limit_that_another_answer_sets_is_overstepped() -> None:
    field = Field("end", "date", Text("Fin"), settings={"not_before": "begin"})
    known = {mistake.code: mistake for mistake in mistakes(field, {}, {"begin": "2026-01-01"}, date(2026, 6, 1), "fr")}
    assert known["too_early"].typed["end-year"] < ["2026"]
    assert "too_early" not in {mistake.code for mistake in mistakes(field, {}, {}, date(2026, 6, 1), "fr")}


def test_a_state_opens_at_an_address_with_its_status_and_cookie(tour: Tour, states: Mapping[str, State]) -> None:
    state = next(state for state in states.values() if state.name.endswith(":unanswered"))
    with showing(tour.prepare, [state]) as shown:
        ((_, url),) = shown
        reply = tour.prepare.app.test_client().get(url)
        assert reply.status_code == 422
        assert reply.get_data(as_text=True) == state.html
        name, value = state.cookies[0]
        with urlopen(Request(f"{url.rsplit('/', 2)[0]}{state.path}", headers={"Cookie": f"{name}={value}"})) as page:
            assert page.status == 200


def test_a_procedure_that_has_just_been_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can be audited, its states bear the same names each time, and nothing is left behind."""
    (place := tmp_path / "place").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    start("essai", tmp_path, date(2026, 11, 24))
    with touring(tmp_path) as tour:
        assert tour.prepare.settings.data.is_relative_to(place)
        names = [state.name for state in tour.states(["essai"], "fr")]
        assert "fr/essai/check:complete" in names
        assert [state.name for state in tour.states(["essai"], "fr")] == names
        assert len(set(names)) == len(names)
        with pytest.raises(NothingToAudit, match="n'existe pas"):
            list(tour.states(["autre"], "fr"))
        (tmp_path / "essai" / "procedure.yaml").write_text("title: [", encoding="utf-8")
        with pytest.raises(NothingToAudit, match="guichet check"):
            list(tour.states(["essai"], "fr"))
    assert list(place.iterdir()) == []
