"""What an audit of everything leaves for the accessibility statement of the service that runs the same revision."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from pathlib import Path

from app.audit.criteria import reference
from app.audit.reports.report import Report, page_of
from app.audit.signed import Signed, holding
from app.locale import SOURCE
from app.web.evidence import Evidence, Judged, Page, Tester
from app.web.settings import Settings

KEPT = ("GUICHET_DATA", "GUICHET_AUDIT")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_MARKS = re.compile(r"<[^>]*>")


def place() -> Path:
    """Where the service looks for the last audit. Raises `SettingsError`."""
    return Settings.read({name: os.environ[name] for name in KEPT if name in os.environ}).audit


def evidence(
    report: Report, revision: str, languages: Iterable[str], browser: str, signed: Iterable[Signed]
) -> Evidence:
    """The audit as the statement needs it. A fault that is put off is a fault: its criterion stays "not conform"."""
    result = report.result
    return Evidence(
        revision=revision,
        at=report.at,
        reference=reference().version,
        states=sum(1 + len(result.same.get(state.name, ())) for state in result.states),
        languages=tuple(languages),
        tools=(f"Chromium {browser}", *(f"{name} {version}" for name, version in result.engines.items())),
        criteria=tuple(Judged(one.criterion.number, one.criterion.title, one.status) for one in report.verdicts),
        testers=tuple(dict.fromkeys(_testers(holding(signed, result.states)))),
        pages=tuple(dict.fromkeys(_pages(report))),
    )


def _testers(signed: Sequence[Signed]) -> Iterator[Tester]:
    for one in signed:
        yield Tester(one.role, one.using, one.signed.isoformat())


def _pages(report: Report) -> Iterator[Page]:
    """Each page by the heading that it has in French."""
    seen: set[str] = set()
    for state in report.result.states:
        page = page_of(state.name)
        heading = _HEADING.search(state.html)
        if state.locale != SOURCE or page in seen or heading is None:
            continue
        seen.add(page)
        slug = page.split("/")[1]
        yield Page("" if slug == "-" else slug, " ".join(unescape(_MARKS.sub("", heading[1])).split()))
