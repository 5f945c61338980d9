"""`guichet paper` on a real procedure folder, through the real rooms."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pypdf
import pytest

from app.journey.walk import build_journey
from app.paper.command import main
from app.paper.compose import Meta, filled_form, letters, proof, sheet_to_copy
from app.paper.model import Paper, text_of
from app.paper.wiring import holds_for, moment_in_words, wording_for, zone_named
from app.spec.compiler import compile_text
from app.spec.model import Procedure
from tests.paper.conftest import squeezed

PROCEDURE = """\
procedure: "demo"
language: "fr"
title: "Demander un papier"
authority: "La préfecture"
summary: "Cette démarche sert à demander un papier."
for:
  - "Vous vivez en France."
checked_on: "2026-11-01"
review_by: "2027-11-01"
sources:
  - title: "Code"
    kind: "law"
    reference: "L1"
    checked_on: "2026-11-01"
facts:
  stamp:
    periods:
      - value: 25
        unit: "EUR"
        from: "2026-01-01"
        source: "L1"
steps:
  - id: "you"
    title: "Vous"
    fields:
      - id: "family_name"
        kind: "name"
        label: "Nom"
      - id: "birth_date"
        kind: "date"
        label: "Date de naissance"
        birth: "yes"
        unknown_parts:
          - "day"
      - id: "origin"
        kind: "country"
        label: "Pays de naissance"
      - id: "lost"
        kind: "yes_no"
        label: "Avez-vous perdu un papier ?"
  - id: "loss"
    title: "La perte"
    when:
      lost: "yes"
    fields:
      - id: "where"
        kind: "text"
        label: "Où ?"
  - id: "children"
    title: "Vos enfants"
    repeat:
      min: 0
      max: 3
      item: "Enfant {answer.child_name}"
    fields:
      - id: "child_name"
        kind: "name"
        label: "Prénom"
        subject: "other"
documents:
  - id: "photo"
    title: "Une photo"
    need: "required"
  - id: "child_paper"
    title: "Acte de naissance"
    need: "required"
    for_each: "children"
fees:
  - fact: "stamp"
    due: "hand_over"
channels:
  post:
    kind: "post"
    title: "Par courrier"
    how: "Écrivez à la préfecture."
    source: "L1"
contacts:
  - title: "Centre de contact"
    phone: "0806001620"
    free: yes
letters:
  - id: "ask"
    title: "Lettre"
    to: "Préfecture"
    subject: "Ma demande"
    paragraphs:
      - "Je m'appelle {answer.family_name}."
      - text: "J'ai perdu mon papier."
        when:
          lost: "yes"
      - text: "Je garde mon papier."
        when:
          lost: "no"
