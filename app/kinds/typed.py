"""Typed text made regular: digits of any script, invisible characters, spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from app.kinds.base import Raw

_JOINERS = "\u200c\u200d"
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_GAPS = re.compile(r"[\s\-‐‑‒–—.·_/]+")


def first(raw: Raw, part: str = "") -> str:
    """The first text sent for a part; "" when none was."""
    sent: Sequence[str] = raw.get(part, ())
    return sent[0] if sent else ""


def digits(text: str) -> str:
    """`text` with the decimal digits of every script (Arabic-Indic, Persian, full-width, …) written 0-9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(mark)) if mark.isdecimal() else mark for mark in text)


def visible(text: str) -> str:
    """NFC text without what cannot be seen: bidirectional controls, byte order marks, soft hyphens. Joiners that change
    how Persian or Indic words are drawn stay.
    """
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(mark for mark in composed if mark in _JOINERS or unicodedata.category(mark) != "Cf")


def one_line(text: str) -> str:
    """`visible` text with every run of spaces, tabs and line ends as one space, none at the ends."""
    return _SPACES.sub(" ", visible(text)).strip()


def lines(text: str) -> str:
    """`visible` text with line feeds only, no spaces at the ends of lines, no empty lines at the ends."""
    unix = _LINE_ENDS.sub("\n", visible(text)).replace("\t", " ")
    return "\n".join(line.rstrip() for line in unix.split("\n")).strip()


def code(text: str) -> str:
    """A code as it is stored: full-width letters and digits made plain, upper case, no spaces, hyphens, points or
    slashes.
    """
    plain = unicodedata.normalize("NFKC", digits(visible(text)))
    return _GAPS.sub("", plain.upper())


def has_control(text: str) -> bool:
    """Whether `text` holds control, private or surrogate characters, line feeds aside: never typed, and they break
    papers.
    """
    return any(unicodedata.category(mark) in ("Cc", "Co", "Cs") for mark in text if mark != "\n")


def has_symbol(text: str) -> bool:
    """Whether `text` holds pictures or signs that no name has: emoji, currency and mathematical signs."""
    return any(unicodedata.category(mark) in ("So", "Sc", "Sm") for mark in text)
