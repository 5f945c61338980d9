"""`make pictures`: the pictures of the README, taken from the real pages at the width of a phone.

Run it after the look has changed. The pages are those of a worked example, on the day that the tests have.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.audit.browser import PHONE, Browser, open_browser
from tests.architecture.graph import ROOT
from tests.browser.service import Service
from tests.browser.walker import Walker

PICTURES = ROOT / "docs" / "pictures"
TALL = 860
"""Pixels of each page that are shown: a phone's screen and a little more."""
COLOURS = 48
"""Plain pages have few colours; with so many, nothing is lost to the eye and a picture weighs a third."""


def main() -> None:
    with _opened() as (browser, service):
        walker = Walker(browser, service.url, "dcem")
        walker.open("/fr/dcem/")
        _take(browser, "start")
        walker.start()
        walker.press("continue")
        _take(browser, "step-error")
        walker.arrive_at_documents(service)
        _take(browser, "documents")
        walker.open(f"{walker.draft}/check")
        _take(browser, "check")
        walker.arrive_at_the_end(service)
        _take(browser, "ready")
        spoken = Walker(browser, service.url, "dcem", locale="ar")
        spoken.start()
        next(key for key in spoken.pages() if key == "ground")
        _take(browser, "arabic")


@contextmanager
def _opened() -> Iterator[tuple[Browser, Service]]:
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "service")
        browser = open_browser(Path(folder) / "chromium")
        try:
            yield browser, service
        finally:
            browser.quit()
            service.stop()


def _take(browser: Browser, name: str) -> None:
    browser.resize(PHONE[0], TALL)
    browser.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
    shot = Image.open(BytesIO(browser.get_screenshot_as_png())).convert("RGB").quantize(COLOURS)
    shot.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
