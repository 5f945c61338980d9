"""Chromium as the audit and the tests drive it: headless, offline but for loopback, from a profile of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

PHONE = (360, 640)
NARROWEST = (320, 568)
WAIT_SECONDS = 20

FLAGS = (
    "--headless=new",
    "--no-sandbox",  # it may run as root, inside a container that is the sandbox
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    # Without these the browser looks for its maker's hosts, all refused: slow, and noise in the log.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=fr",
)


class Browser(Chrome):
    """Chrome with the few gestures that tests and the audit repeat."""

    def resize(self, width: int, height: int, *, scale: float = 1) -> None:
        """Give the page exactly this many CSS pixels (a window has a least width, an emulated device has none)."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600}
        self.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def prefer(self, media: str = "", **features: str) -> None:
        """Emulate media features, `_` for `-`: `prefer(prefers_color_scheme="dark")`; `prefer()` is back to normal."""
        wanted = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": wanted})

    def scripts(self, *, on: bool) -> None:
        """Switch the scripts of pages that load from now on. The page that is shown is left as it is."""
        self.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    @contextmanager
    def without_scripts(self) -> Iterator[None]:
        """Pages loaded inside run no script."""
        self.scripts(on=False)
        try:
            yield
        finally:
            self.scripts(on=True)

    def wire(self, *, on: bool, slow: bool = False) -> None:
        """Cut or restore the network, as in a tunnel; `slow` is the slow 3G of Chromium's own tools."""
        self.execute_cdp_cmd("Network.enable", {})
        rate = 50_000 if slow else -1
        speed = {"latency": 400 if slow else 0, "downloadThroughput": rate, "uploadThroughput": rate}
        self.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": not on, **speed})

    def reset(self) -> None:
        """A person whom this browser has never seen, on a phone, with scripts and network."""
        self.scripts(on=True)
        self.wire(on=True)
        self.prefer()
        self.get("about:blank")
        self.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.execute_cdp_cmd("Network.clearBrowserCache", {})
        self.resize(*PHONE)

    def one(self, css: str) -> WebElement:
        return self.find_element(By.CSS_SELECTOR, css)

    def every(self, css: str) -> list[WebElement]:
        return self.find_elements(By.CSS_SELECTOR, css)

    def focused(self) -> WebElement:
        return self.switch_to.active_element

    def until(self, condition: Any, *, seconds: float = WAIT_SECONDS) -> Any:
        """Wait for `condition(browser)` to be true; gives what it returned.

        An element that a new page takes away between finding and reading it is "not yet", as a missing one is.
        """
        passing = (NoSuchElementException, StaleElementReferenceException)
        return WebDriverWait(self, seconds, poll_frequency=0.05, ignored_exceptions=passing).until(condition)

    def press(self, *keys: str) -> None:
        """Type as on a keyboard, wherever the focus is."""
        self.focused().send_keys(*keys)

    def picture(self, path: Path) -> Path:
        """The whole page, below the fold too, as PNG."""
        size = self.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        before = self.execute_cdp_cmd("Runtime.evaluate", {"expression": "innerWidth", "returnByValue": True})
        self.resize(int(before["result"]["value"]), int(size["height"]))
        self.get_screenshot_as_file(str(path))
        return path


def program(*names: str) -> str:
    """The first of these programs that is installed. Raises RuntimeError where none is."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        raise RuntimeError(f"{names[0]} is not installed; `make install-test` installs it")
    return found


def open_browser(profile: Path, flags: Sequence[str] = ()) -> Browser:
    """Start Chromium with an empty profile in the folder `profile`. The caller quits it."""
    options = ChromeOptions()
    options.binary_location = program("chromium")
    for flag in (*FLAGS, *flags, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    # Naming both programs keeps Selenium from looking for others to download.
    browser = Browser(options=options, service=Service(executable_path=program("chromedriver")))
    browser.set_script_timeout(60)
    browser.reset()
    return browser
