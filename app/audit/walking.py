"""A page walked through by keyboard, typed into, and touched: on the stage, in the real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from selenium.webdriver import ActionChains, Keys

from app.audit.browser import Browser
from app.audit.findings import Finding
from app.audit.states import State

SCRIPT = (Path(__file__).parent / "files" / "cross.js").read_text(encoding="utf-8")
ENGINE = "crossing"
MOST_STOPS = 250
RING = 2
"""Pixels that a ring around what has the focus is wide at least (WCAG 2.4.13)."""


def _finding(rule: str, state: State, at: Any, message: str, *criteria: str) -> Finding:
    return Finding(ENGINE, rule, "fault", at["target"], at["html"], message, state.name, state.path, criteria)


def keyboard(browser: Browser, state: State) -> Iterator[Finding]:
    """Tab from the top to the end: each stop once, in order, seen by the pixels, covered by nothing; no trap."""
    browser.execute_script("cross.begin()")
    places: list[int] = []
    seen: set[str] = set()
    stop: Any = None
    for _ in range(MOST_STOPS):
        ActionChains(browser, duration=0).send_keys(Keys.TAB).perform()
        stop = browser.execute_script("return cross.stop()")
        # After the last stop comes the browser itself, or the first stop again.
        if stop is None or (places and stop["place"] == places[0] and len(places) > 1):
            return
        if places and stop["place"] <= places[-1]:
            yield _finding(
                "keyboard", state, stop, "le clavier revient en arrière, ou reste sur place.", "12.8", "12.9"
            )
            return
        places.append(stop["place"])
        if stop["hidden"]:
            yield _finding("keyboard", state, stop, "ce qui a le focus est caché par autre chose.", "10.7")
        if stop["sort"] not in seen:
            seen.add(stop["sort"])
            if stop["outline"] < RING or not _seen(browser, stop):
                yield _finding("keyboard", state, stop, "rien ne montre que l'élément a le focus.", "10.7")
    if stop is not None:
        yield _finding("keyboard", state, stop, "le clavier ne sort pas de la page.", "12.9")


def _seen(browser: Browser, stop: Any) -> bool:
    """Whether the pixels around a stop change when it loses the focus."""
    focused = _pixels(browser, stop["box"])
    browser.execute_script("cross.blur()")
    blurred = _pixels(browser, stop["box"])
    browser.execute_script("cross.again(arguments[0])", stop["place"])
    return focused != blurred


def _pixels(browser: Browser, box: Any) -> str:
    clip = {**box, "scale": 1}
    return str(browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "clip": clip})["data"])


def typing(browser: Browser, state: State) -> Iterator[Finding]:
    """Choosing and typing take nobody elsewhere."""
    for one in browser.execute_script("return cross.type()"):
        yield _finding("input", state, one, "choisir ou écrire change la page sans prévenir.", "7.4")


def pointer(browser: Browser, state: State) -> Iterator[Finding]:
    """A finger that is put on a button and taken off elsewhere does nothing."""
    browser.execute_script("cross.listen()")
    goal = browser.execute_script("return cross.middle('main form button')")
    if goal is None:
        return
    mouse = {"button": "left", "clickCount": 1}
    for sort, x, y in (("mousePressed", goal["x"], goal["y"]), ("mouseMoved", 1, 1), ("mouseReleased", 1, 1)):
        browser.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": sort, "x": x, "y": y, **mouse})
    if browser.execute_script("return window.acted"):
        yield _finding("pointer", state, goal, "le bouton agit dès qu'il est touché.", "13.11")
