"""The files that translators work in: read, brought up to date with their sources, written.

`msgmerge` and Babel look for a changed text by likeness alone, over the whole file. Here the address tells which text
it was: what stands there now is marked as changed (`fuzzy`, with the former French), and nothing else is touched.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, unescape, write_po

from app.locale.catalogue import NOBODY
from app.locale.entries import Entry, Key
from app.spec.version import ENGINE

_LIKE = 0.6
"""How alike two sentences of ours must be to be taken for one that was reworded."""

HEADER = f"""# {{title}}
# Reviewed-by: {NOBODY}
#
# Écrivez après « Reviewed-by » qui a relu ce fichier, et quel jour, quand une personne qui parle cette langue l'a fait.
# Jusque-là, les pages disent que la traduction n'a pas été relue."""


def path_of(folder: Path, language: str, domain: str) -> Path:
    """Where the texts of a domain in a language are kept."""
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path, language: str) -> Catalog:
    """A file of translations. Raises `ValueError` or `babel.messages.pofile.PoFileError` where it cannot be read."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=language.replace("-", "_"), abort_invalid=True)
    for message in catalog:
        _take_previous(message)
    return catalog


def _take_previous(message: Message) -> None:
    """Babel writes the French a translation was made of (`#| msgid`), and reads it back as a comment."""
    lines = [comment[1:].strip() for comment in message.user_comments if comment.startswith("|")]
    if not lines:
        return
    message.user_comments = [comment for comment in message.user_comments if not comment.startswith("|")]
    texts: list[str] = []
    for line in lines:
        if line.startswith("msgid"):
            texts.append("")
        if texts and '"' in line:
            texts[-1] += unescape(line[line.index('"') :])
    message.previous_id = texts


def sources_of(message: Message) -> list[str]:
    """The French of a message: one text, or its singular and its plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def texts_of(message: Message) -> list[str]:
    """Its translation: one text, or one for each plural form."""
    given = message.string
    return [given or ""] if given is None or isinstance(given, str) else list(given)


def key_of(message: Message) -> Key:
    return message.context, sources_of(message)[0]


def is_translated(message: Message) -> bool:
    """Whether every form of a message has words."""
    return all(texts_of(message))


def updated(old: Catalog | None, entries: list[Entry], language: str, title: str, memory: Memory) -> Catalog:
    """The catalogue of `entries`, with what `old` says of them and of what they were before."""
    now = datetime.now(UTC).replace(microsecond=0)
    new = Catalog(
        locale=language.replace("-", "_"),
        project="Guichet",
        version=ENGINE,
        header_comment=HEADER.format(title=title) if old is None else old.header_comment,
        creation_date=now if old is None else old.creation_date,
        revision_date=now if old is None else old.revision_date,
        fuzzy=False,
    )
    new.msgid_bugs_address = ""
    new.last_translator = "" if old is None else old.last_translator
    new.language_team = "" if old is None else old.language_team or ""
    former = _Former(old, entries)
    for entry in entries:
        known = former.of(entry)
        if known is None or not is_translated(known):
            known = memory.exact(entry) or known
        _put(new, entry, known)
    for message in former.left:
        if is_translated(message):
            new.obsolete[sources_of(message)[0], message.context or ""] = message
    return new


def _put(catalog: Catalog, entry: Entry, known: Message | None) -> None:
    names = [entry.source, entry.plural] if entry.plural else [entry.source]
    message = catalog.add(
        tuple(names) if entry.plural else entry.source,
        locations=entry.places,
        auto_comments=entry.comments,
        context=entry.context,
    )
    if known is None:
        return
    message.user_comments = known.user_comments
    message.string = _fitting(texts_of(known), message, catalog.num_plurals)
    if key_of(known)[1] == entry.source:
        if known.fuzzy:
            message.flags |= {"fuzzy"}
            message.previous_id = known.previous_id
    elif is_translated(known):
        message.flags |= {"fuzzy"}
        message.previous_id = known.previous_id if known.fuzzy and known.previous_id else sources_of(known)


def _fitting(texts: list[str], message: Message, forms: int) -> str | tuple[str, ...]:
    """A translation as this message needs it: one text, or one for each plural form of the language."""
    if not message.pluralizable:
        return texts[0]
    return tuple((texts + [""] * forms)[:forms])


class _Former:
    """What a catalogue says of texts that are still there, and of those that stood in the same place."""

    def __init__(self, old: Catalog | None, entries: list[Entry]) -> None:
        self._same: dict[Key, Message] = {key_of(message): message for message in old or () if message.id}
        # What was taken out and comes back keeps its translation.
        gone = [message for message in (old.obsolete.values() if old is not None else ()) if message.id]
        for message in gone:
            self._same.setdefault(key_of(message), message)
        wanted = {entry.key for entry in entries}
        self._vanished: dict[str | None, list[Message]] = defaultdict(list)
        for key, message in self._same.items():
            if key not in wanted and message not in gone:
                self._vanished[key[0]].append(message)
        self._gone = [message for message in gone if key_of(message) not in wanted]

    def of(self, entry: Entry) -> Message | None:
        found = self._same.get(entry.key)
        if found is not None:
            return found
        before = self._vanished.get(entry.context, [])
        if not before:
            return None
        nearest = max(before, key=lambda message: _likeness(key_of(message)[1], entry.source))
        # An address holds one text, or the lines of one list; our own sentences have no address.
        if entry.context is None and _likeness(key_of(nearest)[1], entry.source) < _LIKE:
            return None
        before.remove(nearest)
        return nearest

    @property
    def left(self) -> list[Message]:
        """What stands nowhere any more."""
        return [*self._gone, *(message for rest in self._vanished.values() for message in rest)]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


class Memory:
    """Translations of a language by what they translate, so that a sentence that stands in two procedures as the same
    sort of text is translated once.
    """

    def __init__(self, catalogs: Iterable[Catalog]) -> None:
        self._held: dict[Key, Message] = {}
        for catalog in catalogs:
            for message in catalog:
                if message.id and message.context and not message.fuzzy and is_translated(message):
                    self._held.setdefault(_sort(key_of(message)), message)

    def exact(self, entry: Entry) -> Message | None:
        return self._held.get(_sort(entry.key)) if entry.context else None


def _sort(key: Key) -> Key:
    return (key[0] or "").rpartition("/")[2], key[1]


def written(catalog: Catalog) -> bytes:
    """A catalogue as its file holds it."""
    out = BytesIO()
    write_po(out, catalog, width=120, include_previous=True)
    return out.getvalue()
