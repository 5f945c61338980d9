"""Decisions about findings: complete, with an end, never about more than they say."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.audit.entries import EntriesError
from app.audit.findings import Finding, together
from app.audit.waivers import read_waivers

TODAY = date(2026, 11, 25)
GOOD = """\
- engine: "axe"
  rule: "color-contrast"
  url: "/check$"
  target: "^#sum"
  decision: "no_barrier"
  reason: "Black on white, whatever lies behind it."
  role: "auditor"
  decided: "2026-11-01"
  until: "2027-03-01"
"""
UNSURE = Finding("axe", "color-contrast", "unsure", "#sum > p", "<p>", "perhaps", "fr/a/check:x", "/fr/a/1/check")


def written(folder: Path, text: str) -> Path:
    path = folder / "waivers.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_covers_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    waivers = read_waivers(written(tmp_path, GOOD), TODAY)
    assert waivers.open([UNSURE]) == []
    others = [
        Finding("ibm", UNSURE.rule, "unsure", UNSURE.target, "", "", "", UNSURE.path),
        Finding("axe", "label", "unsure", UNSURE.target, "", "", "", UNSURE.path),
        Finding("axe", UNSURE.rule, "unsure", "#other", "", "", "", UNSURE.path),
        Finding("axe", UNSURE.rule, "unsure", UNSURE.target, "", "", "", "/fr/a/1/documents"),
        Finding("axe", UNSURE.rule, "fault", UNSURE.target, "", "", "", UNSURE.path),
    ]
    assert waivers.open(others) == others


def test_a_fault_can_only_be_put_off(tmp_path: Path) -> None:
    fault = Finding("axe", UNSURE.rule, "fault", UNSURE.target, "", "", "", UNSURE.path)
    put_off = read_waivers(written(tmp_path, GOOD.replace("no_barrier", "accepted")), TODAY)
    assert put_off.open([fault]) == []


def test_an_expired_one_covers_nothing_and_is_told(tmp_path: Path) -> None:
    waivers = read_waivers(written(tmp_path, GOOD), date(2027, 3, 2))
    assert waivers.open([UNSURE]) == [UNSURE]
    assert [waiver.rule for waiver in waivers.expired] == ["color-contrast"]
    assert read_waivers(written(tmp_path, GOOD), date(2027, 3, 1)).expired == ()


def test_no_file_is_no_waiver(tmp_path: Path) -> None:
    assert read_waivers(tmp_path / "none.yaml", TODAY).valid == ()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('  role: "auditor"\n', "", "clés manquantes : role"),
        ("  role:", "  who:", "clés inconnues : who"),
        ("no_barrier", "fine", "n'est pas une décision"),
        ("Black on white, whatever lies behind it.", "looks fine", "trop courte"),
        ('"2027-03-01"', '"2029-03-01"', "un an plus tard au plus"),
        ('"2027-03-01"', '"2026-03-01"', "un an plus tard au plus"),
        ('"2027-03-01"', '"soon"', "AAAA-MM-JJ"),
        ('"/check$"', '"(/check"', "expression régulière"),
        ("- engine", "- {", ""),
    ],
)
def test_one_that_is_not_whole_is_refused_with_its_line(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in GOOD
    with pytest.raises(EntriesError, match=r"waivers\.yaml:1") as refused:
        read_waivers(written(tmp_path, GOOD.replace(before, after)), TODAY)
    assert said in str(refused.value)


def test_one_cause_in_several_drafts_and_states_is_told_once() -> None:
    twin = Finding("axe", "x", "fault", "#file-" + "a" * 32, "", "wrong", "one", "/fr/a/abcdefghjkm/check")
    other = Finding("axe", "x", "fault", "#file-" + "b" * 32, "", "wrong", "two", "/fr/a/mkjhgfedcba/check")
    (cause,) = together([twin, other, twin])
    assert cause.states == ["one", "two"]
    assert len(together([twin, Finding("axe", "x", "fault", "#a", "", "wrong", "one")])) == 2
