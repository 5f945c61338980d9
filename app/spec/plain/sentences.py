"""Sentences and words of short texts: abbreviations, article numbers and lists do not deceive the count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"\*\*|__|`")
_ITEM = re.compile(r"^\s*(?:[-*]|[0-9]+[.)])\s+")
_END = re.compile(r"[.?!…](?:\s?[»”\")])*(?=\s+[«“\"(A-ZÀ-ÖØ-Þ0-9{])")
_WORD = re.compile(r"\{[^{}]*\}|\w+(?:[.'’-]\w+)*['’]?")


def plain(text: str) -> str:
    """A text without its Markdown."""
    return _MARK.sub("", _LINK.sub(r"\1", text))


def paragraphs(text: str) -> Iterator[str]:
    """Paragraphs and list items."""
    for block in re.split(r"\n\s*\n", plain(text)):
        lines: list[str] = []
        for line in block.split("\n"):
            if _ITEM.match(line) and lines:
                yield " ".join(lines)
                lines = []
            lines.append(_ITEM.sub("", line).strip())
        if any(lines):
            yield " ".join(lines)


def sentences(paragraph: str, abbreviations: tuple[str, ...] = ()) -> Iterator[str]:
    """The sentences of a paragraph."""
    start = 0
    for match in _END.finditer(paragraph):
        if not _abbreviated(abbreviations).search(paragraph[start : match.end()]):
            yield paragraph[start : match.end()].strip()
            start = match.end()
    if paragraph[start:].strip():
        yield paragraph[start:].strip()


def count(sentence: str) -> int:
    """How many words a sentence has, as a word processor counts them; a placeholder is one."""
    return len(_WORD.findall(sentence))


@cache
def _abbreviated(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    found = "|".join(map(re.escape, abbreviations)) or r"(?!)"
    return re.compile(rf"(?<![\w])(?:{found})\.$")
