"""Several tabs on one draft: what another one did is shown, never guessed; what was typed here is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from app.locale.catalogue import Catalogues
from tests.printed import spoken
from tests.web.installation import Installation
from tests.web.person import Form, Person
from tests.web.written import SLUG, answers_of, data_of, installed, pending_of, store_of

STEPS = """
- id: "you"
  title: "Vous"
  fields:
    - {id: "name", kind: "name", label: "Votre nom"}
    - {id: "nick", kind: "text", label: "Votre surnom", required: "no"}
    - id: "job"
      kind: "radios"
      label: "Votre travail"
      choices:
        - {id: "none", label: "Aucun"}
        - {id: "other", label: "Autre", specify: {label: "Lequel ?"}}
- id: "home"
  title: "Votre logement"
  fields:
    - {id: "housed", kind: "yes_no", label: "Avez-vous un logement ?"}
- id: "rent"
  title: "Votre loyer"
  when: {housed: "yes"}
  fields:
    - {id: "amount", kind: "amount", label: "Combien ?", unit: "EUR"}
- id: "children"
  title: "Vos enfants"
  repeat: {min: 0, max: 3, item: "{answer.first}"}
  fields:
    - {id: "first", kind: "name", label: "Prénom"}
"""
YOU = {"name": "Diallo", "job": "none"}


@pytest.fixture(params=[False, True], ids=["plain", "htmx"])
def tabs(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Installation, Person, Person]:
    """Two tabs of one browser, both on the first page of one draft."""
    small = installed(tmp_path, STEPS, environment={"GUICHET_MODE": "authority", "GUICHET_OPERATOR": "Essai"})
    return small, *two_tabs(small, htmx=request.param)


def two_tabs(installation: Installation, *, htmx: bool = False) -> tuple[Person, Person]:
    one = Person(installation.client(), htmx=htmx).start(SLUG)
    two = Person(one.client, htmx=htmx).open(one.url)
    return one, two


def at(person: Person, page: str) -> Person:
    return person.open(f"/fr/{SLUG}/{person.draft}/{page}")


def test_another_answer_on_the_same_page_shows_both(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    two.press(two.form(), "continue", **{**YOU, "name": "Barry"})
    assert two.reply.status_code == 409
    assert "Diallo" in two.text
    assert "Barry" in two.text
    assert two.form().values["name"] == "Barry"
    assert answers_of(small, one.draft)["name"] == "Diallo"


@pytest.mark.parametrize(("button", "kept"), [("continue", "Barry"), ("keep_saved", "Diallo")])
def test_a_conflict_is_resolved_either_way(tabs: tuple[Installation, Person, Person], button: str, kept: str) -> None:
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    two.press(two.form(), "continue", **{**YOU, "name": "Barry"})
    two.press(two.form(), button)
    assert two.reply.status_code == 200
    assert two.key == "home"
    assert answers_of(small, one.draft)["name"] == kept
    assert pending_of(small, one.draft, "you") is None
    assert at(one, "you").form().values["name"] == kept


@pytest.mark.parametrize("button", ["continue", "save"])
def test_a_conflict_that_was_left_is_there_again(tabs: tuple[Installation, Person, Person], button: str) -> None:
    """Else the next « Continuer » would replace, unseen, what the other tab had saved."""
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    two.press(two.form(), button, **{**YOU, "name": "Barry"})
    small.restart()
    later = Person(two.client).open(f"/fr/{SLUG}/{one.draft}/you")
    assert "Diallo" in later.text
    assert later.form().values["name"] == "Barry"
    later.press(later.form(), "keep_saved")
    assert "Barry" not in at(later, "you").html


def test_a_slip_typed_before_another_tab_saved_is_a_conflict_later(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, two = tabs
    one.press(one.form(), "save", nick="Momo")
    two.press(two.form(), "continue", **YOU)
    at(one, "you")
    assert "Diallo" in one.text
    assert one.form().values["nick"] == "Momo"
    one.press(one.form(), "continue", **YOU)
    assert answers_of(small, one.draft) == {**YOU, "nick": "Momo"}
    assert pending_of(small, one.draft, "you") is None


def test_going_back_to_correct_a_slip_leaves_nothing_pending(tabs: tuple[Installation, Person, Person]) -> None:
    """The browser's Back shows the page as it was before the slip."""
    small, one, _two = tabs
    old, url = one.form(), one.url
    one.press(one.form(), "continue", name="Diallo", job="other")
    assert one.reply.status_code == 422
    one.url = url
    one.press(old, "continue", **YOU)
    assert one.key == "home"
    assert pending_of(small, one.draft, "you") is None


