"""`guichet audit` as its users call it: what it says, what it writes, how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.audit import command, markup, run
from app.audit.browser import Browser
from app.cli import main
from app.locale import available
from app.verify.new import start
from app.web.evidence import load
from tests.web.installation import install
from tests.web.trial import site_of

STATE = "fr/essai/person:empty"


@pytest.fixture
def procedures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one small procedure."""
    monkeypatch.setenv("GUICHET_DATA", str(tmp_path / "data"))
    folder = tmp_path / "procedures"
    folder.mkdir()
    start("essai", folder, date(2026, 11, 24))
    return folder


def audit(*arguments: str, procedures: Path) -> int:
    return main(["audit", "--procedures", str(procedures), *arguments])


def test_the_names_of_states_are_listed(procedures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit("--list", "--only", "fr/essai/check:*", procedures=procedures) == 0
    said = capsys.readouterr()
    assert "fr/essai/check:complete\n" in said.out
    assert all(line.startswith("fr/essai/check:") for line in said.out.splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--procedure", "esai"), "la démarche « esai » n'existe pas. Vouliez-vous dire « essai » ?"),
        (("--locale", "tlh"), "la langue « tlh » n'existe pas."),
        (("--list", "--only", "fr/essai/nowhere:empty"), "aucun état ne s'appelle"),
        (("--loud",), ""),
    ],
)
def test_a_wrong_call_is_told(
    procedures: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert audit(*arguments, procedures=procedures) == 2
    assert said in capsys.readouterr().err


def test_waivers_that_cannot_be_read_stop_it(procedures: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (procedures / "audit").mkdir()
    (procedures / "audit" / "waivers.yaml").write_text('- engine: "axe"\n', encoding="utf-8")
    assert audit("--list", procedures=procedures) == 2
    assert "waivers.yaml:1 clés manquantes : rule" in capsys.readouterr().err


def test_an_engine_that_is_not_there_is_told_with_what_to_do(
    procedures: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    chromium: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(markup, "PACKAGES", tmp_path)
    assert audit("--only", STATE, procedures=procedures) == 1
    assert "html-validate ne répond pas : lancez « make install-test »." in capsys.readouterr().err


def test_a_clean_page_passes_and_is_written_down(
    procedures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], chromium: Browser
) -> None:
    assert audit("--only", STATE, "--output", str(tmp_path / "out"), procedures=procedures) == 0
    said = capsys.readouterr()
    assert "terminé" in said.err
    assert "axe 4.14" in said.out
    written = json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))
    assert written["passed"] is True
    assert [state["name"] for state in written["states"]] == [STATE]
    assert "RGAA 4.1.2 : " in said.out
    known = {one["number"]: one["status"] for one in written["criteria"]}
    assert len(known) == 106
    assert (known["11.1"], known["10.11"], known["2.1"], known["8.6"]) == ("C", "C", "NA", "NT")
    assert known["7.5"] == "NT", "nobody went through the pages for real"
    assert written["findings"] == []
    overview = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert f"Audit partiel, des seuls états « {STATE} »" in overview
    assert not (tmp_path / "data").exists(), "a part of the pages says nothing of the service"


def test_a_fault_in_our_style_fails_it_with_its_state_and_is_left_for_the_statement(
    procedures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    chromium: Browser,
) -> None:  # fmt: skip
    monkeypatch.setattr(run, "CROSSINGS", {})
    monkeypatch.setattr(run, "cross", lambda *_: [])
    monkeypatch.setattr(run, "swaps", lambda *_: [])
    monkeypatch.setattr(command, "available", lambda: [language for language in available() if language.code == "fr"])
    planted = command.chosen
    monkeypatch.setattr(
        command, "chosen", lambda states, _only: [_unlabelled(state) for state in planted(states, STATE)]
    )
    assert audit("--output", str(tmp_path / "out"), procedures=procedures) == 1
    written = json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))
    assert written["passed"] is False
    fault = next(found for found in written["findings"] if found["rule"] == "label")
    assert fault["criteria"] == ["11.1"]
    assert fault["states"] == [STATE]
    assert next(one["status"] for one in written["criteria"] if one["number"] == "11.1") == "NC"
    assert "✗ fault axe label at" in capsys.readouterr().out
    left = load(tmp_path / "data" / "audit.json")
    assert left.revision == site_of(install(tmp_path / "served", procedures=procedures)).revision
    assert (left.states, left.rate) == (1, None)
    assert "11.1" in [one.number for one in left.of("NC")]


def _unlabelled(state: command.State) -> command.State:
    return replace(state, html=state.html.replace("</h1>", '</h1><input type="text" name="x">', 1))
