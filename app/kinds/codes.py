"""What kinds of numbers printed on a card or a paper have in common."""

from __future__ import annotations

import re
from typing import Literal

from app.kinds.base import Parsed
from app.kinds.single import SingleKind, wrong
from app.kinds.typed import code

_LATIN = re.compile(r"[A-Z0-9]+")
_DIGITS = re.compile(r"[0-9]+")


class CodeKind(SingleKind):
    """A code typed with or without spaces and hyphens, in either case; `read` receives it bare and in upper case."""

    def clean(self, text: str) -> str:
        return code(text)


def checked(text: str, least: int, most: int, alphabet: Literal["digits", "latin"] = "latin") -> Parsed:
    """`text` as a value when it has `least` to `most` characters of the alphabet."""
    if not (_DIGITS if alphabet == "digits" else _LATIN).fullmatch(text):
        return wrong("characters")
    if not least <= len(text) <= most:
        return wrong("length", min=least, max=most, length=len(text))
    return Parsed(text)
