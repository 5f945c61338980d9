"""The grid in the shape of the file that Ara (ara.numerique.gouv.fr) exports: a line for each criterion, a column for
each page, C, NC, NA or NT.
"""

from __future__ import annotations

import csv
import io

from app.audit.reports.report import Report

HEADINGS = ("Critères", "Éléments transverses")


def write(report: Report) -> bytes:
    """Pages stand by their names; what is the same on all of them is not told apart: Ara's second column says NT."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow([*HEADINGS, *report.pages])
    for verdict in report.verdicts:
        statuses = [report.status_on(page, verdict) for page in report.pages]
        rows.writerow([verdict.criterion.number, "NT", *statuses])
    # Spreadsheets take a file for UTF-8 by its first bytes.
    return "\ufeff".encode() + text.getvalue().encode()
