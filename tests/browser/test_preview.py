"""`guichet preview` in a browser: what is clicked is explained, a change shows by itself, an example fills a draft; on
a wide screen and on a phone, by keyboard, without scripts, and by every rule of axe.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from app.audit.axe import SCRIPT, assert_accessible
from app.audit.browser import PHONE, Browser
from app.preview.command import build, listen
from app.verify.new import start
from app.web.site import EXTENSION
from tests.architecture.graph import ROOT

WIDE = (1280, 800)
TITLE = "À écrire : le nom de la démarche"


@dataclass
class Preview:
    """A running preview of one procedure."""

    folder: Path
    url: str

    def change(self, old: str, new: str) -> None:
        file = self.folder / "essai" / "procedure.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    folder = tmp_path / "demarches"
    folder.mkdir()
    for name in ("shared", "tables"):
        shutil.copytree(ROOT / "procedures" / name, folder / name)
    start("essai", folder, date(2026, 11, 25))
    app = build(tmp_path / "place", folder, "essai")
    server = listen(app, 0)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Preview(folder, f"http://127.0.0.1:{server.port}")
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions[EXTENSION].store.close()


@pytest.fixture
def shown(browser: Browser, preview: Preview) -> Browser:
    """The preview, open on a wide screen."""
    browser.resize(*WIDE)
    browser.get(f"{preview.url}/preview/")
    inside(browser, TITLE)
    return browser


@contextmanager
def service(browser: Browser) -> Iterator[None]:
    """Inside the frame that shows the service."""
    browser.switch_to.frame("service")
    yield
    browser.switch_to.default_content()


def panel(browser: Browser, words: str) -> None:
    """Wait until the panel says `words`."""
    browser.until(lambda b: words in b.execute_script("return document.getElementById('panel').textContent"))


def inside(browser: Browser, words: str) -> None:
    """Wait until the page in the frame says `words`."""
    script = "return document.getElementById('service').contentDocument?.body?.textContent.replace(/\\s+/g, ' ') ?? ''"
    browser.until(lambda b: words in b.execute_script(script))


def accessible(browser: Browser) -> None:
    """Every rule of axe holds, for the page in the frame too."""
    for frame in browser.every("iframe"):
        browser.switch_to.frame(frame)
        browser.execute_script(SCRIPT.read_text(encoding="utf-8") + ";window.axe = axe")
        browser.switch_to.default_content()
    assert_accessible(browser)


def load_example(browser: Browser, person: str) -> None:
    Select(browser.one("#example")).select_by_visible_text(person)
    browser.find_element(By.XPATH, "//button[text()='Remplir']").click()
    browser.until(lambda b: "at=" in b.current_url)


def test_a_change_shows_by_itself_and_errors_leave_the_last_version(shown: Browser, preview: Preview) -> None:
    preview.change(TITLE, "Demander une aide au logement")
    inside(shown, "Demander une aide au logement")
    shown.until(lambda b: "La page est à jour" in b.one("#said").text)
    preview.change('kind: "yes_no"', 'kind: "yes_on"')
    panel(shown, "1 erreur dans les fichiers")
    panel(shown, "^^^^^")
    assert "dernière version sans erreur" in shown.one("#said").text
    inside(shown, "Demander une aide au logement")
    accessible(shown)
    preview.change('kind: "yes_on"', 'kind: "yes_no"')
    shown.until(lambda b: not b.every("#panel .errors"))


def test_what_is_clicked_is_explained(shown: Browser) -> None:
    load_example(shown, "Awa, qui peut faire la démarche")
    panel(shown, "vous êtes ici")
    with service(shown):
        shown.one("legend").click()
    panel(shown, 'id: "concerned"')
    shown.until(lambda now: now.one("#panel summary")).click()
    assert "required" in shown.one("#panel details[open]").text
    # The page goes on as for an applicant, and the panel with it.
    with service(shown):
        shown.one("button[value=continue]").click()
    panel(shown, 'id: "person"')
    inside(shown, "Votre nom")


def test_an_example_fills_a_draft(shown: Browser) -> None:
    load_example(shown, "Awa, qui peut faire la démarche")
    with service(shown):
        assert shown.one("input[value=yes]").is_selected()
    shown.find_element(By.XPATH, "//section//a[text()='Votre nom']").click()
    inside(shown, "Nom de naissance")
    with service(shown):
        assert shown.one("[name=birth_name]").get_attribute("value") == "Diallo"
    load_example(shown, "Paul, qui doit faire autre chose")
    panel(shown, "Ce qui lui est dit")


def test_by_keyboard_alone(shown: Browser) -> None:
    load_example(shown, "Awa, qui peut faire la démarche")
    with service(shown):
        shown.execute_script("document.querySelector('h1').focus()")
        for _ in range(6):
            shown.press(Keys.TAB)
            if shown.focused().get_attribute("name") == "concerned":
                break
    panel(shown, 'id: "concerned"')
    shown.one("a[data-on=concerned]").send_keys(Keys.ENTER)
    shown.until(lambda b: b.execute_script("return document.activeElement.tagName") == "H2")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_every_state_of_the_preview_is_accessible(browser: Browser, preview: Preview, size: tuple[int, int]) -> None:
    browser.resize(*size)
    browser.get(f"{preview.url}/preview/")
    inside(browser, TITLE)
    accessible(browser)
    load_example(browser, "Paul, qui doit faire autre chose")
    panel(browser, "Ce qui lui est dit")
    browser.one("#panel a[data-on=concerned]").click()
    panel(browser, "required")
    browser.one("#panel summary").click()
    accessible(browser)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]
    browser.get(f"{preview.url}/preview/map/essai")
    accessible(browser)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]


def test_without_scripts_links_and_forms_do_it(browser: Browser, preview: Preview) -> None:
    with browser.without_scripts():
        browser.get(f"{preview.url}/preview/")
        load_example(browser, "Awa, qui peut faire la démarche")
        browser.find_element(By.XPATH, "//section//a[contains(., 'cette démarche est-elle')]").click()
        browser.until(lambda b: 'id: "concerned"' in b.page_source)
        with service(browser):
            browser.one("button[value=continue]").click()
            browser.until(lambda b: "Nom de naissance" in b.page_source)
        browser.find_element(By.XPATH, "//a[contains(., 'Mettre à jour')]").click()
        browser.until(lambda b: 'id: "person"' in b.page_source)


def test_a_procedure_without_a_good_version_appears_once_it_is_right(browser: Browser, preview: Preview) -> None:
    shutil.copytree(preview.folder / "essai", preview.folder / "autre")
    browser.resize(*WIDE)
    browser.get(f"{preview.url}/preview/?slug=autre")
    assert "aucune version sans erreur" in browser.one("main").text
    accessible(browser)
    file = preview.folder / "autre" / "procedure.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('"essai"', '"autre"'), encoding="utf-8")
    browser.until(lambda b: b.every("iframe"))
    inside(browser, TITLE)


def test_the_browser_obeys_the_strict_policy(shown: Browser) -> None:
    load_example(shown, "Awa, qui peut faire la démarche")
    panel(shown, "vous êtes ici")
    assert [entry["message"] for entry in shown.get_log("browser") if "Content Security" in entry["message"]] == []
