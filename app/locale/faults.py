"""What can be seen wrong in a translation by machine: placeholders, marks, forms, length, words left in French."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Literal

from babel.messages.catalog import Catalog, Message

from app.locale.po import is_translated, sources_of, texts_of
from app.spec.terms import pattern

Severity = Literal["error", "warning"]

_BRACES = re.compile(r"\{[^{}]*\}")
_PERCENT = re.compile(r"%\([^()]*\)[a-z]|%(?![(%])|%$")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\]\(([^()\s]*)\)")
_ITEM = re.compile(r"^\s*(?:[-*]|\d+\.) ", re.MULTILINE)
_BRACKETS = re.compile(r"\([^()]*\)")
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|„[^“”]*[“”]")
_SAID_TOO = re.compile(r"\.\w|\s*\(\)")
"""After a word: it is part of the name of a site, or what it means follows in brackets."""
_FORCED = re.compile("[\u202a-\u202e]")
_OPENED, _CLOSED = re.compile("[\u2066-\u2068]"), re.compile("\u2069")
_HIDDEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u2060\ufeff\ue000-\uf8ff]")
_FRENCH_SPACE = re.compile(r"^\s+(?=[:;!?»])")
_SHORT = 30
_WORDS = 4
"""From so many words on, a translation that is the French itself was forgotten."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one translation. An error breaks the page or its sense; a warning asks for a look."""

    severity: Severity
    message: Message
    words: str


_EXPLAINED = re.compile(r"/glossary/([^/]+)(/word)?$")

Glossary = Mapping[str, tuple[str, ...]]
"""The words that a procedure explains, with their other spellings."""


def faults_of(catalog: Catalog, glossary: Glossary) -> Iterator[Fault]:
    """What is wrong in a file. What is not translated, or not shown because the French changed, is no fault; save words
    of the glossary and what explains them, once anything of the file is translated.
    """
    begun = any(message.id and is_translated(message) for message in catalog)
    for message in catalog:
        if message.id and not message.fuzzy and any(texts_of(message)):
            yield from _message(message, glossary)
        elif message.id and begun and (found := _EXPLAINED.search(message.context or "")):
            what = "ce mot" if found[2] else "ce qui explique ce mot"
            yield Fault("warning", message, f"« {found[1]} » : {what} n'est pas traduit, et se lit en français")


def not_kept(glossary: Glossary, catalogs: Iterable[Catalog]) -> Glossary:
    """The words that a language does not keep in French: a translation of the word itself, brackets aside, says so."""
    kept = set()
    for catalog in catalogs:
        for message in catalog:
            word = message.id
            if isinstance(word, str) and word in glossary and (message.context or "").endswith("/word"):
                said = _BRACKETS.sub(" ", "" if message.fuzzy else texts_of(message)[0])
                kept |= {word} if pattern(word, glossary[word]).search(said) else set()
    return {word: also for word, also in glossary.items() if word not in kept}


def _message(message: Message, glossary: Glossary) -> Iterator[Fault]:
    sources, given = sources_of(message), texts_of(message)
    if not is_translated(message):
        yield Fault("error", message, f"il faut {len(given)} formes de pluriel, il y en a {sum(map(bool, given))}")
        return
    for text in given:
        for severity, rule in _RULES:
            if said := rule(sources, text):
                yield Fault(severity, message, said)
    for text in given:
        yield from _words(message, sources[0], text, glossary)


# --- the rules: what they say of a translation of `sources`, or None --------------------------------------------------


def _placeholders(sources: list[str], text: str) -> str | None:
    wanted = {name for source in sources for name in _marks(source)}
    found = set(_marks(text))
    if extra := found - wanted:
        return f"{', '.join(sorted(extra))} n'existe pas dans le français"
    # A form of the plural may say the number in a word: « one document ».
    if len(sources) == 1 and (lost := wanted - found):
        return f"il manque {', '.join(sorted(lost))}"
    return None


def _marks(text: str) -> list[str]:
    return [*_BRACES.findall(text), *(_PERCENT.findall(text) if "%(" in text else ())]


