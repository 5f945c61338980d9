"""`guichet check --fix`: FX01 certain fixes are written and told, FX02 nothing else changes, to the byte, FX03 a second
run does nothing, FX04 what is only likely is left to the author, FX05 a change that makes nothing better is taken back.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.spec.check import check_paths, main
from app.spec.codes.examples import BASE, BLOCK
from app.spec.diagnostics import Diagnostic, Edit, Fix
from app.spec.repair import apply_edits, repair
from app.spec.tree import Span

MISTAKES = [
    ('title: "Un exemple"', "title: Attention : un exemple", 'title: "Attention : un exemple"'),
    ('label: "Avez-vous déménagé ?"', "label: 'N'avez-vous pas déménagé ?'", 'label: "N\'avez-vous pas déménagé ?"'),
    ('title: "Votre situation"', 'titel: "Votre situation"', 'title: "Votre situation"'),
    ('title: "Vos enfants"', "title: “Vos enfants”", 'title: "Vos enfants"'),
    ('language: "fr"', "language : “fr”".replace(" :", "\u00a0:"), 'language: "fr"'),
    ('phone: "0 806 001 620"', "phone: 3646", 'phone: "3646"'),
    ("rules:\n", "rules: # un commentaire\n", "rules: # un commentaire\n"),
]


def _folder(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "procedures" / "exemple"
    folder.mkdir(parents=True)
    (tmp_path / "procedures" / "shared").mkdir()
    (tmp_path / "procedures" / "shared" / "contact.yaml").write_text(BLOCK, encoding="utf-8")
    (folder / "procedure.yaml").write_bytes(text.encode())
    return folder


def _broken(text: str) -> tuple[str, str]:
    """The sound text with every mistake in it, and the same after mending."""
    wrong = right = text
    for sound, mistaken, mended in MISTAKES:
        assert sound in text
        wrong, right = wrong.replace(sound, mistaken), right.replace(sound, mended)
    return wrong, right


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_certain_fixes_leave_the_rest_to_the_byte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line_end: str, bom: str
) -> None:
    """FX01, FX02, FX03: with the line ends and the mark of Windows too."""
    wrong, right = (bom + text.lstrip("\n").replace("\n", line_end) for text in _broken(BASE))
    folder = _folder(tmp_path, wrong)
    assert main([str(folder), "--fix", "--today", "2026-11-24"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("réparé") >= len(MISTAKES) - 1
    assert "Attention : un exemple → " in shown
    assert (folder / "procedure.yaml").read_bytes().decode() == right
    assert main([str(folder), "--fix", "--today", "2026-11-24"]) == 0
    assert "réparé" not in capsys.readouterr().out
    assert (folder / "procedure.yaml").read_bytes().decode() == right


def test_what_is_only_likely_is_left_alone(tmp_path: Path) -> None:
    """FX04: a condition is never changed unseen."""
    text = BASE.replace('when: {moved: "yes"}}', 'when: {mooved: "yes"}}')
    folder = _folder(tmp_path, text)
    assert main([str(folder), "--fix"]) == 1
    assert (folder / "procedure.yaml").read_text(encoding="utf-8") == text


def test_a_block_is_mended_where_it_is_used(tmp_path: Path) -> None:
    """FX01: the fault stands in the shared file."""
    used = BASE.replace("channels:\n", '  - {id: "reach", title: "Vous joindre", use: "contact"}\nchannels:\n')
    folder = _folder(tmp_path, used)
    block = tmp_path / "procedures" / "shared" / "contact.yaml"
    block.write_text(BLOCK.replace('label: "', 'lable: "'), encoding="utf-8")
    assert main([str(folder), "--fix", "--today", "2026-11-24"]) == 0
    assert block.read_text(encoding="utf-8") == BLOCK


def test_a_change_that_makes_nothing_better_is_taken_back(tmp_path: Path) -> None:
    """FX05: also where one of several fixes is sound."""
    file = tmp_path / "x.yaml"
    file.write_bytes(b"a: 1\r\nb: 2\r\n")

    def found(line: int, text: str) -> Diagnostic:
        edit = Edit(Span(str(file), line, 4, line, 5), text)
        return Diagnostic("S03", "error", str(file), line, 4, line, 5, "", "x", fix=Fix("certain", (edit,)))

    def check() -> list[Diagnostic]:
        now = file.read_bytes()
        wrong = [found(1, "x")] if b"a: 1" in now else [found(1, "1"), found(1, "9")]
        return [*wrong, *([found(2, "3")] if b"b: 2" in now else [])]

    applied = repair(check)
    assert [one.edit.text for one in applied] == ["3"]
    assert file.read_bytes() == b"a: 1\r\nb: 3\r\n"


def test_edits_that_overlap_are_not_both_made() -> None:
    """FX02"""
    one, two = Edit(Span("f", 1, 2, 1, 4), "XX"), Edit(Span("f", 1, 3, 1, 5), "YY")
    assert apply_edits("abcdef\n", [two, one]) == "aXXdef\n"
    assert apply_edits("a\nb\nc\n", [Edit(Span("f", 2, 1, 3, 1), "")]) == "a\nc\n"


def test_json_stays_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """FX01: what was mended is told beside the output that tools read."""
    folder = _folder(tmp_path, BASE.replace('title: "Un exemple"', "title: Un : exemple"))
    assert main([str(folder), "--fix", "--format", "json", "--today", "2026-11-24"]) == 0
    shown = capsys.readouterr()
    assert shown.out.strip() == "[]"
    assert "Y25 réparé" in shown.err


def test_examples_are_checked_with_their_procedure(tmp_path: Path) -> None:
    folder = _folder(tmp_path, BASE)
    (folder / "cases.yaml").write_text("- person: 1\n", encoding="utf-8")
    codes = [found.code for found in check_paths([folder / "cases.yaml"]).diagnostics]
    assert "S03" in codes
    assert "S02" in codes
