"""What is said of a file: why it cannot be kept, what was done to it, what to look at again."""

from __future__ import annotations

from flask import g

from app.locale import isolated, messages
from app.locale.sizes import format_size
from app.paper.examine import MOST_PAGES
from app.spec.model import Document
from app.store.files import FileRecord
from app.web import file_names
from app.web.sniff import MEDIA_TYPES, PICTURES, Finding

NAMES = {
    "pdf": "PDF",
    "jpeg": "JPEG",
    "png": "PNG",
    "heic": "HEIC",
    "webp": "WebP",
    "avif": "AVIF",
    "tiff": "TIFF",
    "bmp": "BMP",
}


def _(source: str) -> str:
    return source


LOOKS = {
    "zip": _("un fichier ZIP"),
    "word": _("un fichier Word ou Excel"),
    "office": _("un fichier Word ou Excel"),
    "macros": _("un fichier Word ou Excel avec des macros (de petits programmes)"),
    "opendocument": _("un fichier LibreOffice"),
    "book": _("un livre numérique"),
    "rtf": _("un texte RTF"),
    "heic": _("une photo HEIC"),
    "webp": _("une image WebP"),
    "avif": _("une image AVIF"),
    "gif": _("une image GIF"),
    "tiff": _("une image TIFF"),
    "bmp": _("une image BMP"),
    "photoshop": _("une image Photoshop"),
    "postscript": _("un fichier PostScript"),
    "archive": _("un dossier compressé"),
    "program": _("un programme"),
    "sound": _("un enregistrement"),
    "video": _("une vidéo"),
    "html": _("une page web"),
    "pdf": _("un PDF"),
    "jpeg": _("une photo JPEG"),
    "png": _("une image PNG"),
}
"""By what a file turned out to be: how people call it."""

REFUSALS = {
    "none": _("Choisissez un fichier, puis appuyez sur « Ajouter »."),
    "none_replacing": _("Choisissez un fichier, puis appuyez sur « Remplacer »."),
    "empty": _("« {name} » est vide : il n'y a rien dedans. Ouvrez-le pour vérifier, ou faites une nouvelle photo."),
    "too_big": _(
        "« {name} » est trop lourd : {max} au plus. Il n'est pas gardé. Faites une photo plus petite, ou un PDF plus "
        "léger."
    ),
    "damaged": _(
        "« {name} » est incomplet ou abîmé. Il n'est pas gardé. Refaites la photo ou le PDF, puis envoyez-le à nouveau."
    ),
    "locked": _(
        "« {name} » est protégé par un mot de passe : personne ne pourrait l'ouvrir. Il n'est pas gardé. "
        "Enregistrez-le sans mot de passe, ou prenez-le en photo."
    ),
    "no_pages": _("« {name} » est un PDF sans aucune page. Il n'est pas gardé. Refaites le PDF, puis envoyez-le."),
    "no_picture": _("« {name} » est une image sans contenu. Elle n'est pas gardée. Prenez le papier en photo."),
    "too_many_pages": _(
        "« {name} » a plus de {pages} pages. Il n'est pas gardé. Gardez seulement les pages utiles, puis envoyez-le à "
        "nouveau."
    ),
    "too_many_pixels": _(
        "« {name} » est une image bien trop grande pour être ouverte. Elle n'est pas gardée. Prenez le papier en "
        "photo avec un téléphone."
    ),
    "several_pages": _(
        "« {name} » a plusieurs pages, et ici il faut une image seule. Il n'est pas gardé. Envoyez une photo par page."
    ),
    "too_complex": _(
        "« {name} » est trop compliqué : nous n'avons pas pu le lire jusqu'au bout. Il n'est pas gardé. Imprimez-le en "
        "PDF, ou prenez-le en photo."
    ),
    "infected": _(
        "« {name} » contient un virus : il pourrait abîmer l'ordinateur de celui qui l'ouvre. Il n'est pas gardé, et "
        "vos autres fichiers vont bien. Prenez le papier en photo avec un téléphone, et faites vérifier votre appareil."
    ),
    "too_many": _("Vous avez déjà donné {most} fichiers pour ce document. Supprimez-en un pour ajouter « {name} »."),
}
"""By `Finding.problem` and `FileRecord.problem`: what was found, what was kept, what to do."""

WRONG = _(
    "« {name} » est {found}. Ici, il faut un fichier {formats}. Prenez le papier en photo, ou enregistrez-le en PDF."
)
UNKNOWN = _("« {name} » n'est pas un fichier {formats}. Prenez le papier en photo, ou enregistrez-le en PDF.")

