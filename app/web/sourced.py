"""Where a rule comes from: names of laws and offices stay in the language of the procedure, and say so."""

from __future__ import annotations

from app.locale import dir_of
from app.pages.views import Link


def source_link(source: str | None, language: str, locale: str) -> Link | None:
    """A source as the author wrote it in `language`, on a page in `locale`; None where there is none."""
    return cited(source, language, locale) if source else None


def cited(source: str, language: str, locale: str, *, url: str = "", note: str | None = None) -> Link:
    """The same with an address, and a `note` in the language of the page."""
    return Link(source, url, note=note) if language == locale else Link(source, url, language, dir_of(language), note)
