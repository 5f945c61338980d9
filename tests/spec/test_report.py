"""What `guichet check` prints: RP01 what is gravest first, RP02 repairs in words, RP03 help in the language of the
messages, RP04 an output that nobody reads to its end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.spec.check import main
from app.spec.codes.examples import BASE
from app.spec.diagnostics import Diagnostic, Edit, Fix, render
from app.spec.forms import FORMS
from app.spec.shape import SCHEMAS
from app.spec.structure import WORDS
from app.spec.tree import Span
from tests.architecture.graph import ROOT


def _folder(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "procedures" / "exemple"
    folder.mkdir(parents=True)
    (folder / "procedure.yaml").write_text(text.lstrip("\n"), encoding="utf-8")
    return folder


def test_rp01_errors_come_before_warnings_and_before_what_is_out_of_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BASE.replace('review_by: "2027-02-20"', 'review_by: "2026-11-21"')
    text = text.replace(', birth: "yes"', "").replace('label: "Heures', 'zzz: 1, label: "Heures')
    assert main([str(_folder(tmp_path, text)), "--format", "json", "--today", "2026-11-24"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert [one["severity"] for one in found] == ["error", "warning", "stale"]
    assert found[2]["line"] < found[0]["line"] < found[1]["line"]


@pytest.mark.parametrize(
    ("place", "text", "said"),
    [
        ((4, 1, 4, 3), "      ", "mettez 6 espaces au début de la ligne 4, au lieu de 2 espaces"),
        ((4, 1, 4, 2), "  ", "mettez 2 espaces au début de la ligne 4, au lieu de 1 espace"),
        ((4, 1, 4, 4), " ", "mettez 1 espace au début de la ligne 4, au lieu de 3 espaces"),
        ((4, 1, 4, 3), "", "retirez 2 espaces au début de la ligne 4"),
        ((4, 1, 5, 1), "", "retirez la ligne 4"),
        ((4, 6, 4, 6), ":", "ajoutez « : »"),
        ((4, 6, 4, 7), " ", "mettez 1 espace ordinaire à la place"),
        ((4, 6, 4, 8), "", "retirez ce qui est souligné"),
        ((4, 6, 4, 8), "title", "title"),
    ],
)
def test_rp02_a_repair_says_what_to_do(place: tuple[int, int, int, int], text: str, said: str) -> None:
    fix = Fix("certain", (Edit(Span("f", *place), text),))
    shown = render(Diagnostic("Y20", "error", "f", *place, "", "x", fix=fix))
    assert f"Réparation sûre (--fix) : {said}" in shown.splitlines()[-1]


def test_rp02_a_form_is_told_in_french(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _folder(tmp_path, BASE.replace('checked_on: "2026-11-20"', 'checked_on: "20/11/2026"'))
    assert main([str(folder)]) == 1
    assert "Forme attendue : un jour, l'année d'abord : « 2026-07-31 »." in capsys.readouterr().out
    assert main([str(folder), "--lang", "en"]) == 1
    assert "Expected form: a day, year first" in capsys.readouterr().out


def test_rp02_every_pattern_of_the_language_has_its_words() -> None:
    def patterns(schema: object) -> set[str]:
        parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        own = {schema["pattern"]} if isinstance(schema, dict) and isinstance(schema.get("pattern"), str) else set()
        return own.union(*map(patterns, parts))

    files = [json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.rglob("*.json")]
    assert {one for one in set().union(*map(patterns, files)) if not WORDS.fullmatch(one)} == set(FORMS)


def test_rp03_help_and_mistakes_of_a_call_speak_french_or_english(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    french = capsys.readouterr().out
    assert "usage : guichet check" in french
    assert "montre cette aide" in french
    assert main(["--lang", "en", "--help"]) == 0
    english = capsys.readouterr().out
    assert "Says everything that is wrong" in english
    assert not set("éèêà") & set(english)
    assert main(["--format", "xml"]) == 2
    assert "--format : 'xml' n'est pas possible" in capsys.readouterr().err
    assert main(["--fi"]) == 2
    assert "argument inconnu : --fi" in capsys.readouterr().err


def test_rp04_a_closed_pipe_ends_a_command_without_a_word() -> None:
    command = [sys.executable, "-m", "app", "explain"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait() == 141
