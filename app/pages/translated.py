"""What a reader should know of the translation of a procedure: nobody has read it, or a part of it is missing."""

from __future__ import annotations

from app.locale import SOURCE, messages
from app.locale.addresses import SHARED
from app.locale.entries import INTERFACE
from app.pages.terms import word_of
from app.spec.model import Procedure
from app.spec.model.shelf import kept
from app.spec.model.walk import said_in


def unreviewed(procedure: Procedure | None, locale: str) -> bool:
    """Whether pages in `locale` show a translation that no one who speaks the language has read."""
    domains = {INTERFACE, SHARED}
    if procedure is not None and procedure.language != locale:
        domains.add(procedure.slug)
    return not all(messages(locale).is_reviewed(domain) for domain in domains)


def partial(procedure: Procedure | None, locale: str) -> bool:
    """Whether some texts of these pages have no translation that is up to date; found once per revision, language."""
    if locale != SOURCE and messages(locale).partial:
        return True
    if procedure is None or procedure.language == locale:
        return False
    return kept(procedure, "partial", lambda: _partial(procedure, locale), locale=locale)


def _partial(procedure: Procedure, locale: str) -> bool:
    held = messages(locale)
    words = (word_of(procedure, word) for word in procedure.glossary)
    texts = (said.text for said in said_in(procedure))
    return not all(held.translated(text.context, text.source) for text in (*texts, *words))
