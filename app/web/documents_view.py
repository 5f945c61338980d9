"""Documents as a view: what is needed and why, what was given, what was refused and how to do better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import g

from app.journey.model import NeededDocument
from app.locale import messages
from app.locale.sizes import format_size
from app.pages import views
from app.pages.terms import terms_of
from app.pages.texts import TextRenderer
from app.spec.model import Document, Procedure, Text
from app.store.files import FileRecord
from app.web import file_names
from app.web.opendraft import OpenDraft
from app.web.sniff import Finding

NAMES = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG"}
_EXTENSIONS = {"pdf": ".pdf", "jpeg": ".jpg,.jpeg", "png": ".png"}


def taken_formats(document: Document) -> tuple[str, ...]:
    """The formats that can be sent here: those of the procedure that the service can check."""
    return tuple(name for name in document.formats if name in NAMES) or tuple(NAMES)


def section_id(needed: NeededDocument) -> str:
    """The id of the part of the page about a document: what a link to it ends with."""
    return needed.key.replace("/", "--")


def documents_view(opened: OpenDraft, *, errors: Mapping[str, tuple[str, ...]] | None = None) -> views.DocumentsView:
    """The documents page; `errors` are messages by document key."""
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    files = opened.site.store.files.of_draft(opened.id)
    last = opened.journey.path[-1] if opened.journey.path else None
    return views.DocumentsView(
        items=tuple(
            _item(opened, needed, files, (errors or {}).get(needed.key, ())) for needed in opened.documents_now
        ),
        actions=views.Actions(opened.url("documents.documents")),
        terms=terms_of(opened.procedure, "documents", _texts(opened.procedure), texts),
        later=tuple(texts.plain(n.document.title) for n in opened.journey.documents if n.due != "filing"),
        back_url=opened.stop_url(last) if last else None,
    )


def _texts(procedure: Procedure) -> Iterator[Text | None]:
    for document in procedure.documents:
        yield from (document.title, document.hint, document.help, document.why)
    for part in procedure.parts.values():
        yield part.title


def _item(
    opened: OpenDraft, needed: NeededDocument, files: list[FileRecord], errors: tuple[str, ...]
) -> views.DocumentItem:
    document = needed.document
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=needed.item)
    parts = opened.procedure.parts
    formats = taken_formats(document)
    letters = {letter.id for letter in opened.journey.letters}
    return views.DocumentItem(
        id=section_id(needed),
        title=texts.inline(document.title),
        upload_url=opened.url("documents.upload", key=needed.key),
        optional=needed.level != "required",
        satisfied=needed.satisfied,
        owner=owner_of(opened, needed),
        why=texts.block(document.why) if document.why else None,
        hint=texts.inline(document.hint) if document.hint else None,
        help=texts.block(document.help) if document.help else None,
        choices=tuple(tuple(texts.inline(parts[part].title) for part in way) for way in document.one_of),
        formats=_either([NAMES[name] for name in formats]),
        accept=",".join(_EXTENSIONS[name] for name in formats),
        max_size=format_size(document.max_size, g.locale),
        max_files=document.files_max,
        files=tuple(
            views.StoredFile(
                file.name,
                format_size(file.size, g.locale),
                opened.url("documents.remove_file", file_id=file.id) if opened.editable else None,
                opened.url("documents.file", file_id=file.id),
            )
            for file in files_of(needed, files)
        ),
        errors=errors,
        template_url=opened.url("papers.letter", letter_id=document.template) if document.template in letters else None,
        to_check=document.needs_review,
    )


def files_of(needed: NeededDocument, files: list[FileRecord]) -> list[FileRecord]:
    """The files that were given for one needed document."""
    return [file for file in files if (file.document, file.item) == (needed.document.id, needed.item)]


def owner_of(opened: OpenDraft, needed: NeededDocument) -> str | None:
    """Whose document it is, when it is asked once for each item of a repeat or each ticked choice."""
    if needed.item is None:
        return None
    step = next((s for s in opened.procedure.steps if s.id == needed.document.for_each), None)
    if step is not None and step.repeat is not None:
        texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=needed.item)
        return texts.plain(step.repeat.item)
    questions = (question for s in opened.procedure.steps for question in s.fields)
    field = next((question for question in questions if question.id == needed.document.for_each), None)
    choice = next((c for c in field.choices if c.id == needed.item), None) if field else None
    return TextRenderer(opened.procedure, g.locale).plain(choice.label) if choice else needed.item


def document_rows(opened: OpenDraft) -> Iterator[views.Row]:
    """One line for each document, with the files given, for check answers and receipts."""
    say = messages(g.locale).gettext
    files = opened.site.store.files.of_draft(opened.id)
    for needed in opened.documents_now:
        given = tuple(f"{file.name} ({format_size(file.size, g.locale)})" for file in files_of(needed, files))
        texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=needed.item)
        title = texts.plain(needed.document.title)
        owner = owner_of(opened, needed)
        missing = not given and not needed.satisfied and needed.level == "required"
        nothing = say("Déjà donné dans vos réponses") if needed.satisfied else say("Pas encore donné")
        yield views.Row(
            label=f"{title} ({owner})" if owner else title,
            value=given or (nothing,),
            typed=bool(given),
            missing=missing,
            change_url=opened.url("documents.documents", _anchor=section_id(needed)),
            change_label=title,
        )


def upload_message(finding: Finding, name: str, document: Document) -> str:
    """Why a file cannot be kept: what was found, what was kept, what to do."""
    say = messages(g.locale).gettext
    formats = _either([NAMES[one] for one in taken_formats(document)])
    values = {
        "name": file_names.clean(name, 60),
        "formats": formats,
        "max": format_size(document.max_size, g.locale),
        "most": document.files_max,
        "found": _LOOKS.get(finding.looks_like or "", ""),
    }
    patterns = {
        "none": say("Choisissez un fichier, puis appuyez sur « Envoyer »."),
        "empty": say("« {name} » est vide. Ouvrez-le pour vérifier, ou faites une nouvelle photo."),
        "too_big": say(
            "« {name} » est trop lourd : {max} au plus. Faites une photo plus petite, ou un PDF plus léger."
        ),
        "damaged": say("« {name} » est incomplet ou abîmé. Refaites la photo ou le PDF, puis envoyez-le à nouveau."),
        "locked": say(
            "« {name} » est protégé par un mot de passe. Enregistrez-le sans mot de passe, ou prenez-le en photo."
        ),
        "too_many": say(
            "Vous avez déjà donné {most} fichiers pour ce document. Supprimez-en un pour ajouter « {name} »."
        ),
    }
    if finding.problem == "format":
        pattern = (
            say(
                "« {name} » est {found}. Ici, il faut un fichier {formats}. Prenez le papier en photo, "
                "ou enregistrez-le en PDF."
            )
            if values["found"]
            else say("« {name} » n'est pas un fichier {formats}. Prenez le papier en photo, ou enregistrez-le en PDF.")
        )
        return pattern.format(**values)
    return patterns[finding.problem or "damaged"].format(**values)


_LOOKS = {
    "zip": "un fichier Word, Excel ou ZIP",
    "office": "un fichier Word ou Excel",
    "heic": "une photo HEIC",
    "webp": "une image WebP",
    "gif": "une image GIF",
    "tiff": "une image TIFF",
    "bmp": "une image BMP",
    "video": "une vidéo",
    "html": "une page web",
    "pdf": "un PDF",
    "jpeg": "une photo JPEG",
    "png": "une image PNG",
}


def _either(words: list[str]) -> str:
    say = messages(g.locale).gettext
    if len(words) < 2:
        return "".join(words)
    return say("{first} ou {last}").format(first=", ".join(words[:-1]), last=words[-1])
