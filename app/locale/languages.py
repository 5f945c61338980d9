"""The languages Guichet can speak, and which way each is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.locale.cldr import own_name

SOURCE = "fr"
"""The language of the interface's own sentences; always available."""

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """`name` is the language's own name for itself, as its speakers look for it."""

    code: str
    name: str
    dir: Direction


def language(code: str) -> Language:
    """A language by its code (`fr`, `ar`). Raises `babel.UnknownLocaleError` for one that the CLDR does not know."""
    name = own_name(code)
    return Language(code, name[:1].upper() + name[1:], dir_of(code))


def dir_of(code: str) -> Direction:
    """Which way a language is written; left to right for a language that is not known."""
    return "rtl" if code.replace("_", "-").partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
