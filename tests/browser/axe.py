"""axe-core, current and complete: every tag by name, "incomplete" counted as a fault.

axe-selenium-python injects and runs it, always with the script that the set-up fetched: its own copy is from 2018.
Three traps that this module closes: an unknown tag makes axe find nothing and look green; an error inside axe shows
only as a time-out; rules such as `target-size` stay off unless their tag is asked for.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from axe_selenium_python import Axe

from tests.architecture.graph import ROOT
from tests.browser.driver import Browser

SCRIPT = ROOT / "build" / "axe" / "axe.min.js"
WAIVERS = Path(__file__).with_name("waivers.yaml")
VERSION = (4, 14)
ALL_RULES = 105
"""Rules of axe-core 4.14.1. Fewer means another axe."""
TAGS = (
    "wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental",
    "RGAAv4", "EN-301-549", "EN-301-549v4",
)  # fmt: skip


@dataclass(frozen=True)
class Waiver:
    """What a person looked at and accepted: one rule, addresses and elements by pattern, and why."""

    rule: str
    url: str
    target: str
    reason: str
    reviewed: str

    def covers(self, rule: str, url: str, target: str) -> bool:
        return self.rule == rule and bool(re.search(self.url, url)) and bool(re.search(self.target, target))


@dataclass(frozen=True)
class Report:
    """What axe said of one page: `rules_run` counts every rule that was tried, whatever came out."""

    url: str
    version: str
    rules_known: int
    rules_run: int
    findings: list[str] = field(default_factory=list)


class CurrentAxe(Axe):  # type: ignore[misc]
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


@cache
def waivers() -> tuple[Waiver, ...]:
    return tuple(Waiver(**entry) for entry in yaml.safe_load(WAIVERS.read_text(encoding="utf-8")) or ())


def audit(browser: Browser, *, waived: tuple[Waiver, ...] | None = None) -> Report:
    """Run every rule on the page that is shown. The scripts of a page loaded without them stay unrun."""
    browser.scripts(on=True)
    axe = CurrentAxe(browser)
    # A swap leaves the page, and axe with it, in place.
    if not browser.execute_script("return Boolean(window.axe)"):
        axe.inject()
    known = browser.execute_script("return axe.getRules().map(rule => rule.ruleId)")
    version = browser.execute_script("return axe.version")
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations", "incomplete"]}
    results = axe.run(options=json.dumps(options))
    allowed = waivers() if waived is None else waived
    return findings_of(results, allowed, browser.current_url, version, len(known))


def findings_of(results: dict[str, Any], allowed: tuple[Waiver, ...], url: str, version: str, known: int) -> Report:
    """What one run of axe means: every violation, and whatever it could not decide and nobody has."""
    run = sum(len(results[outcome]) for outcome in ("passes", "violations", "incomplete", "inapplicable"))
    findings = [line for outcome in ("violations", "incomplete") for line in _lines(results, outcome, allowed)]
    return Report(url, version, known, run, findings)


def _lines(results: dict[str, Any], outcome: str, allowed: tuple[Waiver, ...]) -> list[str]:
    """One line for each element. Only what axe could not decide may be waived; a violation never is."""
    lines = []
    for result in results[outcome]:
        for node in result["nodes"]:
            target = json.dumps(node["target"], ensure_ascii=False)
            covered = any(waiver.covers(result["id"], results["url"], target) for waiver in allowed)
            if outcome == "incomplete" and covered:
                continue
            why = "; ".join(check["message"] for check in (*node["any"], *node["all"], *node["none"]))
            lines.append(f"{outcome} {result['id']} at {target}: {result['help']}. {why}\n      {node['html'][:200]}")
    return lines


def assert_accessible(browser: Browser) -> None:
    """Fail with every finding on the page that is shown, or if axe is not the one we believe it to be."""
    report = audit(browser)
    assert tuple(int(part) for part in report.version.split(".")[:2]) >= VERSION, report.version
    assert report.rules_known >= ALL_RULES, f"axe knows {report.rules_known} rules"
    assert report.rules_run >= rules_expected(browser), f"axe ran {report.rules_run} rules only"
    listed = "\n".join(f"  - {finding}" for finding in report.findings)
    assert not report.findings, f"{report.url}: {len(report.findings)} finding(s) of axe\n{listed}"


def rules_expected(browser: Browser) -> int:
    """Rules that carry one of our tags; each must come out somewhere, even as "does not apply"."""
    # axe leaves out its three deprecated rules, whatever their tags.
    script = "return axe.getRules(arguments[0]).filter(rule => !rule.tags.includes('deprecated')).length"
    return int(browser.execute_script(script, list(TAGS)))
