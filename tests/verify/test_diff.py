"""What a new revision changes for applicants: DF01 each sort of change in words, DF02 for whom and with an example that
both engines agree about, DF03 purely textual changes say so, DF04 nothing is told that does not change, DF05 files,
folders and git revisions, DF06 every change of a value is told.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from app.journey.walk import build_journey
from app.spec.codes.examples import TODAY, whole
from app.verify.diff import Difference, difference, main
from tests.verify.specs import compiled

CHOICES = ", ".join(f'{{id: "{one}", label: "Cas {one}"}}' for one in "xyz")
BASE = f"""facts:
  limit: {{periods: [{{value: 20, unit: "hours", source: "Loi"}}]}}
derived:
  closes: {{date_plus: ["from", "60 days"]}}
rules: {{}}
steps:
  - id: "first"
    title: "Une étape"
    fields:
      - {{id: "hours", kind: "whole_number", label: "Combien d'heures ?", max: 60}}
      - {{id: "from", kind: "date", label: "Depuis quand ?", not_after: "today"}}
      - {{id: "k", kind: "radios", label: "Quel cas ?", choices: [{CHOICES}]}}
  - id: "second"
    title: "Une autre"
    fields:
      - {{id: "more", kind: "yes_no", label: "Encore ?", when: {{k: "x"}}}}
documents:
  - {{id: "contract", title: "Le contrat", when: {{hours: {{more_than: {{fact: "limit"}}}}}}}}
  - {{id: "proof", title: "La preuve", when: {{k: ["x", "y"]}}}}
channels:
  anef: {{kind: "external", title: "Le site ANEF", source: "R431-2"}}
  post: {{kind: "post", title: "Par courrier", source: "R431-2", when: {{k: "z"}}}}
outcomes:
  - {{id: "told", when: {{closes: {{before: "today"}}}}, title: "Trop tard", body: "C'est trop tard."}}
