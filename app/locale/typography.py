"""The spaces of French typography, put in where an author typed plain ones.

A narrow no-break space (U+202F) before `?`, `!`, `;`; a no-break space (U+00A0) before `:` and inside « ». Only spaces
that are there are changed, save beside guillemets, so that `12:30`, `https://…`, `{fact.stamp}` and HTML stay as they
are.

In every language, a French telephone number stays in one piece: it is dialled from one line. With plain spaces its
groups would also stand in the wrong order inside a text that is written from right to left (Unicode, UAX 9, rule W4:
only a single no-break space keeps two groups of digits one number).
"""

from __future__ import annotations

import re
from functools import lru_cache

NARROW = "\u202f"
NO_BREAK = "\u00a0"

# What is never touched: HTML tags and entities, placeholders, code between backticks, addresses on the web or of
# people.
_KEPT = re.compile(
    r"(<[^<>]*>|&\#?\w+;|\{[^{}]*\}|`[^`]*`|\]\([^()\s]*\)"
    r"|\b(?:https?|tel|mailto):[^\s<>«»]*[^\s<>«».,;:!?)]|[\w.+-]+@[\w.-]+\w)"
)
_ANY_SPACE = f"[ {NARROW}{NO_BREAK}]"
_NARROW_BEFORE = re.compile(rf"(?<=\S){_ANY_SPACE}+(?=[?!;])")
_AT_START = re.compile(rf"^{_ANY_SPACE}+(?=[?!;:»])")
_BEFORE_COLON = re.compile(rf"(?<=\S){_ANY_SPACE}+(?=:(?:\s|»|$))")
_OPENING = re.compile(rf"«{_ANY_SPACE}*(?=\S|$)")
_CLOSING = re.compile(rf"{_ANY_SPACE}*»")
_PHONE = re.compile(r"(?<![\d.,])(?:0[1-9](?: \d\d){4}|0 8\d\d(?: \d{3}){2}|3\d \d\d)(?![\d.,]\d)")
_NUMBER_UNIT = re.compile(r"(?<=\d) (?=[€%](?!\w))")


@lru_cache(maxsize=2_000)
def typography(text: str, locale: str) -> str:
    """`text` with the spaces its language asks for. Doing it twice changes nothing more. Other languages than French:
    unchanged but for telephone numbers.
    """
    french = locale.replace("_", "-").partition("-")[0] == "fr"
    # Odd parts are what the pattern kept.
    parts = [part if place % 2 else _in_one_piece(part) for place, part in enumerate(_KEPT.split(text))]
    if french:
        parts = [part if place % 2 else _spaces(part, place > 0) for place, part in enumerate(parts)]
    return "".join(parts)


def _in_one_piece(text: str) -> str:
    return _PHONE.sub(lambda number: number[0].replace(" ", NO_BREAK), text)


def sentence(words: str) -> str:
    """A phrase made for the middle of a sentence, standing alone: a capital letter, a full stop."""
    text = words.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…:" else ".")


def _spaces(text: str, after_kept: bool) -> str:
    if after_kept:
        # « {answer.name} ? »: the space comes just after something that is kept.
        text = _AT_START.sub(lambda found: NO_BREAK if text[found.end()] in ":»" else NARROW, text)
    text = _NARROW_BEFORE.sub(NARROW, text)
    text = _BEFORE_COLON.sub(NO_BREAK, text)
    text = _OPENING.sub("«" + NO_BREAK, text)
    text = _CLOSING.sub(NO_BREAK + "»", text)
    return _NUMBER_UNIT.sub(NO_BREAK, text)
