"""`guichet check` without the proofs: every problem of the given files and folders, for people or as JSON.

`app.verify.check` is the whole command: it passes the proofs as `also`, so that this room stays useful alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.spec.arguments import Arguments, language_of
from app.spec.blocks import Library
from app.spec.catalogue import procedure_folders
from app.spec.codes.phrase import Language, Phrase, filled, said
from app.spec.compiler import Compiled, compile_folder, read_text
from app.spec.diagnostics import Diagnostic, Findings, gravest_first
from app.spec.glossary import FILE as GLOSSARY
from app.spec.glossary import read_glossary
from app.spec.repair import repair
from app.spec.report import report
from app.spec.worked import check_worked_examples

MISUSE = 2
_ABOUT = Phrase("Dit tout ce qui ne va pas dans des procédures.", "Says everything that is wrong in procedures.")
_NOTHING = Phrase(
    "guichet check : « {path} » n'est ni une procédure, ni un bloc partagé, ni un dossier de procédures.",
    "guichet check: “{path}” is neither a procedure, nor a shared block, nor a folder of procedures.",
)

Also = Callable[[Compiled, Findings], str]
"""What else is checked in a procedure that compiled: it records what it finds and gives a line to show, or ""."""


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

    def add(self, diagnostics: Sequence[Diagnostic], sources: Mapping[str, str]) -> None:
        """A shared block is read by several procedures: what is wrong in it is told once."""
        known = set(map(_identity, self.diagnostics))
        self.diagnostics += [found for found in diagnostics if _identity(found) not in known]
        self.sources.update(sources)
        self.files += 1


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
    try:
        applied = repair(lambda: check_paths(paths, arguments.today).diagnostics) if arguments.fix else []
        checked = check_paths(paths, arguments.today, also)
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
        texts = list(report(checked.diagnostics, checked.sources, checked.files, language))
        print("\n\n".join([*texts[:-1], "\n".join([*(said(note, language) for note in checked.notes), texts[-1]])]))
    failing = {"error", *({"stale"} if arguments.fail_on == "stale" else ())}
    return int(any(found.severity in failing for found in checked.diagnostics))


def _parser(language: Language) -> Arguments:
    parser = Arguments("guichet check", _ABOUT, language)
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help=Phrase(
            "fichier procedure.yaml, dossier d'une procédure, bloc partagé, ou dossier de procédures (procedures/)",
            "a procedure.yaml, the folder of a procedure, a shared block, or a folder of procedures (procedures/)",
        ),
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=Phrase("texte pour les gens, JSON pour les outils", "text for people, JSON for tools"),
    )
    parser.add_argument(
        "--lang",
        choices=("fr", "en"),
        default="fr",
        help=Phrase("langue des messages : fr ou en", "language of messages: fr or en"),
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help=Phrase(
            "écrire dans les fichiers les réparations sûres, et dire lesquelles",
            "write the safe repairs into the files, and say which",
        ),
    )
    parser.add_argument(
        "--fail-on",
        choices=("error", "stale"),
        default="error",
        help=Phrase("stale : échouer aussi sur ce qui est périmé", "stale: fail also on what is out of date"),
    )
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=None,
        metavar="AAAA-MM-JJ",
        help=Phrase(
            "le jour où l'on se place pour dire ce qui est périmé", "the day on which to judge what is out of date"
        ),
    )
    return parser


def check_paths(paths: Sequence[Path], today: date | None = None, also: Also | None = None) -> Checked:
    """What is wrong in files and folders, each file once. `NothingToCheck` is raised for a path that is neither."""
    checked = Checked()
    for path in paths:
        if not _check(path, today, checked, also):
            raise NothingToCheck(path)
    checked.diagnostics = gravest_first(checked.diagnostics)
    return checked


def _check(path: Path, today: date | None, checked: Checked, also: Also | None) -> bool:
    """Check what `path` stands for; False where it stands for nothing that can be checked."""
    of_procedure = path.is_file() and path.name in ("procedure.yaml", "cases.yaml")
    if path.is_file() and not of_procedure and path.suffix in (".yaml", ".yml"):
        _check_block(path, checked)
        return True
    folder = path.parent if of_procedure else path
    folders = [folder] if (folder / "procedure.yaml").is_file() else procedure_folders(folder)
    for procedure in folders:
        root = procedure.resolve().parent if procedure.parent == Path() else procedure.parent
        compiled = compile_folder(procedure, root / "shared", root / "tables", today=today)
        findings = Findings(list(compiled.diagnostics))
        if compiled.procedure is not None and also is not None and (note := also(compiled, findings)):
            checked.notes.append(note)
        checked.add(findings.in_order(), compiled.sources)
        _check_cases(procedure / "cases.yaml", compiled, checked)
    return bool(folders)


def _check_cases(path: Path, compiled: Compiled, checked: Checked) -> None:
    """The worked examples beside a procedure, where there are some: their writing and the names they use."""
    if not path.is_file():
        return
    findings = Findings()
    text = read_text(path, findings)
    if text is not None:
        check_worked_examples(text, str(path), compiled.procedure, findings)
    checked.add(findings.in_order(), {str(path): text or ""})


def _check_block(path: Path, checked: Checked) -> None:
    """A shared block or glossary by itself: its writing and its shape. Its meaning is checked where it is used."""
    findings = Findings()
    text = read_text(path, findings)
    if text is not None and path.stem == GLOSSARY:
        read_glossary(text, str(path), findings)
    elif text is not None:
        Library({path.stem: text}, findings, {path.stem: str(path)}).tree(path.stem)
    checked.add(findings.in_order(), {str(path): text or ""})
