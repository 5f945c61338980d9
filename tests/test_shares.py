"""Tests that share the browser stay on one worker, and what takes long begins first."""

from __future__ import annotations

import pytest

from tests.architecture.graph import ROOT
from tests.shares import LONG, TOGETHER, share, turn

pytest_plugins = ["pytester"]

ORDER = ["tests/a/test_a.py::test_it", "tests/browser/test_axe.py::test_it[1]", "tests/audit/test_run.py::test_it"]


def test_every_share_is_of_files_that_exist() -> None:
    files = {str(path.relative_to(ROOT)) for path in ROOT.glob("tests/*/test_*.py")}
    for path in TOGETHER:
        assert any(file.startswith(path) for file in files), path
    assert set(LONG) <= {share(file) for file in files}


def test_the_tests_of_a_share_are_one_piece_of_work_and_begin_first() -> None:
    assert [share(name) for name in ORDER] == ["tests/a/test_a.py", "browser", "browser"]
    assert sorted(ORDER, key=turn) == [ORDER[1], ORDER[2], ORDER[0]]


def test_the_tests_of_a_share_run_on_one_worker(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    # The run inside this one, on a worker or not, finds our `tests` before its own folder of that name.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest((ROOT / "tests/conftest.py").read_text(encoding="utf-8"))
    one = "import pytest\n\n@pytest.mark.parametrize('n', range(6))\ndef test_it(n):\n    pass\n"
    for folder, name in (("a", "test_first"), ("browser", "test_axe"), ("audit", "test_run"), ("b", "test_last")):
        path = pytester.path / "tests" / folder / f"{name}.py"
        path.parent.mkdir(parents=True)
        path.write_text(one, encoding="utf-8")
    outcome = pytester.runpytest_subprocess("-v", "-n", "2", "--no-loadscope-reorder", "tests")
    outcome.assert_outcomes(passed=24)
    ran = [line for line in outcome.outlines if "PASSED" in line]
    workers = {line.split()[0] for line in ran if "tests/browser" in line or "tests/audit" in line}
    assert len(workers) == 1
    worker = workers.pop()
    first = next(line for line in ran if line.startswith(worker))
    assert share(first.split()[-1]) == "browser"
