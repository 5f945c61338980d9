"""A file that was chosen on the page of documents and not added: sent before one goes on, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.audit.axe import assert_accessible
from app.audit.browser import Browser
from tests.browser.service import Service
from tests.browser.test_uploads import arrived, kept, long_pdf
from tests.browser.walker import Walker


@pytest.mark.parametrize("button", ["continue", "save"])
def test_a_file_that_was_chosen_and_not_added_is_sent_before_one_goes_on(
    browser: Browser, service: Service, tmp_path: Path, button: str
) -> None:
    """The first press sends it and stays; the second goes on, as if "Ajouter" had been pressed."""
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    before = len(kept(service))
    browser.one("input[type=file]").send_keys(long_pdf(tmp_path, "oublie.pdf"))
    assert "appuyez sur « Ajouter »" in browser.one("#formats").text
    assert "formats" in browser.one("input[type=file]").get_attribute("aria-describedby").split()
    browser.wire(on=True, slow=True)
    walker.touch(button)
    told = browser.until(lambda now: now.every("section.document .missing"))[0]
    assert "oublie.pdf" in told.text
    assert "appuyez de nouveau" in told.text
    browser.until(lambda now: "appuyez de nouveau" in now.one("#status").get_attribute("textContent"))
    assert browser.focused().find_elements("xpath", "ancestor::ul[contains(@class, 'files')]"), "where the file is sent"
    assert_accessible(browser)
    browser.wire(on=True)
    arrived(browser, "oublie")
    browser.until(lambda now: "est reçu" in now.one("#status").get_attribute("textContent"))
    assert browser.current_url.endswith("/documents")
    walker.press(button)
    assert not browser.current_url.endswith("/documents")
    assert len(kept(service)) == before + 1


def test_whoever_says_why_there_is_no_file_does_not_send_the_one_chosen_there(
    browser: Browser, service: Service, tmp_path: Path
) -> None:
    walker = Walker(browser, service.url, "provisional-paper")
    walker.arrive_at_documents(service)
    before = len(kept(service))
    section = browser.one("section.document:has(form[action*='/instead/'] textarea)")
    section.find_element("css selector", "input[type=file]").send_keys(long_pdf(tmp_path, "faux.pdf"))
    section.find_element("css selector", "details:has(textarea) summary").click()
    section.find_element("css selector", "textarea").send_keys("Le site est en panne")
    section.find_element("css selector", "button[value=do_not_have]").click()
    browser.until(lambda now: "Changer cette réponse" in now.one("main").text)
    assert len(kept(service)) == before
