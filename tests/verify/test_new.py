"""`guichet new`: NEW01 what it writes passes every control, with shared blocks or without; NEW02 a name that cannot be
one or is taken is refused, and nothing is written.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from app.cli import main
from app.verify.new import Refused, start
from tests.architecture.graph import ROOT


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A folder of procedures without anything shared."""
    folder = tmp_path / "demarches"
    folder.mkdir()
    return folder


@pytest.fixture
def delivered(bare: Path) -> Path:
    """A folder with the shared blocks and tables that come with the service."""
    for name in ("shared", "tables"):
        shutil.copytree(ROOT / "procedures" / name, bare / name)
    return bare


@pytest.mark.parametrize("folder", ["bare", "delivered"])
def test_new01_what_is_written_passes_every_control(
    folder: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    place: Path = request.getfixturevalue(folder)
    assert main(["new", "aide-au-logement", "--procedures", str(place)]) == 0
    told = capsys.readouterr().out
    made = place / "aide-au-logement"
    assert f"guichet check {made}" in told
    assert main(["check", str(made), "--format", "json", "--fail-on", "stale"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["cases", str(made)]) == 0
    assert capsys.readouterr().out.count("✓") == 2
    written = (made / "procedure.yaml").read_text(encoding="utf-8")
    assert ('use: "contact"' in written) == (folder == "delivered")
    assert "@" not in written
    # Nothing is sourced yet, so all that needs a source says that it is to check.
    assert written.count("needs_review:") == written.count("Aucune source lue") + 1


def test_new01_blocks_that_ask_something_else_are_not_used(delivered: Path) -> None:
    """Blocks of the same name that ask other questions would make the examples fail."""
    contact = delivered / "shared" / "contact.yaml"
    contact.write_text(
        contact.read_text(encoding="utf-8").replace('id: "reach"', 'id: "other"').replace("reach:", "other:"),
        encoding="utf-8",
    )
    made = start("essai", delivered, date(2026, 11, 25))
    assert main(["check", str(made)]) == 0
    assert main(["cases", str(made)]) == 0


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("Carte de séjour", "Par exemple : « carte-de-sejour »"),
        ("2e-carte", "Par exemple : « e-carte »"),
        ("a" * 61, "60 signes au plus"),
        ("../dehors", "Par exemple : « dehors »"),
        ("help", "mot réservé"),
        ("shared", "mot réservé"),
        ("", "ne peut pas être un nom"),
    ],
)
def test_new02_a_name_that_cannot_be_one_is_refused(
    slug: str, said: str, bare: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", slug, "--procedures", str(bare)]) == 2
    assert said in capsys.readouterr().err
    assert list(bare.iterdir()) == []


def test_new02_a_name_that_is_taken_is_refused(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (bare / "prise").mkdir()
    (bare / "prise" / "notes.txt").write_text("à moi", encoding="utf-8")
    assert main(["new", "prise", "--procedures", str(bare)]) == 2
    assert "existe déjà" in capsys.readouterr().err
    assert [path.name for path in (bare / "prise").iterdir()] == ["notes.txt"]


def test_new02_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="n'existe pas"):
        start("essai", tmp_path / "absent", date(2026, 11, 25))
    assert not (tmp_path / "absent").exists()
