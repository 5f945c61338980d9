"""Documents as a view: what is needed and why, what was given, what was refused and how to do better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from flask import g

from app.journey.instead import Instead, may_be_said
from app.journey.model import NeededDocument
from app.locale import messages
from app.locale.sizes import format_size
from app.pages import views
from app.pages.terms import terms_of
from app.pages.texts import TextRenderer
from app.paper.ages import age_lines
from app.paper.instead import in_words
from app.paper.wiring import wording_for
from app.spec.model import Document, Procedure, Text
from app.store.files import FileRecord
from app.web import upload_messages
from app.web.file_names import ENDINGS
from app.web.instead import MOST, pending_key, said_instead
from app.web.lost import files_now, is_for
from app.web.opendraft import OpenDraft

NOT_HERE = ("refused", "lost")
LATE = timedelta(minutes=1)


def section_id(key: str) -> str:
    """The id of the part of the page about a document (`NeededDocument.key`): what a link to it ends with."""
    return key.replace("/", "--")


def documents_view(
    opened: OpenDraft,
    *,
    errors: Mapping[str, tuple[str, ...]] | None = None,
    replaces: str = "",
    unreasoned: Mapping[str, str] | None = None,
    retyped: Mapping[str, str] | None = None,
) -> views.DocumentsView:
    """The documents page; `errors` are messages by document key, `replaces` is the file that the next one replaces.
    `unreasoned` says by key what is wrong with a reason, `retyped` gives one back that an expired form brought.
    """
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    files = files_now(opened.site.store.files, opened.id)
    said = said_instead(opened, files)
    last = opened.journey.path[-1] if opened.journey.path else None
    items = tuple(
        replace(
            _item(opened, needed, files, (errors or {}).get(needed.key, ()), replaces),
            instead=_instead(opened, needed, said, (unreasoned or {}).get(needed.key), (retyped or {}).get(needed.key)),
        )
        for needed in opened.documents_now
    )
    return views.DocumentsView(
        items=items,
        usual=_usual(items),
        progress=_progress(opened, files, said),
        sends=opened.site.settings.mode == "authority",
        here_url=opened.url("documents.documents"),
        script_url=opened.site.assets.url("js/uploads.js"),
        actions=views.Actions(opened.url("documents.documents")),
        terms=tuple(_terms(opened, texts)),
        later=tuple(texts.plain(n.document.title) for n in opened.journey.documents if n.due != "filing"),
        back_url=opened.stop_url(last) if last else None,
    )


def _usual(items: Iterable[views.DocumentItem]) -> tuple[str, str] | None:
    """The formats and size that most documents have, where at least two have the same."""
    found = Counter((item.formats, item.max_size) for item in items).most_common(1)
    return found[0][0] if found and found[0][1] > 1 else None


def _terms(opened: OpenDraft, texts: TextRenderer) -> Iterable[views.Term]:
    """The words of the documents that this page asks for, each once, in the order in which they are read."""
    procedure = opened.procedure
    now = {needed.document.id: needed.document for needed in opened.documents_now}
    later = {needed.document.id: needed.document for needed in opened.journey.documents if needed.due != "filing"}
    parts = [(("document", id_), tuple(_texts(procedure, document))) for id_, document in now.items()]
    parts += [(("later", id_), (document.title,)) for id_, document in later.items()]
    found: dict[str, views.Term] = {}
    for key, written in parts:
        for term in terms_of(procedure, key, written, texts):
            found.setdefault(str(term.word), term)
    return found.values()


def _texts(procedure: Procedure, document: Document) -> Iterator[Text | None]:
    yield from (document.title, document.hint, document.help, document.why)
    for way in document.one_of:
        yield from (procedure.parts[part].title for part in way)


def _item(
    opened: OpenDraft, needed: NeededDocument, files: list[FileRecord], errors: tuple[str, ...], replaces: str
) -> views.DocumentItem:
    document = needed.document
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=needed.item)
    parts = opened.procedure.parts
    mine = [file for file in files if is_for(needed, file)]
    replaced = next((file for file in mine if file.id == replaces and file.state != "refused"), None)
    letters = {letter.id for letter in opened.journey.letters}
    title = texts.plain(document.title)
    return views.DocumentItem(
        id=section_id(needed.key),
        title=texts.inline(document.title),
        upload_url=opened.url("documents.upload", key=needed.key),
        pieces_url=opened.url("resumable.begin", key=needed.key),
        optional=needed.level != "required",
        satisfied=needed.satisfied,
        owner=owner_of(opened, needed),
        why=texts.block(document.why) if document.why else None,
        hint=texts.inline(document.hint) if document.hint else None,
        help=texts.block(document.help) if document.help else None,
        age=ages_of(opened, needed),
        choices=tuple(tuple(texts.inline(parts[part].title) for part in way) for way in document.one_of),
        formats=upload_messages.formats_in_words(document),
        accept=",".join(end for name in upload_messages.accepted(document) for end in ENDINGS[name][:2]),
        max_size=format_size(document.max_size, g.locale),
        max_files=document.files_max,
        fewest=fewest_files(document),
        files=tuple(_stored(opened, needed, file, mine, _twin(file, mine, files, title)) for file in mine),
        given=len(files_of(needed, mine)),
        replaces=replaced.id if replaced else "",
        replaces_name=replaced.name if replaced else "",
        cancel_url=opened.url("documents.documents", _anchor=section_id(needed.key)),
        errors=errors,
        template_url=opened.url("papers.letter", letter_id=document.template) if document.template in letters else None,
        to_check=document.needs_review,
    )


def _instead(
    opened: OpenDraft, needed: NeededDocument, said: Mapping[str, Instead], problem: str | None, retyped: str | None
) -> views.InsteadOfFile | None:
    """What may be said in place of a file, and what was; None where nothing may."""
    words = may_be_said(needed.document, opened.channels)
    if not words or needed.satisfied:
        return None
    say, here = messages(g.locale).gettext, said.get(needed.key)
    typed = (opened.pending(pending_key(needed)) or {}).get("reason", [""])[0]
    errors = {
        "blank": say("Dites pourquoi vous n'avez pas ce document. Quelques mots suffisent."),
        "long": say("Écrivez {most} caractères au plus.").format(most=MOST),
    }
    return views.InsteadOfFile(
        url=opened.url("documents.instead", key=needed.key),
        bring="will_bring" in words,
        lacking="do_not_have" in words,
        said=in_words(here, say) if here else None,
        reason=typed if retyped is None else retyped,
        most=MOST,
        error=errors[problem] if problem else None,
    )


def ages_of(opened: OpenDraft, needed: NeededDocument) -> tuple[str, ...]:
    """What the page says of how old a document may be; nothing where the procedure names no age."""
    if needed.document.issued_within is None:
        return ()
    return tuple(age_lines(needed, opened.journey.today, wording_for(opened.procedure, opened.journey, g.locale)))


def _twin(file: FileRecord, mine: list[FileRecord], files: list[FileRecord], title: str) -> str:
    """What tells a file from others of its name on the page: its place, and the document that it is for."""
    if sum(other.name == file.name for other in files) < 2:
        return ""
    say = messages(g.locale).gettext
    return say(", fichier {place} pour : {title}").format(place=mine.index(file) + 1, title=title)


def _stored(
    opened: OpenDraft, needed: NeededDocument, file: FileRecord, mine: list[FileRecord], twin: str
) -> views.StoredFile:
    kept, changes = file.state not in NOT_HERE, opened.editable
    row = [one.id for one in mine if one.state not in NOT_HERE]
    here = "documents.move_file"
    return views.StoredFile(
        file.name,
        format_size(file.size, g.locale),
        opened.url("documents.remove_file", file_id=file.id) if changes else None,
        opened.url("documents.file", file_id=file.id) if kept else None,
        id=f"file-{file.id}",
        late=opened.site.now() - file.created_at > LATE,
        state=file.state,
        refusal=None if kept else upload_messages.refusal(file, needed.document),
        notes=upload_messages.notes(file, advice=False),
        advice=upload_messages.notes(file, advice=True),
        pages=file.pages if file.pages and file.pages > 1 else None,
        thumb_url=opened.url("documents.thumb", file_id=file.id) if kept and file.thumb else None,
        earlier_url=opened.url(here, file_id=file.id, to="up") if changes and kept and row[0] != file.id else None,
        later_url=opened.url(here, file_id=file.id, to="down") if changes and kept and row[-1] != file.id else None,
        replace_url=opened.url("documents.documents", replace=file.id, _anchor=section_id(needed.key))
        if changes and file.state != "refused"
        else None,
        twin=twin,
    )


def _progress(opened: OpenDraft, files: list[FileRecord], said: Mapping[str, Instead]) -> str | None:
    """How far the whole list is: "2 documents donnés sur 3"; None where there is one document only."""
    # What an answer gives already (the code of an e-photo) is said on its line: nobody has given it here.
    needed = [one for one in opened.documents_now if one.level == "required" and not one.satisfied]
    # A file that waits for its check may still be refused: it is told apart until then.
    states = [{file.state for file in files_of(one, files)} for one in needed]
    done = sum("ready" in found for found in states)
    waiting = sum(found == {"waiting"} for found in states)
    say = messages(g.locale).gettext
    if len(needed) < 2:
        return None
    told = [say("Documents obligatoires donnés : {done} sur {all}.").format(done=done, all=len(needed))]
    if waiting:
        told.append(say("Reçus, pas encore vérifiés : {number}.").format(number=waiting))
    if without := sum(1 for one in needed if one.key in said):
        told.append(say("Répondus sans fichier : {number}.").format(number=without))
    return " ".join(told)


def files_of(needed: NeededDocument, files: list[FileRecord]) -> list[FileRecord]:
    """The files that are here for one needed document; not those that could not be kept or read."""
    return [file for file in files if is_for(needed, file) and file.state not in NOT_HERE]


def lost_of(needed: NeededDocument, files: list[FileRecord]) -> list[FileRecord]:
    """The files of one needed document that were kept and cannot be read."""
    return [file for file in files if is_for(needed, file) and file.state == "lost"]


def refused_of(needed: NeededDocument, files: list[FileRecord]) -> list[FileRecord]:
    """The files of one needed document that were not kept once they had been looked through."""
    return [file for file in files if is_for(needed, file) and file.state == "refused"]


def taken_for(needed: NeededDocument, files: list[FileRecord]) -> list[FileRecord]:
    """The files that were taken for one needed document, whether or not they can still be read."""
    return [file for file in files if is_for(needed, file) and file.state != "refused"]


def owner_of(opened: OpenDraft, needed: NeededDocument, locale: str | None = None) -> str | None:
    """Whose document it is, when it is asked once for each item of a repeat or each ticked choice; in the language of
    the page unless told otherwise.
    """
    locale = locale or str(g.locale)
    if needed.item is None:
        return None
    step = next((s for s in opened.procedure.steps if s.id == needed.document.for_each), None)
    if step is not None and step.repeat is not None:
        return TextRenderer(opened.procedure, locale, journey=opened.journey, item=needed.item).plain(step.repeat.item)
    questions = (question for s in opened.procedure.steps for question in s.fields)
    field = next((question for question in questions if question.id == needed.document.for_each), None)
    choice = next((c for c in field.choices if c.id == needed.item), None) if field else None
    return TextRenderer(opened.procedure, locale).plain(choice.label) if choice else needed.item


def _row_of(file: FileRecord) -> str:
    waits = messages(g.locale).gettext(" – reçu, vérification en cours") if file.state == "waiting" else ""
    return f"{file.name} ({format_size(file.size, g.locale)}){waits}"


def fewest_files(document: Document) -> str:
    """How many files it takes, where one is not enough; empty where it is."""
    if document.files_min < 2:
        return ""
    return messages(g.locale).gettext("Il faut {n} fichiers au moins.").format(n=document.files_min)


def document_rows(opened: OpenDraft) -> Iterator[views.Row]:
    """One line for each document, with the files given, for check answers and receipts."""
    say = messages(g.locale).gettext
    files = files_now(opened.site.store.files, opened.id)
    instead = said_instead(opened, files)
    for needed in opened.documents_now:
        given = tuple(_row_of(file) for file in files_of(needed, files))
        lost = tuple(upload_messages.lost(file) for file in lost_of(needed, files))
        # Who went on while a file was looked through learns here what became of it.
        refused = tuple(upload_messages.refusal(file, needed.document) for file in refused_of(needed, files))
        texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey, item=needed.item)
        title = texts.plain(needed.document.title)
        owner = owner_of(opened, needed)
        said = instead.get(needed.key)
        few = 0 < len(given) < needed.document.files_min and not said
        missing = (few or not given) and not needed.satisfied and not said and needed.level == "required"
        nothing = say("Déjà donné dans vos réponses") if needed.satisfied else say("Pas encore donné")
        yield views.Row(
            label=f"{title} ({owner})" if owner else title,
            value=(*given, *lost, *refused, *([fewest_files(needed.document)] if few else []))
            or (in_words(said, say) if said else nothing,),
            typed=bool(given or lost or refused or said),
            missing=missing,
            change_url=opened.url("documents.documents", _anchor=section_id(needed.key)),
            change_label=title,
        )
