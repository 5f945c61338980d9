"""`guichet data`: what an operator does with the stored data beside serving: purge, change keys, erase one file,
move the files to another place.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from app.spec.arguments import Arguments
from app.store.keys import new_key
from app.web.moving import NEXT, move
from app.web.settings import Settings, SettingsError
from app.web.storage import STORAGE_ERRORS, open_storage
from app.web.upkeep import purge

MISUSE = 2
EMBEDDED = "guichet.sqlite3"


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
    if settings.database_url is None and not (settings.data / EMBEDDED).is_file():
        # Without this look, a wrong folder would be given keys and stay there.
        print(
            f"{settings.data} ne contient pas de données de Guichet. Vérifiez --data ou GUICHET_DATA.", file=sys.stderr
        )
        return MISUSE
    if (arguments.action == "erase") != (arguments.reference is not None):
        print("« erase » demande une référence, et les autres actions n'en prennent pas.", file=sys.stderr)
        return MISUSE
    try:
        return _act(settings, arguments.action, arguments.reference)
    except STORAGE_ERRORS as error:
        print(error, file=sys.stderr)
        return 1


def _act(settings: Settings, action: str, reference: str | None) -> int:
    if reference is not None:
        return _erase(settings, reference)
    if action in NEXT:
        return move(settings, action)
    print(_purge(settings) if action == "purge" else _rotate(settings))
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="guichet data", description="Entretient les données gardées.")
    actions = {
        "purge": "efface maintenant ce qui est arrivé à sa fin (le service le fait chaque jour)",
        "rotate-keys": "protège chaque demande avec la première clé de GUICHET_DATA_KEYS ou du fichier de clés",
        "erase": "efface pour toujours le dossier d'une référence (G-2026-…), même envoyé",
        "files-to-bucket": "copie les fichiers du dossier vers le stockage S3 de GUICHET_STORAGE_URL",
        "files-to-folder": "copie les fichiers de ce stockage S3 vers le dossier",
        "new-key": "écrit une nouvelle clé, à mettre en premier",
    }
    lines = "\n".join(f"  {name:<16} {summary}" for name, summary in actions.items())
    parser.epilog = f"actions :\n{lines}"
    parser.add_argument("action", choices=tuple(actions), metavar="ACTION")
    parser.add_argument("reference", nargs="?", metavar="RÉFÉRENCE", help="avec « erase » : la référence du dossier")
    parser.add_argument("--data", metavar="DIR", help="dossier des données (data)")
    return parser


def _erase(settings: Settings, reference: str) -> int:
    """What was sent is not purged by itself: its retention is the authority's decision, carried out here."""
    store = open_storage(settings)
    try:
        draft_id = store.submissions.draft_of(reference.strip().upper())
        if draft_id is None:
            print(f"Aucun dossier n'a la référence {reference}.", file=sys.stderr)
            return 1
        store.drafts.erase(draft_id)
    finally:
        store.close()
    print(f"Le dossier {reference} est effacé.")
    return 0


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
