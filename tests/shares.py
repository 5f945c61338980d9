"""Which tests of a run stay together on one worker.

Not by the mark `xdist_group`: with the node ids of pytest 9.2, xdist 3.8 passes over it in silence (pytest-xdist issue
1386), and every fixture of a session is then made twice.
"""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "tests/browser/": "browser",
    "tests/audit/": "browser",
    "tests/web/test_switching.py": "invented languages",
    "tests/web/test_hard_coded.py": "invented languages",
}
"""Files and folders that share something dear: the browser, the languages made for tests."""

LONG = (
    "browser",
    "tests/web/test_crash.py",
    "tests/web/test_walk.py",
    "tests/spec/test_schemas.py",
    "tests/store/test_crash.py",
    "tests/verify/test_mistakes.py",
    "tests/bench/test_bench.py",
)
"""Begun first, so that at the end no worker waits for one that began a long share late."""


def share(nodeid: str) -> str:
    """The share that a test belongs to: that of its file, unless it shares something dear with others."""
    file = nodeid.partition("::")[0]
    return next((name for path, name in TOGETHER.items() if file.startswith(path)), file)


def turn(nodeid: str) -> int:
    """When a test is to begin, among those of other shares."""
    name = share(nodeid)
    return LONG.index(name) if name in LONG else len(LONG)


class Shares(LoadScopeScheduling):
    """Gives each worker a share when it has done the one before."""

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)


def sort_for_workers(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long shares first, on every worker alike. A run without workers keeps the order of its files."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: turn(item.nodeid))
