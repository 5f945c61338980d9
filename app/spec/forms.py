"""What a text of a given form looks like, in words: the patterns of the schemas, for authors."""

from __future__ import annotations

from app.spec.codes.phrase import Phrase

_ID = Phrase(
    "des lettres minuscules sans accent, des chiffres et _, en commençant par une lettre : `birth_date`.",
    "small letters without accents, digits and underscores, first a letter: `birth_date`.",
)
_NAME = Phrase(
    "le nom d'une question ou d'une valeur calculée, avec celui de son bloc : `birth_date`, `child.birth_date`.",
    "the name of a question or derived value, with that of its block: `birth_date`, `child.birth_date`.",
)
_LETTER = Phrase(
    "des lettres minuscules sans accent, des chiffres, - et _ : `host-statement`.",
    "small letters without accents, digits, hyphens and underscores: `host-statement`.",
)
_LANGUAGE = Phrase("le code d'une langue : « fr ».", "the code of a language: “fr”.")
_LIMIT = Phrase(
    "« today », un jour (« 2026-07-31 ») ou le nom d'une date demandée avant.",
    "“today”, a day (“2026-07-31”) or the name of an earlier date question.",
)
_CSV = Phrase("le nom d'un fichier CSV : « prefectures.csv ».", "the name of a CSV file: “prefectures.csv”.")
_DAY = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_UNITS = "(day|days|week|weeks|month|months|year|years)"
_DOTTED = r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*"

FORMS: dict[str, Phrase] = {
    r"^[a-z][a-z0-9_]*$": _ID,
    r"^[a-z][a-z0-9_-]*$": _LETTER,
    r"^[a-z][a-z0-9_.]*(/[A-Za-z0-9_-]+)?$": Phrase(
        "le nom d'un document, avec celui de l'élément s'il y en a : `birth_certificate/1`.",
        "the name of a document, with that of the item if there is one: `birth_certificate/1`.",
    ),
    r"^[a-z][a-z0-9_.]*$": _NAME,
    rf"^{_DOTTED}$": _NAME,
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}$": _NAME,
    r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}(__specify)?$": _NAME,
    r"^derived\.[a-z][a-z0-9_.]*$": Phrase(
        "une valeur calculée par `lookup` : « derived.office ».", "a value that `lookup` finds: “derived.office”."
    ),
    r"^[A-Za-z0-9_][A-Za-z0-9_-]*$": Phrase(
        "des lettres sans accent, des chiffres, - et _ : « parent_permit ».",
        "letters without accents, digits, hyphens and underscores: “parent_permit”.",
    ),
    r"^[a-z][a-z0-9 -]*$": Phrase(
        "un mot de l'attribut HTML autocomplete (« given-name ») ou « off ».",
        "a word of the HTML attribute autocomplete (“given-name”) or “off”.",
    ),
    r"^[^@\s]+@[^@\s]+$": Phrase("une adresse électronique.", "an e-mail address."),
    rf"^{_DAY}$": Phrase("un jour, l'année d'abord : « 2026-07-31 ».", "a day, year first: “2026-07-31”."),
    rf"^({_DAY}|unknown)$": Phrase(
        "un jour, l'année d'abord : « 2026-07-31 », ou « unknown ».", "a day, year first: “2026-07-31”, or “unknown”."
    ),
    rf"^[0-9]{{1,4}} {_UNITS}$": Phrase(
        "une durée, en anglais : « 3 months », « 120 days ».", "a span of time: “3 months”, “120 days”."
    ),
    rf"^({_DOTTED}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,4}} {_UNITS})$": Phrase(
        "« today », un jour (« 2026-07-31 »), une durée (« 120 days ») ou le nom d'une date ou d'un fait.",
        "“today”, a day (“2026-07-31”), a duration (“120 days”) or the name of a date or of a fact.",
    ),
    rf"^(today|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_DOTTED})$": _LIMIT,
    r"^[+0-9][0-9 .()-]{1,24}$": Phrase(
        "un numéro de téléphone tel qu'on le lit : « 0 806 001 620 ».",
        "a phone number as people read it: “0 806 001 620”.",
    ),
    r"^[0-9]{1,4}(\.[0-9])? (KB|MB)$": Phrase("une taille de fichier : « 10 MB ».", "a size of file: “10 MB”."),
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": Phrase(
        "des lettres minuscules sans accent, des chiffres et des traits d'union, comme le nom du dossier.",
        "small letters without accents, digits and hyphens, like the name of the folder.",
    ),
    r"^[A-Za-z0-9_-]+\.(svg|png|jpg|jpeg|webp)$": Phrase(
        "le nom d'une image : « card-back.svg ».", "the name of a picture: “card-back.svg”."
    ),
    r"^[A-Za-z0-9_-]+\.csv$": _CSV,
    r"^L[0-9]{2}$": Phrase("un code de la famille L : « L03 ».", "a code of the family L: “L03”."),
    r"^https?://[^\s]+$": Phrase(
        "une adresse du web, qui commence par https://.", "a web address, beginning with https://."
    ),
    r"^[A-Z]{3}$": Phrase("le code d'une monnaie : « EUR ».", "the code of a currency: “EUR”."),
    r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$": _LANGUAGE,
}
"""By pattern. Patterns that are a choice of words are told as such and do not stand here."""
