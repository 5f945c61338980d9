"""The words of the trade that a page uses, with their explanation: shown on the page itself, not in a glossary
elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from app.pages.texts import TextRenderer
from app.pages.views import Term
from app.spec.model import Field, Procedure, Text
from app.spec.terms import occurring

MOST_PAGES = 10_000
_found: dict[tuple[int, Hashable], tuple[Procedure, tuple[str, ...]]] = {}


def terms_of(
    procedure: Procedure, page: Hashable, texts: Iterable[Text | None], renderer: TextRenderer
) -> tuple[Term, ...]:
    """The glossary's terms that occur in `texts`, in the order of the glossary.

    `page` names the page: its texts are the same for everybody, so each page is searched once per revision. An
    explanation may hold a person's answer: it is rendered for each.
    """
    if not procedure.glossary:
        return ()
    key = (id(procedure), page)
    held = _found.get(key)
    if held is None or held[0] is not procedure:
        if len(_found) >= MOST_PAGES:
            _found.pop(next(iter(_found)))
        held = _found[key] = (procedure, _search(procedure, texts))
    return tuple(
        Term(renderer.inline(word_of(procedure, word)), renderer.inline(procedure.glossary[word])) for word in held[1]
    )


def word_of(procedure: Procedure, word: str) -> Text:
    """A word of the glossary as a text, so that it can be translated beside its explanation."""
    return Text(word, f"{procedure.glossary[word].context}/word")


def texts_of_questions(fields: Iterable[Field]) -> Iterable[Text | None]:
    """Every text of some questions that a person reads."""
    for field in fields:
        yield from (field.label, field.hint, field.help, field.why, field.unknown)
        for choice in field.choices:
            yield from (choice.label, choice.hint, choice.specify)


def _search(procedure: Procedure, texts: Iterable[Text | None]) -> tuple[str, ...]:
    words = {word: procedure.spellings.get(word, ()) for word in procedure.glossary}
    return tuple(occurring(words, (text.source for text in texts if text is not None)))
