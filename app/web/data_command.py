"""`guichet data`: what an operator does with the stored data beside serving: purge now, change the master key."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from app.store.keys import new_key
from app.web.settings import Settings, SettingsError
from app.web.storage import STORAGE_ERRORS, open_storage
from app.web.upkeep import purge

MISUSE = 2


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 1 when the data cannot be opened, 2 when it was called wrongly."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    if arguments.action == "new-key":
        print(new_key())
        return 0
    try:
        settings = Settings.read(os.environ, data=arguments.data)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return MISUSE
    try:
        print(_purge(settings) if arguments.action == "purge" else _rotate(settings))
    except STORAGE_ERRORS as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="guichet data", description="Entretient les données gardées.")
    actions = {
        "purge": "efface maintenant ce qui est arrivé à sa fin (le service le fait chaque jour)",
        "rotate-keys": "protège chaque demande avec la première clé de GUICHET_DATA_KEYS ou du fichier de clés",
        "new-key": "écrit une nouvelle clé, à mettre en premier",
    }
    lines = "\n".join(f"  {name:<12} {summary}" for name, summary in actions.items())
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"actions :\n{lines}"
    parser.add_argument("action", choices=tuple(actions), metavar="ACTION")
    parser.add_argument("--data", metavar="DIR", help="dossier des données (data)")
    return parser


def _purge(settings: Settings) -> str:
    purged = purge(settings)
    return f"{purged.drafts} demande(s) et {purged.files} fichier(s) effacés."


def _rotate(settings: Settings) -> str:
    store = open_storage(settings)
    try:
        moved = store.rotate_keys()
    finally:
        store.close()
    return f"{moved} demande(s) protégées avec la nouvelle clé. Les anciennes clés peuvent être enlevées."
