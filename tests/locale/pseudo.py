"""Two invented languages, made of the French when tests run: what they do not reach is a sentence that is not marked.

Each borrows the code of a language that writes dates and countries without our letters, so that every one of our
letters on a page is French that nobody could translate.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import app.locale as locales
from app.locale import available
from app.locale.addresses import SHARED
from app.locale.catalogue import Catalogues
from app.locale.entries import INTERFACE, Entry
from app.locale.po import Memory, path_of, sources_of, updated, written
from app.locale.sources import Sources, sources
from tests.architecture.graph import ROOT

LONG, MIRRORED = "el", "he"
"""Long and accented, from left to right; from right to left."""

_FROM = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTERS = {
    LONG: "àƀçďéƒĝĥíĵķļḿñóþǫŕšţúṽŵẋýžÀƁÇĎÉƑĜĤÍĴĶĻḾÑÓÞǪŔŠŢÚṼŴẊÝŽ",
    MIRRORED: "אבגדהוזחטיכלמנסעפצקרשתםןףךאבגדהוזחטיכלמנסעפצקרשתםןףך",
}
_KEPT = re.compile(r"(\{[^{}]*\}|%\(\w+\)[a-z]|</?[a-zA-Z][^<>]*>|\]\([^()\s]*\)|https?://\S+|[\w.+-]+@[\w.-]+\w)")
_MORE = {LONG: " ḿóñţŕé ļóñĝ", MIRRORED: " אבגדה"}


def invented(text: str, language: str) -> str:
    """`text` in an invented language, about four tenths longer."""
    table = str.maketrans(_FROM, _LETTERS[language])
    parts = _KEPT.split(text)
    said = "".join(part if place % 2 else _folded(part).translate(table) for place, part in enumerate(parts))
    body = said.rstrip()
    if len(body) < 4 or not re.search(r"\w{3}", body):
        return said
    more = _MORE[language]
    return body + more * (1 + len(body) * 4 // 10 // len(more)) + said[len(body) :]


def _folded(text: str) -> str:
    """Our accented letters without their accents, so that they are seen too."""
    return text.translate(str.maketrans("éèêëàâäîïôöûùüçÉÈÀÊÎÔ", "eeeeaaaiioouuucEEAEIO")).replace("œ", "oe")


@cache
def texts(procedures: Path) -> Sources:
    """What there is to translate, read once."""
    return sources(procedures)


def write(
    folder: Path, said: Sources, codes: Mapping[str, str] | None = None, slugs: Collection[str] | None = None
) -> None:
    """The files of both languages below `folder`, or of other codes for one of them; those of some procedures only."""
    for code, language in (codes or {LONG: LONG, MIRRORED: MIRRORED}).items():
        for domain, entries in said.domains(code).items():
            if slugs is not None and domain not in {INTERFACE, SHARED, *slugs}:
                continue
            path = path_of(folder, code, domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_file(entries, code, language))


def _file(entries: list[Entry], code: str, language: str) -> bytes:
    catalog = updated(None, entries, code, "invented", Memory(()))
    for message in catalog:
        if message.id:
            one = [invented(source, language) for source in sources_of(message)]
            message.string = tuple((one + [one[-1]] * 6)[: catalog.num_plurals]) if message.pluralizable else one[0]
    return written(catalog)


@contextmanager
def spoken(
    folder: Path,
    procedures: Path = ROOT / "procedures",
    *,
    codes: Mapping[str, str] | None = None,
    slugs: Collection[str] | None = None,
) -> Iterator[None]:
    """The whole service, or some procedures, speak both languages, besides French, while this lasts. `codes` are others
    for them.
    """
    write(folder, texts(procedures), codes, slugs)
    with only(Catalogues(folder)):
        yield


@contextmanager
def only(catalogues: Catalogues) -> Iterator[None]:
    """The service speaks the languages of `catalogues`. What it has printed in one of them is kept, so a code stands
    for one catalogue in a whole run of tests (for a real language: `tests.printed.spoken`).
    """
    before = locales._catalogues, locales._countries._catalogues
    locales._catalogues = locales._countries._catalogues = catalogues
    available.cache_clear()
    try:
        yield
    finally:
        locales._catalogues, locales._countries._catalogues = before
        available.cache_clear()
