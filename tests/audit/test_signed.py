"""Results of persons count for the very pages that they tested, and for no others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.audit.entries import EntriesError
from app.audit.signed import fingerprint, in_force, read_signed
from app.audit.states import State

YOU = State("fr/a/you:empty", "step", "/fr/a/1/you", 200, "<h1>Vous</h1>", "fr", "prepare", date(2026, 11, 25))
CHECK = replace(YOU, name="fr/a/check:complete", html="<h1>Vérifier</h1>")
STATES = [YOU, CHECK]
ENTRY = """\
- criterion: "8.6"
  status: "C"
  states: "*"
  hash: "{hash}"
  by: "A. Diallo"
  role: "auditrice"
  signed: "2026-11-25"
  with: "NVDA 2026.3, Firefox 140"
  note: "Chaque titre dit la page."
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "manual.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def entry(**changes: str) -> str:
    """The entry with other values for some keys."""
    text = ENTRY.replace("{hash}", changes.pop("hash", fingerprint(STATES)))
    for key, new in changes.items():
        text = re.sub(rf'([ -] {key}:) "[^"]*"', rf'\1 "{new}"', text)
    return text


def test_a_result_holds_for_the_pages_it_was_signed_for(tmp_path: Path) -> None:
    results = read_signed(written(tmp_path, entry()))
    assert in_force(results, STATES) == ({"8.6": ("C", "auditrice")}, [])


def test_any_change_of_a_page_ends_it_and_is_told(tmp_path: Path) -> None:
    results = read_signed(written(tmp_path, entry()))
    decided, stale = in_force(results, [YOU, replace(CHECK, html="<h1>Vérifiez</h1>")])
    assert decided == {}
    assert "les pages ont changé" in stale[0]


def test_tokens_change_nothing() -> None:
    one = replace(YOU, html='<input name="csrf_token" value="abc">')
    assert fingerprint([one]) == fingerprint([replace(one, html='<input name="csrf_token" value="def">')])
    assert fingerprint([one]) != fingerprint([replace(one, html='<input name="x" value="def">')])


def test_a_part_of_the_pages_decides_nothing_unless_it_is_wrong(tmp_path: Path) -> None:
    part = entry(states="fr/a/you:*", hash=fingerprint([YOU]))
    assert in_force(read_signed(written(tmp_path, part)), STATES) == ({}, [])
    wrong = entry(states="fr/a/you:*", hash=fingerprint([YOU]), status="NC")
    assert in_force(read_signed(written(tmp_path, wrong)), STATES)[0] == {"8.6": ("NC", "auditrice")}
    rest = entry(states="fr/a/check:*", hash=fingerprint([CHECK]), status="NA")
    assert in_force(read_signed(written(tmp_path, part + rest)), STATES)[0] == {"8.6": ("C", "auditrice")}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"criterion": "99.1"}, "n'existe pas"),
        ({"status": "NT"}, "n'est pas un résultat"),
        ({"signed": "hier"}, "AAAA-MM-JJ"),
        ({"role": ""}, "clés manquantes : role"),
    ],
)
def test_one_that_is_not_whole_is_refused_with_its_line(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    with pytest.raises(EntriesError, match=r"manual\.yaml:1") as refused:
        read_signed(written(tmp_path, entry(**changes)))
    assert said in str(refused.value)


def test_no_file_is_no_result(tmp_path: Path) -> None:
    assert read_signed(tmp_path / "none.yaml") == []
