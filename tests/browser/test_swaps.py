"""What htmx does, as a person notices it: one request, said aloud, back and forward, papers that open as papers."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from selenium.webdriver import ActionChains, Keys

from app.audit.axe import audit
from app.audit.browser import Browser
from tests.browser.arrival import look
from tests.browser.service import Service, slowly
from tests.browser.states import JPEG
from tests.browser.walker import Walker

REMEMBER = """
window.told = [];
for (const id of ['status', 'alert']) {
  const region = document.getElementById(id);
  new MutationObserver(() => told.push(region.textContent)).observe(region, {childList: true, characterData: true});
}
"""
SHAPE = """
return [location.href, document.title, document.body.innerText, document.querySelectorAll('main *').length];
"""


@pytest.fixture
def walker(browser: Browser, service: Service) -> Walker:
    """Somebody on the first page of a procedure, with scripts."""
    walker = Walker(browser, service.url, "dcem")
    walker.start()
    browser.execute_script(REMEMBER)
    service.seen.clear()
    return walker


def test_what_is_sent_is_said_and_shown_as_busy(walker: Walker, service: Service) -> None:
    browser, release = walker.browser, Event()
    with service.troubled(slowly(service, release)):
        walker.fill(walker.wanted("request"))
        walker.button("continue").click()
        browser.until(lambda now: now.one("#status").get_attribute("textContent") == "Envoi en cours…")
        assert browser.one("#main").get_attribute("aria-busy") == "true"
        assert walker.button("continue").get_attribute("aria-disabled") == "true"
        assert browser.focused().text == "Continuer", "the button keeps the focus while it waits"
        walker.leaving(release.set)
    assert look(browser).faults == ()
    assert browser.one("#status").get_attribute("textContent") == ""


def test_two_presses_send_once(walker: Walker, service: Service) -> None:
    browser, release = walker.browser, Event()
    with service.troubled(slowly(service, release)):
        walker.fill(walker.wanted("request"))
        ActionChains(browser).double_click(walker.button("continue")).perform()
        browser.focused().send_keys(Keys.ENTER)
        browser.until(lambda _: service.posts())
        walker.leaving(release.set)
    assert walker.key == "child_birth"
    assert [request.path.rsplit("/", 1)[1] for request in service.posts()] == ["request"]


def test_two_presses_on_start_begin_one_draft(browser: Browser, service: Service) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.open("/fr/dcem/")
    service.seen.clear()
    twice = ActionChains(browser).double_click(browser.one("main form button"))
    # The driver waits for the page that comes: the answer must come by itself, a while after both presses.
    with service.troubled(slowly(service, Event(), most=0.5)):
        walker.leaving(twice.perform)
    assert walker.key == "request"
    assert len(service.posts()) == 1


def test_back_and_forward_show_the_pages_with_what_was_saved(walker: Walker) -> None:
    browser = walker.browser
    pages = walker.pages()
    met = [next(pages) for _ in range(4)]
    last = browser.one("h1").text
    browser.back()
    browser.until(lambda _: walker.key == met[2])
    browser.until(lambda now: now.execute_script("return document.activeElement.localName") == "h1")
    assert browser.one("h1").text in browser.title
    browser.back()
    browser.until(lambda _: walker.key == met[1])
    browser.until(lambda now: now.one("[name='child.birth_place']").get_attribute("value") == "Wenzhou")
    browser.until(lambda now: now.execute_script("return document.activeElement.localName") == "h1")
    browser.forward()
    browser.forward()
    browser.until(lambda _: walker.key == met[3])
    browser.until(lambda now: now.one("h1").text == last)
    assert len(browser.every("main")) == 1


def test_back_from_a_page_in_error_leads_to_the_page_before(walker: Walker) -> None:
    browser = walker.browser
    first = walker.key
    walker.answer()
    walker.press("continue")
    assert browser.every("#errors")
    browser.back()
    browser.until(lambda _: walker.key == first)
    browser.until(lambda now: not now.every("#errors") and now.every("[name=request_kind]:checked"))


def test_nothing_happens_before_the_button_is_pressed(walker: Walker, service: Service) -> None:
    """No question sends, moves or shows anything by itself; a press that slides off the button is taken back."""
    browser = walker.browser
    walker.answer()
    service.seen.clear()
    before = browser.execute_script(SHAPE)
    walker.fill(walker.wanted("child_birth"))
    button = walker.button("continue")
    slid = ActionChains(browser).click_and_hold(button).move_to_element(browser.one("h1")).release()
    slid.perform()
    assert browser.execute_script(SHAPE) == before
    assert service.seen == []
    walker.press("continue")
    assert len(service.posts()) == 1


def test_an_error_link_goes_to_its_control(walker: Walker) -> None:
    browser = walker.browser
    walker.press("continue")
    assert look(browser).faults == ()
    for link in browser.every("#errors a"):
        target = link.get_attribute("href").rsplit("#", 1)[1]
        link.send_keys(Keys.ENTER)
        assert browser.focused().get_attribute("id") == target


def test_a_file_that_was_kept_or_refused_is_announced(browser: Browser, service: Service, tmp_path: Path) -> None:
    """What became of a file is said where screen readers listen, and stands beside its document."""
    walker = Walker(browser, service.url, "dcem")
    walker.arrive_at_documents(service)
    for name, content, said in (("acte.txt", b"Bonjour", "acte.txt"), ("acte.jpg", JPEG, "est reçu")):
        (tmp_path / name).write_bytes(content)
        browser.one("input[type=file]").send_keys(str(tmp_path / name))
        browser.one("form[data-pieces] button:not([type=button])").click()
        browser.until(lambda now, said=said: said in now.one("#status").get_attribute("textContent"))
        browser.until(lambda now: not now.every("progress"))
        browser.until(lambda now: now.focused().tag_name == "h2")
        # The heading of the document has the focus, since the page is the same one.
        assert [fault for fault in look(browser).faults if not fault.startswith("focus is on")] == []
        errors = [error.text for error in browser.every("section.document .error")]
        assert any("acte.txt" in error for error in errors) == name.endswith("txt")
    assert "acte.jpg" in browser.one(".files").text


def test_papers_open_as_papers_and_the_page_stays(browser: Browser, service: Service, tmp_path: Path) -> None:
    walker = Walker(browser, service.url, "provisional-paper")
    walker.arrive_at_the_end(service)
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    browser.one("main a[href$='.zip']").click()
    browser.until(lambda _: [path for path in tmp_path.iterdir() if path.suffix == ".zip"], seconds=30)
    assert walker.key == "receipt"
    papers = {link.get_attribute("href") for link in browser.every("main a[href$='.pdf']")}
    assert papers
    fetch = "const done = arguments[1]; fetch(arguments[0]).then(r => done([r.status, r.headers.get('content-type')]))"
    for paper in papers:
        assert browser.execute_async_script(fetch, paper) == [200, "application/pdf"]


def test_a_reply_is_not_kept_nor_taken_for_another(walker: Walker) -> None:
    """One address gives a page or a part of it: no cache may take one for the other."""
    fetch = """
    const [part, done] = arguments, headers = part ? {'HX-Request': 'true'} : {};
    fetch(location.href, {headers}).then(async r =>
      done([r.headers.get('vary'), r.headers.get('cache-control'), (await r.text()).startsWith('<title>')]));
    """
    for part in (True, False):
        vary, cache, short = walker.browser.execute_async_script(fetch, part)
        assert "HX-Request" in vary
        assert cache == "no-store"
        assert short is part


def test_after_the_way_back_a_plain_form_can_be_sent_again(browser: Browser, service: Service) -> None:
    walker = Walker(browser, service.url, "dcem")
    walker.start()
    first = walker.draft
    browser.back()
    browser.until(lambda _: walker.path == "/fr/dcem/")
    walker.leaving(browser.one("main form button").click)
    assert walker.key == "request"
    assert walker.draft != first


def test_a_language_is_offered_for_the_page_that_is_shown(walker: Walker) -> None:
    """A swap leaves the frame as it was: its links to other languages must follow the address."""
    walker.browser.execute_script("""
        document.querySelector('header .wrap').insertAdjacentHTML('beforeend',
          '<a id="other" href="/ar/dcem/" lang="ar" data-language="ar">العربية</a>');
    """)
    walker.answer()
    assert walker.key == "child_birth"
    other = walker.browser.one("#other").get_dom_attribute("href")
    assert other == walker.path.replace("/fr/", "/ar/", 1)


def test_the_way_out_of_a_private_page_leaves_no_page_to_come_back_to(walker: Walker) -> None:
    """The site it leads to takes the place of the page in the history."""
    browser = walker.browser
    walker.answer()
    browser.execute_script("""
        document.getElementById('main').insertAdjacentHTML('afterbegin',
          '<div class="exit"><a href="/fr/accessibility" data-exit>Quitter vite cette page</a></div>');
    """)
    pages = browser.execute_script("return history.length")
    walker.leaving(browser.one("[data-exit]").click)
    assert walker.path == "/fr/accessibility"
    assert browser.execute_script("return history.length") == pages


def test_the_button_that_prints_is_there_with_scripts_only(walker: Walker) -> None:
    browser = walker.browser
    walker.press("save")
    assert walker.key == "saved"
    button = browser.one("[data-print]")
    assert button.is_displayed()
    browser.execute_script("window.print = () => { window.printed = true }")
    button.click()
    assert browser.execute_script("return window.printed")
    with browser.without_scripts():
        walker.open(f"{walker.draft}/saved")
        assert not browser.one("[data-print]").is_displayed()


def test_without_scripts_what_is_typed_goes_along_into_another_language(walker: Walker) -> None:
    browser = walker.browser
    assert not any(one.is_displayed() for one in browser.every("[value^=language-]")), "with scripts, the links do it"
    walker.fill(walker.wanted("request"))
    walker.press("continue")
    with browser.without_scripts():
        walker.open(walker.path)
        box = browser.one("#questions input[name$='-year']")
        box.send_keys("deux mille")
        assert audit(browser).findings == []
        browser.one("header [data-language=en]").send_keys(Keys.ENTER)
        at = browser.switch_to.active_element
        assert at.get_attribute("value") == "language-en", "the link at the top leads to the button that sends"
        assert browser.one("#questions input[name$='-year']").get_attribute("value") == "deux mille"
        walker.leaving(lambda: at.send_keys(Keys.ENTER))
        assert walker.path.startswith("/en/")
        box = browser.one("#questions input[name$='-year']")
        assert box.get_attribute("value") == "deux mille"
        assert not browser.every("#errors, [aria-invalid]"), "another language is no try to go on"
        walker.leaving(lambda: box.send_keys(Keys.ENTER))
        assert walker.path.startswith("/en/")
        assert browser.every("#errors"), "Enter goes on, and says what is wrong"


@pytest.mark.parametrize("scripts", [True, False])
def test_back_after_leaving_the_phone_shows_nothing_of_anybody(walker: Walker, scripts: bool) -> None:
    """The flatmate who takes the phone and goes back, page by page, sees no answer and opens no draft."""
    browser = walker.browser
    pages = walker.pages()
    for _ in range(3):
        next(pages)
    walker.open(f"{walker.draft}/child_birth")
    assert "Wenzhou" in browser.page_source
    browser.scripts(on=scripts)
    walker.open(f"{walker.draft}/leave")
    walker.leaving(browser.one("main form button").click)
    assert walker.path == "/fr/left"
    far = browser.execute_script("return history.length")
    for _ in range(min(far, 8)):
        browser.back()
        assert "Wenzhou" not in browser.page_source
        assert browser.every("[name='child.birth_place']") == []
