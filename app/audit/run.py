"""One audit: states put on the stage in one browser, each looked at by every engine, with progress and time left."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.audit import axe
from app.audit.browser import PHONE, Browser, open_browser
from app.audit.findings import Finding
from app.audit.installation import Installation, installed, served
from app.audit.stage import audit_states, take_stage
from app.audit.states import State, distinct
from app.audit.tour import Tour
from app.audit.waivers import Waiver, Waivers

Tell = Callable[[int, int, float], None]
"""Told after each state: how many are done, of how many, and the seconds that are left."""


@dataclass(slots=True)
class Result:
    """What came of an audit. `waived` are findings with the entry that covers them; `open` those that nothing covers.

    `same` says, by the name of a state, which others were the same page and stand for nothing of their own.
    """

    states: list[State] = field(default_factory=list)
    same: dict[str, list[str]] = field(default_factory=dict)
    open: list[Finding] = field(default_factory=list)
    waived: list[tuple[Finding, Waiver]] = field(default_factory=list)
    expired: list[Waiver] = field(default_factory=list)
    engines: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        return not self.open and not self.expired


@contextmanager
def touring(procedures: Path) -> Iterator[Tour]:
    """The service in both its modes over temporary data, ready to be gone through."""
    with tempfile.TemporaryDirectory(prefix="guichet-audit-") as place:
        folder = Path(place)
        with (
            installed(folder / "prepare", procedures) as prepare,
            installed(folder / "authority", procedures, mode="authority") as authority,
        ):
            yield Tour(procedures, prepare, authority)


@contextmanager
def browsing(installation: Installation) -> Iterator[Browser]:
    """A browser of its own that shows a page of the installation, as the stage for others."""
    with (
        tempfile.TemporaryDirectory(prefix="guichet-chromium-", ignore_cleanup_errors=True) as profile,
        served(installation) as url,
    ):
        browser = open_browser(Path(profile))
        try:
            browser.resize(*PHONE)
            take_stage(browser, f"{url}/fr/")
            yield browser
        finally:
            browser.quit()


def audit(browser: Browser, states: Sequence[State], waivers: Waivers, tell: Tell = lambda *_: None) -> Result:
    """Look at every state. Raises RuntimeError when an engine fails or is not the one that is expected."""
    result = Result(expired=list(waivers.expired))
    begun = time.monotonic()
    pages = distinct(states)
    result.states = [same[0] for same in pages.values()]
    result.same = {same[0].name: [state.name for state in same[1:]] for same in pages.values() if len(same) > 1}
    for done, (_, report) in enumerate(audit_states(browser, result.states), 1):
        result.engines[axe.NAME] = report.version
        for finding in report.findings:
            waiver = waivers.of(finding)
            if waiver is None:
                result.open.append(finding)
            else:
                result.waived.append((finding, waiver))
        spent = time.monotonic() - begun
        tell(done, len(result.states), spent / done * (len(result.states) - done))
    result.seconds = time.monotonic() - begun
    return result
