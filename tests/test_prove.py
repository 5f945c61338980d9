"""The page that `make prove` leaves: a reader sees what failed, what was counted, and of which code."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.prove import Proof, page

pytest_plugins = ["pytester"]

LONG = """
import pytest

@pytest.mark.prove
def test_kills(record_property):
    record_property("kills", 200)
    record_property("seed", 7)

@pytest.mark.prove
def test_that_fails():
    assert False
"""


def test_failures_come_first_and_counts_are_words() -> None:
    when = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    proofs = [Proof("a", "passed", 12.2, {"kills": "200", "seed": "7"}), Proof("b", "failed", 1)]
    lines = page(proofs, when, "abc123").splitlines()
    assert lines[0] == "# Long forms of the tests, 2026-11-24 09:30 UTC"
    assert lines[2] == "1 of 2 held, in 13 seconds."
    assert lines[3].startswith("Code: abc123.")
    assert lines[-2:] == ["| b | failed | 1 |  |", "| a | passed | 12 | kills: 200; seed: 7 |"]


def test_a_long_run_writes_its_page_beside_its_results(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("from tests.conftest import pytest_terminal_summary\n__all__ = ['pytest_terminal_summary']")
    pytester.makepyfile(LONG)
    pytester.makeini("[pytest]\nmarkers = prove: long\njunit_family = xunit1")
    pytester.syspathinsert(pytester.path)
    outcome = pytester.runpytest_inprocess("-m", "prove", "--junit-xml", "out/2026-11-24T09-30.xml", "-p", "no:xdist")
    assert outcome.parseoutcomes() == {"passed": 1, "failed": 1}
    written = (pytester.path / "out" / "2026-11-24T09-30.md").read_text(encoding="utf-8")
    assert "kills: 200; seed: 7" in written
    assert written.index("test_that_fails") < written.index("test_kills")
    pytester.runpytest_inprocess("--junit-xml", "short.xml", "-p", "no:xdist")
    assert not (pytester.path / "short.md").exists()
