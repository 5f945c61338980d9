"""Languages, messages, names of countries, dates, numbers: everything that depends on who reads.

Every function takes the locale's code (`fr`, `ar`) and may be called thousands of times per page: what it gives is
remembered.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from app.kinds.data.countries import COUNTRIES, NATIONALITIES
from app.kinds.phone import shown
from app.locale.catalogue import Catalogues, Messages
from app.locale.countries import Countries, sort_key
from app.locale.foreign import foreign, marked_up, unmarked
from app.locale.formats import currency_sign, format_amount, format_date, format_duration, format_number, format_place
from app.locale.languages import SOURCE, Language, dir_of
from app.locale.typography import sentence, typography

__all__ = [
    "SOURCE",
    "Language",
    "Messages",
    "available",
    "country_choices",
    "country_name",
    "currency_sign",
    "dir_of",
    "foreign",
    "format_amount",
    "format_date",
    "format_duration",
    "format_number",
    "format_phone",
    "format_place",
    "isolated",
    "marked_up",
    "messages",
    "sentence",
    "sort_key",
    "typography",
    "unmarked",
]

_catalogues = Catalogues(Path(__file__).resolve().parents[2] / "translations")
_countries = Countries(_catalogues)


@cache
def available() -> list[Language]:
    """The languages that a reader may choose, French first."""
    return _catalogues.available()


def messages(locale: str) -> Messages:
    """The interface's messages in a language; in French where that language is not available."""
    return _catalogues.messages(locale)


@cache
def country_name(code: str, locale: str) -> str:
    """The name of a country, of Kosovo (`XK`), stateless (`XXA`) or refugee (`XXB`). Unknown code: the code."""
    return _countries.name(code, locale)


@cache
def country_choices(locale: str, *, nationality: bool = False) -> tuple[tuple[str, str], ...]:
    """`(code, name)` of every country in the language's alphabetical order; for a nationality, stateless and refugee
    come last.
    """
    return tuple(_countries.choices(locale, COUNTRIES if not nationality else NATIONALITIES))


@lru_cache(maxsize=5_000)
def format_phone(number: str, locale: str) -> str:
    """A stored number (`+33639981234`) as people write it: grouped, with its country's prefix outside France.

    In a right-to-left language the number is isolated, so that its groups keep their order.
    """
    written = shown(number)
    return f"\u2066{written}\u2069" if dir_of(locale) == "rtl" else written


def isolated(text: str, locale: str) -> str:
    """What a person typed or named, for the middle of a plain sentence: in a right-to-left language it keeps its own
    direction and leaves that of the sentence alone. (In HTML, `<bdi>` does it.)
    """
    return f"\u2068{text}\u2069" if dir_of(locale) == "rtl" else text
