"""All diagnostics of a run as a person reads them, and their count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.spec.codes.phrase import Language, Phrase, said
from app.spec.diagnostics import SEVERITIES, Diagnostic, render

_COUNTED = {
    "error": Phrase("erreur(s)", "error(s)"),
    "warning": Phrase("avertissement(s)", "warning(s)"),
    "hint": Phrase("conseil(s)", "hint(s)"),
    "stale": Phrase("point(s) périmé(s)", "stale point(s)"),
}
_FILES = Phrase("fichier(s) vérifié(s) :", "file(s) checked:")


def counted(diagnostics: Sequence[Diagnostic], files: int, language: Language = "fr") -> str:
    """The last line of a report: how many files and how many findings of each severity."""
    count: dict[str, int] = {name: sum(found.severity == name for found in diagnostics) for name in SEVERITIES}
    words = ", ".join(
        f"{count[severity]} {said(words, language)}"
        for severity, words in _COUNTED.items()
        if count[severity] or severity != "hint"
    )
    return f"{files} {said(_FILES, language)} {words}."


def report(
    diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], files: int, language: Language = "fr"
) -> Iterator[str]:
    """Every diagnostic with its lines, then the count."""
    lines = {file: text.split("\n") for file, text in sources.items()}
    for found in diagnostics:
        yield render(found, lines.get(found.file, ()), language)
    yield counted(diagnostics, files, language)
