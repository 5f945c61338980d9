"""What a person says instead of giving a document, in words, for pages and papers."""

from __future__ import annotations

from collections.abc import Callable

from app.journey.instead import Instead


def in_words(instead: Instead, gettext: Callable[[str], str]) -> str:
    """One line, for the person and for the office."""
    if instead.says == "will_bring":
        return gettext("Pas de fichier : vous l'apporterez.")
    return gettext("Pas de fichier : vous ne l'avez pas. Votre raison : {reason}").format(reason=instead.reason)
