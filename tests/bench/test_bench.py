"""`make bench` keeps working. What it measures is not asserted: other work on the machine would decide."""

from __future__ import annotations

import pytest

from bench.__main__ import main


def test_the_bench_measures_every_kind_of_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--times", "2", "--rounds", "1"]) in (0, 1)
    printed = capsys.readouterr().out
    for what in ("step, GET", "step, valid POST", "step, invalid POST", "two lists of countries", "form page, CSS"):
        assert what in printed
