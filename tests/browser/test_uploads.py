"""Files in a real browser: what waits is looked at again, said, and put in its place without moving anybody."""

from __future__ import annotations

from pathlib import Path

from selenium.webdriver.common.keys import Keys

from app.web import queue
from app.web.site import EXTENSION, Site
from tests.browser.driver import Browser
from tests.browser.service import Service
from tests.browser.walker import Walker
from tests.uploads import making


def give(walker: Walker, folder: Path, name: str, content: bytes) -> None:
    """Choose a file for the first document and send it."""
    (folder / name).write_bytes(content)
    walker.browser.one("input[type=file]").send_keys(str(folder / name))
    walker.leaving(walker.browser.one("form:has(input[type=file]) button").click)


def work(service: Service) -> int:
    site: Site = service.installation.app.extensions[EXTENSION]
    return queue.work_off(site.store, service.installation.settings)


def test_a_file_that_waits_is_done_on_the_page_and_said(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    work(service)  # what other tests left waiting in this service
    give(walker, tmp_path, "acte.jpg", making.jpeg())
    assert "Vérification en cours" in browser.one(".files").text
    removal = browser.one(".files form[action$='/remove'] button")
    browser.execute_script("arguments[0].focus()", removal)
    assert work(service) == 1
    browser.until(lambda now: "Gardé et vérifié" in now.one("#status").get_attribute("textContent"))
    assert "acte.jpg" in browser.one("#status").get_attribute("textContent")
    assert "Gardé et vérifié" in browser.one(".files").text
    assert browser.focused() == removal, "whoever was on a button is still there"
    assert browser.every("[data-look]") == [], "nothing waits any more"


def test_a_refusal_that_comes_later_is_said_on_the_page(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    work(service)  # what other tests left waiting in this service
    give(walker, tmp_path, "code.pdf", making.locked("secret"))
    assert work(service) == 1
    browser.until(lambda now: "protégé par un mot de passe" in now.one("#status").get_attribute("textContent"))
    assert "Fichier refusé" in browser.one(".files").text
    walker.leaving(lambda: browser.one(".files form[action$='/remove'] button").click())
    assert browser.every(".files") == []


def test_files_are_ordered_with_the_keyboard(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    for name in ("un.jpg", "deux.jpg"):
        give(walker, tmp_path, name, making.jpeg())
    work(service)
    walker.leaving(lambda: browser.one(".files form[action$='/up'] button").send_keys(Keys.ENTER))
    browser.until(lambda now: "ordre" in now.one("#status").get_attribute("textContent"))
    assert [row.text.split()[0] for row in browser.every(".files li")] == ["deux.jpg", "un.jpg"]
    small = browser.every(".files img")
    assert len(small) == 2
    browser.until(lambda now: now.execute_script("return arguments[0].naturalWidth > 0", small[0]))