def _braces(sources: list[str], text: str) -> str | None:
    if not any(_BRACES.search(source) for source in sources):
        return "une accolade { ou } de trop" if {"{", "}"} & set(text) and not {"{", "}"} & set(sources[0]) else None
    try:
        list(Formatter().parse(text))
    except ValueError:
        return "une accolade { ou } ouverte ou fermée de trop"
    return None


def _tags(sources: list[str], text: str) -> str | None:
    wanted, found = Counter(_TAG.findall(sources[-1])), Counter(_TAG.findall(text))
    return None if wanted == found else "les balises HTML ne sont pas celles du français"


def _links(sources: list[str], text: str) -> str | None:
    wanted, found = sorted(_LINK.findall(sources[-1])), sorted(_LINK.findall(text))
    return None if wanted == found else "les liens ne sont pas ceux du français"


def _emphasis(sources: list[str], text: str) -> str | None:
    return None if sources[-1].count("**") == text.count("**") else "les passages en gras (**) ne sont pas les mêmes"


def _items(sources: list[str], text: str) -> str | None:
    wanted, found = len(_ITEM.findall(sources[-1])), len(_ITEM.findall(text))
    return None if wanted == found else f"la liste a {wanted} lignes en français, et {found} ici"


def _ends(sources: list[str], text: str) -> str | None:
    if _FRENCH_SPACE.match(sources[-1]):
        # « : » has a space before it in French; each language has its own use.
        text = text.lstrip()
    source = _FRENCH_SPACE.sub("", sources[-1])
    same = source[:1].isspace() == text[:1].isspace() and source[-1:].isspace() == text[-1:].isspace()
    return None if same else "l'espace au début ou à la fin n'est pas comme en français"


def _controls(_: list[str], text: str) -> str | None:
    if _FORCED.search(text):
        return "un signe qui force le sens de lecture (U+202A à U+202E) ; les pages isolent déjà les valeurs"
    if len(_OPENED.findall(text)) != len(_CLOSED.findall(text)):
        return "un isolement du sens de lecture (U+2066 à U+2069) ouvert et pas fermé, ou fermé et pas ouvert"
    if _HIDDEN.search(text):
        return "un signe que l'on ne voit pas"
    return None


def _length(sources: list[str], text: str) -> str | None:
    size = max(map(len, sources))
    most = max(2 * size, size + _SHORT)
    return f"{len(text)} signes, pour {size} en français" if len(text) > most else None


def _forgotten(sources: list[str], text: str) -> str | None:
    same = text in sources and len(re.findall(r"\w{2,}", _BRACES.sub("", text))) >= _WORDS
    return "c'est le texte français" if same else None


_RULES: tuple[tuple[Severity, Callable[[list[str], str], str | None]], ...] = (
    ("error", _placeholders),
    ("error", _braces),
    ("error", _tags),
    ("error", _links),
    ("error", _emphasis),
    ("error", _items),
    ("error", _ends),
    ("error", _controls),
    ("warning", _length),
    ("warning", _forgotten),
)


def _words(message: Message, source: str, text: str, glossary: Glossary) -> Iterator[Fault]:
    """Words of the trade left in French. Acronyms stay, and words in brackets or, where the French quotes too, in
    quotation marks: papers and screens say them so. So do parts of the name of a site, and words with their meaning.
    """
    if (message.context or "").endswith("/word"):
        return
    said = _BRACKETS.sub("()", text)
    said = _QUOTED.sub(" ", said) if _QUOTED.search(source) else said
    for word, also in glossary.items():
        term = pattern(word, also)
        if not term.search(source):
            continue
        for left in term.finditer(said):
            if not left.group(0).isupper() and not _SAID_TOO.match(said, left.end()):
                yield Fault("warning", message, f"« {left.group(0)} » reste en français")
                break


def place_of(message: Message) -> str:
    """Where the French stands: `procedures/dcem/procedure.yaml:33`."""
    if not message.locations:
        return message.context or ""
    file, line = message.locations[0]
    return f"{file}:{line}" if line else str(file)
