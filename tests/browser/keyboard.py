"""A person who has only a keyboard: Tab, Shift and Tab, Space, arrows, Enter. No mouse, no script acts for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from selenium.webdriver import ActionChains, Keys

from app.audit.browser import Browser
from tests.browser.walker import Walker
from tests.web.person import Lost

MOST_STOPS = 150
WHERE = """
const at = document.activeElement;
if (!at || at === document.body) return null;
return {
  id: at.id, tag: at.localName, type: at.type || '', name: at.name || '', value: at.value || '',
  checked: !!at.checked, href: at.getAttribute('href') || '', chosen: at.localName === 'select' ? at.value : '',
  text: at.textContent.trim().slice(0, 80), inMain: !!at.closest('main'), form: at.form ? at.form.action : '',
};
"""


@dataclass(frozen=True)
class At:
    """What has the focus."""

    id: str
    tag: str
    type: str
    name: str
    value: str
    checked: bool
    href: str
    chosen: str
    text: str
    inMain: bool  # noqa: N815 - as the page's script names it
    form: str


def where(browser: Browser) -> At | None:
    found: Mapping[str, Any] | None = browser.execute_script(WHERE)
    return None if found is None else At(**found)


def tab(browser: Browser, *, back: bool = False) -> At | None:
    actions = ActionChains(browser, duration=0)
    if back:
        actions.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    else:
        actions.send_keys(Keys.TAB).perform()
    return where(browser)


class Typist(Walker):
    """`tabs` counts what it took, so that a test may say how far a page is."""

    tabs = 0

    def key_down(self, *keys: str) -> None:
        ActionChains(self.browser, duration=0).send_keys(*keys).perform()

    def tab(self, *, back: bool = False) -> At | None:
        """Go on by one stop (or back)."""
        self.tabs += 1
        return tab(self.browser, back=back)

    def start(self) -> None:
        """By the skip link to the button "Commencer"."""
        self.open(f"/{self.locale}/{self.slug}/")
        first = self.tab()
        assert first is not None
        assert first.href == "#main", "the first stop is the way to the content"
        self.key_down(Keys.ENTER)
        at = self.tab()
        assert at is not None
        assert at.inMain, "the skip link leads into the content"
        while at is None or at.tag != "button":
            at = self.tab()
        self.leaving(lambda: self.key_down(Keys.ENTER))

    def fill(self, wanted: Mapping[str, list[str]]) -> None:
        """Pass from stop to stop and answer each; end on the first button of the form."""
        left = {name: list(texts) for name, texts in wanted.items()}
        for _ in range(MOST_STOPS):
            at = self.tab()
            if at is not None and at.tag == "button" and at.name == "action" and at.inMain:
                return
            if at is not None and at.name in left:
                self._answer(at, left[at.name])
        raise Lost(f"{self.path}: no button in reach of the keyboard")

    def _answer(self, at: At, texts: list[str]) -> None:
        match at.type:
            case "radio":
                self._choose(at, texts)
            case "checkbox":
                if at.checked != (at.value in texts):
                    self.key_down(Keys.SPACE)
            case "select-one":
                self._pick(at, texts[0])
            case _:
                text = texts.pop(0) if texts else ""
                if at.value != text:
                    self.key_down(text)

    def _choose(self, at: At, texts: list[str]) -> None:
        """Arrow down through the buttons of a group, each of which is then chosen."""
        if not texts:
            return
        if at.value == texts[0] and not at.checked:
            self.key_down(Keys.SPACE)
        now: At | None = at
        for _ in range(30):
            if now is not None and now.value == texts[0]:
                return
            self.key_down(Keys.ARROW_DOWN)
            now = where(self.browser)
        raise Lost(f"{self.path}: « {texts[0]} » is not among the choices of {at.name}")

    def _pick(self, at: At, value: str) -> None:
        """Type the first letters of a line of a closed list, as one does."""
        if at.chosen == value:
            return
        label = self.browser.execute_script(
            "return [...document.activeElement.options].find(o => o.value === arguments[0]).textContent.trim()", value
        )
        self.key_down(label)
        now = where(self.browser)
        assert now is not None
        assert now.chosen == value, f"{at.name}: typing « {label} » chose « {now.chosen} »"

    def press(self, value: str) -> None:
        """Go on to the button and press Enter."""
        at = where(self.browser)
        for _ in range(MOST_STOPS):
            if at is not None and at.tag == "button" and at.name == "action" and at.value == value:
                self.leaving(lambda: self.key_down(Keys.ENTER))
                return
            at = self.tab()
        raise Lost(f"{self.path}: no button « {value} » in reach of the keyboard")
