"""`make bench` keeps working. What it measures is not asserted: other work on the machine would decide."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from app.locale.catalogue import Catalogues
from bench.__main__ import main
from bench.check import main as check
from bench.growth import Row, placed
from bench.growth import fill as filled_up
from bench.growth import main as growth
from bench.growth import report as grown
from bench.rush import Stage, Timed, knee
from bench.rush import main as rush
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


def test_the_bench_of_growth_measures_every_kind_of_growth(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = ["--procedures", "1", "2", "--questions", "5", "--people", "2", "--drafts", "3"]
    assert growth(["--times", "1", "--rounds", "1", "--largest", "10", "2", *sizes]) in (0, 1)
    printed = capsys.readouterr().out
    for what in (
        "| 2 | step, valid POST |",
        "| 5 | check answers, GET |",
        "| 2 | the list, GET |",
        "| 3 | step, GET |",
    ):
        assert what in printed
    rows = {kind: [Row(1, "step", 1.0, 1.0), Row(9, "step", 1.0, 1.1)] for kind in ("procedures", "drafts")}
    assert grown(rows, Row(10, "check", 14.0, 1.0)) == 0
    assert grown(rows, Row(10, "check", 16.0, 1.0)) == 1
    assert grown({**rows, "drafts": [Row(9, "step", 1.0, 1.2)]}, Row(10, "check", 14.0, 1.0)) == 1


def test_drafts_are_copied_with_an_access_of_their_own(tmp_path: Path) -> None:
    with placed(tmp_path / "one") as place:
        filled_up(place.store, 50)
        with place.store.database.read() as connection:
            counted = connection.execute(text("SELECT COUNT(*), COUNT(DISTINCT code_tag) FROM drafts")).one()
            assert tuple(counted) == (50, 50)
            assert connection.scalar(text("SELECT COUNT(DISTINCT token_tag) FROM access")) == 50
        place.getting("step0")(0)


def test_the_bench_of_a_rush_ends_by_itself_and_finds_the_knee(capsys: pytest.CaptureFixture[str]) -> None:
    assert rush(["--rates", "40", "--seconds", "0.6", "--people", "1"]) == 0
    printed = capsys.readouterr().out
    for what in ("40 a second", "step, GET", "step, valid POST", "check answers", "knee"):
        assert what in printed
    timed = (Timed("step, GET", 5.0),)
    kept_up, fell_behind = Stage(10.0, 11.0, 10.9, 1.0, timed), Stage(20.0, 19.0, 14.0, 1.0, timed)
    assert knee([kept_up]) is None
    assert knee([kept_up, fell_behind]) == 20.0
    assert knee([Stage(30.0, 31.0, 31.0, 1.0, (Timed("step, GET", 2000.0),))]) == 30.0
