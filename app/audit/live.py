"""What only a page that is loaded for real shows: it works without scripts, and a swap takes the person along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException

from app.audit.browser import Browser
from app.audit.findings import Finding
from app.audit.installation import Installation, served, showing
from app.audit.journeys import Journeyed
from app.audit.questions import Pages, Seen
from app.audit.states import State
from app.audit.view import plain
from app.audit.walking import SCRIPT
from app.journey.model import Stop
from app.locale import messages
from app.spec.model import Procedure

ENGINE = "crossing"
WAIT = 15
ARRIVED = "return !window.left && document.readyState === 'complete' && !document.querySelector('[aria-busy]')"


def _finding(rule: str, name: str, path: str, message: str, *criteria: str) -> Finding:
    return Finding(ENGINE, rule, "fault", "#main", "", message, name, path, criteria)


def _arrival(browser: Browser) -> Any:
    browser.execute_script(SCRIPT)
    return browser.execute_script("return cross.arrived()")


def without_scripts(browser: Browser, installation: Installation, states: Sequence[State]) -> Iterator[list[Finding]]:
    """Each page loaded by a browser that runs no script: it says something, and its forms can be sent."""
    with showing(installation, states) as shown:
        for state, url in shown:
            with browser.without_scripts():
                browser.get(url)
            page = _arrival(browser)
            found = []
            if page["doctype"] != "html" or page["mode"] != "CSS1Compat":
                found.append(_finding("doctype", state.name, state.path, "la page n'a pas de type de document.", "8.1"))
            broken = "return [...document.forms].some(f => f.method !== 'post' || !f.getAttribute('action'))"
            if browser.execute_script(broken):
                found.append(_finding("no-script", state.name, state.path, "sans script, rien n'est envoyé.", "7.2"))
            if len(page["words"]) < 20:
                found.append(_finding("no-script", state.name, state.path, "sans script, la page est vide.", "7.2"))
            yield found


def swaps(
    browser: Browser, installation: Installation, procedure: Procedure, locale: str, person: Journeyed
) -> Iterator[list[Finding]]:
    """Each page of questions of one person, sent empty and then answered, with htmx: where the focus is then, what the
    title says, that what announces is still there.
    """
    pages = Pages(installation, procedure, locale, person, Seen())
    with served(installation) as base:
        browser.get(f"{base}/{locale}/accessibility")
        name = f"guichet-{pages.visitor.draft}"
        browser.add_cookie({"name": name, "value": pages.visitor.token, "path": "/", "httpOnly": True})
        for stop in _unlike(person.journey.path):
            yield list(_one(browser, pages, stop, base))


def _unlike(path: Iterable[Stop]) -> Iterator[Stop]:
    """Each page once, whatever the item."""
    seen: set[str] = set()
    for stop in path:
        if stop.page.id not in seen and not stop.is_list:
            seen.add(stop.page.id)
            yield stop


def _one(browser: Browser, pages: Pages, stop: Stop, base: str) -> Iterator[Finding]:
    url, told = pages.visitor.below(stop.key), f"{pages.locale}/{pages.procedure.slug}/{stop.page.id}"
    mark = plain(messages(pages.locale).gettext("Erreur :")).rstrip(": ")
    if any(question.required for question in stop.fields):
        pages.visitor.hold(pages.without(stop), pages.person.journey)
        page = _sent(browser, base + url)
        yield from _judged(page, f"{told}:swap-errors", url, focus="errors", title=mark)
    pages.visitor.hold(pages.person.answers, pages.person.journey)
    before = _load(browser, base + url)
    page = _sent(browser, base + url)
    if urlsplit(page["href"]).path == url and page["title"] == before["title"]:
        yield _finding("swap", f"{told}:swap-onward", url, "la page suivante n'est pas venue.", "7.1")
        return
    yield from _judged(page, f"{told}:swap-onward", url, focus="h1", title="")


def _judged(page: Any, name: str, url: str, *, focus: str, title: str) -> Iterator[Finding]:
    if page["focus"] != focus:
        yield _finding("swap", name, url, f"le focus est sur « {page['focus']} », pas sur « {focus} ».", "7.1", "12.8")
    if title and not page["title"].startswith(title):
        yield _finding("swap", name, url, f"le titre « {page['title']} » ne dit pas l'erreur.", "8.6")
    if page["regions"] != ["alert", "status"]:
        yield _finding("swap", name, url, f"les zones d'annonce ne sont plus là : {page['regions']}.", "7.5")
    if not title and page["heading"].casefold()[:12] not in page["title"].casefold():
        yield _finding("swap", name, url, f"le titre « {page['title']} » n'est pas celui de la page.", "8.6")


def _load(browser: Browser, url: str) -> Any:
    browser.get(url)
    return _arrival(browser)


def _sent(browser: Browser, url: str) -> Any:
    """Load a page, press its first button, and wait for what comes."""
    _load(browser, url)
    browser.execute_script(
        "document.getElementById('main').left = 1; window.waits = true;"
        # After our own script, which sets the focus when it hears the same.
        "document.addEventListener('htmx:after:swap', () => { window.waits = false });"
        "const button = document.querySelector('main form button[value=continue]');"
        "button.scrollIntoView({block: 'center'}); button.focus(); button.click()"
    )
    browser.until(_came, seconds=WAIT)
    return _arrival(browser)


def _came(browser: Browser) -> bool:
    script = "const m = document.getElementById('main'); return !!m && !m.left && !window.waits"
    try:
        return bool(browser.execute_script(f"{script} && document.readyState === 'complete'"))
    except WebDriverException:
        # Between two pages there is none to ask.
        return False
