"""`make bench` keeps working. What it measures is not asserted: other work on the machine would decide."""

from __future__ import annotations

import pytest

from bench.__main__ import main
from bench.check import main as check


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
