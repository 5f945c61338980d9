"""`guichet translations`: prepare the files of a language, say how far it is, look for what is wrong in it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError

from app.locale.coverage import as_json, as_text, catalogs_of, state_of
from app.locale.faults import Fault, Glossary, faults_of, not_kept, place_of
from app.locale.journeys import journeys_of
from app.locale.languages import language as described
from app.locale.po import Memory, path_of, sources_of, texts_of, updated, written
from app.locale.sources import Sources, sources
from app.spec.arguments import Arguments
from app.spec.folders import procedures_in

MISUSE = 2
TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"

_ACTIONS = {
    "extract": "écrit les textes à traduire dans les fichiers de chaque langue",
    "status": "dit ce qui est traduit, à refaire, à traduire, et pour qui",
    "check": "cherche ce qui ne va pas dans les traductions",
}
_TITLES = {"messages": "Les phrases de Guichet", "shared": "Ce que plusieurs démarches disent"}


def main(argv: Sequence[str]) -> int:
    """`guichet translations ACTION`: 0 all is well, 1 something is wrong or missing, 2 when called wrongly."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    folder, procedures = Path(arguments.translations), procedures_in(arguments.procedures, os.environ)
    languages = arguments.languages or _languages(folder)
    if unknown := [code for code in languages if not _is_known(code)]:
        return _misuse(f"« {unknown[0]} » n'est pas le code d'une langue (exemples : ar, uk, pt-BR).")
    if not procedures.is_dir():
        return _misuse(f"« {procedures} » n'est pas un dossier de procédures.")
    if not languages:
        return _misuse(f"aucune langue dans « {folder} ». Commencez-en une : translations extract --language ar")
    texts = sources(procedures)
    for slug in texts.authored.broken:
        print(f"guichet translations : {slug} ne compile pas : lancez « guichet check ».", file=sys.stderr)
    try:
        held = {code: catalogs_of(folder, code) for code in languages}
    except (OSError, ValueError, PoFileError) as error:
        print(f"guichet translations : un fichier ne se lit pas : {_reason(error)}", file=sys.stderr)
        return 1
    result = _DO[arguments.action](arguments, texts, held)
    return 1 if texts.authored.broken else result


def _parser() -> Arguments:
    parser = Arguments(prog="guichet translations", description="Prépare et suit les traductions.")
    parser.epilog = "actions :\n" + "\n".join(f"  {name:<10} {words}" for name, words in _ACTIONS.items())
    parser.add_argument("action", choices=tuple(_ACTIONS), metavar="ACTION")
    parser.add_argument(
        "--language",
        dest="languages",
        action="append",
        metavar="CODE",
        help="seulement cette langue, qui peut être nouvelle avec extract (toutes celles qui ont un dossier)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="pour status et check")
    parser.add_argument("--procedures", metavar="DIR", help="dossier des procédures (procedures)")
    parser.add_argument("--translations", metavar="DIR", default=TRANSLATIONS, help="dossier des traductions")
    return parser


def _languages(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES"))


def _is_known(code: str) -> bool:
    try:
        Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True


def _misuse(words: str) -> int:
    print(f"guichet translations : {words}", file=sys.stderr)
    return MISUSE


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


Held = dict[str, dict[str, Catalog]]
"""By language, then by domain."""


def _extract(arguments: argparse.Namespace, texts: Sources, held: Held) -> int:
    for code, catalogs in held.items():
        memory, changed = Memory(catalogs.values()), 0
        for domain, entries in texts.domains(code).items():
            title = f"{_TITLES.get(domain, f'La démarche « {domain} »')} : {described(code).name} ({code})"
            made = written(updated(catalogs.get(domain), entries, code, title, memory))
            path = path_of(Path(arguments.translations), code, domain)
            if not path.is_file() or path.read_bytes() != made:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(made)
                changed += 1
        print(f"{code} : {changed} fichier(s) écrit(s) dans {path_of(Path(arguments.translations), code, '').parent}")
    return 0


def _status(arguments: argparse.Namespace, texts: Sources, held: Held) -> int:
    journeys = journeys_of(procedures_in(arguments.procedures, os.environ), texts.authored)
    states = [state_of(code, catalogs, texts, journeys) for code, catalogs in held.items()]
    if arguments.format == "json":
        print(json.dumps([as_json(state) for state in states], ensure_ascii=False, indent=2))
    else:
        for state in states:
            print("\n".join(as_text(state, described(state.language).name)))
    return 0 if all(state.complete for state in states) else 1


def _check(arguments: argparse.Namespace, texts: Sources, held: Held) -> int:
    found: list[tuple[str, str, Fault]] = []
    for code, catalogs in held.items():
        for domain, catalog in catalogs.items():
            words = not_kept(_glossary(texts, domain), catalogs.values())
            found += [(code, domain, fault) for fault in faults_of(catalog, words)]
    if arguments.format == "json":
        print(json.dumps([_row(*one) for one in found], ensure_ascii=False, indent=2))
    else:
        for code, domain, fault in found:
            row = _row(code, domain, fault)
            print(f"{row['file']}:{row['line']} {_SEVERITIES[fault.severity]} : {fault.words}")
            print(f"    {row['source']}\n    {row['translation']}")
        print(f"{len(found)} remarque(s), dont {sum(fault.severity == 'error' for *_, fault in found)} erreur(s).")
    return 1 if any(fault.severity == "error" for *_, fault in found) else 0


_SEVERITIES = {"error": "erreur", "warning": "à relire"}


def _row(code: str, domain: str, fault: Fault) -> dict[str, object]:
    message = fault.message
    return {
        "severity": fault.severity,
        "message": fault.words,
        "language": code,
        "file": f"{code}/LC_MESSAGES/{domain}.po",
        "line": message.lineno,
        "context": message.context,
        "place": place_of(message),
        "source": sources_of(message)[0],
        "translation": " | ".join(texts_of(message)),
    }


def _glossary(texts: Sources, domain: str) -> Glossary:
    return texts.authored.glossaries.get(domain) or {
        word: also for words in texts.authored.glossaries.values() for word, also in words.items()
    }


_DO: dict[str, Callable[[argparse.Namespace, Sources, Held], int]] = {
    "extract": _extract,
    "status": _status,
    "check": _check,
}
