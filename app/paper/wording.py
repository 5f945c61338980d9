"""How a paper speaks: one object that holds the reader's language, so that composing stays pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from app.spec.model import Duration, Field, Text

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wording:
    """`gettext` translates our own sentences; `text` resolves an author's text for an item (its answers, or None) of a
    person's journey; `value` gives the lines of an answer; `day` takes a date or a truncated ISO string; `moment`
    names its time zone.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    gettext: Callable[[str], str]
    text: Callable[[Text, Values | None], str]
    value: Callable[[Field, Any], Sequence[str]]
    day: Callable[[date | str], str]
    moment: Callable[[datetime], str]
    number: Callable[[Decimal | int], str]
    span: Callable[[Duration], str]

    def plain(self, text: Text | None, item: Values | None = None) -> str:
        """The author's text; empty where there is none."""
        return self.text(text, item).strip() if text is not None else ""

    def told(self, name: str, value: str) -> str:
        """`name : value`, with or without a space before the colon, as the language has it."""
        return f"{name}{self.gettext(' :')} {value}"

    def apart(self, text: str) -> str:
        """A text of the other direction, for the middle of a line: where one writes from right to left, what is written
        from left to right keeps its own order.
        """
        return f"\u2066{text}\u2069" if self.direction == "rtl" else text

    def quoted(self, text: str) -> str:
        return self.gettext("« {text} »").format(text=text)


def joined(parts: Sequence[str], last: str, gettext: Callable[[str], str]) -> str:
    """`a, b ou c`: `last` is the word before the last part; the comma is that of the language."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext(", ").join(parts[:-1]) + f" {last} {parts[-1]}"
