"""A phone without network shows the page that it kept; with network again, everything is as before."""

from __future__ import annotations

from pathlib import Path

from app.audit.axe import assert_accessible
from app.audit.browser import Browser
from tests.browser.service import Service
from tests.browser.walker import Walker

READY = """
const done = arguments[arguments.length - 1];
navigator.serviceWorker.ready.then((registration) => {
  const worker = registration.active;
  const look = () => worker.state === 'activated' ? done(true) : setTimeout(look, 50);
  look();
});
"""
HEADING = "return document.querySelector('h1') && document.querySelector('h1').textContent"


def test_a_page_that_cannot_be_reached_becomes_one_that_helps(browser: Browser, tmp_path: Path) -> None:
    service = Service(tmp_path)
    try:
        walker = Walker(browser, service.url, "dcem")
        walker.start()
        browser.set_script_timeout(20)
        assert browser.execute_async_script(READY)
        page, path = browser.current_url, walker.path
    finally:
        service.stop()
    browser.get(page)
    assert browser.execute_script(HEADING) == "Pas de connexion internet"
    assert browser.current_url == page, "to try again is to ask for the same page"
    assert_accessible(browser)
    browser.get(f"{service.url}/fr/help")
    assert browser.execute_script(HEADING) == "Aide et contacts"
    assert path.split("/")[3] not in browser.page_source