def test_a_text_that_was_kept_and_then_emptied_is_let_go(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, _two = tabs
    one.press(one.form(), "save", nick="Momo")
    at(one, "you")
    one.press(one.form(), "continue", **YOU, nick="")
    assert answers_of(small, one.draft) == YOU
    assert pending_of(small, one.draft, "you") is None


def test_the_same_answer_twice_is_no_conflict(tabs: tuple[Installation, Person, Person]) -> None:
    """A double click too: questions left empty are the same as questions left empty."""
    _small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    two.press(two.form(), "continue", **YOU)
    assert two.reply.status_code == 200
    assert two.key == "home"


def test_the_text_beside_a_choice_is_an_answer_too(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, two = tabs
    one.press(one.form(), "continue", name="Diallo", job="other", job__specify="Maçon")
    two.press(two.form(), "continue", name="Diallo", job="other", job__specify="Peintre")
    assert two.reply.status_code == 409
    assert "Maçon" in two.text
    assert answers_of(small, one.draft)["job__specify"] == "Maçon"


def test_an_answer_taken_back_elsewhere_is_no_conflict(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU, nick="Momo")
    one.press(one.form(), "continue", housed="no")
    at(two, "you")
    two.press(two.form(), "continue", nick="")
    at(one, "home")
    one.press(one.form(), "continue", housed="yes")
    assert answers_of(small, one.draft) == {**YOU, "housed": "yes"}


def test_different_pages_do_not_disturb_each_other(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    at(two, "home")
    at(one, "you")
    two.press(two.form(), "continue", housed="yes")
    one.press(one.form(), "continue", name="Barry")
    assert one.reply.status_code == two.reply.status_code == 200
    assert answers_of(small, one.draft) == {"name": "Barry", "job": "none", "housed": "yes"}


def test_back_to_an_old_page_after_a_condition_changed(tabs: tuple[Installation, Person, Person]) -> None:
    """The tab is one; its old page comes from the browser's memory."""
    small, one, _two = tabs
    one.press(one.form(), "continue", **YOU)
    one.press(one.form(), "continue", housed="yes")
    old, old_url = one.form(), one.url
    one.press(one.form(), "continue", amount="500")
    one.press(at(one, "home").form(), "continue", housed="no")
    one.url = old_url
    one.press(old, "continue", amount="650")
    assert one.key == "children"
    assert "ne fait plus partie" in one.text
    assert answers_of(small, one.draft)["amount"] == "500.00"
    one.press(at(one, "home").form(), "continue", housed="yes")
    at(one, "rent")
    assert one.form().values["amount"] == "650"


def test_text_of_a_page_that_another_tab_took_away_is_kept_shown_and_erasable(
    tabs: tuple[Installation, Person, Person],
) -> None:
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    one.press(one.form(), "continue", housed="yes")
    at(two, "home")
    two.press(two.form(), "continue", housed="no")
    one.press(one.form(), "continue", amount="777")
    assert pending_of(small, one.draft, "rent") == {"amount": ["777"]}
    at(one, "check")
    assert "777" in one.text
    erasing = next(form for form in forms(one, "/erase-answer") if "rent" in str(form.values["field"]))
    one.press(erasing)
    assert pending_of(small, one.draft, "rent") is None
    assert "777" not in at(one, "check").text


def forms(person: Person, ending: str) -> list[Any]:
    found = [Form.read(element) for element in person.page.iter("form")]
    return [form for form in found if form.action.endswith(ending)]


FLAT = """
- id: "home"
  title: "Votre logement"
  fields:
    - {id: "high", kind: "yes_no", label: "Est-ce dans un immeuble ?"}
- id: "flat"
  title: "L'adresse"
  fields:
    - {id: "street", kind: "text", label: "Rue"}
    - {id: "floor", kind: "whole_number", label: "Étage", when: {high: "yes"}}
"""


@pytest.mark.parametrize(("street", "status"), [("Rue Haute", 200), ("", 422)])
def test_text_of_a_question_that_another_tab_hid_on_the_same_page_is_kept(
    tmp_path: Path, street: str, status: int
) -> None:
    small = installed(tmp_path, FLAT)
    one, two = two_tabs(small)
    one.press(one.form(), "continue", high="yes")
    two.press(at(two, "home").form(), "continue", high="no")
    one.press(one.form(), "continue", street=street, floor="au 4e")
    assert one.reply.status_code == status
    assert "au 4e" not in str(answers_of(small, one.draft))
    assert ("au 4e" in at(one, "check").text) == (status == 200)
    two.press(at(two, "home").form(), "continue", high="yes")
    assert at(one, "flat").form().values["floor"] == "au 4e"
    assert one.form().values["street"] == street
    one.press(one.form(), "continue", street="Rue Basse", floor="4")
    assert answers_of(small, one.draft) == {"high": "yes", "street": "Rue Basse", "floor": 4}
    assert data_of(small, one.draft)["pending"] == {}


def test_an_item_removed_in_another_tab_does_not_come_back(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    one.press(one.form(), "continue", housed="no")
    one.press(one.form(), "add")
    assert one.key == "children/1"
    at(two, "remove/children/1")
    two.press(two.form(action="/remove/children/1"), "remove")
    one.press(one.form(), "continue", first="Awa")
    assert one.reply.status_code == 200
    assert "ne fait plus partie" in one.text
    assert answers_of(small, one.draft)["children"] == []
    assert "Awa" in at(one, "check").text


def test_an_answer_sent_a_moment_after_its_item_was_removed_is_kept_as_typed(
    tabs: tuple[Installation, Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both requests had read the draft before either wrote."""
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    one.press(one.form(), "continue", housed="no")
    one.press(one.form(), "add")
    store = store_of(small)
    real = type(store.drafts).update

    def removed_first(drafts: Any, draft_id: str, mutate: Any, **more: Any) -> Any:
        monkeypatch.undo()
        at(two, "remove/children/1")
        two.press(two.form(action="/remove/children/1"), "remove")
        return real(drafts, draft_id, mutate, **more)

    monkeypatch.setattr(type(store.drafts), "update", removed_first)
    one.press(one.form(), "continue", first="Awa")
    assert one.reply.status_code == 200
    assert answers_of(small, one.draft)["children"] == []
    assert pending_of(small, one.draft, "children/1") == {"first": ["Awa"]}


def test_of_two_tabs_at_the_same_moment_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    small = installed(tmp_path, STEPS)
    for _ in range(5):
        one, two = two_tabs(small)
        start = Barrier(2)

        def send(person: Person, name: str, start: Barrier = start) -> None:
            form = person.form()
            start.wait()
            person.press(form, "continue", **{**YOU, "name": name})

        names = {"Diallo": one, "Barry": two}
        threads = [Thread(target=send, args=(person, name)) for name, person in names.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted([one.reply.status_code, two.reply.status_code]) == [200, 409]
        won = answers_of(small, one.draft)["name"]
        other = next(name for name in names if name != won)
        assert names[other].reply.status_code == 409
        assert pending_of(small, one.draft, "you") is not None


def sent(person: Person) -> Person:
    person.press(person.form(), "continue", **YOU)
    person.press(person.form(), "continue", housed="no")
    person.press(person.form(), "continue")
    assert person.key == "check"
    person.press(person.form(action="/check"), "continue")
    assert person.key == "receipt"
    return person


def test_a_draft_sent_in_another_tab_is_frozen_and_says_so(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, two = tabs
    sent(one)
    before = data_of(small, one.draft)
    two.press(two.form(), "continue", **{**YOU, "name": "Barry"})
    assert two.key == "receipt"
    assert "déjà envoyée" in two.text
    assert "Diallo" in two.text
    assert "Barry" not in two.text
    for page in ("you", "children", "check", "documents", "declaration", "remove/children/1"):
        assert at(two, page).key == "receipt"
    assert data_of(small, one.draft) == before


def test_an_answer_that_arrives_while_the_draft_is_sent_changes_nothing(
    tabs: tuple[Installation, Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    one.press(one.form(), "continue", housed="no")
    one.press(one.form(), "continue")
    at(two, "you")
    store = store_of(small)
    real = type(store.drafts).update

    def sent_first(drafts: Any, draft_id: str, mutate: Any, **more: Any) -> Any:
        monkeypatch.undo()
        one.press(one.form(action="/check"), "continue")
        return real(drafts, draft_id, mutate, **more)

    monkeypatch.setattr(type(store.drafts), "update", sent_first)
    two.press(two.form(), "continue", name="Barry")
    assert two.key == "receipt"
    assert "Barry" not in two.text
    assert answers_of(small, one.draft)["name"] == "Diallo"


def test_an_answer_saved_while_the_draft_is_sent_is_sent_or_stops_the_sending(
    tabs: tuple[Installation, Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is sent is what is stored under the lock: an incomplete draft is not sent."""
    small, one, two = tabs
    one.press(one.form(), "continue", **YOU)
    one.press(one.form(), "continue", housed="no")
    one.press(one.form(), "continue")
    store = store_of(small)
    real = type(store.submissions).submit

    def changed_first(submissions: Any, draft_id: str, *given: Any, **more: Any) -> Any:
        monkeypatch.undo()
        at(two, "home")
        two.press(two.form(), "continue", housed="yes")
        return real(submissions, draft_id, *given, **more)

    monkeypatch.setattr(type(store.submissions), "submit", changed_first)
    one.press(one.form(action="/check"), "continue")
    assert one.key == "rent"
    assert store.submissions.of_draft(one.draft) is None


def test_a_draft_erased_in_another_tab_is_not_here(tabs: tuple[Installation, Person, Person]) -> None:
    small, one, two = tabs
    at(one, "erase")
    one.press(one.form(action="/erase"))
    two.press(two.form(), "continue", **YOU)
    assert two.reply.status_code == 403
    assert store_of(small).drafts.load(two.url.split("/")[3]) is None


def test_a_draft_erased_a_moment_before_a_page_is_saved_is_not_here(
    tabs: tuple[Installation, Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    small, _one, two = tabs
    store = store_of(small)
    real = type(store.drafts).update

    def erased_first(drafts: Any, draft_id: str, mutate: Any, **more: Any) -> Any:
        monkeypatch.undo()
        store.drafts.erase(draft_id)
        return real(drafts, draft_id, mutate, **more)

    monkeypatch.setattr(type(store.drafts), "update", erased_first)
    two.press(two.form(), "continue", **YOU)
    assert two.reply.status_code == 403
    assert store.drafts.load(two.url.split("/")[3]) is None


@pytest.fixture
def two_languages(tmp_path: Path) -> Iterator[None]:
    """French and a little English."""
    folder = tmp_path / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "app.po").write_text('msgid "Continuer"\nmsgstr "Continue"\n', encoding="utf-8")
    with spoken(Catalogues(tmp_path / "translations")):
        yield


@pytest.mark.usefixtures("two_languages")
def test_a_language_changed_in_another_tab_changes_no_answer(tmp_path: Path) -> None:
    small = installed(tmp_path / "site", STEPS)
    one, two = two_tabs(small)
    one.press(one.form(), "continue", **YOU)
    two.open(two.url.replace("/fr/", "/en/"))
    assert two.form().values["name"] == "Diallo"
    two.press(two.form(), "continue", name="Barry")
    assert two.url == f"/en/{SLUG}/{one.draft}/home"
    one.press(one.form(), "continue", housed="no")
    assert answers_of(small, one.draft) == {"name": "Barry", "job": "none", "housed": "no"}
    stale = at(one, "you").form()
    two.open(f"/en/{SLUG}/{one.draft}/you")
    two.press(two.form(), "continue", name="Sow")
    one.press(stale, "continue", name="Ba")
    assert one.reply.status_code == 409
