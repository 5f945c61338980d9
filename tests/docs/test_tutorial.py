"""The tutorial for authors: every part compiles in order, every answer shown is what the program prints, the procedure
is served, and no word of programmers is in the way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.spec.compiler import compile_folder
from tests.docs import lesson
from tests.docs.lesson import PROGRAM, SLUG, TUTORIAL, Lesson, fences
from tests.docs.pages import CODE_WORDS, plain_text
from tests.web.installation import install
from tests.web.person import Person

TEXT = TUTORIAL.read_text(encoding="utf-8")


def _found(played: Lesson) -> list[dict[str, str]]:
    """Everything that `guichet check` finds in the folder as it is."""
    played.run(f"{PROGRAM}check procedures/{SLUG} --format json")
    found: list[dict[str, str]] = json.loads(played.answer)
    return found


def _errors(played: Lesson) -> set[str]:
    return {found["code"] for found in _found(played) if found["severity"] == "error"}


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lesson:
    monkeypatch.delenv("GUICHET_PROCEDURES", raising=False)
    return Lesson(tmp_path)


def _play(played: Lesson, until: str = "") -> Iterator[lesson.Fence]:
    """Write and run fence after fence, up to the command `until`; each is given after it was played."""
    for fence in fences(TEXT):
        if fence.kind == "yaml":
            played.write(fence.text)
        elif fence.kind == "sh":
            if fence.text.strip() == until:
                return
            played.run(fence.text.strip())
        yield fence
    assert not until, f"the tutorial never says {until}"


def test_every_answer_shown_is_what_the_program_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To write the answers of today into the tutorial: `python -m tests.docs.lesson`."""
    monkeypatch.delenv("GUICHET_PROCEDURES", raising=False)
    assert lesson.rewrite(tmp_path) == TEXT
    assert (tmp_path / "carte-de-bus.pdf").read_bytes().startswith(b"%PDF-")


def test_every_part_compiles_unless_its_fault_is_shown(played: Lesson) -> None:
    shown: set[str] = set()
    for fence in _play(played):
        if fence.kind == "yaml":
            following = next(
                (one for one in fences(TEXT) if one.line > fence.line and one.kind in ("text", "yaml")), None
            )
            is_told = following is not None and following.kind == "text" and " erreur " in following.text
            codes = set(re.findall(r" erreur ([A-Z]\d\d) ", following.text)) if following and is_told else set()
            assert _errors(played) == codes, f"tutorial, line {fence.line}"
            shown |= codes
    assert len(shown) >= 3
    assert _found(played) == []


def test_the_first_procedure_is_served_and_can_be_finished(played: Lesson, tmp_path: Path) -> None:
    list(_play(played, until="make serve"))
    person = Person(install(tmp_path, procedures=played.procedures).client()).start(SLUG)
    headings = [person.heading]
    person.press(person.form(), "continue", nom="Inès Martin")
    headings.append(person.heading)
    person.press(person.form(), "continue")
    headings.append(person.heading)
    assert headings == ["L'élève", "Vérifier vos réponses", "Votre dossier est prêt"]
    for heading in headings[1:]:
        assert f"« {heading} »" in " ".join(TEXT.split())


def test_the_last_procedure_is_served_as_the_examples_say(played: Lesson, tmp_path: Path) -> None:
    list(_play(played))
    procedure = compile_folder(
        played.procedure.parent, played.procedures / "shared", played.procedures / "tables"
    ).procedure
    assert procedure is not None
    site = install(tmp_path, procedures=played.procedures)
    person = Person(site.client()).start(SLUG)
    ines = {"habite_ici": "yes", "nom": "Inès Martin", "naissance": "2015-09-03", "raison": "premiere"}
    person.go_through(procedure, ines)
    assert person.key == "documents"
    assert "Un justificatif de domicile" in person.text
    tom = Person(site.client()).start(SLUG)
    tom.go_through(procedure, {"habite_ici": "no"})
    assert tom.key == "outcome/autre_ville"
    assert "01 99 00 12 34" in tom.text
    start = Person(site.client()).open(f"/fr/{SLUG}/")
    assert "20\N{NO-BREAK SPACE}€" in start.html


@pytest.mark.parametrize("page", sorted(TUTORIAL.parent.glob("*.md")), ids=lambda page: page.stem)
def test_no_word_of_programmers_is_in_the_way(page: Path) -> None:
    if page.name == "reference.md":
        return
    text = plain_text(page.read_text(encoding="utf-8"))
    assert {word for word in CODE_WORDS if re.search(rf"\b{word}s?\b", text, re.IGNORECASE)} == set()


def test_the_lesson_notices_what_it_should(played: Lesson) -> None:
    played.write('title: "A"\nsteps:\n  - id: "x"\n    title: "B"\n')
    played.write('    title: "C"\n')
    assert played.procedure.read_text(encoding="utf-8").endswith('title: "C"\n')
    with pytest.raises(ValueError, match="0 lines begin"):
        played.write('   title: "D"\n')
    played.write('- person: "A"\n  today: "x"\n\n- person: "B"\n')
    played.write('- person: "A"\n  today: "y"\n')
    assert "today" in played.procedure.with_name("cases.yaml").read_text(encoding="utf-8")
    assert played.procedure.with_name("cases.yaml").read_text(encoding="utf-8").count("person") == 2
