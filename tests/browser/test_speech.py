"""Questions are read aloud where the phone has a voice for their language: here one that notes what it is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from app.audit.axe import assert_accessible
from app.audit.browser import Browser
from tests.browser.arrival import look
from tests.browser.service import Service
from tests.browser.walker import Walker

VOICES = """
(() => {
  const told = new EventTarget();
  let voices = [], now = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, 'speechSynthesis', {value: {
    spoken: [],
    asked: 0,
    getVoices() { this.asked += 1; return voices; },
    addEventListener: (name, act) => told.addEventListener(name, act),
    speak(words) { this.spoken.push([words.lang, words.text]); now.push(words); },
    cancel() { for (const cut of now.splice(0)) setTimeout(() => cut.onerror && cut.onerror({error: 'interrupted'})); },
    end() { for (const said of now.splice(0)) said.onend && said.onend(); },
    silent: () => now.length === 0,
    know(found) { voices = found; this.asked = 0; told.dispatchEvent(new Event('voiceschanged')); },
  }});
  addEventListener('load', () => setTimeout(() => { speechSynthesis.know(%s); window.known = true; }, 50));
})();
"""
FRENCH = '[{lang: "en_GB", localService: true}, {lang: "fr-FR", localService: true}]'
ELSEWHERE = '[{lang: "fr-FR", localService: false}, {lang: "en-GB", localService: true}]'
BUTTONS = """
return [...document.querySelectorAll('.listen')].map(b => [b.textContent, b.getAttribute('aria-pressed')]);
"""


@contextmanager
def voices(browser: Browser, known: str) -> Iterator[None]:
    """Pages that are loaded meanwhile know these voices, a moment after they were loaded."""
    made = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": VOICES % known})
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", made)


def first_page(browser: Browser, service: Service, locale: str = "fr") -> Walker:
    walker = Walker(browser, service.url, "dcem", locale=locale)
    walker.start()
    browser.until(lambda now: now.execute_script("return !!document.getElementById('speech-script')"))
    return walker


def buttons(browser: Browser) -> Sequence[tuple[str, str]]:
    return [(name, pressed) for name, pressed in browser.execute_script(BUTTONS)]


def speech(browser: Browser, what: str) -> Any:
    return browser.execute_script(f"return speechSynthesis.{what}")


def test_a_question_is_read_with_its_answers_and_a_second_press_stops(browser: Browser, service: Service) -> None:
    with voices(browser, FRENCH):
        walker = first_page(browser, service)
        browser.until(buttons)
        assert ("Écouter : Que demandez-vous pour l'enfant ?", "false") in buttons(browser)
        assert look(browser).faults == ()
        assert_accessible(browser)
        button = browser.one(".listen")
        button.click()
        assert buttons(browser)[0][1] == "true"
        spoken = speech(browser, "spoken")
        assert {language for language, _ in spoken} == {"fr-FR"}
        assert [words.strip() for _, words in spoken][:2] == ["Que demandez-vous pour l'enfant ?", "Un premier DCEM"]
        button.click()
        assert buttons(browser)[0][1] == "false"
        assert speech(browser, "silent()")
        # What was cut tells so a moment later: it may not stop what is read by then.
        browser.execute_script("const b = document.querySelector('.listen'); b.click(); b.click(); b.click();")
        browser.execute_async_script("setTimeout(arguments[0], 50)")
        assert buttons(browser)[0][1] == "true"
        speech(browser, "end()")
        assert {pressed for _, pressed in buttons(browser)} == {"false"}
        button.click()
        walker.answer()
        assert speech(browser, "silent()"), "another page came: nobody reads on"
        assert {pressed for _, pressed in buttons(browser)} == {"false"}


@pytest.mark.parametrize(("locale", "known"), [("fr", ELSEWHERE), ("ar", FRENCH), ("fr", "[]")])
def test_there_is_no_button_without_a_voice_on_the_phone(
    browser: Browser, service: Service, locale: str, known: str
) -> None:
    with voices(browser, known):
        first_page(browser, service, locale)
        browser.until(lambda now: now.execute_script("return window.known && speechSynthesis.asked > 0"))
        assert buttons(browser) == []
