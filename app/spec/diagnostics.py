"""What is wrong in a file, where, why it matters to an applicant, and what to do.

A diagnostic is a code with a place. Its words come from the catalogue in `app.spec.codes`, so that the command line, a
continuous check and the documentation say the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.spec.codes import CODES
from app.spec.codes.phrase import Language, Phrase, filled, joined, said
from app.spec.likeness import closest
from app.spec.tree import Node, Span, pointer

Severity = Literal["error", "warning", "hint", "stale"]
Certainty = Literal["certain", "likely"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint", "stale")
SEVERITY_WORDS: dict[str, Phrase] = {
    "error": Phrase("erreur", "error"),
    "warning": Phrase("avertissement", "warning"),
    "hint": Phrase("conseil", "hint"),
    "stale": Phrase("périmé", "stale"),
}
FIRST_HERE = Phrase("Première fois ici.", "First time here.")
USED_HERE = Phrase("Utilisé ici.", "Used here.")
NONE = Phrase("aucun", "none")
_WHY = Phrase("Pourquoi :", "Why:")
_DO = Phrase("Que faire :", "What to do:")
_CERTAIN = Phrase("Réparation sûre (--fix) :", "Certain fix (--fix):")
_LIKELY = Phrase("Réparation proposée :", "Proposed fix:")
_EXAMPLE = Phrase("Exemple de personne, le {day} :", "Somebody, for example, on {day}:")
_REMOVE = Phrase("retirez ce qui est souligné", "take out what is underlined")
_REMOVE_LINE = Phrase("retirez la ligne {line}", "take out line {line}")
_ADD = Phrase("ajoutez « {text} »", "add “{text}”")
_INDENT = Phrase(
    "mettez {wanted} au début de la ligne {line}, au lieu de {found}",
    "put {wanted} at the beginning of line {line} instead of {found}",
)
_NO_INDENT = Phrase("retirez {found} au début de la ligne {line}", "take out {found} at the beginning of line {line}")
_INSTEAD = Phrase("mettez {wanted} à la place", "put {wanted} there instead")
_ONE_SPACE, _SPACES = Phrase("1 espace", "1 space"), Phrase("{count} espaces", "{count} spaces")
_ONE_PLAIN, _PLAIN = (
    Phrase("1 espace ordinaire", "1 plain space"),
    Phrase("{count} espaces ordinaires", "{count} plain spaces"),
)
_ONE_SIGN, _SIGNS = Phrase("1 signe", "1 sign"), Phrase("{count} signes", "{count} signs")


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a diagnostic, with a few words."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace a stretch of text by another."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How to repair. `certain` fixes keep the author's meaning and may be applied unseen; `likely` ones propose."""

    certainty: Certainty
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding for an author. Positions count from 1, in code points, end exclusive."""

    code: str
    severity: Severity
    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    path: str
    message: str
    hint: str = ""
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    witness: Mapping[str, Any] | None = None

    def as_json(self, language: Language = "fr") -> dict[str, Any]:
        """The stable form that `--format json` prints."""
        return {
            "code": self.code,
            "severity": self.severity,
            **_place(self),
            "path": self.path,
            "message": said(self.message, language),
            "hint": said(self.hint, language),
            "fix": None
            if self.fix is None
            else {
                "certainty": self.fix.certainty,
                "edits": [{**_place(edit.span), "text": edit.text} for edit in self.fix.edits],
            },
            "related": [{**_place(other.span), "message": said(other.message, language)} for other in self.related],
            "witness": None if self.witness is None else dict(self.witness),
        }


def _place(span: Span | Diagnostic) -> dict[str, str | int]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


@dataclass(slots=True)
class Findings:
    """Collects diagnostics while a file is read. One place gets one diagnostic of a code."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    muted: set[tuple[str, int]] = field(default_factory=set)
    """Lines, by file, that are not read as they are written: what is found there would be about something else."""
    _seen: set[tuple[str, Span, str]] = field(default_factory=set)

    def add(
        self,
        code: str,
        where: Node | Span,
        *,
        fix: Fix | None = None,
        related: Iterable[Related] = (),
        witness: Mapping[str, Any] | None = None,
        path: str | None = None,
        suggestion: str = "",
        **params: object,
    ) -> None:
        """Record a finding. `params` fill the message of the code; `suggestion` is a full sentence put before the
        advice.
        """
        entry = CODES[code]
        span = where.span if isinstance(where, Node) else where
        message = filled(entry.message, **params)
        if (code, span, message) in self._seen or (span.file, span.line) in self.muted:
            return
        self._seen.add((code, span, message))
        brought = [Related(where.used_at, USED_HERE)] if isinstance(where, Node) and where.used_at else []
        self.diagnostics.append(
            Diagnostic(
                code=code,
                severity=entry.severity,
                file=span.file,
                line=span.line,
                column=span.column,
                end_line=span.end_line,
                end_column=span.end_column,
                path=path if path is not None else pointer(where.path) if isinstance(where, Node) else "",
                message=message,
                hint=joined(suggestion, filled(entry.fix, **params)),
                fix=fix,
                related=(*related, *brought),
                witness=witness,
            )
        )

    def take(self, other: Findings) -> None:
        """Add what was found apart, once."""
        for found in other.diagnostics:
            if (found.file, found.line) not in self.muted:
                self.diagnostics.append(found)
        self.muted |= other.muted
        self._seen |= other._seen

    @property
    def has_errors(self) -> bool:
        return any(found.severity == "error" for found in self.diagnostics)

    def within(self, span: Span) -> bool:
        """Whether something was found on the lines of a stretch of a file."""
        return any(d.file == span.file and span.line <= d.line <= span.end_line for d in self.diagnostics)

    def in_order(self) -> list[Diagnostic]:
        """By file, then place."""
        rank = {severity: number for number, severity in enumerate(SEVERITIES)}
        return sorted(self.diagnostics, key=lambda d: (d.file, d.line, d.column, rank[d.severity], d.code))


