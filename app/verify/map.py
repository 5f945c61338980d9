"""`guichet map SLUG`: draws a procedure, as nested lists or as SVG."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.spec.arguments import Arguments
from app.spec.compiler import compile_folder
from app.spec.diagnostics import did_you_mean
from app.spec.folders import procedure_folders, procedures_in
from app.verify.chart import Chart, chart
from app.verify.drawing import svg
from app.verify.listing import html, text

MISUSE = 2
FORMATS: dict[str, Callable[[Chart], str]] = {"html": lambda drawn: html(drawn, svg(drawn)), "svg": svg, "text": text}


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0, 1 for a procedure with errors, 2 when it was called wrongly."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    folder = procedures_in(arguments.procedures, os.environ)
    known = [found.name for found in procedure_folders(folder)]
    if arguments.slug not in known:
        near = did_you_mean(arguments.slug, known)
        print(f"guichet map : « {arguments.slug} » n'est pas dans « {folder} ». {near}".rstrip(), file=sys.stderr)
        return MISUSE
    compiled = compile_folder(folder / arguments.slug, folder / "shared", folder / "tables")
    if compiled.procedure is None:
        print(
            f"guichet map : la démarche a des erreurs. Lancez : guichet check {folder / arguments.slug}",
            file=sys.stderr,
        )
        return 1
    written = FORMATS[arguments.format](chart(compiled))
    if arguments.output is None:
        sys.stdout.write(written)
        return 0
    try:
        arguments.output.write_text(written, encoding="utf-8")
    except OSError as error:
        print(f"guichet map : on ne peut pas écrire « {arguments.output} » : {error.strerror}.", file=sys.stderr)
        return MISUSE
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="guichet map", description="Dessine une démarche.")
    parser.add_argument("slug", metavar="NOM", help="nom de la démarche")
    parser.add_argument(
        "--format", choices=tuple(FORMATS), default="html", help="page (html), dessin seul (svg) ou texte (text)"
    )
    parser.add_argument("--output", type=Path, metavar="FICHIER", help="où écrire ; sinon sur la sortie standard")
    parser.add_argument("--procedures", metavar="DIR", help="dossier des démarches (procedures)")
    return parser
