"""The audit grid as an OpenDocument spreadsheet (ISO/IEC 26300), in the shape of the official one.

The format needs a dozen elements here, so it is written directly: a library would bring far more than it spares
(docs/decisions/audit.md).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from app.audit.criteria import STATUS_WORDS, Status
from app.audit.reports.report import Report, writable

MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)
THEMES = (
    "IMAGES", "CADRES", "COULEURS", "MULTIMÉDIA", "TABLEAUX", "LIENS", "SCRIPTS", "ÉLÉMENTS OBLIGATOIRES",
    "STRUCTURATION", "PRÉSENTATION", "FORMULAIRES", "NAVIGATION", "CONSULTATION",
)  # fmt: skip
TITLE = "RGAA 4.1.2 – GRILLE D'ÉVALUATION"
PAGE = (
    "Thématique", "Critère", "Recommandation", "Statut", "Dérogation", "Modifications à apporter",
    "Commentaires en cas de dérogations",
)  # fmt: skip

Row = Sequence[str | int]


def write(report: Report) -> bytes:
    """The sheets of the official grid: sample, criteria, synthesis, and one for each page."""
    sheets = [("Échantillon", _sample(report)), ("Critères", _criteria(report)), ("Synthèse", _synthesis(report))]
    sheets += [(f"P{number:02}", _page(page, report)) for number, page in enumerate(report.pages, 1)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        # First and not compressed, so that the type can be told from the first bytes (part 2, section 3.3).
        archive.writestr("mimetype", MEDIA, zipfile.ZIP_STORED)
        archive.writestr("content.xml", _content(sheets))
        archive.writestr("META-INF/manifest.xml", _manifest())
    return packed.getvalue()


def _sample(report: Report) -> list[Row]:
    rows: list[Row] = [
        (TITLE,),
        ("Échantillon évalué",),
        ("Date", f"{report.at:%d/%m/%Y}"),
        ("Auditeur ou auditrice", "guichet audit : contrôles automatiques"),
        ("Contexte", f"{len(report.result.states)} états, sur des données d'essai"),
        ("Outils", ", ".join(f"{name} {version}" for name, version in report.result.engines.items())),
        ("N° page", "Titre de la page", "URL", "États"),
    ]
    rows += [(f"P{n:02}", page, page, len(states)) for n, (page, states) in enumerate(report.pages.items(), 1)]
    return rows


def _criteria(report: Report) -> list[Row]:
    rows: list[Row] = [(TITLE,), ("Thématique", "Critère", "Recommandation", "Statut", "Pourquoi")]
    for verdict in report.verdicts:
        one = verdict.criterion
        rows.append((THEMES[one.theme - 1], one.number, one.title, verdict.status, verdict.why))
    return rows


def _synthesis(report: Report) -> list[Row]:
    rows: list[Row] = [(TITLE,), ("Synthèse par thématiques et par statuts",), ("Statut", *THEMES, "Total")]
    themes = [
        [one.status for one in group] for _, group in groupby(report.verdicts, key=lambda one: one.criterion.theme)
    ]
    statuses: tuple[Status, ...] = ("C", "NC", "NA", "NT")
    for status in statuses:
        counts = [theme.count(status) for theme in themes]
        rows.append((f"{status} ({STATUS_WORDS[status]})", *counts, sum(counts)))
    untested = sum(one.status == "NT" for one in report.verdicts)
    rate = f"{report.rate:.0%}" if report.rate is not None else f"indisponible : {untested} critères non testés"
    rows.append(("Pourcentage de critères respectés", rate))
    return rows


def _page(page: str, report: Report) -> list[Row]:
    rows: list[Row] = [(TITLE,), (page,), PAGE]
    for verdict in report.verdicts:
        one, status = verdict.criterion, report.status_on(page, verdict)
        wrong = [found.message for found in verdict.findings if found.state.partition(":")[0] == page]
        change = "\n".join(dict.fromkeys(wrong)) if status == "NC" else ""
        rows.append((THEMES[one.theme - 1], one.number, one.title, status, "N", change, ""))
    return rows


def _content(sheets: Iterable[tuple[str, Sequence[Row]]]) -> str:
    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_row, rows))}</table:table>' for name, rows in sheets
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMES} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def _row(cells: Row) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(value: str | int) -> str:
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{escape(writable(line))}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'


def _manifest() -> str:
    name = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", MEDIA), ("content.xml", "text/xml"))
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest {name}>{entries}</manifest:manifest>'
