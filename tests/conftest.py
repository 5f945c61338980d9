"""`make prove` leaves a dated page of what it proved, beside the file that its name comes from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.prove import Proof, commit, page
from tests.shares import Shares, sort_for_workers

if TYPE_CHECKING:
    from xdist.remote import Producer

    from tests.store.s3 import S3Server

# What one test found is not what another one finds: nothing is kept, and nothing is written into the home of who runs
# them.
os.environ["XDG_CACHE_HOME"] = os.devnull
# No test fails because a machine is slow; one that failed fails again.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Shares:
    return Shares(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    sort_for_workers(config, items)


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    from tests.store.s3 import S3Server

    server = S3Server()
    yield server
    server.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    where = config.getoption("xmlpath", None)
    if config.getoption("markexpr", "") != "prove" or where is None:
        return
    written = Path(where).with_suffix(".md")
    written.parent.mkdir(parents=True, exist_ok=True)
    proofs: dict[str, Proof] = {}
    for report in _reports(terminalreporter):
        proof = proofs.setdefault(report.nodeid, Proof(report.nodeid, report.outcome))
        proof.seconds += report.duration
        proof.counts |= {name: str(value) for name, value in report.user_properties}
        # A failure at any point, setting up and taking down included, is the result.
        proof.outcome = proof.outcome if proof.outcome != "passed" else report.outcome
    written.write_text(page(proofs.values(), datetime.now(UTC), commit()), encoding="utf-8")
    terminalreporter.write_line(f"What was proved: {written}")


def _reports(terminalreporter: pytest.TerminalReporter) -> Iterator[pytest.TestReport]:
    for reports in terminalreporter.stats.values():
        yield from (report for report in reports if isinstance(report, pytest.TestReport))
