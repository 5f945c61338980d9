"""One audit: states put on the stage in one browser, looked at by engines and oracles, crossed, and judged."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from app.audit import axe, markup, singly, view, whole
from app.audit.browser import PHONE, Browser, open_browser
from app.audit.canaries import missed
from app.audit.criteria import Ran
from app.audit.crossings import CROSSINGS, covering, cross
from app.audit.findings import Finding, together
from app.audit.installation import Installation, installed, served
from app.audit.journeys import Journeyed
from app.audit.live import swaps, without_scripts
from app.audit.memory import Kept, Memory
from app.audit.oracles import ORACLES, findings_of
from app.audit.stage import audit_states, show, take_stage
from app.audit.states import State, distinct, frame
from app.audit.tour import Tour
from app.audit.waivers import Waiver, Waivers
from app.spec.model import Procedure

Tell = Callable[[int, int, float], None]
"""Told after each step: how many are done, of how many, and the seconds that are left."""
Walk = tuple[Procedure, str, Journeyed]
"""A procedure, a language, and the person who goes through its pages for real."""
FRAME = """
let found = null;
try { found = document.querySelector(arguments[0]); } catch (problem) { /* not a selector of one document */ }
if (found) { found.style.outline = '4px dashed #d00'; found.style.outlineOffset = '4px'; }
"""
"""Set by a script, which the policy of the page lets in where it keeps out a style written in the page."""


class Blind(RuntimeError):
    """An instrument does not see what it must; the message says which, in French."""


@dataclass(slots=True)
class Result:
    """What came of an audit. `waived` are findings with the entry that covers them; `open` those that nothing covers.

    `same` says, by the name of a state, which others were the very same page; `spoken_for` which state spoke for
    another before the engines, as they differ by what people typed and by the words of errors only.
    """

    states: list[State] = field(default_factory=list)
    same: dict[str, list[str]] = field(default_factory=dict)
    spoken_for: dict[str, str] = field(default_factory=dict)
    crossed: dict[str, int] = field(default_factory=dict)
    open: list[Finding] = field(default_factory=list)
    waived: list[tuple[Finding, Waiver]] = field(default_factory=list)
    expired: list[Waiver] = field(default_factory=list)
    engines: dict[str, str] = field(default_factory=dict)
    ran: Ran = field(default_factory=Ran)
    carried: dict[str, str] = field(default_factory=dict)
    """The states whose pages are those of an earlier audit, and when that was."""
    singly: int = 0
    """How many states a shortcut would have left out and were looked at in full all the same."""
    distrusted: list[str] = field(default_factory=list)
    """Those of them that turned out otherwise. Where there is one, no shortcut was taken."""
    seconds: float = 0.0
    fingerprint: str = ""
    """What the pages came to: results of persons are bound to it."""

    @property
    def passed(self) -> bool:
        return not self.open and not self.expired

    @property
    def judged(self) -> list[Finding]:
        """The findings that count for the criteria: a person who saw no barrier has answered the question, a fault
        that is put off is still a fault.
        """
        return [*self.open, *(finding for finding, waiver in self.waived if waiver.decision == "accepted")]


def pictures(browser: Browser, result: Result, folder: Path, most: int = 60) -> dict[tuple[str, ...], str]:
    """Take a picture of the first state of each fault, with the element in a frame; gives the files by cause."""
    states, taken = {state.name: state for state in result.states}, dict[tuple[str, ...], str]()
    for cause in together(result.judged)[:most]:
        state = states.get(cause.finding.state)
        if state is None:
            continue
        browser.resize(*PHONE)
        show(browser, state)
        browser.execute_script(FRAME, cause.finding.target)
        folder.mkdir(parents=True, exist_ok=True)
        taken[cause.finding.same] = f"fault-{len(taken) + 1}.png"
        browser.picture(folder / taken[cause.finding.same])
    browser.resize(*PHONE)
    return taken


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
            set_stage(browser, url)
            yield browser
        finally:
            browser.quit()


def set_stage(browser: Browser, url: str) -> None:
    """Open a page of the service at `url`, with every instrument beside it."""
    browser.resize(*PHONE)
    take_stage(browser, f"{url}/fr/")
    view.prepare(browser)


class Audit:
    """One run over some states. `tell` hears of the progress."""

    def __init__(
        self, browser: Browser, states: Iterable[State], waivers: Waivers, tell: Tell, memory: Memory | None = None
    ) -> None:
        self._every = list(states)
        pages = self._pages = distinct(self._every)
        self.browser = browser
        self.waivers = waivers
        version = str(browser.capabilities["browserVersion"])
        self.memory = Memory(None, datetime.now(UTC), version) if memory is None else memory
        self.result = Result(expired=list(waivers.expired), states=[same[0] for same in pages.values()])
        self.result.same = {same[0].name: [one.name for one in same[1:]] for same in pages.values() if len(same) > 1}
        self.result.ran.states = len(self.result.states)
        self._tell = tell
        self._begun = time.monotonic()
        self._done = 0
        known = {state.name: self.memory.of(state) for state in self.result.states}
        self.result.carried = {name: kept.at for name, kept in known.items() if kept is not None}
        self._all = len(self.result.states) - len(self.result.carried)

    def run(self, tour: Tour | None = None, walks: Sequence[Walk] = ()) -> Result:
        """Everything; what needs the running service only where there is a `tour`. Raises `Blind`, `NoMarkup`."""
        with markup.reading() as reader:
            return self._run(reader, tour, walks)

    def _run(self, reader: markup.Markup, tour: Tour | None, walks: Sequence[Walk]) -> Result:
        origin = str(self.browser.execute_script("return location.origin"))
        blind = missed(self.browser, reader)
        if blind:
            raise Blind("un instrument est aveugle :\n" + "\n".join(blind))
        # Some of the faults that were planted outlive their page: a viewport, a reload to come.
        set_stage(self.browser, origin)
        self._singly(reader)
        self._all += sum(not self._crossed(name, one) for name in CROSSINGS for one in self._covering(name))
        self._look(reader)
        self._cross()
        self.result.ran.checks |= {f"crossing {name}" for name in CROSSINGS}
        if tour is not None:
            self._live(tour, walks)
            set_stage(self.browser, origin)
        self.result.seconds = time.monotonic() - self._begun
        return self.result

    def _covering(self, name: str) -> list[State]:
        return covering(self.result.states, few=CROSSINGS[name].few)

    def _crossed(self, name: str, state: State) -> bool:
        return self.memory.crossing(name, state) is not None

    def _cross(self) -> None:
        """Each crossing of its part of the states, those of an earlier audit carried over."""
        for name in CROSSINGS:
            for state in self._covering(name):
                found = self.memory.crossing(name, state) or []
                self._step([replace(one, state=state.name, path=state.path) for one in found], count=False)
                self.result.crossed[name] = self.result.crossed.get(name, 0) + 1
        for name, state, found in cross(self.browser, self.result.states, CROSSINGS, self._crossed):
            self.memory.cross(name, state, found)
            self._step(found)

    def _carried(self, state: State, kept: Kept, everything: whole.Whole) -> list[Finding]:
        """What an earlier audit found of this very page. Gives what the engine said."""
        self.memory.keep(state)
        everything.take(view.View(state, kept.page, {}))
        for number, met in kept.page["applies"].items():
            self.result.ran.met[number] = self.result.ran.met.get(number, 0) + met
        found = [replace(one, state=state.name, path=state.path) for one in kept.findings]
        self._step(found, count=False)
        return [one for one in found if one.engine == axe.NAME]

    def _look(self, reader: markup.Markup) -> None:
        """Engines and oracles, state by state."""
        self.result.engines[markup.NAME] = reader.version
        speakers: dict[str, State] = {}
        heard: dict[str, list[Finding]] = {}
        everything = whole.Whole()
        for state in self.result.states:
            speaker = state if self.result.distrusted else speakers.setdefault(frame(state), state)
            kept = self.memory.of(state)
            if kept is not None:
                heard[state.name] = self._carried(state, kept, everything)
                continue
            if speaker is state:
                heard[state.name] = self._axe(state)
                found = heard[state.name]
            else:
                show(self.browser, state)
                found = [replace(one, state=state.name, path=state.path) for one in heard[speaker.name]]
                self.result.spoken_for[state.name] = speaker.name
            seen = view.view_of(self.browser, state)
            everything.take(seen)
            for number, met in seen.page["applies"].items():
                self.result.ran.met[number] = self.result.ran.met.get(number, 0) + len(met)
            told = [*found, *reader.findings(state.name, state.html, state.path), *findings_of(seen)]
            self.memory.take(seen, told)
            self._step(told)
        self._step(everything.found, count=False)
        self.result.ran.checks |= {axe.NAME, markup.NAME, *(f"model {rule}" for rule in ORACLES)}
        self.result.ran.checks |= {f"whole {rule}" for rule in everything.rules}

    def _axe(self, state: State) -> list[Finding]:
        ((_, report),) = audit_states(self.browser, [state])
        self.result.engines[axe.NAME] = report.version
        return report.findings

    def _singly(self, reader: markup.Markup) -> None:
        """Put every shortcut to the test; one that hides something ends all of them."""
        speakers: dict[str, State] = {}
        pairs = ((state, speakers.setdefault(frame(state), state)) for state in self.result.states)
        spoken = {one.name: (one, other) for one, other in pairs if one is not other and self.memory.of(one) is None}
        for looked in (
            singly.carried(self.browser, reader, self.result.states, self.memory),
            singly.alike(self.browser, reader, self._pages),
            singly.spoken(self.browser, spoken),
        ):
            for state, same in looked:
                self.result.singly += 1
                if not same:
                    self.result.distrusted.append(state.name)
        if self.result.distrusted:
            self.memory.forget()
            self.result.states, self.result.same, self.result.carried = self._every, {}, {}
            self.result.ran.states = self._all = len(self._every)

    def _live(self, tour: Tour, walks: Sequence[Walk]) -> None:
        """What a page shows only when it is loaded from the running service."""
        for mode in (tour.prepare, tour.authority):
            own = [one for one in covering(self.result.states, few=True) if one.mode == mode.settings.mode]
            for found in without_scripts(self.browser, mode, own):
                self._step(found, count=False)
        self.result.ran.checks |= {"crossing no-script", "crossing doctype"}
        for procedure, locale, person in walks:
            for found in swaps(self.browser, tour.prepare, procedure, locale, person):
                self._step(found, count=False)
                self.result.crossed["swap"] = self.result.crossed.get("swap", 0) + 1
        if walks:
            self.result.ran.checks.add("crossing swap")
        self._step(list(whole.session(tour.prepare.settings.draft_days)), count=False)
        self.result.ran.checks.add("whole session")

    def _step(self, found: Sequence[Finding], *, count: bool = True) -> None:
        for finding in found:
            waiver = self.waivers.of(finding)
            if waiver is None:
                self.result.open.append(finding)
            else:
                self.result.waived.append((finding, waiver))
        self._done += count
        spent = time.monotonic() - self._begun
        if count:
            self._tell(self._done, self._all, spent / self._done * (self._all - self._done))