"""


def compared(*changes: tuple[str, str]) -> Difference:
    """The base against itself with some texts replaced."""
    new = BASE
    for old, text in changes:
        assert old in new
        new = new.replace(old, text)
    after = compiled(new).procedure
    assert after is not None
    return difference("exemple", compiled(BASE), after)


def words(found: Difference) -> list[str]:
    return [change.words for change in found.changes]


# --- DF01


@pytest.mark.parametrize(
    ("old", "new", "told", "who"),
    [
        ('"y"]}', '"y", "z"]}', "Un document est maintenant demandé (obligatoire) : « La preuve ».", ["Quel cas ? : Cas z"]),  # noqa: E501
        ('["x", "y"]', '["x"]', "Un document n'est plus demandé : « La preuve ».", ["Quel cas ? : Cas y"]),
        ('"La preuve", when', '"La preuve", need: "optional", when', "Le document « La preuve » devient facultatif (il était obligatoire).", ["Quel cas ? : tout, sauf Cas z"]),  # noqa: E501
        ("value: 20", "value: 19", "Un document est maintenant demandé (obligatoire) : « Le contrat ».", ["Combien d'heures ? : 20"]),  # noqa: E501
        ('when: {k: "x"}', 'when: {k: "y"}', "La question « Encore ? » est maintenant posée.", ["Quel cas ? : Cas y"]),
        ('when: {k: "z"}', 'when: {k: "y"}', "Une voie s'ouvre : « Par courrier ».", ["Quel cas ? : Cas y"]),
        ("60 days", "30 days", "Ces personnes lisent maintenant « Trop tard ».", ["Depuis quand ? : de 21/09/2026 à 20/10/2026"]),  # noqa: E501
        ('when: {closes', 'effect: "stop", source: "Loi", go_to: [{title: "T", phone: "3939"}], when: {closes', "Ces personnes lisent maintenant « Trop tard ».", ["Depuis quand ? : 20/09/2026 ou avant"]),  # noqa: E501
    ],
)  # fmt: skip
def test_df01_each_change_is_told_with_whom_it_touches(old: str, new: str, told: str, who: list[str]) -> None:
    found = compared((old, new))
    (change,) = [change for change in found.changes if change.words == told]
    assert list(change.who) == who
    assert 0 < change.touched < change.total


def test_df01_a_check_that_now_refuses_is_told() -> None:
    check = (
        '    title: "Une étape"\n    checks: [{when: {hours: {more_than: 48}}, says: "Trop d\'heures.", at: "hours"}]\n'
    )
    found = compared(('    title: "Une étape"\n', check))
    (change,) = [change for change in found.changes if change.sort == "error"]
    assert change.words == "Ces réponses sont maintenant refusées : « Trop d'heures. »."
    assert change.who == ("Combien d'heures ? : 49 ou plus",)


def test_df01_a_new_answer_brings_what_it_brings() -> None:
    found = compared(
        ('{id: "z", label: "Cas z"}', '{id: "z", label: "Cas z"}, {id: "w", label: "Cas w"}'),
        ('when: {k: "z"}', 'when: {k: ["z", "w"]}'),
    )
    assert any("réponses proposées" in told and "Cas w" in told for told in words(found))
    # Nobody who could answer before is touched.
    assert [change for change in found.changes if change.sort == "channel"] == []


def test_df01_a_document_for_a_new_answer_only_is_told() -> None:
    more = '  - {id: "other", title: "Autre papier", when: {k: "w"}}\nchannels:'
    found = compared(
        ('{id: "z", label: "Cas z"}', '{id: "z", label: "Cas z"}, {id: "w", label: "Cas w"}'), ("channels:", more)
    )
    (change,) = [change for change in found.changes if change.sort == "document"]
    assert change.words == "Un document est maintenant demandé (obligatoire) : « Autre papier »."
    assert change.witness is not None
    assert change.witness["answers"]["k"] == "w"


def test_df01_the_same_change_for_the_same_people_is_told_once() -> None:
    found = compared(
        ('"x", "y"]}', '"x"]}'), ("channels:", '  - {id: "q", title: "Un double", when: {k: "y"}}\nchannels:')
    )
    assert len([change for change in found.changes if change.sort == "document"]) == 2
    both = BASE.replace(
        '  - {id: "proof"', '  - {id: "copy", title: "La copie", when: {k: ["x", "y"]}}\n  - {id: "proof"'
    )
    after = compiled(both.replace('["x", "y"]', '["x"]')).procedure
    assert after is not None
    gone = difference("exemple", compiled(both), after)
    assert words(gone)[0] == "Des documents ne sont plus demandés : « La copie », « La preuve »."


def test_df01_a_question_of_another_kind_is_another_question() -> None:
    found = compared(
        (
            'kind: "whole_number", label: "Combien d\'heures ?", max: 60',
            'kind: "amount", label: "Combien d\'heures ?", max: 60',
        )
    )
    assert "La question « hours » est à redonner : son genre a changé." in words(found)


# --- DF02


def test_df02_the_example_is_somebody_about_whom_both_engines_agree() -> None:
    changed = ('["x", "y"]', '["x"]')
    found = compared(changed)
    change = found.changes[0]
    assert change.witness is not None
    answers = change.witness["answers"]
    shown = []
    for text in (BASE, BASE.replace(*changed)):
        procedure = compiled(text).procedure
        assert procedure is not None
        journey = build_journey(procedure, answers, TODAY, started=TODAY)
        assert journey.complete
        shown.append({needed.document.id for needed in journey.documents})
    assert shown[0] - shown[1] == {"proof"}
    assert "Quel cas ? : Cas y" in change.witness["says"]


# --- DF03, DF04, DF06


def test_df03_a_purely_textual_change_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = [tmp_path / name / "exemple" for name in ("old", "new")]
    for folder, text in zip(folders, (BASE, BASE.replace("Encore ?", "Et encore ?")), strict=True):
        folder.mkdir(parents=True)
        (folder / "procedure.yaml").write_text(whole(text).text, "utf-8")
    assert main([str(folders[0]), str(folders[1])]) == 0
    shown = capsys.readouterr().out
    assert "seuls des textes changent" in shown
    assert "Question « Et encore ? », question : « Encore ? » → « Et encore ? »" in shown
    assert main([str(folders[0]), str(folders[0])]) == 0
    assert "rien ne change pour les usagers" in capsys.readouterr().out


def test_df04_writing_a_condition_otherwise_changes_nothing() -> None:
    found = compared(('when: {k: ["x", "y"]}', 'when: {any: [{k: "y"}, {k: "x"}]}'))
    assert found.changes == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("max: 60", "max: 50", "Question « Combien d'heures ? », réglages : au plus : 60 → 50"),
        ('label: "Encore ?"', 'label: "Encore ?", required: "no"', "Question « Encore ? », réponse obligatoire : oui → non"),  # noqa: E501
        ('"La preuve"', '"La preuve", files: {min: 2}', "Document « La preuve », fichiers, au moins : 1 → 2"),
        ('title: "Le site ANEF"', 'title: "Le site ANEF", url: "https://example.fr/"', "Voie de dépôt « Le site ANEF », adresse du site : rien → https://example.fr/"),  # noqa: E501
        ("60 days", "30 days", "Calcul « closes », calcul : date_plus(from, 60 days) → date_plus(from, 30 days)"),
        ("value: 20", "value: 19", "Fait « limit », valeurs : 1 : valeur : 20 → 19"),
    ],
)  # fmt: skip
def test_df06_what_is_to_be_done_otherwise_is_told(old: str, new: str, told: str) -> None:
    found = compared((old, new))
    assert told in [change.words for change in found.changes if change.sort == "content"]


# --- DF05


def test_df05_git_revisions_folders_and_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "procedures" / "exemple"
    folder.mkdir(parents=True)
    file = folder / "procedure.yaml"
    file.write_text(whole(BASE).text, "utf-8")
    monkeypatch.chdir(tmp_path)
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Un"],
    ):
        subprocess.run(["git", *command], check=True)
    file.write_text(whole(BASE.replace('["x", "y"]', '["x"]')).text, "utf-8")
    for old in ("HEAD:procedures/exemple", "HEAD:procedures/exemple/procedure.yaml", "HEAD:procedures"):
        new = old.removeprefix("HEAD:")
        assert main([old, new, "--format", "json"]) == 0
        rows = json.loads(capsys.readouterr().out)
        assert [(row["procedure"], row["kind"], row["message"]) for row in rows] == [
            ("exemple", "document", "Un document n'est plus demandé : « La preuve ».")
        ]
        assert rows[0]["journeys"] == {"touched": 1, "total": 3}
    assert main(["HEAD:nulle-part", "procedures"]) == 2
    assert main(["procedures"]) == 2
    file.write_text(whole(BASE).text.replace('kind: "date"', 'kind: "dates"'), "utf-8")
    assert main(["HEAD:procedures", "procedures"]) == 1


def test_df02_dates_without_their_day_are_answers_too() -> None:
    """Some people are told apart only by having left the day out."""
    partial = ('"Depuis quand ?", not_after', '"Depuis quand ?", unknown_parts: ["day"], not_after')
    old = BASE.replace(*partial).replace("when: {closes: {before: ", "when: {from: {before: ")
    after = compiled(old.replace('when: {from: {before: "today"}}', 'when: {from: {unknown: "yes"}}')).procedure
    assert after is not None
    found = difference("exemple", compiled(old), after)
    assert any("par exemple" in line for change in found.changes for line in change.who)


def test_df05_an_earlier_language_is_compared_as_far_as_it_can_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is left out of the earlier text is said; the later one must be without errors."""
    old, new = tmp_path / "old", tmp_path / "new"
    sound = whole(BASE).text
    for folder, text in (
        (old, sound.replace('kind: "yes_no", label: "Encore ?"', 'kind: "yes_no", tone: "soft", label: "Encore ?"')),
        (new, sound.replace("max: 60", "max: 40")),
    ):
        (folder / "exemple").mkdir(parents=True)
        (folder / "exemple" / "procedure.yaml").write_text(text, encoding="utf-8")
    assert main([str(old / "exemple"), str(new / "exemple")]) == 0
    shown = capsys.readouterr().out
    assert "ne se lit plus, et n'est pas comparé" in shown
    assert "La clé « tone » n'existe pas ici. (S01)" in shown
    assert "60 → 40" in shown
    assert main([str(old / "exemple"), str(new / "exemple"), "--format", "json"]) == 0
    assert [row["kind"] for row in json.loads(capsys.readouterr().out)].count("unread") == 1
    assert main([str(new / "exemple"), str(old / "exemple")]) == 1
    assert "a des erreurs" in capsys.readouterr().err


def test_df05_what_cannot_be_read_at_all_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in (("old", "steps: [\n"), ("new", whole(BASE).text)):
        (tmp_path / name / "exemple").mkdir(parents=True)
        (tmp_path / name / "exemple" / "procedure.yaml").write_text(text, encoding="utf-8")
    assert main([str(tmp_path / "old" / "exemple"), str(tmp_path / "new" / "exemple")]) == 1
    assert "a des erreurs" in capsys.readouterr().err
