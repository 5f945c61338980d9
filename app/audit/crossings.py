"""States crossed with what people set: narrow, enlarged, spaced out, in other colours, without style, by keyboard.

Not every state is crossed with everything. What depends on style and structure is looked at on the fullest page of each
sort, each set of kinds of questions, with and without errors: a style cannot know which question it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from app.audit import axe
from app.audit.browser import PHONE, Browser
from app.audit.findings import Finding
from app.audit.stage import show
from app.audit.states import State
from app.audit.view import SCRIPT as LOOK
from app.audit.walking import SCRIPT, keyboard, pointer, typing

LOW, WIDE, LANDSCAPE = (320, 256), (1280, 800), (640, 360)
USUAL, TWICE = 16, 32
GROWN = 1.95
"""How much text grows at least when a person doubles the size of letters."""
CONTRAST = ("color-contrast", "link-in-text-block")
ENGINE = "crossing"

Look = Callable[[Browser, State], Iterator[Finding]]


def finding(rule: str, state: State, at: Mapping[str, Any] | str, message: str, *criteria: str) -> Finding:
    """A fault that shows in one crossing."""
    target, html = (at, "") if isinstance(at, str) else (str(at["target"]), str(at["html"]))
    return Finding(ENGINE, rule, "fault", target, html, message, state.name, state.path, criteria)


def _run(browser: Browser, expression: str) -> Any:
    return browser.execute_script(f"return {expression}")


def _prefer(browser: Browser, state: State, **features: str) -> None:
    """The page as it comes to somebody with these preferences: no colour is still fading from another."""
    browser.prefer(prefers_reduced_motion="reduce", **features)
    show(browser, state)


def narrow(browser: Browser, state: State) -> Iterator[Finding]:
    """In 320 px by 256, as at 400 %: nothing is cut, nothing needs two ways of scrolling, little stays in the way."""
    browser.resize(*LOW)
    yield from _fits(browser, state, "narrow", "10.11")
    for one in _unlike(browser, WIDE):
        yield finding("narrow", state, one, "un écran étroit ne montre pas les mêmes mots qu'un large.", "10.11")


def _unlike(browser: Browser, size: tuple[int, int]) -> list[Any]:
    """What shows words on one screen and not on another of this `size`; the page where none of it can be named."""
    words, before = _run(browser, "cross.words()"), _run(browser, "cross.sizes()")
    browser.resize(*size)
    if _run(browser, "cross.words()") == words:
        return []
    after = _run(browser, "cross.sizes()")
    both = {one["target"] for one in before} & {one["target"] for one in after}
    return [one for one in (*before, *after) if one["target"] not in both] or ["body"]


def _fits(browser: Browser, state: State, rule: str, *criteria: str) -> Iterator[Finding]:
    found = _run(browser, "lookNarrow()")
    for one in found["wide"]:
        yield finding(rule, state, one, "l'élément dépasse de l'écran.", *criteria)
    for one in found["clipped"]:
        yield finding(rule, state, one, "du texte est coupé.", *criteria)
    for one in found["sticking"]:
        yield finding(rule, state, one, "l'élément reste à l'écran et en prend plus du tiers.", *criteria)


def landscape(browser: Browser, state: State) -> Iterator[Finding]:
    """The same words whichever way the phone is held."""
    for one in _unlike(browser, LANDSCAPE):
        yield finding("landscape", state, one, "la page ne dit pas la même chose en paysage.", "13.9")
    yield from _fits(browser, state, "landscape", "13.9")


def spacing(browser: Browser, state: State) -> Iterator[Finding]:
    """Text spaced out as WCAG 1.4.12 says: nothing is cut."""
    browser.resize(*LOW)
    _run(browser, "cross.space(true)")
    yield from _fits(browser, state, "spacing", "10.12")
    _run(browser, "cross.space(false)")


def longer(browser: Browser, state: State) -> Iterator[Finding]:
    """Every sentence four tenths longer, as in another language, at 320 px: nothing sticks out or is cut."""
    browser.resize(*LOW)
    _run(browser, "cross.lengthen()")
    yield from _fits(browser, state, "long")


def text_200(browser: Browser, state: State) -> Iterator[Finding]:
    """Letters of twice the size: all grow, none is cut."""
    before = _run(browser, "cross.sizes()")
    with _letters(browser, TWICE):
        after = {one["target"]: one["size"] for one in _run(browser, "cross.sizes()")}
        for one in before:
            if after.get(one["target"], 0) < GROWN * one["size"]:
                yield finding("text-200", state, one, "le texte ne grandit pas avec les lettres.", "10.4")
        yield from _fits(browser, state, "text-200", "10.4")


@contextmanager
def _letters(browser: Browser, pixels: int) -> Iterator[None]:
    """The size of text that a person has set in their browser."""
    browser.execute_cdp_cmd("Page.setFontSizes", {"fontSizes": {"standard": pixels, "fixed": pixels}})
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Page.setFontSizes", {"fontSizes": {"standard": USUAL, "fixed": 13}})


def _contrast(rule: str, **features: str) -> Look:
    def look(browser: Browser, state: State) -> Iterator[Finding]:
        _prefer(browser, state, **features)
        options = {"runOnly": {"type": "rule", "values": CONTRAST}, "resultTypes": ["violations", "incomplete"]}
        script = (
            "const done = arguments[1]; axe.run(document, arguments[0]).then(done, e => done({problem: String(e)}))"
        )
        results: Any = browser.execute_async_script(script, options)
        if "problem" in results:
            raise RuntimeError(f"axe stopped: {results['problem']}")
        for found in axe.findings_of(results, state.name, state.path):
            at = {"target": found.target, "html": found.html}
            yield replace(finding(rule, state, at, found.message, "3.2", "10.5"), outcome=found.outcome)

    return look


def edges(browser: Browser, state: State) -> Iterator[Finding]:
    """The edge of every control stands out three to one, by day and by night."""
    for scheme in ("light", "dark"):
        _prefer(browser, state, prefers_color_scheme=scheme)
        for one in _run(browser, "cross.edges()"):
            yield finding("edges", state, one, f"le bord se distingue mal du fond ({scheme}).", "3.3")


def forced(browser: Browser, state: State) -> Iterator[Finding]:
    """In colours of the person's own, boxes and buttons keep an edge: backgrounds are gone."""
    for scheme in ("light", "dark"):
        _prefer(browser, state, forced_colors="active", prefers_color_scheme=scheme)
        for one in _run(browser, "cross.edgeless()"):
            yield finding("forced", state, one, f"sans les couleurs de la page, rien ne le borde ({scheme}).", "3.3")


