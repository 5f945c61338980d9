"""One Chromium and one service for the browser tests of a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from app.audit.browser import Browser, open_browser
from app.audit.stage import take_stage
from tests.browser.server import LiveServer
from tests.browser.service import Service
from tests.browser.states import State, every_state

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def _chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = open_browser(tmp_path_factory.mktemp("chromium"))
    yield browser
    browser.quit()


@pytest.fixture
def browser(_chromium: Browser) -> Browser:
    """A browser that nobody has used: no cookie, no cache, a phone's screen."""
    _chromium.reset()
    return _chromium


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The service with the shipped procedures, in `prepare`. Tests that kill it make their own `LiveServer`."""
    server = LiveServer(tmp_path_factory.mktemp("service")).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def _service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    service = Service(tmp_path_factory.mktemp("prepare"))
    yield service
    service.stop()


@pytest.fixture
def service(_service: Service) -> Service:
    """The service with a clock and a wire that tests may touch, in `prepare`; what came in before is forgotten."""
    _service.rest()
    return _service


@pytest.fixture
def authority_service(tmp_path: Path) -> Iterator[Service]:
    """The same, run by an authority."""
    service = Service(tmp_path, mode="authority")
    yield service
    service.stop()


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, State]:
    """Every state of every page, as printed by the service."""
    return every_state(tmp_path_factory.mktemp("states"))


@pytest.fixture
def stage(browser: Browser, service: Service) -> Browser:
    """A browser in which `show` puts printed pages, with the style of the service."""
    take_stage(browser, f"{service.url}/fr/")
    return browser


@pytest.fixture
def pictures(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Where this test leaves its screenshots."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    return folder
