"""A person who goes through a procedure in the real browser: by touch here, by keyboard alone in `keyboard.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webelement import WebElement
from werkzeug.datastructures import MultiDict

from app.audit.browser import Browser
from app.verify.cases import read_answers
from tests.browser.service import Service
from tests.procedures.people import _cases, procedure
from tests.web.person import MOST_PAGES, AnswerSheet, Form, Lost, Person

LAST = ("documents", "check", "declaration", "receipt", "saved")
"""Pages of a draft that ask no question of the procedure."""
ARRIVED = """
const main = document.getElementById('main');
return document.readyState === 'complete' && main && !main.left && !main.hasAttribute('aria-busy')
"""

CONTROLS = """
const form = [...document.forms].find(f => new URL(f.getAttribute('action'), location).pathname === location.pathname);
return form ? [...form.elements].filter(e => e.name).map(e =>
  [e.name, e.type, e.value, !/radio|checkbox/.test(e.type) || e.checked]) : null;
"""


class Walker:
    """`example` is the place of a worked example in the procedure's `cases.yaml`; its answers are what is typed."""

    def __init__(self, browser: Browser, base: str, slug: str, example: int = 0, *, locale: str = "fr") -> None:
        self.browser = browser
        self.base = base
        self.slug = slug
        self.locale = locale
        self.procedure = procedure(slug)
        self.case: Mapping[str, Any] = _cases(slug)[example]
        self.sheet = AnswerSheet(self.procedure, read_answers(self.procedure, self.case["answers"]))

    # --- where they are

    @property
    def path(self) -> str:
        return urlsplit(self.browser.current_url).path

    @property
    def key(self) -> str:
        """The address of the page below the draft."""
        return "/".join(self.path.split("/")[4:])

    @property
    def draft(self) -> str:
        """The address of the draft."""
        return "/".join(self.path.split("/")[:4])

    def open(self, path: str) -> None:
        self.browser.get(self.base + path)

    def form(self) -> Form:
        """The form of the page that asks something, as it stands."""
        controls = self.browser.execute_script(CONTROLS)
        if controls is None:
            raise Lost(f"{self.path}: no form")
        form = Form(self.path, multipart=False, values=MultiDict(), names=[], buttons=[])
        for name, sort, value, counts in controls:
            if sort == "submit":
                form.buttons.append(value)
                continue
            if sort != "hidden" and name not in form.names:
                form.names.append(name)
            if counts:
                form.values.add(name, value)
        return form

    def asks(self) -> bool:
        """Whether the page is one of questions, a list, or an outcome that lets them go on."""
        first = self.key.split("/")[0]
        if first == "outcome":
            return bool(self.browser.every("main form button"))
        return bool(first) and first not in LAST

    # --- how they come there

    def arrive_at_documents(self, service: Service) -> None:
        """Be on the page of documents with everything answered: asked of the service without a browser, in a moment."""
        self._come(service, self._answered(service))

    def arrive_at_the_end(self, service: Service) -> None:
        """Be on the last page, without any document."""
        person = self._answered(service)
        person.press(person.form(action="/documents"), "continue")
        person.press(person.form(action="/check"), "continue")
        ids = [box.get("value", "") for box in person.page.iter("input") if box.get("name") == "declared"]
        person.press(person.form(holds="declared"), "continue", declared=ids)
        assert person.key == "receipt", person.url
        self._come(service, person)

    def _answered(self, service: Service) -> Person:
        service.installation.clock.now = datetime.combine(date.fromisoformat(self.case["today"]), time(9, 30), UTC)
        person = Person(service.installation.app.test_client(), self.locale)  # type: ignore[arg-type]  # unchecked
        person.start(self.slug).go_through(self.procedure, self.case["answers"])
        return person

    def _come(self, service: Service, person: Person) -> None:
        """Take over the cookie of the draft."""
        name = f"guichet-{person.draft}"
        cookie = person.client.get_cookie(name)
        assert cookie is not None
        # A page of the same host has to be open before it can be given a cookie.
        self.open(f"/{self.locale}/accessibility")
        self.browser.add_cookie({"name": name, "value": cookie.value, "path": "/", "httpOnly": True})
        self.open(person.url)

    # --- what they do

    def start(self) -> None:
        self.open(f"/{self.locale}/{self.slug}/")
        self.leaving(lambda: self.browser.one("main form button").click())

    def pages(self, *, until: str | None = None) -> Iterator[str]:
        """Each page in turn, before it is answered; afterwards the person stands on the last one."""
        for _ in range(MOST_PAGES):
            if self.key == until or not self.asks():
                return
            yield self.key
            before = self.path
            self.answer()
            if self.browser.every("#errors"):
                raise Lost(f"{before}: refused\n{self.browser.one('#errors').text}")
        raise Lost(f"more than {MOST_PAGES} pages")

    def go_through(self, *, until: str | None = None) -> list[str]:
        return list(self.pages(until=until))

    def answer(self) -> None:
        """Fill in the page as the example says and send it."""
        key = self.key
        if key.startswith("outcome/"):
            self.press("continue")
        elif key in self.sheet.repeats:
            self.press("add" if self.sheet.next_item(key, self.path) else "continue")
        else:
            self.fill(self.wanted(key))
            self.press("continue")

    def wanted(self, key: str) -> dict[str, list[str]]:
        """What the example says, by control."""
        form = self.form()
        for name in form.names:
            self.sheet.put(form, name, key)
        return {name: form.values.getlist(name) for name in form.names}

    def fill(self, wanted: Mapping[str, list[str]]) -> None:
        for name, texts in wanted.items():
            self.put(name, texts)

    def put(self, name: str, texts: list[str]) -> None:
        """Touch and type until the controls of this name say `texts`."""
        # `get_attribute` runs a whole script for each call; these two ask the browser itself.
        for place, control in enumerate(self.browser.every(f'main [name="{name}"]')):
            sort, value = control.get_property("type"), control.get_property("value")
            if sort in ("radio", "checkbox"):
                if control.is_selected() != (value in texts):
                    self.browser.one(f'label[for="{control.get_property("id")}"]').click()
            elif sort == "select-one":
                control.find_element("css selector", f'option[value="{texts[0]}"]').click()
            elif place < len(texts) and value != texts[place]:
                control.clear()
                control.send_keys(texts[place])

    def press(self, value: str) -> None:
        self.leaving(lambda: self.touch(value))

    def touch(self, value: str) -> None:
        """Touch a button, in the middle of the screen as a thumb does, whatever comes of it."""
        button = self.button(value)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()

    def button(self, value: str) -> WebElement:
        found = self.browser.every(f'main form button[name="action"][value="{value}"]')
        return found[-1] if found else self.browser.every("main form button")[-1]

    def leaving(self, act: Callable[[], None]) -> None:
        """Do something that brings another page, and wait for that page."""
        self.browser.execute_script("document.getElementById('main').left = window.stayed = true")
        act()
        self.browser.until(arrived)


def arrived(browser: Browser) -> bool:
    try:
        return bool(browser.execute_script(ARRIVED))
    except WebDriverException:
        # Between two pages there is none to ask.
        return False
