"""Where the keyboard is: seen on the screen, not covered by anything, in the order of the page, never caught."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from app.audit.browser import Browser
from app.audit.stage import show
from tests.browser.keyboard import tab
from tests.browser.states import State

SHOWN = (
    "dcem: child_birth",
    "dcem: home, unanswered",
    "dcem: contact",
    "dcem: documents, one given",
    "dcem: check, answers set aside",
    "dcem: start",
    "saved",
    "dcem: declaration, unticked",
)
"""Pages that together have every kind of stop."""
KEPT = """
const at = document.activeElement;
const sort = [at.localName, at.type || '', at.className, !!at.closest('main')].join(' ');
const mark = at.closest('.choice') && at.matches('input') ? at.closest('.choice') : at;
const boxes = [...mark.getClientRects()].filter(b => b.width && b.height);
return {
  id: [...document.querySelectorAll('*')].indexOf(at), sort, top: scrollY,
  boxes: boxes.map(b => [b.left, b.top, b.width, b.height]),
};
"""
OVER = """
const at = document.activeElement, box = at.getClientRects()[0], inset = 3;
const labels = [...(at.labels || [])];
const mine = e => e && (e === at || at.contains(e) || e.contains(at) || labels.some(l => l.contains(e)));
const points = [[.5, .5], [0, 0], [1, 0], [0, 1], [1, 1]].map(([x, y]) =>
  [box.left + inset + x * (box.width - 2 * inset), box.top + inset + y * (box.height - 2 * inset)]);
return points.filter(([x, y]) => !mine(document.elementFromPoint(x, y))).length;
"""
LOOKS = {
    "light": {},
    "dark": {"prefers_color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "forced and dark": {"forced_colors": "active", "prefers_color_scheme": "dark"},
}
BEGIN = """
document.activeElement.blur();
getSelection().collapse(document.body, arguments[0] ? document.body.childNodes.length : 0);
"""
RING = 8
"""Pixels around a stop that its ring may take."""


def screen(browser: Browser) -> Image.Image:
    return Image.open(BytesIO(b64decode(browser.get_screenshot_as_base64()))).convert("RGB")


def walk(browser: Browser, act: Callable[[dict[str, Any]], None], *, back: bool = False) -> int:
    """Do something at each stop from the top of the page to its end, or from its end to the top. Gives how many there
    were; a page that never lets go of the keyboard is a trap.
    """
    browser.execute_script(BEGIN, back)
    count = 0
    while tab(browser, back=back) is not None:
        act(browser.execute_script(KEPT))
        count += 1
        assert count < 200, "the keyboard does not come out of the page"
    return count


@pytest.mark.parametrize("look", LOOKS)
def test_every_kind_of_stop_shows_that_it_has_the_focus(stage: Browser, states: Mapping[str, State], look: str) -> None:
    """By the pixels on the screen: a ring of two pixels at least, that stands out three to one from what was there."""
    stage.prefer(**LOOKS[look])
    seen: set[str] = set()
    faint: list[str] = []

    def judge(stop: dict[str, Any]) -> None:
        if stop["sort"] in seen:
            return
        seen.add(stop["sort"])
        stage.execute_script("document.activeElement.scrollIntoView({block: 'center'})")
        boxes = stage.execute_script(KEPT)["boxes"]
        focused = screen(stage)
        stage.execute_script("document.activeElement.blur()")
        changed, least = ring(screen(stage), focused, boxes)
        stage.execute_script("document.querySelectorAll('*')[arguments[0]].focus({preventScroll: true})", stop["id"])
        if changed < least:
            faint.append(f"{stop['sort']}: {changed} of {least} pixels")

    for name in SHOWN:
        show(stage, states[name])
        assert walk(stage, judge) > 8, name
    assert len(seen) > 15, sorted(seen)
    assert faint == []


def ring(before: Image.Image, after: Image.Image, boxes: list[list[float]]) -> tuple[int, int]:
    """Pixels around the boxes that changed with a contrast of 3, and how many a ring of two pixels would have."""
    changed, least = 0, 0
    for left, top, width, height in boxes:
        area = (int(left) - RING, int(top) - RING, int(left + width) + RING, int(top + height) + RING)
        edges = (max(area[0], 0), max(area[1], 0), min(area[2], before.width), min(area[3], before.height))
        if edges[2] <= edges[0] or edges[3] <= edges[1]:
            continue
        pairs = zip(pixels(before.crop(edges)), pixels(after.crop(edges)), strict=True)
        changed += sum(1 for old, new in pairs if old != new and contrast(old, new) >= 3)
        least += round(2 * 2 * (min(width, before.width) + min(height, before.height)))
    return changed, least


def pixels(image: Image.Image) -> Iterator[tuple[int, ...]]:
    red, green, blue = (image.tobytes()[channel::3] for channel in range(3))
    return zip(red, green, blue, strict=True)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Contrast ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: tuple[int, ...]) -> float:
    parts = (value / 255 for value in colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_focus_that_does_not_show_is_found(stage: Browser, states: Mapping[str, State]) -> None:
    """The instrument itself."""
    stage.execute_script("""
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('* {outline: none !important}');
        document.adoptedStyleSheets = [sheet];
    """)
    show(stage, states["saved"])
    tab(stage)
    tab(stage)
    stop = stage.execute_script(KEPT)
    focused = screen(stage)
    stage.execute_script("document.activeElement.blur()")
    changed, least = ring(screen(stage), focused, stop["boxes"])
    assert changed < least


@pytest.mark.parametrize("size", [(360, 640), (320, 256)])
@pytest.mark.parametrize("back", [False, True], ids=["Tab", "Shift and Tab"])
def test_nothing_covers_what_has_the_focus(
    stage: Browser, states: Mapping[str, State], size: tuple[int, int], back: bool
) -> None:
    """Not even the two things that stay on the screen: the way out of a private page, and an alert."""
    stage.resize(*size)
    covered: list[str] = []

    def judge(stop: dict[str, Any]) -> None:
        if stage.execute_script(OVER) == 5:
            covered.append(stop["sort"])

    for name in SHOWN[:3]:
        show(stage, states[name])
        stage.execute_script("""
            const exit = document.createElement('div');
            exit.className = 'exit';
            exit.innerHTML = '<a href="/" data-exit>Quitter vite cette page</a>';
            document.getElementById('main').prepend(exit);
            const alert = document.getElementById('alert');
            alert.textContent = alert.dataset.offline;
        """)
        assert walk(stage, judge, back=back) > 8
    assert covered == []


def test_the_order_of_the_keyboard_is_the_order_of_the_page(stage: Browser, states: Mapping[str, State]) -> None:
    for name in (*SHOWN[:4], "saved"):
        show(stage, states[name])
        forth: list[int] = []
        back: list[int] = []
        walk(stage, lambda stop, found=forth: found.append(stop["id"]))  # type: ignore[misc]
        walk(stage, lambda stop, found=back: found.append(stop["id"]), back=True)  # type: ignore[misc]
        assert forth == sorted(forth), name
        assert len(forth) == len(set(forth)) == len(back), name


@pytest.mark.parametrize("state", ["dcem: request, unanswered", "dcem: child_birth"])
def test_no_stop_has_a_place_of_its_own_choosing(states: Mapping[str, State], state: str) -> None:
    assert 'tabindex="0"' not in states[state].html
    assert "accesskey" not in states[state].html
