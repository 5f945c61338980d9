"""Names of countries, from the CLDR, in the order in which a reader looks for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from babel import Locale

from app.kinds.data.countries import REFUGEE, STATELESS
from app.locale.catalogue import Catalogues
from app.locale.cldr import cldr
from app.locale.foreign import unmarked


def _(source: str) -> str:
    return source


_NO_COUNTRY = {STATELESS: _("Apatride"), REFUGEE: _("Réfugié")}
_UKRAINIAN = {letter: f"{place:02d}" for place, letter in enumerate("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")}


class Countries:
    """Country names in every language of some catalogues."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    def name(self, code: str, locale: str) -> str:
        """The name of a country (`SN`), of Kosovo (`XK`), or of the state of a person without one (`XXA`, `XXB`).
        Unknown: the code.
        """
        if code in _NO_COUNTRY:
            return unmarked(self._catalogues.messages(locale).gettext(_NO_COUNTRY[code]))
        return _territories(locale).get(code, code)

    def choices(self, locale: str, codes: Iterable[str]) -> list[tuple[str, str]]:
        """`(code, name)` of these codes, in the alphabetical order of the language; those that are no country come
        last.
        """
        named = [(code, self.name(code, locale)) for code in codes]
        return sorted(named, key=lambda pair: (pair[0] in _NO_COUNTRY, sort_key(pair[1], locale)))


@cache
def _territories(locale: str) -> dict[str, str]:
    return dict(Locale.parse(cldr(locale)).territories)


def sort_key(text: str, locale: str) -> tuple[str, str]:
    """Alphabetical order: accents and case count only between words that are otherwise equal; Ukrainian has its own
    alphabet.
    """
    folded = text.casefold()
    if locale.partition("-")[0] == "uk":
        return "".join(_UKRAINIAN.get(letter, letter) for letter in folded if letter.isalnum() or letter == " "), folded
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", folded.replace("œ", "oe"))
        if not unicodedata.combining(letter)
    )
    return "".join(letter if letter.isalnum() else " " for letter in plain), folded
