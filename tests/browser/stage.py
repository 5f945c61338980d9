"""One page of the service in the browser, on which printed pages are put in turn: the style is ours, the way is short.

Only for what depends on the body alone. A page loaded for real costs three times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tests.browser.axe import SCRIPT, TAGS, Report, findings_of, rules_expected, waivers
from tests.browser.driver import Browser
from tests.browser.states import State

BATCH = 20
SHOW = """
window.show = (html, path) => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const name of ['lang', 'dir']) document.documentElement.setAttribute(name, page.documentElement[name]);
  document.title = page.title;
  // The browser would obey it some frames later, in the middle of what a test does.
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


def take_stage(browser: Browser, url: str) -> None:
    """Open a real page of the service, for its style, with axe beside it."""
    browser.get(url)
    browser.execute_script(SHOW + SCRIPT.read_text(encoding="utf-8") + ";window.axe = axe")


def audit_states(browser: Browser, states: Iterable[State]) -> Iterator[tuple[State, Report]]:
    """Every state on the stage, by every rule. The scripts of the pages do not run here."""
    known, expected = len(browser.execute_script("return axe.getRules().map(r => r.ruleId)")), rules_expected(browser)
    version = str(browser.execute_script("return axe.version"))
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
    for batch in _batches(list(states)):
        pages = [[state.html, state.path] for state in batch]
        results = browser.execute_async_script(AUDIT, pages, options)
        if isinstance(results, dict):
            raise RuntimeError(f"axe stopped: {results['problem']}")
        for state, result in zip(batch, results, strict=True):
            report = findings_of(result, waivers(), state.path, version, known)
            assert report.rules_run >= expected, f"{state.name}: axe ran {report.rules_run} rules only"
            yield state, report


def show(browser: Browser, state: State) -> None:
    """Put one state on the stage."""
    browser.execute_script("show(arguments[0], arguments[1])", state.html, state.path)


def _batches(states: Sequence[State]) -> Iterator[list[State]]:
    rest = iter(states)
    while batch := list(islice(rest, BATCH)):
        yield batch