def gravest_first(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors, then warnings, then hints and what is out of date; otherwise in the order they come in."""
    return sorted(diagnostics, key=lambda found: SEVERITIES.index(found.severity))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """« Vouliez-vous dire … ? » with the nearest known word, or an empty string."""
    nearest = closest(word, known)
    return suggested(nearest) if nearest else ""


def suggested(word: str) -> Phrase:
    """« Vouliez-vous dire … ? »"""
    return Phrase(f"Vouliez-vous dire « {word} » ?", f"Did you mean “{word}”?")


def replace(node: Node | Span, text: str, certainty: Certainty = "likely") -> Fix:
    """A fix that writes `text` in place of a value or key."""
    return Fix(certainty, (Edit(node.span if isinstance(node, Node) else node, text),))


def render(diagnostic: Diagnostic, lines: Sequence[str] = (), language: Language = "fr") -> str:
    """For people: place and message, the line with a caret, why it matters, what to do; `lines` of its file."""
    entry = CODES[diagnostic.code]
    place = f"{diagnostic.file}:{diagnostic.line}:{diagnostic.column}"
    severity = said(SEVERITY_WORDS[diagnostic.severity], language)
    out = [f"{place}  {severity} {diagnostic.code} {said(diagnostic.message, language)}"]
    out += _excerpt(diagnostic, lines)
    for other in diagnostic.related:
        where = f"{other.span.file}:{other.span.line}:{other.span.column}"
        out.append(f"   {where}  {said(other.message, language)}")
    out.append(f"   {said(_WHY, language)} {said(entry.why, language)}")
    if diagnostic.hint:
        out.append(f"   {said(_DO, language)} {said(diagnostic.hint, language)}")
    if diagnostic.fix is not None:
        out.append(f"   {_repair(diagnostic.fix, lines, language)}")
    if diagnostic.witness is not None:
        out += _example(diagnostic.witness, language)
    return "\n".join(out)


def _example(witness: Mapping[str, Any], language: Language) -> list[str]:
    """Somebody for whom it is so: the day, and the few answers that matter."""
    return [
        f"   {said(_EXAMPLE, language).format(day=witness['today'])}",
        *(f"      {line}" for line in witness["says"]),
    ]


def _repair(fix: Fix, lines: Sequence[str], language: Language) -> str:
    words = " ; ".join(_change(edit, lines, language) for edit in fix.edits)
    return f"{said(_CERTAIN if fix.certainty == 'certain' else _LIKELY, language)} {words}"


def _change(edit: Edit, lines: Sequence[str], language: Language) -> str:
    """What to write, or what to do where that is invisible or has no place without words."""
    span, count = edit.span, len(edit.text)
    empty = (span.line, span.column) == (span.end_line, span.end_column)
    if edit.text.strip():
        template = _ADD if empty else Phrase("{text}", "{text}")
    elif span.column == 1:
        template = _REMOVE_LINE if span.end_line > span.line else _INDENT if count else _NO_INDENT
    else:
        template = _INSTEAD if count else _REMOVE
    wanted = _number(count, *((_ONE_PLAIN, _PLAIN) if template is _INSTEAD else (_ONE_SPACE, _SPACES)))
    found = _found(edit, lines)
    return said(filled(template, text=edit.text.strip(), line=span.line, wanted=wanted, found=found), language)


def _found(edit: Edit, lines: Sequence[str]) -> Phrase:
    """How many spaces a line begins with now; signs, where some of them are not spaces or the line is not known."""
    width = edit.span.end_column - edit.span.column
    lead = lines[edit.span.line - 1][:width] if 1 <= edit.span.line <= len(lines) else " " * width
    return _number(width, *((_ONE_SPACE, _SPACES) if not lead.strip(" ") else (_ONE_SIGN, _SIGNS)))


def _number(count: int, one: Phrase, several: Phrase) -> Phrase:
    return filled(one if count == 1 else several, count=count)


def _excerpt(diagnostic: Diagnostic, lines: Sequence[str]) -> list[str]:
    number = diagnostic.line
    if not 1 <= number <= len(lines):
        return []
    text = lines[number - 1]
    last = diagnostic.end_column if diagnostic.end_line == number else len(text) + 1
    width = max(1, min(last, len(text) + 1) - diagnostic.column)
    gutter = f"{number:>5} | "
    pad = " " * (len(gutter) - 2) + "| "
    # Tabs are kept so that the caret falls under the right letter in any terminal.
    lead = "".join("\t" if letter == "\t" else " " for letter in text[: diagnostic.column - 1])
    out = [gutter + text, pad + lead + "^" * width]
    if number > 1 and lines[number - 2].strip():
        out.insert(0, f"{number - 1:>5} | {lines[number - 2]}")
    return out