def bare(browser: Browser, state: State) -> Iterator[Finding]:
    """Without style: the same words in the same order."""
    lines, place = _run(browser, "cross.lines()"), 0
    _run(browser, "cross.style(false)")
    words = _run(browser, "cross.words()")
    _run(browser, "cross.style(true)")
    for line in lines:
        found = words.find(line, place)
        if found < 0:
            yield finding("bare", state, "body", f"sans style, « {line} » manque ou change de place.", "10.2", "10.3")
            return
        place = found


def sides(browser: Browser, state: State) -> Iterator[Finding]:
    """A label stands above its control or before it; the words of a box to tick after it."""
    for one in _run(browser, "cross.sides()"):
        yield finding("sides", state, one, "l'étiquette n'est pas accolée à son champ.", "11.4")


def right_to_left(browser: Browser, state: State) -> Iterator[Finding]:
    """Turned around, as in Arabic: nothing sticks out, labels stand on the other side."""
    _run(browser, "document.documentElement.dir = 'rtl'")
    yield from _fits(browser, state, "right-to-left", "11.4")
    for one in _run(browser, "cross.sides()"):
        yield finding("right-to-left", state, one, "de droite à gauche, l'étiquette est du mauvais côté.", "11.4")


def reduced_motion(browser: Browser, state: State) -> Iterator[Finding]:
    """Nothing moves for those who asked so."""
    browser.prefer(prefers_reduced_motion="reduce")
    if _run(browser, "cross.moving()"):
        yield finding("reduced-motion", state, "body", "un mouvement reste quand la personne n'en veut pas.", "13.8")


def printed(browser: Browser, state: State) -> Iterator[Finding]:
    """On paper: black on white, even from a dark screen."""
    browser.prefer(media="print", prefers_color_scheme="dark")
    colours = _run(browser, "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    if colours != ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]:
        yield finding("print", state, "body", f"sur papier, l'encre et le fond sont {colours}.")


@dataclass(frozen=True, slots=True)
class Crossing:
    """`few`: dear, so that one page of each sort has to do. `why` says on which states it is run, and for what."""

    look: Look
    why: str
    few: bool = False


STYLED = "dépend du style et de la structure : la page la plus fournie de chaque sorte, avec et sans erreurs"
WALKED = "dépend du navigateur autant que de la page : une page de chaque sorte"
CROSSINGS: Mapping[str, Crossing] = {
    "narrow": Crossing(narrow, STYLED),
    "landscape": Crossing(landscape, STYLED),
    "spacing": Crossing(spacing, STYLED),
    "long": Crossing(longer, STYLED),
    "text-200": Crossing(text_200, STYLED),
    "dark": Crossing(_contrast("dark", prefers_color_scheme="dark"), STYLED),
    "contrast": Crossing(_contrast("contrast", prefers_contrast="more"), STYLED),
    "edges": Crossing(edges, STYLED),
    "forced": Crossing(forced, STYLED),
    "bare": Crossing(bare, STYLED),
    "sides": Crossing(sides, STYLED),
    "right-to-left": Crossing(right_to_left, STYLED),
    "reduced-motion": Crossing(reduced_motion, STYLED),
    "print": Crossing(printed, STYLED),
    "keyboard": Crossing(keyboard, WALKED, few=True),
    "input": Crossing(typing, WALKED, few=True),
    "pointer": Crossing(pointer, WALKED, few=True),
}


def covering(states: Iterable[State], *, few: bool = False) -> list[State]:
    """The fullest page of every sort and every set of kinds of questions, as it is and with errors; with `few`, of
    every sort.
    """
    best: dict[tuple[object, ...], State] = {}
    for state in states:
        kinds = frozenset(one.kind for one in state.asked.fields) if state.asked and not few else frozenset()
        key = (state.sort, kinds, state.refused)
        if key not in best or len(best[key].html) < len(state.html):
            best[key] = state
    return list(best.values())


def _unknown(_name: str, _state: State) -> bool:
    return False


def cross(
    browser: Browser,
    states: Sequence[State],
    names: Iterable[str] = CROSSINGS,
    known: Callable[[str, State], bool] = _unknown,
) -> Iterator[tuple[str, State, list[Finding]]]:
    """Look at a covering part of the states in each crossing; tells the crossing, the state and what was found. What is
    `known` is left out.
    """
    browser.execute_script(LOOK + SCRIPT)
    for name in names:
        for state in covering(states, few=CROSSINGS[name].few):
            if known(name, state):
                continue
            browser.resize(*PHONE)
            browser.prefer()
            show(browser, state)
            yield name, state, list(CROSSINGS[name].look(browser, state))
    browser.resize(*PHONE)
    browser.prefer()
