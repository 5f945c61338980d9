"""When the network, the server or something between them fails: said in words, where the person is; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from urllib.parse import urlsplit

import pytest

from app.audit.browser import Browser
from tests.browser.server import LiveServer
from tests.browser.service import Service, Trouble, answers, dies, hangs
from tests.browser.walker import Walker

PORTAL = "<!doctype html><title>Wi-Fi</title><h1>Acceptez les conditions</h1>"
GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
TYPED = "Ouagadougou, secteur 27"
STATE = """
const alert = document.getElementById('alert'), box = alert.getBoundingClientRect(), at = document.activeElement;
return {
  words: alert.textContent, place: document.querySelector("[name='child.birth_place']").value,
  seen: box.height > 0 && box.top >= 0 && box.bottom <= innerHeight + 1,
  focus: at.localName, form: !!at.closest('form'),
  busy: document.querySelectorAll('[aria-busy], [aria-disabled]').length,
  path: location.pathname,
};
"""


@pytest.fixture
def walker(browser: Browser, service: Service) -> Walker:
    """Somebody who has just typed a town, with more to fill in."""
    walker = Walker(browser, service.url, "dcem")
    walker.start()
    walker.answer()
    begin_typing(walker)
    return walker


def begin_typing(walker: Walker) -> None:
    assert walker.key == "child_birth"
    walker.fill({**walker.wanted("child_birth"), "child.birth_place": [TYPED]})


IN_VIEW = """
const box = arguments[0].getBoundingClientRect();
return box.height > 20 && box.top >= 0 && box.bottom <= innerHeight;
"""
UNDER_THE_FINGER = """
const place = arguments[0].getBoundingClientRect();
return [place.bottom - 4, place.top + place.height / 2].every(
  (y) => document.elementFromPoint(place.x + place.width / 2, y) === arguments[0]);
