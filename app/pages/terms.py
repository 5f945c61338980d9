"""The words of the trade that a page uses, with their explanation: shown on the page itself, not in a glossary
elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache

from app.pages.texts import TextRenderer
from app.pages.views import Term
from app.spec.model import Field, Procedure, Text

MOST_PAGES = 10_000
_found: dict[tuple[int, Hashable, str], tuple[Procedure, tuple[Term, ...]]] = {}


def terms_of(
    procedure: Procedure, page: Hashable, texts: Iterable[Text | None], renderer: TextRenderer
) -> tuple[Term, ...]:
    """The glossary's terms that occur in `texts`, in the order of the glossary.

    `page` names the page: its texts are the same for everybody, so each page is searched once per revision and
    language.
    """
    if not procedure.glossary:
        return ()
    key = (id(procedure), page, renderer.locale)
    held = _found.get(key)
    if held is None or held[0] is not procedure:
        if len(_found) >= MOST_PAGES:
            _found.pop(next(iter(_found)))
        held = _found[key] = (procedure, _search(procedure, texts, renderer))
    return held[1]


def texts_of_questions(fields: Iterable[Field]) -> Iterable[Text | None]:
    """Every text of some questions that a person reads."""
    for field in fields:
        yield from (field.label, field.hint, field.help, field.why, field.unknown)
        for choice in field.choices:
            yield from (choice.label, choice.hint, choice.specify)


def _search(procedure: Procedure, texts: Iterable[Text | None], renderer: TextRenderer) -> tuple[Term, ...]:
    written = "\n".join(text.source for text in texts if text is not None)
    return tuple(
        Term(word, renderer.inline(explained)) for word, explained in _longest_first(procedure.glossary, written)
    )


def _longest_first(glossary: Mapping[str, Text], written: str) -> Iterable[tuple[str, Text]]:
    """Terms that occur outside of longer terms: « titre de séjour » is not found in « demande de titre de séjour »
    twice.
    """
    found: set[str] = set()
    for word in sorted(glossary, key=len, reverse=True):
        pattern = _pattern(word)
        if pattern.search(written):
            found.add(word)
            written = pattern.sub(" ", written)
    return [(word, text) for word, text in glossary.items() if word in found]


@lru_cache(maxsize=5_000)
def _pattern(word: str) -> re.Pattern[str]:
    """The term as a whole word, in singular or plural. Capital letters count only in acronyms (« OFII », « APS »)."""
    each = r"\s+".join(re.escape(part) + r"(?:s|x|es)?" for part in word.split())
    return re.compile(rf"(?<!\w){each}(?!\w)", 0 if word.isupper() else re.IGNORECASE)
