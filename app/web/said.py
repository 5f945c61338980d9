"""What is said once on the page that one is sent on to: a word in its address stands for the sentence."""

from __future__ import annotations

from urllib.parse import urlsplit

from app.locale import messages
from app.web.address import query


def _(source: str) -> str:
    return source


SENTENCES = {
    "gone": _(
        "La page que vous venez de remplir ne fait plus partie de votre demande. Ce que vous avez tapé est gardé : "
        "vous le trouverez dans « Mes réponses »."
    ),
    "added": _("Votre fichier est reçu. Nous le vérifions : vous pouvez continuer."),
    "noted": _("C'est noté. Vous pouvez encore ajouter un fichier."),
    "not_noted": _("Vous pouvez changer votre réponse, ou ajouter un fichier."),
    "not_asked_now": _("Ce document n'est plus demandé."),
    "removed": _("Le fichier est supprimé."),
    "moved": _("L'ordre des fichiers est changé."),
    "not_asked": _("Ce document n'est plus demandé. Le fichier n'a pas été ajouté."),
    "changed": _("Vous avez changé votre dossier depuis qu'il était prêt. Vérifiez-le, puis terminez à nouveau."),
    "reopened": _("Il reste une question. Votre dossier n'est plus prêt : répondez, puis terminez à nouveau."),
    "late": _("Votre demande était déjà envoyée. Ce que vous venez de taper n'a pas été ajouté."),
}


def with_word(url: str, word: str) -> str:
    """The address `url` whose page says the sentence of `word`."""
    parts = urlsplit(url)
    return parts._replace(query="&".join(filter(None, (parts.query, f"said={word}")))).geturl()


def spoken(locale: str) -> str | None:
    """The sentence that the present page has to say; None for most pages."""
    sentence = SENTENCES.get(query("said"))
    return None if sentence is None else messages(locale).typeset(sentence)
