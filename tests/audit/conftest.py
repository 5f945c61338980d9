"""One tour of one shipped procedure, and the browser of the run, for the tests of the audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from app.audit.browser import Browser, open_browser
from app.audit.installation import served
from app.audit.run import set_stage, touring
from app.audit.states import State
from app.audit.tour import Tour
from tests.architecture.graph import ROOT

SLUG = "student-renewal"
"""The procedure of these tests: every sort of question that the others ask, in half the time."""
HERE = "tests/audit/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that drive the browser."""
    for item in items:
        if item.nodeid.startswith(HERE) and "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def tour() -> Iterator[Tour]:
    with touring(ROOT / "procedures") as found:
        yield found


@pytest.fixture(scope="session")
def states(tour: Tour) -> Mapping[str, State]:
    """Every state of one procedure and of the pages around it, by name."""
    return {state.name: state for state in tour.states([SLUG], "fr")}


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = open_browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.quit()


@pytest.fixture
def stage(chromium: Browser, tour: Tour) -> Iterator[Browser]:
    """The browser with a page of the service as the stage for others, every instrument beside it."""
    chromium.reset()
    with served(tour.prepare) as url:
        set_stage(chromium, url)
        yield chromium
