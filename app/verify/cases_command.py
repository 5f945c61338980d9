"""`guichet cases`: replay the worked examples, say what none of them shows, or write persons who would."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.spec.arguments import Arguments
from app.spec.compiler import Compiled, compile_folder
from app.spec.folders import procedure_folders
from app.verify.cases import UnreadableCases, run_cases
from app.verify.coverage import Coverage, as_case, coverage, skeletons
from app.verify.diagram import Undecided
from app.verify.person import Person, says

MISUSE = 2


def main(argv: Sequence[str]) -> int:
    """`guichet cases [PATH …]`: 0 when every person sees what was foreseen, 1 otherwise, 2 when called wrongly."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    folders: list[Path] = []
    for path in map(Path, arguments.paths or ["procedures"]):
        found = [path] if (path / "procedure.yaml").is_file() else procedure_folders(path)
        if not found:
            print(f"guichet cases : « {path} » n'est ni une procédure ni un dossier de procédures.", file=sys.stderr)
            return MISUSE
        folders += found
    run = _skeleton if arguments.skeleton else _coverage if arguments.coverage else _run
    results = [run(folder, _compiled(folder, arguments.today)) for folder in folders]
    return 0 if all(results) else 1


def _parser() -> Arguments:
    parser = Arguments(prog="guichet cases", description="Rejoue les exemples de personnes.")
    parser.add_argument("paths", nargs="*", metavar="DOSSIER", help="procédure, ou dossier de procédures (procedures/)")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--coverage", action="store_true", help="dit ce qu'aucun exemple ne montre")
    what.add_argument(
        "--skeleton", action="store_true", help="écrit des exemples, à relire, pour ce qu'aucun ne montre encore"
    )
    parser.add_argument("--today", type=date.fromisoformat, default=None, metavar="AAAA-MM-JJ", help=argparse.SUPPRESS)
    return parser


def _compiled(folder: Path, today: date | None) -> Compiled:
    return compile_folder(folder, folder.parent / "shared", folder.parent / "tables", today=today)


def _run(folder: Path, compiled: Compiled) -> bool:
    """Print the cases of one procedure; whether all came true."""
    file = folder / "cases.yaml"
    print(f"{folder.name}")
    if compiled.procedure is None:
        print("  ✗ la procédure ne compile pas : lancez « guichet check ».")
        return False
    if not file.is_file():
        print("  aucun exemple (cases.yaml)")
        return True
    try:
        results = run_cases(compiled.procedure, file.read_text(encoding="utf-8"), file=str(file))
    except (UnreadableCases, UnicodeDecodeError) as error:
        print(f"  ✗ {error}")
        return False
    for result in results:
        print(f"  {'✓' if result.came_true else '✗'} {result.person} (ligne {result.line})")
        for difference in result.differences:
            print(f"      {difference}")
    return all(result.came_true for result in results)


# --- what is not shown yet


def _covered(folder: Path, compiled: Compiled) -> Coverage | str:
    """What the examples reach, or why nothing can be said."""
    if compiled.procedure is None:
        return "la procédure ne compile pas : lancez « guichet check »."
    file = folder / "cases.yaml"
    try:
        text = file.read_text(encoding="utf-8") if file.is_file() else None
        if text is not None:
            run_cases(compiled.procedure, text, file=str(file))
        return coverage(compiled, text)
    except (UnreadableCases, UnicodeDecodeError, Undecided) as error:
        return str(error)


def _coverage(folder: Path, compiled: Compiled) -> bool:
    """Print what no example shows."""
    found = _covered(folder, compiled)
    print(f"{folder.name}")
    if isinstance(found, str):
        print(f"  ✗ {found}")
        return False
    missing = found.missing
    total = len(found.goals.goals)
    print(f"  {total - len(missing)} sur {total} montrés par les exemples.")
    for heading, kind in (("Aucun exemple :", "met"), ("Toujours, dans les exemples :", "unmet")):
        _list(heading, [goal.words.removeprefix("sans ") for goal in missing if goal.key[0] == kind])
    _list("Aucun exemple où cette partie d'une condition décide :", [g.words for g in missing if g.key[0] == "part"])
    return True


def _list(heading: str, rows: list[str]) -> None:
    if rows:
        print(f"  {heading}")
        for row in rows:
            print(f"    - {row}")


def _skeleton(folder: Path, compiled: Compiled) -> bool:
    """Print persons who show what no example does, as YAML to add to `cases.yaml`."""
    found = _covered(folder, compiled)
    if isinstance(found, str):
        print(f"guichet cases : {folder.name} : {found}", file=sys.stderr)
        return False
    persons = list(skeletons(found))
    print(f"# {folder.name} : {len(persons)} personne(s). Donnez-leur un nom, et vérifiez chaque ligne de « sees ».")
    for number, person in enumerate(persons, 1):
        print()
        print(as_case(person, _named(number, person, found)), end="")
    return True


def _named(number: int, person: Person, found: Coverage) -> str:
    """A name to be replaced, made of the first answers of the person."""
    questions = [field.id for step in found.goals.model.procedure.steps for field in step.fields if field.choices]
    first = ", ".join(line.rpartition(" : ")[2] for line in says(person, questions, 3))
    return f"À nommer {number} : {first}"
