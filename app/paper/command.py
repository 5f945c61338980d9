"""`guichet paper SLUG`: the paper twin of a procedure, blank or filled, as an accessible PDF.

Exit codes: 0 the file is written, 1 the procedure, the answers or the file have errors (said on standard error), 2
misuse.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.journey.walk import build_journey
from app.kinds.base import UNKNOWN
from app.kinds.registry import kind
from app.paper.compose import Meta, blank_form, filled_form, sheet_in_both
from app.paper.model import Paper
from app.paper.render import PaperError, render
from app.paper.wiring import wording_for, zone_named
from app.spec.arguments import Arguments
from app.spec.catalogue import Catalogue
from app.spec.diagnostics import Findings
from app.spec.folders import procedures_in
from app.spec.model import Field, Procedure
from app.spec.source import decode, load


class AnswersError(ValueError):
    """The file of answers cannot be used; one reason a line."""


def _parser() -> Arguments:
    parser = Arguments(prog="guichet paper", description="Le formulaire sur papier, vide ou rempli, en PDF accessible.")
    parser.add_argument("slug", metavar="SLUG", help="la démarche")
    parser.add_argument("--locale", default=None, help="la langue du papier (celle de la démarche sinon)")
    parser.add_argument(
        "--answers", type=Path, default=None, metavar="FILE", help="réponses, en YAML ou JSON : answers, today"
    )
    parser.add_argument(
        "--paper",
        choices=("filled", "sheet"),
        default="filled",
        help="avec --answers : le formulaire ou la fiche à recopier",
    )
    parser.add_argument("--large", action="store_true", help="grands caractères, pour le formulaire vide")
    parser.add_argument("--procedures", type=Path, default=None, metavar="DIR", help="le dossier des démarches")
    parser.add_argument("--output", type=Path, required=True, metavar="FILE.pdf")
    return parser


def read_answers(path: Path, procedure: Procedure, day: date) -> tuple[dict[str, Any], date]:
    """Answers by field id, checked by their kinds, and the day they are read on (today unless the file says).

    The file is a map with `answers` and, if wanted, `today`; other keys (those of a worked example) are left alone.
    Raises `AnswersError`.
    """
    findings = Findings()
    try:
        text = decode(path.read_bytes(), str(path), findings)
    except OSError as error:
        raise AnswersError(f"{path} : {error.strerror}") from None
    tree = load(text, str(path), findings) if text is not None else None
    faults = [f"{d.file}:{d.line}:{d.column} : {d.message}" for d in findings.in_order() if d.severity == "error"]
    if faults:
        raise AnswersError("\n".join(faults))
    plain = tree.to_plain() if tree is not None else None
    given = plain.get("answers") if isinstance(plain, dict) else None
    if not isinstance(plain, dict) or not isinstance(given, dict):
        raise AnswersError(f"{path} : il manque la clé « answers », avec une réponse par question.")
    try:
        today = date.fromisoformat(str(plain["today"])) if "today" in plain else day
    except ValueError:
        raise AnswersError(f"{path} : « today » doit être une date, comme 2026-11-24.") from None
    return _checked(given, procedure, today), today


def _checked(given: Mapping[str, Any], procedure: Procedure, today: date) -> dict[str, Any]:
    faults: list[str] = []
    answers: dict[str, Any] = {}
    plain = {field.id: field for step in procedure.steps if step.repeat is None for field in step.fields}
    repeats = {
        step.id: {field.id: field for field in step.fields} for step in procedure.steps if step.repeat is not None
    }
    for name, value in given.items():
        if name in repeats:
            answers[name] = _items(name, value, repeats[name], today, faults)
        else:
            _keep(answers, name, value, plain, today, faults)
    if faults:
        raise AnswersError("\n".join(faults))
    return answers


def _items(name: str, value: Any, fields: Mapping[str, Field], today: date, faults: list[str]) -> list[dict[str, Any]]:
    """Items as `[{"id", "answers"}, …]`; an item may also be written as its answers alone, then it is numbered."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        faults.append(f"« {name} » : une liste de fiches est attendue.")
        return []
    items = []
    for number, item in enumerate(value, 1):
        inside = (
            item["answers"] if isinstance(item.get("answers"), dict) else {k: v for k, v in item.items() if k != "id"}
        )
        kept: dict[str, Any] = {}
        for key, answer in inside.items():
            _keep(kept, key, answer, fields, today, faults)
        items.append({"id": str(item.get("id", number)), "answers": kept})
    return items


def _keep(
    answers: dict[str, Any], name: str, value: Any, fields: Mapping[str, Field], today: date, faults: list[str]
) -> None:
    base = name.removesuffix("__specify")
    if base not in fields:
        faults.append(f"« {name} » : cette question n'existe pas dans la démarche.")
    elif base != name:
        answers[name] = str(value)
    elif (value == UNKNOWN and fields[name].unknown is not None) or _is_value(fields[name], value, today):
        answers[name] = value
    else:
        faults.append(f"« {name} » : cette réponse n'est pas possible ({fields[name].kind}).")


def _is_value(field: Field, value: Any, today: date) -> bool:
    """Whether the value is what its kind would have stored: it is typed again and read again."""
    of = kind(field.kind)
    try:
        typed = of.raw(value, field.settings)
        parsed = of.parse(typed, field.settings, choices=[choice.id for choice in field.choices], today=today)
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
        return False  # a shape that this kind never stores
    return parsed.value is not None and not parsed.problems


def _paper(options: argparse.Namespace, procedure: Procedure, environ: Mapping[str, str]) -> Paper:
    locale = options.locale or procedure.language
    zone = zone_named(environ.get("GUICHET_TIME_ZONE") or "Europe/Paris")
    meta = Meta("", datetime.now(UTC), "authority" if environ.get("GUICHET_MODE") == "authority" else "prepare")
    if options.answers is None:
        return blank_form(procedure, wording_for(procedure, None, locale, zone=zone), meta, large=options.large)
    answers, today = read_answers(options.answers, procedure, meta.at.astimezone(zone).date())
    journey = build_journey(procedure, answers, today, started=today)
    wording = wording_for(procedure, journey, locale, zone=zone)
    if options.paper == "sheet":
        return sheet_in_both(procedure, journey, wording, meta)
    return filled_form(procedure, journey, wording, meta)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def main(argv: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Run the command on these arguments (without `guichet paper`); see the module for the exit codes."""
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    folder = procedures_in(options.procedures, environ)
    catalogue = Catalogue.load(folder)
    procedure = catalogue.procedures.get(options.slug)
    if procedure is None:
        for diagnostic in catalogue.diagnostics.get(options.slug, ()):
            if diagnostic.severity == "error":
                _say(f"{diagnostic.file}:{diagnostic.line}:{diagnostic.column} : {diagnostic.message}")
        known = ", ".join(catalogue.procedures) or "aucune"
        _say(f"La démarche « {options.slug} » ne peut pas être lue dans {folder}. Démarches lues : {known}.")
        return 1
    try:
        made = render([_paper(options, procedure, environ)])[0]
        options.output.write_bytes(made.pdf)
    except AnswersError as error:
        _say(str(error))
        return 1
    except (PaperError, OSError) as error:
        _say(f"Le papier n'a pas pu être fait : {error}")
        return 1
    if made.missing:
        _say("Signes sans police sur cette machine, dits en tête du papier : " + " ".join(made.missing))
    return 0
