"""Pages that are not ours: the engine, and those oracles and crossings that need no procedure to compare with.

Nothing is claimed of such a page: a criterion is "not conform", or it waits for a person.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException

from app.audit import axe
from app.audit.browser import PHONE, Browser, open_browser
from app.audit.criteria import Verdict, verdicts
from app.audit.crossings import CROSSINGS
from app.audit.findings import Finding
from app.audit.oracles import Oracle, pages
from app.audit.run import Blind, Result
from app.audit.states import State
from app.audit.view import SCRIPT, View, prepare, view_of
from app.audit.walking import SCRIPT as CROSS

REFUSED = 400
CROSSED = ("narrow", "landscape", "spacing", "text-200", "dark", "contrast", "edges", "forced", "bare", "keyboard")
"""Those that ask for nothing that only our pages have, and send nothing."""
KEEP = "window.show = () => {}"
"""Crossings put their state on the stage first: here it is the page itself, which stays."""
BAIT = """
const box = document.createElement('input'), done = arguments[0];
document.body.append(box);
axe.run(document, {runOnly: {type: 'rule', values: ['label']}})
  .then(found => { box.remove(); done(found.violations.length); }, () => done(0));
"""
CONFIRM = "Aucune faute trouvée ; sur une page qui n'est pas faite par Guichet, une personne doit le confirmer."


class NotShown(ValueError):
    """A page cannot be audited; the message says why, in French."""


def _language(view: View) -> Iterator[Finding]:
    """Which language a page is in, nobody but the page knows: it says one."""
    if not view.page["lang"]:
        yield view.finding("language", "html", "la page ne dit pas sa langue.", "8.3")


def _targets(view: View) -> Iterator[Finding]:
    """24 px by WCAG; the 44 are our own rule."""
    for one in view.page["small"]:
        if min(one["width"], one["height"]) < pages.WCAG_TARGET:
            size = f"{one['width']} × {one['height']} px"
            yield view.finding("target-size", one, f"« {one['words']} » : {size}, il en faut {pages.WCAG_TARGET}.")


ORACLES: Mapping[str, Oracle] = {
    "language": _language,
    "headings": pages.headings,
    "references": pages.references,
    "keyboard-order": pages.keyboard_order,
    "unique-names": pages.unique_names,
    "target-size": _targets,
    "new-window": pages.new_window,
    "submit": pages.submit,
    "time-limit": pages.time_limit,
    "zoom": pages.zoom,
    "images": pages.images,
}
"""Those that need no procedure."""


def audit_urls(urls: Iterable[str]) -> tuple[Result, tuple[Verdict, ...]]:
    """Visit each address in a browser of its own; gives what came of it, and the verdicts.

    Raises `NotShown` for an address without a page, `Blind` when an instrument sees nothing.
    """
    begun, result = time.monotonic(), Result()
    with _browser() as browser:
        for url in urls:
            state = _open(browser, url)
            result.states.append(state)
            result.open += _looked(browser, state, result)
    result.ran.states = len(result.states)
    result.seconds = time.monotonic() - begun
    return result, tuple(_modest(one) for one in verdicts(result.ran, result.judged))


def _modest(verdict: Verdict) -> Verdict:
    return verdict if verdict.status in ("NC", "NA") else replace(verdict, status="NT", why=CONFIRM)


@contextmanager
def _browser() -> Iterator[Browser]:
    with tempfile.TemporaryDirectory(prefix="guichet-chromium-", ignore_cleanup_errors=True) as profile:
        browser = open_browser(Path(profile))
        try:
            yield browser
        finally:
            browser.quit()


def _open(browser: Browser, url: str) -> State:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotShown(f"« {url} » n'est pas une adresse http:// ou https://.")
    browser.resize(*PHONE)
    browser.prefer()
    try:
        browser.get(url)
    except WebDriverException as reason:
        raise NotShown(f"{url} ne répond pas : {(reason.msg or '').splitlines()[0]}") from reason
    if not browser.execute_script("return location.protocol.startsWith('http')"):
        raise NotShown(f"{url} ne répond pas.")
    status = int(browser.execute_script("return performance.getEntriesByType('navigation')[0].responseStatus || 200"))
    if status >= REFUSED:
        raise NotShown(f"{url} répond {status}.")
    # The name of a state has one colon at most, before what the page is in.
    name = f"{parts.hostname}{parts.path}{'?' if parts.query else ''}{parts.query}".replace(":", "%3A")
    locale = str(browser.execute_script("return document.documentElement.lang")).partition("-")[0] or "fr"
    day = datetime.now(UTC).date()
    return State(f"{name}:shown", "start", url, status, browser.page_source, locale, "prepare", day)


def _of_frame(found: Finding) -> Finding:
    """What the keyboard does inside a frame cannot be told from outside."""
    if not found.html.startswith(("<iframe", "<frame")):
        return found
    why = "le clavier passe par un cadre : auditez aussi la page qu'il montre, à son adresse."
    return replace(found, outcome="unsure", message=why)


def _looked(browser: Browser, state: State, result: Result) -> Iterator[Finding]:
    """Engine, oracles, then what people set; the page is loaded again after what may have changed it."""
    report = axe.audit(browser)
    axe.check_version(report.version, report.rules_known)
    result.engines[axe.NAME] = report.version
    if not browser.execute_async_script(BAIT):
        raise Blind(f"axe ne trouve pas, sur {state.path}, une faute posée exprès")
    yield from (replace(one, state=state.name, path=state.path) for one in report.findings)
    prepare(browser)
    seen = view_of(browser, state)
    for number, met in seen.page["applies"].items():
        result.ran.met[number] = result.ran.met.get(number, 0) + len(met)
    for oracle in ORACLES.values():
        yield from oracle(seen)
    browser.execute_script(f"{KEEP};{SCRIPT}{CROSS}")
    for name in CROSSED:
        browser.resize(*PHONE)
        browser.prefer()
        yield from map(_of_frame, CROSSINGS[name].look(browser, state))
        result.crossed[name] = result.crossed.get(name, 0) + 1
