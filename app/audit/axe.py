"""axe-core, current and complete: every tag by name, what it could not decide counted too.

axe-selenium-python injects and runs it, always with the script that the set-up fetched: its own copy is from 2018.
Three traps that this module closes: an unknown tag makes axe find nothing and look green; an error inside axe shows
only as a time-out; rules such as `target-size` stay off unless their tag is asked for.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_selenium_python import Axe  # type: ignore[import-untyped]  # it ships no types

from app.audit.browser import Browser
from app.audit.findings import Finding, Outcome
from app.audit.waivers import Waivers

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "build" / "axe" / "axe.min.js"
NAME = "axe"
VERSION = (4, 14)
ALL_RULES = 105
"""Rules of axe-core 4.14.1. Fewer means another axe."""
TAGS = (
    "wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental",
    "RGAAv4", "EN-301-549", "EN-301-549v4",
)  # fmt: skip
OUTCOMES: dict[str, Outcome] = {"violations": "fault", "incomplete": "unsure"}
_CRITERION = re.compile(r"RGAA-(\d+\.\d+)\.\d+")


@dataclass(frozen=True)
class Report:
    """What axe said of one page: `rules_run` counts every rule that was tried, whatever came out."""

    url: str
    version: str
    rules_known: int
    rules_run: int
    findings: list[Finding] = field(default_factory=list)


class CurrentAxe(Axe):  # type: ignore[misc]  # it ships no types
    """The wrapper with the current script, and with errors that come back as errors."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser, script_url=str(SCRIPT))

    def run(self, context: None = None, options: str = "{}") -> dict[str, Any]:
        answer: dict[str, Any] = self.selenium.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            f"axe.run(document, {options}).then(done, problem => done({{problem: String(problem)}}));"
        )
        if "problem" in answer:
            raise RuntimeError(f"axe stopped: {answer['problem']}")
        return answer


def options() -> dict[str, Any]:
    """What axe is asked to run."""
    return {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": list(OUTCOMES)}


def audit(browser: Browser, *, waived: Waivers | None = None) -> Report:
    """Run every rule on the page that is shown. The scripts of a page loaded without them stay unrun."""
    browser.scripts(on=True)
    axe = CurrentAxe(browser)
    # A swap leaves the page, and axe with it, in place.
    if not browser.execute_script("return Boolean(window.axe)"):
        axe.inject()
    known = browser.execute_script("return axe.getRules().map(rule => rule.ruleId)")
    version = browser.execute_script("return axe.version")
    results = axe.run(options=json.dumps(options()))
    found = findings_of(results, "", browser.current_url)
    return Report(browser.current_url, version, len(known), rules_run(results), (waived or Waivers()).open(found))


def rules_run(results: dict[str, Any]) -> int:
    """How many rules one run tried."""
    return sum(len(results[outcome]) for outcome in ("passes", "violations", "incomplete", "inapplicable"))


def findings_of(results: dict[str, Any], state: str, path: str) -> list[Finding]:
    """What one run of axe means: every violation, and whatever it could not decide; one for each element."""
    return [
        _finding(result, node, outcome, state, path)
        for name, outcome in OUTCOMES.items()
        for result in results[name]
        for node in result["nodes"]
    ]


def _finding(result: dict[str, Any], node: dict[str, Any], outcome: Outcome, state: str, path: str) -> Finding:
    why = "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))
    return Finding(
        engine=NAME,
        rule=result["id"],
        outcome=outcome,
        target=" ".join(str(part) for part in node["target"]),
        html=node["html"],
        message=f"{result['help']}. {why}",
        state=state,
        path=path,
        criteria=tuple(dict.fromkeys(found[1] for tag in result["tags"] if (found := _CRITERION.fullmatch(tag)))),
    )


def assert_accessible(browser: Browser, waived: Waivers | None = None) -> None:
    """Fail with every finding on the page that is shown, or if axe is not the one we believe it to be."""
    report = audit(browser, waived=waived)
    check_version(report.version, report.rules_known)
    assert report.rules_run >= rules_expected(browser), f"axe ran {report.rules_run} rules only"
    listed = "\n".join(f"  - {finding}" for finding in report.findings)
    assert not report.findings, f"{report.url}: {len(report.findings)} finding(s) of axe\n{listed}"


def check_version(version: str, known: int) -> None:
    """Raises RuntimeError for an axe that is not the one we believe it to be."""
    if tuple(int(part) for part in version.split(".")[:2]) < VERSION or known < ALL_RULES:
        raise RuntimeError(f"axe-core {version} knows {known} rules: run `make install-test`")


def rules_expected(browser: Browser) -> int:
    """Rules that carry one of our tags; each must come out somewhere, even as "does not apply"."""
    # axe leaves out its three deprecated rules, whatever their tags.
    script = "return axe.getRules(arguments[0]).filter(rule => !rule.tags.includes('deprecated')).length"
    return int(browser.execute_script(script, list(TAGS)))
