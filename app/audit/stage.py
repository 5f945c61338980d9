"""One page of the service in the browser, on which printed pages are put in turn: the style is ours, the way is short.

Only for what depends on the body alone. A page loaded for real costs three times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

from app.audit import axe
from app.audit.axe import Report
from app.audit.browser import Browser
from app.audit.waivers import Waivers

BATCH = 20
SHOW = """
window.show = (html, path) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const name of ['lang', 'dir']) document.documentElement.setAttribute(name, page.documentElement[name]);
  document.title = page.title;
  // The browser would obey it some frames later, in the middle of what is looked at.
  for (const element of page.querySelectorAll('[autofocus]')) element.removeAttribute('autofocus');
  document.body.replaceWith(document.adoptNode(page.body));
  history.replaceState(null, '', path);
};
"""
AUDIT = """
const [pages, options] = arguments, done = arguments[arguments.length - 1];
(async () => {
  const found = [];
  for (const [html, path] of pages) {
    show(html, path);
    found.push(await axe.run(document, options));
  }
  done(found);
})().catch(problem => done({problem: String(problem)}));
"""


class Printed(Protocol):
    """A page as the service prints it."""

    @property
    def name(self) -> str: ...

    @property
    def path(self) -> str: ...

    @property
    def html(self) -> str: ...


P = TypeVar("P", bound=Printed)


def take_stage(browser: Browser, url: str) -> None:
    """Open a real page of the service, for its style, with axe beside it. Raises RuntimeError for another axe."""
    browser.get(url)
    browser.execute_script(SHOW + axe.SCRIPT.read_text(encoding="utf-8") + ";window.axe = axe")
    known = len(browser.execute_script("return axe.getRules().map(rule => rule.ruleId)"))
    axe.check_version(str(browser.execute_script("return axe.version")), known)


def audit_states(browser: Browser, states: Iterable[P], waived: Waivers | None = None) -> Iterator[tuple[P, Report]]:
    """Every state on the stage, by every rule. The scripts of the pages do not run here."""
    known = len(browser.execute_script("return axe.getRules().map(r => r.ruleId)"))
    expected, version = axe.rules_expected(browser), str(browser.execute_script("return axe.version"))
    for batch in _batches(list(states)):
        results: Any = browser.execute_async_script(AUDIT, [[one.html, one.path] for one in batch], axe.options())
        if isinstance(results, dict):
            raise RuntimeError(f"axe stopped: {results['problem']}")
        for state, result in zip(batch, results, strict=True):
            run = axe.rules_run(result)
            if run < expected:
                raise RuntimeError(f"{state.name}: axe ran {run} rules only")
            found = axe.findings_of(result, state.name, state.path)
            yield state, Report(state.path, version, known, run, (waived or Waivers()).open(found))


def show(browser: Browser, state: Printed) -> None:
    """Put one state on the stage."""
    browser.execute_script("show(arguments[0], arguments[1])", state.html, state.path)


def _batches(states: Sequence[P]) -> Iterator[list[P]]:
    rest = iter(states)
    while batch := list(islice(rest, BATCH)):
        yield batch
