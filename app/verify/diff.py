"""`guichet diff OLD NEW`: what a new revision changes for applicants, with an example person for each change."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.spec.arguments import Arguments
from app.spec.compiler import Compiled
from app.spec.diagnostics import render
from app.spec.model import Procedure
from app.verify.changes import Change, Comparison
from app.verify.contents import contents
from app.verify.diagram import Undecided, reason
from app.verify.joint import joint, told_apart
from app.verify.model import Model
from app.verify.moments import moments
from app.verify.revisions import NotFound, revision

MISUSE = 2
MOST_ERRORS = 3
MOST_UNREAD = 10
_LEFT_OUT = frozenset("YSR")
"""Families of errors that take something out: writing, shape, references."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changes in one procedure. `undecided` says why nothing could be said of journeys."""

    slug: str
    changes: tuple[Change, ...] = ()
    undecided: str = ""
    unread: tuple[str, ...] = ()
    """What the earlier text says that cannot be compared, one line each."""


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0 when both revisions could be read, 1 when one has errors, 2 when called wrongly."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    try:
        with revision(arguments.old, forgiving=True) as old, revision(arguments.new) as new:
            return _compare(old, new, arguments.format)
    except NotFound as missing:
        print(f"guichet diff : « {missing} » n'est ni une procédure, ni un dossier de procédures.", file=sys.stderr)
        return MISUSE


def _parser() -> Arguments:
    parser = Arguments(prog="guichet diff", description="Dit ce qui change pour les usagers entre deux versions.")
    where = "fichier, dossier, ou version de git (HEAD~1:procedures/dcem)"
    parser.add_argument("old", metavar="AVANT", help=where)
    parser.add_argument("new", metavar="APRÈS", help=where)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="texte ou JSON")
    return parser


def _compare(old: Mapping[str, Compiled], new: Mapping[str, Compiled], form: str) -> int:
    if len(old) == len(new) == 1:
        old = dict(zip(new, old.values(), strict=True))
    broken = [compiled for side in (old, new) for compiled in side.values() if compiled.procedure is None]
    for compiled in broken:
        errors = [render(found) for found in compiled.diagnostics if found.severity == "error"]
        print("guichet diff : une des deux versions a des erreurs.", *errors[:MOST_ERRORS], sep="\n\n", file=sys.stderr)
    found = [difference for slug in dict.fromkeys([*new, *old]) if (difference := _difference(slug, old, new))]
    if form == "json":
        rows = [
            {"procedure": one.slug, **change.as_json()}
            for one in found
            for change in (*(Change("unread", line) for line in one.unread), *one.changes)
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(_text(one)) for one in found))
    return int(bool(broken) or any(one.undecided for one in found))


def _difference(slug: str, old: Mapping[str, Compiled], new: Mapping[str, Compiled]) -> Difference | None:
    before, after = old.get(slug), new.get(slug)
    if before is None or after is None:
        words = "Nouvelle démarche." if before is None else "La démarche n'est plus proposée."
        return Difference(slug, (Change("content", words),))
    if before.procedure is None or after.procedure is None:
        return None
    return replace(difference(slug, before, after.procedure), unread=tuple(_unread(before)))


def _unread(before: Compiled) -> Iterator[str]:
    """What was left out of an earlier text: an older language allowed it, or it was wrong then. Other errors (words,
    conditions that forget somebody) leave the text as it was.
    """
    for found in before.diagnostics:
        if found.severity == "error" and found.code[0] in _LEFT_OUT:
            yield f"ligne {found.line} : {found.message} ({found.code})"


def difference(slug: str, before: Compiled, after: Procedure) -> Difference:
    """What changes from one revision to the next."""
    assert before.procedure is not None
    if before.procedure.sha256 == after.sha256:
        return Difference(slug)
    said = contents(before.procedure, after)
    old, apart = told_apart(before, after)
    said = [Change("content", f"La question « {name} » est à redonner : son genre a changé.") for name in apart] + said
    try:
        journeys = _journeys(old, after)
    except (Undecided, RecursionError) as bound:
        return Difference(slug, tuple(said), reason(bound))
    return Difference(slug, (*journeys, *said))


def _journeys(old: Procedure, new: Procedure) -> list[Change]:
    """What journeys meet otherwise, on the first day on which they do."""
    found: dict[tuple[str, str], Change] = {}
    for moment in moments(Model(new)):
        comparison = Comparison(joint(old, new, moment), moment)
        for change in comparison.changes():
            found.setdefault((change.sort, change.words), change)
    return list(found.values())


# --- words


def _text(found: Difference) -> Iterator[str]:
    journeys = [change for change in found.changes if change.sort not in ("content", "text")]
    others = [change for change in found.changes if change.sort == "content"]
    texts = [change for change in found.changes if change.sort == "text"]
    yield from _beginning(found)
    if found.undecided:
        yield f"{found.slug} : rien n'est dit des parcours : {found.undecided}."
    elif not found.changes:
        yield f"{found.slug} : rien ne change pour les usagers."
    elif not journeys and not others:
        yield f"{found.slug} : seuls des textes changent. Les questions, les papiers et les parcours restent les mêmes."
    else:
        yield f"{found.slug} : {len(journeys) + len(others)} changement(s) pour les usagers."
    for number, change in enumerate(journeys, 1):
        yield f"\n{number}. {change.words}"
        yield from _people(change)
    if others:
        yield "\nCe qu'il faut faire autrement :"
        yield from (f"  - {change.words}" for change in others)
    if texts:
        yield "\nTextes :"
        yield from (f"  - {change.words}" for change in texts)


def _beginning(found: Difference) -> Iterator[str]:
    if found.unread:
        yield f"{found.slug} : ceci de l'ancienne version ne se lit plus, et n'est pas comparé :"
        yield from (f"  - {line}" for line in found.unread[:MOST_UNREAD])
        if len(found.unread) > MOST_UNREAD:
            yield f"  - et {len(found.unread) - MOST_UNREAD} autre(s)."
        yield ""


def _people(change: Change) -> Iterator[str]:
    if change.who:
        yield "   Pour qui :"
        yield from (f"     {line}" for line in change.who)
    if change.total:
        yield f"   Parcours touchés : {change.touched} sorte(s) sur {change.total}."
    if change.witness is not None:
        yield f"   Exemple de personne, le {change.witness['today']} :"
        yield from (f"     {line}" for line in change.witness["says"])
