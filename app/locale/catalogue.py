"""Messages: gettext catalogues read once per process, then plain dictionary look-ups.

`translations/<language>/LC_MESSAGES/*.po` are read as they are: nothing has to be compiled before a start, and a `.po`
that a
translator has just saved is what is shown. A message marked fuzzy (its source changed) is never shown: the French one
is.
"""

from __future__ import annotations

import gettext as standard
import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

from app.locale.addresses import SHARED, address, shared_address
from app.locale.entries import INTERFACE
from app.locale.foreign import foreign
from app.locale.held import HeldTexts, Key
from app.locale.languages import SOURCE, Language, language
from app.locale.typography import typography

log = logging.getLogger("guichet.locale")

MOST_OPEN = 16
"""Procedures of which one language holds the texts at the same time: about 70 KB each. What people see most is kept
once more as it is shown (app/pages/texts.py), so that a file is seldom read twice.
"""

MOST_SAID = 4_000
"""Sentences of ours that are kept at hand; there are fewer, and nobody's own words are among them."""

NOBODY = "nobody"
_NOTHING = HeldTexts({})
_REVIEWED = re.compile(r"^# Reviewed-by: *(.*?) *$", re.MULTILINE)


def reviewer(header: str) -> str | None:
    """Who has read a translation, from the comment at the head of its file; None: nobody."""
    found = _REVIEWED.search(header)
    return None if found is None or found.group(1) in ("", NOBODY) else found.group(1)


def _one_or_many(count: int) -> int:
    """The French plural: 0 and 1 are singular."""
    return int(count > 1)


class Messages:
    """The messages of one language. One that is not translated comes back in French, marked as such.

    `files` are its catalogues by domain. Our own sentences are read at once, the texts of a procedure when one of them
    is first asked for: a service with a hundred procedures starts in no time, and a process holds what it shows.
    """

    def __init__(self, locale: str, files: Mapping[str, Path] | None = None) -> None:
        self.locale = locale
        self.partial = False
        """Whether some of our own sentences are not translated."""
        self._files = dict(files or {})
        self._opened: dict[str, HeldTexts] = {}
        """Texts by domain; of procedures those that were read last."""
        self._unreviewed: set[str] = set()
        self._plurals: dict[str, tuple[str, ...]] = {}
        self._plural: Callable[[int], int] = _one_or_many
        self._typeset: dict[str, str] = {}
        self._ours = self._open(INTERFACE)
        self._said: dict[str, str | None] = {}
        """Our own sentences that were asked for: nearly every page asks for dozens, so they are at hand."""

    def says_something(self) -> bool:
        """Whether at least one message is translated."""
        return bool(self._plurals) or any(self._open(domain) for domain in (INTERFACE, *self._files))

    def is_reviewed(self, domain: str) -> bool:
        """Whether someone who speaks the language has read the translation of a domain; so is what has none."""
        self._open(domain)
        return domain not in self._unreviewed

    def _open(self, domain: str) -> HeldTexts:
        """The translated texts of a domain; its file is read where it is not held."""
        held = self._opened.get(domain)
        if held is None:
            path = self._files.get(domain)
            if path is None:
                return _NOTHING
            held = HeldTexts(self._read(_read(path, self.locale), domain))
            while len(self._opened) >= MOST_OPEN and (oldest := self._oldest()) is not None:
                self._opened.pop(oldest, None)
            # Last: meanwhile another thread reads it too, instead of finding nothing in it.
            self._opened[domain] = held
        return held

    def _oldest(self) -> str | None:
        """The procedure that was read longest ago. (A copy: other threads read files too.)"""
        return next((domain for domain in tuple(self._opened) if domain not in (INTERFACE, SHARED)), None)

    def _read(self, catalog: Catalog, domain: str) -> dict[Key, str]:
        texts: dict[Key, str] = {}
        taken = False
        for message in catalog:
            if not message.id:
                continue
            said = tuple(message.string) if isinstance(message.string, list | tuple) else (str(message.string or ""),)
            if message.fuzzy or not all(said):
                self.partial |= domain == INTERFACE
                continue
            taken = True
            if isinstance(message.id, list | tuple):
                self._plurals[message.id[0]] = said
                self._plural = standard.c2py(catalog.plural_expr)
            else:
                where = None if message.context is None else address(message.context)
                texts[where, message.id] = said[0]
        if taken and reviewer(catalog.header_comment) is None:
            self._unreviewed.add(domain)
        return texts

    def gettext(self, source: str) -> str:
        found = self._own(source)
        return found if found is not None else self._in_french(source)

    def _own(self, source: str) -> str | None:
        """Our own sentence as it is translated; None where it is not."""
        if source in self._said:
            return self._said[source]
        found = self._ours.get((None, source))
        if len(self._said) < MOST_SAID:
            self._said[source] = found
        return found

    def _in_french(self, source: str) -> str:
        if self.locale == SOURCE:
            return source
        # Also a sentence that came after the file was last brought up to date: the pages say so from now on.
        self.partial = True
        return foreign(source, SOURCE)

    def pgettext(self, context: str, source: str) -> str:
        """The translation kept for this source at this address, else for the shared block it may come from; the source
        where there is none or it changed since.
        """
        return self._at(context, source) or source

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        forms = self._plurals.get(singular)
        if forms is None:
            return self._in_french(plural if _one_or_many(count) else singular)
        return forms[min(self._plural(count), len(forms) - 1)]

    def translated(self, context: str, source: str) -> bool:
        """Whether an author's text has a translation here; else it is shown in its language, with its own `lang`."""
        return self._at(context, source) is not None

    def _at(self, context: str, source: str) -> str | None:
        key = address(context), source
        for texts in (self._open(context.partition("/")[0]), self._ours):
            if (found := texts.get(key)) is not None:
                return found
        return self._open(SHARED).get((shared_address(context), source))

    def typeset(self, source: str) -> str:
        """As `gettext`, with the spaces that the language's typography asks for."""
        held = self._typeset.get(source)
        if held is None:
            found = self._own(source)
            held = self._in_french(typography(source, SOURCE)) if found is None else typography(found, self.locale)
            if len(self._typeset) < MOST_SAID:
                self._typeset[source] = held
        return held


class Catalogues:
    """The languages of one `translations` folder. French needs no file: it is the language of the sources."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._messages: dict[str, Messages] | None = None

    def available(self) -> list[Language]:
        """French, then every language whose catalogue translates at least one message, by code."""
        return [language(code) for code in self._load()]

    def messages(self, locale: str) -> Messages:
        """The messages of a language; a language that is not available speaks French."""
        held = self._load()
        return held.get(locale) or held[SOURCE]

    def _load(self) -> dict[str, Messages]:
        if self._messages is None:
            found = {SOURCE: Messages(SOURCE)}
            for folder in sorted(self._folder.glob("*/LC_MESSAGES")):
                code = folder.parent.name
                messages = Messages(code, {path.stem: path for path in sorted(folder.glob("*.po"))})
                if code == SOURCE or messages.says_something():
                    found[code] = messages
            self._messages = found
        return self._messages


def _read(path: Path, code: str) -> Catalog:
    """A file of translations; empty, with a word to the operator, where it cannot be read: the pages are in French
    there.
    """
    try:
        with path.open("rb") as file:
            return read_po(file, locale=code.replace("-", "_"), ignore_obsolete=True, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        log.warning("translations: %s/%s cannot be read (%s)", code, path.name, type(error).__name__)
        return Catalog(locale=code.replace("-", "_"))