"""

ANSWERS = {
    "answers": {
        "family_name": "Diop #panic()",
        "birth_date": "2001-02",
        "origin": "SN",
        "lost": "no",
        "children": [{"child_name": "Moussa"}, {"child_name": "Fatou"}],
    },
    "today": "2026-11-24",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "procedures" / "demo").mkdir(parents=True)
    (tmp_path / "procedures" / "demo" / "procedure.yaml").write_text(PROCEDURE, encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str) -> int:
    return main(["demo", "--procedures", str(folder / "procedures"), "--output", str(folder / "out.pdf"), *more], {})


def text(path: Path) -> str:
    return squeezed("".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def answers_file(folder: Path, content: object) -> str:
    path = folder / "answers.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def test_without_answers_it_prints_the_blank_form(folder: Path) -> None:
    assert run(folder) == 0
    said = text(folder / "out.pdf")
    for part in (
        "Nom",
        "Pays de naissance",
        "Remplissez cette partie seulement si vous avez répondu",
        "Centre de contact",
    ):
        assert squeezed(part) in said


def test_with_answers_it_prints_them_as_the_reader_says_them(folder: Path) -> None:
    assert run(folder, "--answers", answers_file(folder, ANSWERS)) == 0
    said = text(folder / "out.pdf")
    for part in (
        "Diop #panic()",
        "février 2001",
        "Sénégal",
        "Enfant Moussa",
        "Enfant Fatou",
        "Acte de naissance (Enfant Fatou)",
    ):
        assert squeezed(part) in said
    assert "LaPerte" not in said


def test_the_file_of_answers_may_be_yaml(folder: Path) -> None:
    yaml = 'answers:\n  family_name: "Ba"\n  lost: "yes"\n  where: "Lyon"\n'
    assert run(folder, "--answers", answers_file(folder, yaml), "--paper", "sheet") == 0
    assert "Lyon" in text(folder / "out.pdf")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("answers: [", "answers.json:2:1"),
        ({"person": "x"}, "« answers »"),
        ({"answers": {"nope": "x"}}, "« nope »"),
        ({"answers": {"origin": "Atlantis"}}, "« origin »"),
        ({"answers": {"birth_date": 12}}, "« birth_date »"),
        ({"answers": {"lost": {"a": 1}}}, "« lost »"),
        ({"answers": {"children": "Moussa"}}, "« children »"),
        ({"answers": {}, "today": "hier"}, "« today »"),
    ],
)
def test_bad_answers_are_named_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], content: object, words: str
) -> None:
    assert run(folder, "--answers", answers_file(folder, content)) == 1
    assert words in capsys.readouterr().err
    assert not (folder / "out.pdf").exists()


def test_a_file_that_does_not_exist_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--answers", str(folder / "none.json")) == 1
    assert "none.json" in capsys.readouterr().err


def test_an_unknown_or_broken_procedure_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = str(folder / "out.pdf")
    assert main(["nope", "--procedures", str(folder / "procedures"), "--output", output], {}) == 1
    assert "« nope »" in capsys.readouterr().err
    broken = folder / "procedures" / "demo" / "procedure.yaml"
    broken.write_text(PROCEDURE.replace('kind: "country"', 'kind: "planet"'), encoding="utf-8")
    assert run(folder) == 1
    assert "procedure.yaml:" in capsys.readouterr().err


def test_misuse_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], {}) == 2
    assert "usage" in capsys.readouterr().err


def compiled() -> Procedure:
    found = compile_text(PROCEDURE)
    assert found.procedure is not None, [d.message for d in found.diagnostics]
    return found.procedure


def composed() -> dict[str, Paper]:
    procedure = compiled()
    answers = {
        "family_name": "Diop",
        "birth_date": "2001-02",
        "origin": "SN",
        "lost": "no",
        "children": [{"id": "1", "answers": {"child_name": "Moussa"}}],
    }
    journey = build_journey(procedure, answers, date(2026, 11, 24), started=date(2026, 11, 24))
    wording = wording_for(procedure, journey, "fr", zone=zone_named("Europe/Paris"))
    meta = Meta("REF", datetime(2026, 11, 24, 10, 30, tzinfo=UTC))
    return {
        "filled": filled_form(procedure, journey, wording, meta),
        "sheet": sheet_to_copy(procedure, journey, wording, meta),
        "proof": proof(procedure, journey, wording, meta, []),
        "letter": letters(journey, wording, meta, holds_for(procedure, journey))[0],
    }


def test_a_letter_keeps_the_paragraphs_that_hold() -> None:
    said = text_of(composed()["letter"])
    assert "Je m'appelle Diop." in [line.replace("’", "'") for line in said]
    assert "Je garde mon papier." in said
    assert "J'ai perdu mon papier." not in [line.replace("’", "'") for line in said]


def test_a_fee_is_printed_with_its_unit() -> None:
    said = [line.replace("\u00a0", " ").replace("\u202f", " ") for line in text_of(composed()["proof"])]
    assert said[said.index("En recevant le document") + 1].startswith("25 €")


def test_a_moment_names_its_zone() -> None:
    at = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    assert moment_in_words(at, zone_named("Europe/Paris"), "fr") == "24 novembre 2026 à 11:30 (Europe/Paris, UTC+1)"
    assert moment_in_words(at, zone_named("Asia/Kolkata"), "fr").endswith("16:00 (Asia/Kolkata, UTC+5:30)")
    assert moment_in_words(at, zone_named("America/Cayenne"), "fr").endswith("07:30 (America/Cayenne, UTC-3)")
    assert moment_in_words(at, zone_named("America/St_Johns"), "fr").endswith("07:00 (America/St_Johns, UTC-3:30)")
    assert moment_in_words(at, zone_named("No/Where"), "fr").endswith("10:30 (UTC)")
