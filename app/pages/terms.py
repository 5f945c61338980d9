"""The words of the trade that a page uses, with their explanation: shown on the page itself, not in a glossary
elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from app.pages.texts import TextRenderer
from app.pages.views import Term
from app.spec.model import Field, Procedure, Text
from app.spec.model.shelf import kept
from app.spec.terms import occurring


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word on a page: as everybody reads it, or None where its explanation holds a person's answer."""

    word: str
    term: Term | None


def terms_of(
    procedure: Procedure, page: Hashable, texts: Iterable[Text | None], renderer: TextRenderer
) -> tuple[Term, ...]:
    """The glossary's terms that occur in `texts`, in the order of the glossary.

    `page` names the page: its texts are the same for everybody, so each page is searched once per revision and
    language. An explanation may hold a person's answer: it is rendered for each.
    """
    if not procedure.glossary:
        return ()
    found = kept(procedure, ("terms", page), lambda: tuple(_search(procedure, texts, renderer)), locale=renderer.locale)
    return tuple(entry.term or _term(procedure, entry.word, renderer) for entry in found)


def _term(procedure: Procedure, word: str, renderer: TextRenderer) -> Term:
    return Term(renderer.inline(word_of(procedure, word)), renderer.inline(procedure.glossary[word]))


def word_of(procedure: Procedure, word: str) -> Text:
    """A word of the glossary as a text, so that it can be translated beside its explanation."""
    return Text(word, f"{procedure.glossary[word].context}/word")


def texts_of_questions(fields: Iterable[Field]) -> Iterable[Text | None]:
    """Every text of some questions that a person reads."""
    for field in fields:
        yield from (field.label, field.hint, field.help, field.why, field.unknown)
        for choice in field.choices:
            yield from (choice.label, choice.hint, choice.specify)


def _search(procedure: Procedure, texts: Iterable[Text | None], renderer: TextRenderer) -> Iterator[_Entry]:
    words = {word: procedure.spellings.get(word, ()) for word in procedure.glossary}
    for word in occurring(words, (text.source for text in texts if text is not None)):
        own = "{" in procedure.glossary[word].source
        yield _Entry(word, None if own else _term(procedure, word, renderer))
