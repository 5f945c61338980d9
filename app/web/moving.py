"""`guichet data files-to-bucket` and `files-to-folder`: copies files between the data folder and an S3 store."""

from __future__ import annotations

import sys
from collections import Counter

from app.store.blobs import LocalBlobs
from app.store.moving import copied
from app.web.settings import Settings

EVERY = 100
"""Files between two lines that say how far it is."""
MISUSE = 2

NO_BUCKET = (
    "GUICHET_STORAGE_URL est vide : donnez à cette commande les réglages GUICHET_STORAGE_ du stockage S3. "
    "Voir docs/operations.md."
)
DIFFERENT = (
    "{number} fichier(s) ne sont pas les mêmes aux deux endroits. Rien n'y a été changé. Ne passez pas au nouveau "
    "stockage avant d'avoir cherché pourquoi : voir docs/operations.md."
)
DONE = "{copied} fichier(s) copiés et relus, {there} déjà là."
NEXT = {
    "files-to-bucket": (
        "Le service n'a pas changé de stockage. Pour le faire :\n"
        "1. Arrêtez le service.\n"
        "2. Lancez cette commande encore une fois : elle copie ce qui est arrivé depuis.\n"
        "3. Démarrez le service avec les réglages GUICHET_STORAGE_ de cette commande.\n"
        "4. Gardez {folder} jusqu'à la prochaine sauvegarde, puis effacez ce dossier."
    ),
    "files-to-folder": (
        "Le service n'a pas changé de stockage. Pour le faire :\n"
        "1. Arrêtez le service.\n"
        "2. Lancez cette commande encore une fois : elle copie ce qui est arrivé depuis.\n"
        "3. Démarrez le service sans GUICHET_STORAGE_URL ni les autres réglages GUICHET_STORAGE_.\n"
        "4. Gardez le seau {bucket} jusqu'à la prochaine sauvegarde, puis videz-le."
    ),
}
"""What to do next, by action."""


def move(settings: Settings, action: str) -> int:
    """Copy all files, and say what to do next. Returns 1 if a file differs, 2 without a bucket.

    Raises `BlobsAway`, `OSError`.
    """
    if settings.bucket is None:
        print(NO_BUCKET, file=sys.stderr)
        return MISUSE
    from app.store.s3 import Bucket, S3Blobs

    folder = settings.data / "files"
    local, away = LocalBlobs(folder), S3Blobs(Bucket(**settings.bucket))
    away.check()
    counted: Counter[str] = Counter()
    for name, outcome in copied(local, away) if action == "files-to-bucket" else copied(away, local):
        counted[outcome] += 1
        if outcome == "different":
            print(name, file=sys.stderr)
        if counted.total() % EVERY == 0:
            print(f"{counted.total()}…", file=sys.stderr)
    print(DONE.format(copied=counted["copied"], there=counted["there"]))
    if counted["different"]:
        print(DIFFERENT.format(number=counted["different"]), file=sys.stderr)
        return 1
    print(NEXT[action].format(folder=folder, bucket=settings.bucket["name"]))
    return 0
