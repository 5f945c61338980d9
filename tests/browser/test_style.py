"""The style of the first page comes with it, and that of the next is already there."""

from __future__ import annotations

from app.audit.browser import Browser
from tests.browser.service import Service
from tests.browser.walker import Walker

STYLES = """
return performance.getEntriesByType('resource').filter((entry) => entry.name.includes('.css'))
  .map((entry) => [entry.initiatorType, entry.transferSize, entry.duration])
"""
PAPER = "return getComputedStyle(document.body).backgroundColor"


def test_the_style_comes_with_the_first_page_and_is_there_for_the_next(browser: Browser, service: Service) -> None:
    browser.get(f"{service.url}/fr/dcem/")
    assert browser.execute_script(PAPER) == "rgb(253, 252, 249)"
    (fetched,) = browser.until(lambda now: now.execute_script(STYLES))
    assert fetched[1] > 0, "fetched once, after the page"
    Walker(browser, service.url, "dcem").start()
    assert browser.execute_script(PAPER) == "rgb(253, 252, 249)"
    (linked,) = browser.execute_script(STYLES)
    assert linked[:2] == ["link", 0], "taken from the browser's own store"
    said = [entry["message"] for entry in browser.get_log("browser")]
    assert [message for message in said if "Content Security Policy" in message] == []