NOTES = {
    "converted": _("Nous l'avons changé en {format}, que les bureaux savent ouvrir."),
    "active_removed": _("Ce PDF contenait un petit programme ou un fichier joint. Nous l'avons enlevé."),
    "unlocked": _("Ce PDF était protégé contre les changements. Nous avons enlevé la protection."),
    "small": _("Cette image est petite. Si vous ne lisez pas bien le texte, refaites-la de plus près."),
    "dark": _("Cette photo est sombre. Si vous ne lisez pas bien le texte, refaites-la près d'une fenêtre."),
    "pale": _("Cette photo est très claire. Si vous ne lisez pas bien le texte, refaites-la sans flash."),
    "blurred": _("Cette photo semble floue. Si vous ne lisez pas bien le texte, refaites-la sans bouger."),
}
"""By `FileRecord.notes`."""

ADVICE = ("small", "dark", "pale", "blurred")
"""The notes that leave something to do."""


def accepted(document: Document) -> tuple[str, ...]:
    """The formats that can be sent for a document: any picture where one sort of picture may be kept, since we change
    it into that.
    """
    pictures = PICTURES if set(PICTURES) & set(document.formats) else ()
    return (*(("pdf",) if "pdf" in document.formats else ()), *pictures) or tuple(NAMES)


def formats_in_words(document: Document) -> str:
    """The same as a list for people: PDF, JPEG, PNG ou HEIC."""
    return _either([NAMES[name] for name in accepted(document)])


def upload_message(finding: Finding, name: str, document: Document) -> str:
    """Why a file that came in is not taken."""
    if finding.problem == "format":
        return _said(WRONG if finding.looks_like else UNKNOWN, name, document, finding.looks_like)
    return _said(REFUSALS[finding.problem or "damaged"], name, document)


LOST = _("« {name} » : nous ne pouvons plus lire ce fichier. Envoyez-le à nouveau, ou supprimez-le de la liste.")


def lost(file: FileRecord) -> str:
    """What is said of a file that was kept and cannot be read."""
    return messages(g.locale).typeset(LOST).format(name=isolated(file_names.clean(file.name, 60), g.locale))


SENT = {
    "infected": _(
        "Ce fichier contient un virus : l'administration ne l'ouvrira pas. Votre demande reste envoyée. Prenez le "
        "papier en photo, et demandez à l'administration comment lui donner la photo."
    ),
    "": _(
        "Ce fichier ne s'ouvre pas bien. Votre demande reste envoyée. Prenez le papier en photo, et demandez à "
        "l'administration comment lui donner la photo."
    ),
}
"""By `FileRecord.problem`, "" for any other: of a file that was looked through after it had been sent."""


def since_sent(file: FileRecord) -> str | None:
    """What is wrong with a file that was sent before it was looked through; None where nothing was found, or not yet.

    One that cannot be read here any more has been sent all the same.
    """
    if file.problem is None or file.state in ("waiting", "lost"):
        return None
    return messages(g.locale).typeset(SENT.get(file.problem, SENT[""]))


def refusal(file: FileRecord, document: Document) -> str:
    """Why a file that waited is not kept, or one that was kept is not here."""
    if file.state == "lost":
        return lost(file)
    return _said(REFUSALS.get(file.problem or "", REFUSALS["damaged"]), file.name, document)


def notes(file: FileRecord, *, advice: bool) -> tuple[str, ...]:
    """What was done to a kept file; with `advice`, what to look at again instead."""
    say = messages(g.locale).typeset
    name = next(words for format_, words in NAMES.items() if MEDIA_TYPES[format_] == file.media_type)
    return tuple(
        say(NOTES[word]).format(format=name) for word in file.notes if word in NOTES and (word in ADVICE) == advice
    )


def _said(source: str, name: str, document: Document, looks_like: str | None = None) -> str:
    say = messages(g.locale).typeset
    return say(source).format(
        name=isolated(file_names.clean(name, 60), g.locale),
        formats=formats_in_words(document),
        max=format_size(document.max_size, g.locale),
        most=document.files_max,
        pages=MOST_PAGES,
        found=say(LOOKS[looks_like]) if looks_like else "",
    )


def _either(words: list[str]) -> str:
    say = messages(g.locale).gettext
    if len(words) < 2:
        return "".join(words)
    return say("{first} ou {last}").format(first=say(", ").join(words[:-1]), last=words[-1])
