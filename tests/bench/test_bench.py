"""`make bench` keeps working. What it measures is not asserted: other work on the machine would decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.locale.catalogue import Catalogues
from bench.__main__ import main
from bench.check import main as check
from bench.start import COPIED, SPOKEN, Start, installed, report


def test_the_bench_measures_every_kind_of_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--times", "2", "--rounds", "1"]) in (0, 1)
    printed = capsys.readouterr().out
    for what in ("step, GET", "step, valid POST", "step, invalid POST", "two lists of countries", "form page, CSS"):
        assert what in printed


def test_the_bench_of_check_measures_one_many_and_how_it_grows(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(["--many", "1", "--rounds", "1", "--fields", "15"]) in (0, 1)
    printed = capsys.readouterr().out
    for what in ("reading it with PyYAML alone", "one procedure, proofs included", "unchanged", "| 15 | 15 |"):
        assert what in printed


def test_the_bench_of_a_start_makes_procedures_in_ten_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert installed(tmp_path, 7)[-1] == "change-of-address-1"
    spoken = Catalogues(tmp_path / "translations")
    assert {one.code for one in spoken.available()} == {*SPOKEN, *COPIED}
    texts = (tmp_path / "translations" / "ru" / "LC_MESSAGES" / "change-of-address-1.po").read_text(encoding="utf-8")
    assert 'msgctxt "change-of-address-1/title"' in texts
    assert '"change-of-address/title"' not in texts
    rows = [("after the first page", (100.0, 70.0)), ("in four languages", (74.0, 50.0)), ("in ten", (90.0, 60.0))]
    assert report(100, Start(20, 10), Start(4, 3), rows) == 0
    assert report(100, Start(20, 10), Start(6, 3), rows) == 1
    assert "| warm | 6.0 | 3.0 |" in capsys.readouterr().out
