"""The page as eyes meet it: narrow, low, enlarged, spaced out, in other colours, on paper, from right to left, bare."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from app.audit.browser import Browser
from app.audit.stage import show
from app.audit.walking import SCRIPT
from tests.architecture.graph import ROOT
from tests.browser.states import State, covering

CSS = ROOT / "static" / "css" / "guichet.css"
WORDS = "return document.body.innerText.replace(/\\s+/g, ' ').trim()"
WIDE = """
// A phone shrinks a page that is too wide, and innerWidth grows with it.
const across = document.documentElement.clientWidth;
const over = [...document.querySelectorAll('body *')].filter(e => {
  const box = e.getBoundingClientRect();
  return box.width && (box.right > across + 1 || box.left < -1) && !e.closest('.vh, .skip');
});
return document.scrollingElement.scrollWidth > across
  ? over.map(e => e.localName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40)) : [];
"""
CLIPPED = """
const cut = e => {
  const style = getComputedStyle(e);
  const hides = [style.overflowX, style.overflowY].some(o => o === 'hidden' || o === 'clip');
  const boxed = e.matches('button, .button, .choice, .tag, summary');
  return (hides || boxed) && !e.closest('.vh') && !e.matches('select, textarea, input')
    && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2);
};
const named = e => e.localName + '.' + e.className + ' ' + e.textContent.trim().slice(0, 40);
return [...document.querySelectorAll('body *')].filter(e => e.clientWidth && cut(e)).map(named);
"""
SIZES = """
const shown = [...document.querySelectorAll('body *')].filter(e =>
  [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getBoundingClientRect().width > 1);
return shown.map(e => [e.localName + '.' + e.className, parseFloat(getComputedStyle(e).fontSize)]);
"""
SPACED = """
const sheet = new CSSStyleSheet();
sheet.replaceSync('* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}'
  + ' p {margin-block-end: 2em !important}');
document.adoptedStyleSheets = [sheet];
"""
LONG_WORDS = """
const long = 'Wilhelmina' .repeat(6);
const holders = 'main bdi:not(.code bdi), main dd, main .lead, main h1, main h2, main legend, main label';
for (const e of document.querySelectorAll(holders)) {
  const text = [...e.childNodes].find(n => n.nodeType === 3 && n.data.trim());
  if (text) text.data = long;
}
for (const e of document.querySelectorAll('main input[type=text]')) e.value = long;
"""


@pytest.fixture
def kinds(states: Mapping[str, State]) -> list[State]:
    """The fullest page of every kind, as it is and in error."""
    found = covering(states)
    assert len(found) > 25
    return found


def faults(stage: Browser, kinds: list[State], script: str, prepare: str = "") -> dict[str, Any]:
    """What `script` finds on each page, page by page; nothing where all is well."""
    found = {}
    for state in kinds:
        show(stage, state)
        if prepare:
            stage.execute_script(prepare)
        if problem := stage.execute_script(script):
            found[state.name] = problem
    return found


@pytest.mark.parametrize(("width", "height", "scale"), [(320, 568, 1), (320, 256, 1), (320, 180, 4)])
def test_narrow_low_and_at_400_percent(
    stage: Browser, kinds: list[State], width: int, height: int, scale: float
) -> None:
    stage.resize(width, height, scale=scale)
    assert faults(stage, kinds, WIDE) == {}


def test_a_narrow_screen_shows_every_word_of_a_wide_one(stage: Browser, kinds: list[State]) -> None:
    for state in kinds:
        words = []
        for size in ((320, 568), (1280, 800)):
            stage.resize(*size)
            show(stage, state)
            words.append(stage.execute_script(WORDS))
        assert words[0] == words[1], state.name


def test_words_of_sixty_letters(stage: Browser, kinds: list[State]) -> None:
    stage.resize(320, 568)
    assert faults(stage, kinds, WIDE, LONG_WORDS) == {}


@contextmanager
def letters_of(stage: Browser, pixels: int) -> Iterator[None]:
    """The size of text that a person has set in their browser."""
    sizes = {"standard": pixels, "fixed": pixels}
    stage.execute_cdp_cmd("Page.setFontSizes", {"fontSizes": sizes})
    try:
        yield
    finally:
        stage.execute_cdp_cmd("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})


def test_text_of_twice_the_size(stage: Browser, kinds: list[State]) -> None:
    """All of it grows, none of it is cut, the page does not become wider."""
    for state in kinds:
        show(stage, state)
        before = stage.execute_script(SIZES)
        with letters_of(stage, 32):
            after = stage.execute_script(SIZES)
            small = [(name, old, new) for (name, old), (_, new) in zip(before, after, strict=True) if new < 1.95 * old]
            assert small == [], state.name
            assert stage.execute_script(CLIPPED) == [], state.name
            assert stage.execute_script(WIDE) == [], state.name


def test_text_that_is_spaced_out(stage: Browser, kinds: list[State]) -> None:
    stage.resize(320, 568)
    stage.execute_script(SPACED)
    assert faults(stage, kinds, CLIPPED) == {}
    assert faults(stage, kinds, WIDE) == {}


TARGETS = """
const tall = 43.5;
const target = e => {
  const label = e.matches('input[type=radio], input[type=checkbox]') && (e.closest('.choice') || e.labels[0]);
  return (label || e).getBoundingClientRect();
};
const alone = e => {
  if (e.localName !== 'a') return true;
  const block = e.closest('p, li, dd, div, figcaption') || e.parentElement;
  const words = [...block.childNodes].filter(n => n !== e && !(n.matches && n.matches('.note, .tag, .vh')));
  return !words.some(n => n.textContent.trim() && n.nodeType === 3);
};
return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(e => e.getBoundingClientRect().width && !e.closest('.skip') && alone(e))
  .map(e => [e, target(e)])
  .filter(([e, box]) => box.height < tall || box.width < tall)
  .map(([e, box]) => [e.localName, e.className, e.textContent.trim().slice(0, 40), box.width, box.height].join(' '));
"""


@pytest.mark.parametrize("size", [(320, 568), (1280, 800)])
def test_everything_to_touch_is_44_pixels_high_and_wide(
    stage: Browser, kinds: list[State], size: tuple[int, int]
) -> None:
    """A link inside a sentence is as high as its line."""
    stage.resize(*size)
    assert faults(stage, kinds, TARGETS) == {}


# The instruments of the audit, on every state of the tests.
CONTRAST = f"{SCRIPT}; return cross.edges().map(found => found.target)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_every_control_stands_out(stage: Browser, kinds: list[State], scheme: str) -> None:
    stage.prefer(prefers_color_scheme=scheme)
    assert faults(stage, kinds, CONTRAST) == {}


EDGELESS = f"{SCRIPT}; return cross.edgeless().map(found => found.target)"
OWN_MARKS = """
return [...document.querySelectorAll('main :is([type=radio], [type=checkbox])')]
  .filter(e => getComputedStyle(e).appearance === 'none').map(e => e.id);
"""


def test_in_forced_colours_boxes_keep_an_edge_and_choices_their_mark(stage: Browser, kinds: list[State]) -> None:
    """Backgrounds and shadows are gone there: an edge or a native mark must say it."""
    stage.prefer(forced_colors="active")
    assert faults(stage, kinds, EDGELESS) == {}
    assert faults(stage, kinds, OWN_MARKS) == {}


MOVING = """
return [...document.querySelectorAll('*')].filter(e => {
  const style = getComputedStyle(e);
  return [style.transitionDuration, style.animationDuration].some(d => d.split(',').some(t => parseFloat(t) > LIMIT));
}).map(e => e.localName + '.' + e.className);
"""


def test_nothing_moves_for_those_who_asked_so(stage: Browser, kinds: list[State]) -> None:
    assert faults(stage, kinds, MOVING.replace("LIMIT", "0")) != {}, "colours fade for everyone else"
    assert faults(stage, kinds, MOVING.replace("LIMIT", ".2")) == {}
    stage.prefer(prefers_reduced_motion="reduce")
    assert faults(stage, kinds, MOVING.replace("LIMIT", "0")) == {}


PAPERS = ("ReadyView", "ReceiptView", "LetterView", "SheetView", "CheckView", "SavedView", "OutcomeView", "StartView")
LINES = """
const left = 'button, .button, .buttons, .screen, .change, .back, .vh, form, .erase, [hidden], summary';
return [...document.querySelectorAll('main dt, main dd, main p, main li, main h2')]
  .filter(e => !e.closest(left) && !e.querySelector(left) && e.getBoundingClientRect().height > 1 && e.innerText.trim())
  .map(e => e.innerText.replace(/\\s+/g, ' ').trim());
"""
PAPER = """
const words = e => e.innerText.replace(/\\s+/g, ' ');
const style = getComputedStyle(document.body);
const shown = e => e && e.getBoundingClientRect().height > 0;
return {
  words: words(document.querySelector('main')), ink: style.color, paper: style.backgroundColor,
  left: ['footer', '.skip', '.back', '.buttons', 'header nav'].filter(s => shown(document.querySelector(s))),
};
"""


def test_on_paper_in_black_on_white_even_from_a_dark_screen(stage: Browser, kinds: list[State]) -> None:
    """Every line of the page, without what only a screen can do."""
    for state in (state for state in kinds if state.view in PAPERS):
        stage.prefer(prefers_color_scheme="dark")
        show(stage, state)
        lines = stage.execute_script(LINES)
        stage.prefer(media="print", prefers_color_scheme="dark")
        paper = stage.execute_script(PAPER)
        assert (paper["ink"], paper["paper"]) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)"), state.name
        assert paper["left"] == [], state.name
        # Below a letter, its source is for the person and not for the office.
        letter = state.view == "LetterView"
        wanted = [line for line in lines if not (letter and line.startswith("Source"))]
        assert [line for line in wanted if line not in paper["words"]] == [], state.name


def test_on_paper_what_is_folded_is_unfolded(stage: Browser, states: Mapping[str, State]) -> None:
    show(stage, states["dcem: start"])
    folded = stage.execute_script(
        "return document.querySelector('main details li').textContent.trim().split(/\\s+/)[0]"
    )
    printed = stage.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(b64decode(printed["data"]))).pages)
    assert folded in text


SIDES = """
const box = e => e.getBoundingClientRect(), wrong = [];
const near = (a, b) => Math.abs(a - b) < 40;
for (const e of document.querySelectorAll('main input[type=text], main input[type=tel], main select, main textarea')) {
  const label = e.labels[0];
  if (label && label.getBoundingClientRect().bottom > box(e).top + 2) wrong.push('label is not above ' + e.id);
  const level = !label || e.closest('.affix') || near(box(label).right, box(e).right);
  if (!level) wrong.push('label not at the start of ' + e.id);
}
for (const e of document.querySelectorAll('main .choice input')) {
  if (box(e).left < box(e.labels[0].querySelector('span') || e.labels[0]).right - 2
      && !e.closest('label')) wrong.push('mark not at the start of ' + e.id);
  const after = e.closest('label') && box(e).left < box(e.nextElementSibling).right - 2;
  if (after) wrong.push('mark after its words: ' + e.id);
}
for (const e of document.querySelectorAll('main .bad, main .box')) {
  const bar = parseFloat(getComputedStyle(e).borderRightWidth);
  if (bar < 3) wrong.push('no bar at the start of ' + (e.id || e.className));
}
const brand = document.querySelector('.brand');
if (innerWidth - box(brand).right > 40) wrong.push('the name is not at the start');
return wrong;
"""


def test_from_right_to_left(stage: Browser, kinds: list[State]) -> None:
    """Before there is a catalogue in Arabic: whatever has a side has the other one."""
    turned = "document.documentElement.dir = 'rtl'; document.documentElement.lang = 'ar'"
    stage.resize(360, 640)
    assert faults(stage, kinds, SIDES, turned) == {}
    assert faults(stage, kinds, WIDE, turned) == {}
    assert faults(stage, kinds[:1], SIDES) != {}, "the instrument tells the two directions apart"


def test_the_style_knows_no_left_and_no_right() -> None:
    text = re.sub(r"/\*.*?\*/", "", CSS.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"[^\w-](?:left|right)\b|-(?:left|right)\b", text) == []


def test_without_style_the_same_words_in_the_same_order(stage: Browser, kinds: list[State]) -> None:
    lines = "return document.body.innerText.split('\\n').map(l => l.replace(/\\s+/g, ' ').trim()).filter(l => l)"
    for state in kinds:
        show(stage, state)
        styled = stage.execute_script(lines)
        stage.execute_script("for (const sheet of document.styleSheets) sheet.disabled = true")
        bare = stage.execute_script(WORDS)
        stage.execute_script("for (const sheet of document.styleSheets) sheet.disabled = false")
        place = 0
        for line in styled:
            found = bare.find(line, place)
            assert found >= 0, (state.name, line)
            place = found