"""


@contextmanager
def no_network(walker: Walker) -> Iterator[None]:
    walker.browser.wire(on=False)
    try:
        yield
    finally:
        walker.browser.wire(on=True)


def told(walker: Walker, *words: str) -> None:
    """The alert says `words` in view of the person; what they typed, their focus and their place are as before."""
    walker.browser.until(lambda now: now.one("#alert").text)
    state = walker.browser.execute_script(STATE)
    for word in words:
        assert word in state["words"]
    assert state["seen"], "the alert stands outside the screen"
    assert state["place"] == TYPED
    assert (state["focus"], state["form"], state["busy"]) == ("button", True, 0)
    assert state["path"] == walker.path


def sent_again(walker: Walker) -> None:
    """A second press of the same button saves what was typed; the alert is gone."""
    walker.press("continue")
    assert walker.key == "child_arrival"
    assert walker.browser.one("#alert").get_attribute("textContent") == ""
    walker.open(f"{walker.draft}/child_birth")
    assert walker.browser.one("[name='child.birth_place']").get_attribute("value") == TYPED


def test_without_network(walker: Walker) -> None:
    with no_network(walker):
        walker.touch("continue")
        told(walker, "Pas de réseau", "encore sur cette page")
    walker.browser.until(lambda now: now.one("#status").get_attribute("textContent") == "Le réseau est revenu.")
    sent_again(walker)


def test_the_network_goes_while_one_types(walker: Walker) -> None:
    with no_network(walker):
        walker.browser.until(lambda now: "Pas de réseau" in now.one("#alert").text)
    walker.browser.until(lambda now: now.one("#status").text == "Le réseau est revenu.")
    assert walker.browser.execute_script(IN_VIEW, walker.browser.one("#status")), "whoever does not hear it sees it"
    sent_again(walker)


@pytest.mark.parametrize("focused", [True, False])
def test_no_banner_lies_over_the_button_that_it_speaks_of(walker: Walker, focused: bool) -> None:
    """Even where that button stood at the lower edge of the screen and nobody had come to it yet."""
    button = walker.browser.one("main .buttons button")
    walker.browser.execute_script("arguments[0].scrollIntoView({block: 'end'})", button)
    if not focused:
        walker.browser.execute_script("document.activeElement.blur()")
    with no_network(walker):
        walker.browser.until(lambda now: "Pas de réseau" in now.one("#alert").text)
        assert walker.browser.execute_script(UNDER_THE_FINGER, button)
    walker.browser.until(lambda now: now.one("#status").text == "Le réseau est revenu.")
    assert walker.browser.execute_script(UNDER_THE_FINGER, button)


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (dies, "Le service ne répond pas"),
        (answers("502 Bad Gateway", GATEWAY), "Le service a une panne"),
        (answers("503 Service Unavailable", GATEWAY), "Le service a une panne"),
        (answers("413 Content Too Large", GATEWAY), "n’a pas pu être envoyée"),
        (answers("200 OK", PORTAL), "n’a pas pu être envoyée"),
        (answers("200 OK", "", media="text/plain"), "n’a pas pu être envoyée"),
    ],
    ids=["broken off", "502", "503", "413", "portal of a network", "empty"],
)
def test_something_between_answers(walker: Walker, service: Service, trouble: Trouble, words: str) -> None:
    with service.troubled(trouble):
        walker.touch("continue")
        told(walker, words, "encore")
    sent_again(walker)


def test_a_reply_that_does_not_come(walker: Walker, service: Service) -> None:
    release = Event()
    config = "const now = htmx.config.defaultTimeout; htmx.config.defaultTimeout = arguments[0]; return now"
    wait = walker.browser.execute_script(config, 300)
    assert 20_000 <= wait <= 60_000, "a slow network needs more than a few seconds, a person less than some minutes"
    with service.troubled(hangs(release)):
        walker.touch("continue")
        told(walker, "trop lent", "encore sur cette page")
        release.set()
    walker.browser.execute_script(config, wait)
    sent_again(walker)


def test_our_own_fault(walker: Walker, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    with monkeypatch.context() as planted:
        planted.setattr("app.web.flow.receive", fail)
        planted.setattr("app.web.steps.flow.receive", fail)
        walker.touch("continue")
        told(walker, "Le service a une panne", "encore sur cette page")
    sent_again(walker)


def test_too_much_text(browser: Browser, live: LiveServer) -> None:
    """More than the service takes in one form: its own page says so, and stays out of the way."""
    walker = Walker(browser, live.url, "dcem")
    walker.start()
    walker.answer()
    begin_typing(walker)
    walker.browser.execute_script("""
        const box = document.createElement('textarea');
        box.name = 'more', box.id = 'more', box.value = 'a'.repeat(2100000);
        document.querySelector('main form').append(box);
    """)
    walker.touch("continue")
    told(walker, "trop long", "Vos réponses sont encore sur cette page.")
    assert "page d’avant" not in browser.one("#alert").text, "the page is still there: going back would lose the text"
    walker.browser.execute_script("document.getElementById('more').remove()")
    sent_again(walker)


def test_the_draft_was_left_in_another_tab(walker: Walker) -> None:
    """Nothing can be saved any more: the person is told how to go on, and still sees what to copy."""
    walker.browser.delete_cookie(f"guichet-{walker.draft.rsplit('/', 1)[1]}")
    walker.touch("continue")
    told(walker, "n’est pas ouverte sur ce téléphone", "Avec votre code", "encore sur cette page")


def test_a_refused_token_brings_the_form_back(walker: Walker) -> None:
    walker.browser.execute_script("document.querySelector('main form [name=csrf_token]').value = 'x'")
    walker.press("continue")
    assert walker.key == "child_birth"
    assert "ouverte depuis trop longtemps" in walker.browser.one("#errors").text
    assert walker.browser.one("[name='child.birth_place']").get_attribute("value") == TYPED
    sent_again(walker)


def test_the_server_is_killed_and_comes_back(browser: Browser, live: LiveServer) -> None:
    """The shipped server, ended as by a power cut while a page is open."""
    walker = Walker(browser, live.url, "dcem")
    walker.start()
    walker.answer()
    begin_typing(walker)
    live.kill()
    try:
        walker.touch("continue")
        told(walker, "Le service ne répond pas, ou le réseau manque", "encore sur cette page")
    finally:
        live.start()
    walker.browser.until(lambda now: now.one("#status").text.startswith("Le service répond de nouveau."))
    assert walker.browser.one("#alert").get_attribute("textContent") == "", "what is over is not said any more"
    sent_again(walker)


def test_what_comes_into_view_stops_above_the_banner(walker: Walker, service: Service) -> None:
    """However high the banner is: the focus is never below it (WCAG 2.4.11)."""
    with service.troubled(dies):
        walker.touch("continue")
        told(walker, "Le service ne répond pas")
    button = walker.browser.one("main .buttons button")
    walker.browser.execute_script("scrollTo(0, 0); arguments[0].scrollIntoView({block: 'end'})", button)
    assert walker.browser.execute_script(UNDER_THE_FINGER, button)


def test_without_scripts_a_failure_is_a_page_with_ways_out(browser: Browser, service: Service) -> None:
    with browser.without_scripts():
        walker = Walker(browser, service.url, "dcem")
        walker.start()
        walker.open(f"{urlsplit(browser.current_url).path.rsplit('/', 1)[0]}/nowhere/at/all")
        assert browser.one("h1").is_displayed()
        walker.open("/fr/dcem/0a1b2c3d4e5/request")
        assert "Cette demande n’est pas ouverte" in browser.one("h1").text
        assert browser.every("main a[href^='tel:']")
