"""The constructs of the language, from YAML to what a person meets. Each name below is a line of
docs/decisions/author-gaps.md.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.pages.texts import TextRenderer
from app.spec.codes.examples import TABLES, TODAY, whole
from app.spec.compiler import compile_folder, compile_text, from_canonical
from app.spec.model import Repeat
from tests.spec.sample import STEPS, codes, compiled, walked

EVENTS = (
    STEPS
    + """
      - id: "events"
        kind: "checkboxes"
        label: "Qu'est-ce qui a changé ?"
        choices:
          - {id: "address", label: "J'ai déménagé"}
          - {id: "marriage", label: "Je me suis marié"}
          - {id: "death", label: "Mon mari ou ma femme est mort"}
          - {id: "nothing", label: "Rien", exclusive: "yes"}
  - id: "detail"
    title: "Détail"
    repeat: %s
    fields:
      - {id: "event_date", kind: "date", label: "Quel jour : {answer.events} ?"}
"""
)


def _items(repeat: str, ticked: list[str]) -> list[str]:
    journey = walked(compiled(EVENTS % repeat), {"events": ticked})
    return [stop.item for stop in journey.path if stop.item is not None]


def test_a_step_is_asked_once_for_each_choice_ticked() -> None:
    """Choices that stand alone make no item: nobody is asked the day of "nothing"."""
    assert _items('{for_each: "events"}', ["address", "death"]) == ["address", "death"]
    assert _items('{for_each: "events"}', ["nothing"]) == []


def test_a_step_is_asked_for_some_of_the_choices_only() -> None:
    each = '{for_each: {of: "events", choices: ["marriage", "death"]}}'
    assert _items(each, ["address", "death"]) == ["death"]
    assert codes(EVENTS % '{for_each: {of: "events", choices: ["mariage"]}}') == {"C03"}
    assert codes(EVENTS % '{for_each: "event"}') >= {"R13"}
    assert "S02" in codes(EVENTS % "{min: 1}")


def test_an_item_is_called_by_its_choice() -> None:
    """In its own step, `{answer.events}` is the choice of the item, not all that were ticked."""
    procedure = compiled(EVENTS % '{for_each: "events"}')
    journey = walked(procedure, {"events": ["address", "death"]})
    stop = next(stop for stop in journey.path if stop.item == "death")
    texts = TextRenderer(procedure, "fr", journey=journey, item="death")
    repeat = stop.step.repeat
    assert isinstance(repeat, Repeat)
    assert texts.plain(repeat.item) == "Mon mari ou ma femme est mort"
    assert texts.plain(stop.fields[0].label).startswith("Quel jour\u00a0: Mon mari ou ma femme est mort")


def test_a_document_is_asked_once_for_each_choice_ticked() -> None:
    deed = """
documents:
  - {id: "deed", title: "Acte : {answer.events}", for_each: "events"}
"""
    procedure = compiled(EVENTS % '{for_each: "events"}' + deed)
    journey = walked(procedure, {"events": ["address", "death"]})
    assert [document.key for document in journey.documents] == ["deed/address", "deed/death"]
    assert codes(EVENTS % '{for_each: "events"}' + deed.replace('for_each: "events"', 'for_each: "event_date"')) == {
        "R08"
    }


ALONG = """
outcomes:
  - id: "renew"
    when: {permit_kind: "visa"}
    title: "Renouvelez"
    body: "Demandez le renouvellement."
    go_to:
      - {title: "Renouveler", procedure: "renewal", carry: ["moved", "hours"], with: {ground: "work"}}
"""
RENEWAL = """
procedure: "renewal"
steps:
  - id: "one"
    title: "T"
    fields:
      - {id: "moved", kind: "yes_no", label: "Avez-vous déménagé ?"}
      - {id: "hours", kind: "%s", label: "Heures ?"}
      - {id: "ground", kind: "radios", label: "Pourquoi ?", choices: [{id: "%s", label: "Travail"}]}
"""


@pytest.mark.parametrize(
    ("kind", "choice", "expected"),
    [
        ("whole_number", "work", []),
        ("amount", "work", [("R15", "hours")]),
        ("whole_number", "study", [("R15", "ground")]),
    ],
)
def test_answers_taken_along_are_asked_there(tmp_path: Path, kind: str, choice: str, expected: list[object]) -> None:
    for slug, text in (("exemple", whole(ALONG).text), ("renewal", RENEWAL % (kind, choice))):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "procedure.yaml").write_text(text, encoding="utf-8")
    found = compile_folder(tmp_path / "exemple", tmp_path / "shared", tmp_path / "tables", today=TODAY).diagnostics
    assert [(one.code, one.message.split(" »")[0].removeprefix("« ")) for one in found] == expected


def test_a_mistake_in_the_other_file_is_told_there_alone(tmp_path: Path) -> None:
    """A procedure that leads to a broken one is sound, and goes on being served."""
    broken = (RENEWAL % ("whole_number", "work")).replace('"yes_no"', '"yes_or_no"')
    for slug, text in (("exemple", whole(ALONG).text), ("renewal", broken)):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "procedure.yaml").write_text(text, encoding="utf-8")
    done = {
        slug: compile_folder(tmp_path / slug, tmp_path / "shared", tmp_path / "tables", today=TODAY)
        for slug in ("exemple", "renewal")
    }
    assert done["exemple"].diagnostics == []
    assert done["exemple"].procedure is not None
    assert "yes_or_no" in " ".join(one.message for one in done["renewal"].diagnostics)


@pytest.mark.parametrize("word", ['"close"', '{keep_until: "2027-01-31"}'])
def test_drafts_only_move_forward(word: str) -> None:
    assert codes(f"drafts: {{on_new_revision: {word}}}\n")
    assert codes('drafts: {on_new_revision: "advance"}\n') == codes("")


@pytest.mark.parametrize("word", ["close", {"keep_until": "2027-01-31"}])
def test_a_revision_stored_with_a_word_that_left_the_language_still_opens(word: object) -> None:
    files = whole('drafts: {on_new_revision: "advance"}\n')
    done = compile_text(files.text, blocks=files.blocks, tables=TABLES, today=TODAY)
    plain = json.loads(done.canonical)
    plain["drafts"] = {"on_new_revision": word}
    assert from_canonical(json.dumps(plain)).title.source == json.loads(done.canonical)["title"]
