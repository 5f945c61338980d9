"""`guichet check` without the proofs: every problem of the given files and folders, for people or as JSON.

`app.verify.check` is the whole command: it passes the proofs as `also`, so that this room stays useful alone.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from app.spec.arguments import Arguments, language_of
from app.spec.codes.phrase import Language, Phrase, filled, said
from app.spec.day import on_this_day
from app.spec.diagnostics import Diagnostic, gravest_first
from app.spec.folders import procedure_folders
from app.spec.kept import Also, Found, Kept, kept_in
from app.spec.many import look_at
from app.spec.repair import repair
from app.spec.report import report

MISUSE = 2
_ABOUT = Phrase("Dit tout ce qui ne va pas dans des procédures.", "Says everything that is wrong in procedures.")
_HELP = {
    "paths": Phrase(
        "fichier procedure.yaml, dossier d'une procédure, bloc partagé, ou dossier de procédures (procedures/)",
        "a procedure.yaml, the folder of a procedure, a shared block, or a folder of procedures (procedures/)",
    ),
    "format": Phrase("texte pour les gens, JSON pour les outils", "text for people, JSON for tools"),
    "lang": Phrase("langue des messages : fr ou en", "language of messages: fr or en"),
    "fix": Phrase(
        "écrire dans les fichiers les réparations sûres, et dire lesquelles",
        "write the safe repairs into the files, and say which",
    ),
    "fail_on": Phrase("stale : échouer aussi sur ce qui est périmé", "stale: fail also on what is out of date"),
    "no_cache": Phrase("tout vérifier, même ce qui n'a pas changé", "check everything, even what has not changed"),
    "today": Phrase(
        "le jour où l'on se place pour dire ce qui est périmé", "the day on which to judge what is out of date"
    ),
}
_NOTHING = Phrase(
    "guichet check : « {path} » n'est ni une procédure, ni un bloc partagé, ni un dossier de procédures.",
    "guichet check: “{path}” is neither a procedure, nor a shared block, nor a folder of procedures.",
)


class NothingToCheck(Exception):
    """A path that holds no procedure and no shared block."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@dataclass(slots=True)
class Checked:
    """What was found in all the files, each file once, and their texts to quote from."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    files: int = 0
    notes: list[str] = field(default_factory=list)
    _known: set[tuple[str, str, int, int, str]] = field(default_factory=set)

    def add(self, found: Found) -> None:
        """A shared block is read by several procedures: what is wrong in it is told once."""
        for one in found.diagnostics:
            if (identity := _identity(one)) not in self._known:
                self._known.add(identity)
                self.diagnostics.append(one)
        self.sources.update(found.sources)
        self.files += found.files
        self.notes += [found.note] if found.note else []

    def texts(self) -> dict[str, str]:
        """The texts of the files in which something was found; those of earlier checks are read now."""
        unread = {found.file for found in self.diagnostics} - self.sources.keys()
        return {**self.sources, **{file: _text(Path(file)) for file in unread}}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _identity(found: Diagnostic) -> tuple[str, str, int, int, str]:
    return (found.code, found.file, found.line, found.column, found.message)


def main(argv: Sequence[str], also: Also | None = None) -> int:
    """Run the command. Returns 0 without errors, 1 with some, 2 when it was called wrongly."""
    try:
        arguments = _parser(language_of(argv)).parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    paths = [Path(path) for path in arguments.paths or ["procedures"]]
    language: Language = arguments.lang
    kept = None if arguments.no_cache else kept_in(os.environ)
    try:
        applied = repair(lambda: check_paths(paths, arguments.today).diagnostics) if arguments.fix else []
        checked = check_paths(paths, arguments.today, also, kept)
    except NothingToCheck as stopped:
        print(said(filled(_NOTHING, path=stopped.path), language), file=sys.stderr)
        return MISUSE
    for one in applied:
        # What is read by tools stays on standard output alone.
        print(one.told(language), file=sys.stderr if arguments.format == "json" else sys.stdout)
    if arguments.format == "json":
        rows = [found.as_json(language) for found in checked.diagnostics]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        texts = list(report(checked.diagnostics, checked.texts(), checked.files, language))
        print("\n\n".join([*texts[:-1], "\n".join([*(said(note, language) for note in checked.notes), texts[-1]])]))
    failing = {"error", *({"stale"} if arguments.fail_on == "stale" else ())}
    return int(any(found.severity in failing for found in checked.diagnostics))


def _parser(language: Language) -> Arguments:
    parser = Arguments("guichet check", _ABOUT, language)
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_HELP["paths"])
    parser.add_argument("--format", choices=("text", "json"), default="text", help=_HELP["format"])
    parser.add_argument("--lang", choices=("fr", "en"), default="fr", help=_HELP["lang"])
    parser.add_argument("--fix", action="store_true", help=_HELP["fix"])
    parser.add_argument("--fail-on", choices=("error", "stale"), default="error", help=_HELP["fail_on"])
    parser.add_argument("--no-cache", action="store_true", help=_HELP["no_cache"])
    parser.add_argument("--today", type=date.fromisoformat, default=None, metavar="AAAA-MM-JJ", help=_HELP["today"])
    return parser


def check_paths(
    paths: Sequence[Path], today: date | None = None, also: Also | None = None, kept: Kept | None = None
) -> Checked:
    """What is wrong in files and folders, each file once. `NothingToCheck` is raised for a path that is neither. With
    `kept`, what has not changed since an earlier check is not checked again.
    """
    checked = Checked()
    procedures = [folder for path in paths for folder in _procedures(path)]
    found = look_at(procedures, partial(_look, today=today, also=also), today or on_this_day(), kept)
    for path in paths:
        if _is_block(path):
            from app.spec.look import block_in

            checked.add(block_in(path))
            continue
        for folder in _procedures(path):
            checked.add(found[folder])
    checked.diagnostics = gravest_first(checked.diagnostics)
    return checked


def _look(folder: Path, today: date | None, also: Also | None) -> Found:
    """Only what has to be looked at pays for the compiler."""
    from app.spec.look import procedure_in

    return procedure_in(folder, today, also)


def _is_block(path: Path) -> bool:
    named = path.name in ("procedure.yaml", "cases.yaml")
    return path.is_file() and not named and path.suffix in (".yaml", ".yml")


def _procedures(path: Path) -> list[Path]:
    """The folders of procedures that a path stands for."""
    if _is_block(path):
        return []
    folder = path.parent if path.is_file() and path.name in ("procedure.yaml", "cases.yaml") else path
    found = [folder] if (folder / "procedure.yaml").is_file() else procedure_folders(folder)
    if not found:
        raise NothingToCheck(path)
    return found
