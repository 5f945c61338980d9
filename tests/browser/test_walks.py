"""From the start page to the last act: by touch with scripts, without scripts, and by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from app.audit.axe import assert_accessible
from app.audit.browser import Browser
from tests.browser.arrival import check_serialised, look
from tests.browser.keyboard import Typist
from tests.browser.service import Service
from tests.browser.walker import Walker

SLUGS = ("dcem", "provisional-paper")


def on_their_day(walker: Walker, service: Service) -> None:
    """Set the clock to the day of the worked example."""
    service.installation.clock.now = datetime.combine(date.fromisoformat(walker.case["today"]), time(9, 30), UTC)


def steps_of(keys: list[str]) -> list[str]:
    return list(dict.fromkeys(key.split("/")[0] for key in keys if not key.startswith("outcome/")))


def console(browser: Browser) -> list[str]:
    """What the browser complained of; that a form came back is no complaint."""
    told = (entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE")
    return [line for line in told if "status of 422" not in line]


@pytest.mark.parametrize("slug", SLUGS)
def test_by_touch_with_scripts(browser: Browser, service: Service, slug: str) -> None:
    """Every page is first sent empty: the swap that brings its errors is looked at as well as the one that goes on."""
    walker = Walker(browser, service.url, slug)
    on_their_day(walker, service)
    browser.get_log("browser")
    walker.start()
    met = []
    for key in walker.pages():
        met.append(key)
        examine(browser, walker, 200)
        if not key.startswith("outcome/"):
            walker.press("continue")
            if browser.every("#errors"):
                assert walker.key == key
                examine(browser, walker, 422)
            else:
                walker.open(f"{walker.draft}/{key}")
    assert steps_of(met) == walker.case["sees"]["steps"]
    finish(walker, examine_too=True)
    assert walker.key == "receipt"
    assert console(browser) == []
    sent = [request for request in service.posts() if "/documents" not in request.path]
    assert {request.htmx for request in sent[1:]} == {True}, "htmx sent every form of the draft"


def examine(browser: Browser, walker: Walker, status: int) -> None:
    assert look(browser).faults == (), walker.path
    check_serialised(browser, walker.path, status)
    assert_accessible(browser)


def finish(walker: Walker, *, examine_too: bool = False) -> None:
    """From the documents to the last page."""
    assert walker.key == "documents"
    for page in ("documents", "check"):
        assert walker.key == page
        if examine_too:
            examine(walker.browser, walker, 200)
        walker.press("continue")
    if examine_too:
        walker.press("continue")
        examine(walker.browser, walker, 422)
    walker.fill({"declared": [box.get_attribute("value") or "" for box in walker.browser.every("[name=declared]")]})
    walker.press("continue")
    if examine_too:
        examine(walker.browser, walker, 200)


@pytest.fixture
def plain(browser: Browser) -> Iterator[Browser]:
    """A browser that runs no script of the service."""
    with browser.without_scripts():
        yield browser


@pytest.mark.parametrize("slug", SLUGS)
def test_by_touch_without_scripts(plain: Browser, service: Service, slug: str) -> None:
    walker = Walker(plain, service.url, slug)
    on_their_day(walker, service)
    walker.start()
    met = []
    for key in walker.pages():
        met.append(key)
        assert look(plain).faults == (), walker.path
    assert steps_of(met) == walker.case["sees"]["steps"]
    walker.press("continue")
    walker.press("continue")
    walker.press("continue")
    assert look(plain).focus == "errors", "the browser itself goes to the summary"
    walker.fill({"declared": [box.get_attribute("value") or "" for box in plain.every("[name=declared]")]})
    walker.press("continue")
    assert walker.key == "receipt"
    assert not any(request.htmx for request in service.seen)


@pytest.mark.parametrize(("slug", "scripts"), [("dcem", False), ("provisional-paper", True)])
def test_by_keyboard_alone(browser: Browser, service: Service, slug: str, scripts: bool) -> None:
    browser.scripts(on=scripts)
    typist = Typist(browser, service.url, slug)
    on_their_day(typist, service)
    typist.start()
    assert steps_of(typist.go_through()) == typist.case["sees"]["steps"]
    for page in ("documents", "check"):
        assert typist.key == page
        typist.press("continue")
    assert typist.key == "declaration"
    typist.fill({"declared": [box.get_attribute("value") or "" for box in browser.every("[name=declared]")]})
    typist.press("continue")
    assert typist.key == "receipt"


def test_by_keyboard_alone_to_the_receipt_of_an_authority(browser: Browser, authority_service: Service) -> None:
    typist = Typist(browser, authority_service.url, "provisional-paper")
    on_their_day(typist, authority_service)
    typist.start()
    typist.go_through()
    for _ in ("documents", "check"):
        typist.press("continue")
    typist.fill({"declared": [box.get_attribute("value") or "" for box in browser.every("[name=declared]")]})
    typist.press("continue")
    assert typist.key == "receipt"
    assert "G-2026-" in browser.one("main").text


def test_the_walk_fails_where_the_keyboard_cannot_reach(browser: Browser, service: Service, tmp_path: Path) -> None:
    """The instrument itself: a button that Tab passes by is not pressed."""
    typist = Typist(browser, service.url, "dcem")
    on_their_day(typist, service)
    typist.start()
    browser.execute_script("document.querySelectorAll('main form button').forEach(b => b.tabIndex = -1)")
    with pytest.raises(AssertionError, match="no button"):
        typist.answer()
