"""One folder for an auditor and for tools: the same audit as pages to read and in the formats that others take in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from app.audit.reports import ara, earl, grid, html, junit, plain, sarif
from app.audit.reports.report import Report

FILES: Mapping[str, Callable[[Report], bytes]] = {
    "audit.json": plain.write,
    "junit.xml": junit.write,
    "audit.sarif": sarif.write,
    "earl.jsonld": earl.write,
    "ara.csv": ara.write,
    "grille-rgaa.ods": grid.write,
    "index.html": html.overview,
    "criteria.html": html.criteria,
    "faults.html": html.faults,
    "states.html": html.states,
    "protocol.html": html.protocol,
    "report.css": html.style,
}
"""By name, what writes it."""


def write(folder: Path, report: Report) -> None:
    """Write every file into the folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in FILES.items():
        (folder / name).write_bytes(content(report))


__all__ = ["FILES", "Report", "write"]
