"""Tests that share the browser stay on one worker, and what takes long begins first."""

from __future__ import annotations

from tests.architecture.graph import ROOT
from tests.shares import LONG, TOGETHER, share, turn

ORDER = ["tests/a/test_a.py::test_it", "tests/browser/test_axe.py::test_it[1]", "tests/audit/test_run.py::test_it"]


def test_every_share_is_of_files_that_exist() -> None:
    files = {str(path.relative_to(ROOT)) for path in ROOT.glob("tests/*/test_*.py")}
    for path in TOGETHER:
        assert any(file.startswith(path) for file in files), path
    assert set(LONG) <= {share(file) for file in files}


def test_the_tests_of_a_share_are_one_piece_of_work_and_begin_first() -> None:
    assert [share(name) for name in ORDER] == ["tests/a/test_a.py", "browser", "browser"]
    assert sorted(ORDER, key=turn) == [ORDER[1], ORDER[2], ORDER[0]]
