"""Short random words that people read, say and type: draft ids, resume codes, references.

Alphabet: Crockford base32 (https://www.crockford.com/base32.html), which has no I, L, O or U. Its own check symbol
needs five more signs (`*~$=U`) that nobody can say on a telephone, so the check symbol here is one more letter of the
same alphabet.
"""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(" -\t\r\n\u00a0\u202f\u2010\u2011\u2013", None))

_GAP = "[ \\-\t\r\n\u00a0\u202f\u2010\u2011\u2013]{0,3}"
_HYPHEN = "[\\-\u2010\u2011\u2013]"
_AMONG_WORDS = re.compile(
    rf"(?<![0-9A-Z])(?=((?:[0-9A-Z]{{4}}{_GAP}){{3}}[0-9A-Z])(?![0-9A-Z]))"
    rf"|(?=((?:[0-9A-Z]{{4}}{_HYPHEN}){{3}}[0-9A-Z])(?![0-9A-Z]))"
)
"""Where a code may begin in a longer text; codes that would begin inside another are tried too. As it is shown, with
its hyphens, it may follow a letter at once: a box of one line drops the end of the line that was copied with it.
"""

CODE_SYMBOLS = 12
"""Random symbols of a resume code: 60 bits."""
REFERENCE_SYMBOLS = 8


def random_symbols(count: int) -> str:
    """`count` symbols of 5 random bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def check_symbol(symbols: str) -> str:
    """The check symbol of up to 30 symbols.

    It is the remainder of a polynomial over the field of 32 elements (modulus x^5 + x^2 + 1): position i weighs x^i,
    all weights differ, so any one wrong symbol and any two exchanged symbols are noticed. Raises `KeyError` for a
    symbol outside the alphabet.
    """
    remainder = 0
    for symbol in symbols:
        remainder = _times_x(remainder ^ _VALUE[symbol])
    return ALPHABET[remainder]


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def grouped(symbols: str) -> str:
    """Groups of four, joined by hyphens: easier to read aloud and to copy."""
    return "-".join(symbols[at : at + 4] for at in range(0, len(symbols), 4))


def new_code() -> str:
    """A resume code as it is shown: `XXXX-XXXX-XXXX-C`."""
    symbols = random_symbols(CODE_SYMBOLS)
    return f"{grouped(symbols)}-{check_symbol(symbols)}"


def read_code(typed: str) -> str | None:
    """The 12 symbols of a resume code as a person typed it; None if it cannot be one.

    Words before a colon ("Code : …", pasted from a note), case, spaces and hyphens do not matter; O is read as 0, I and
    L as 1. Among other words, before or after, the one code that has the right check symbol is taken. A wrong check
    symbol is found here, without any look-up.
    """
    body = _checked(typed.rpartition(":")[2])
    if body is not None:
        return body
    found = {body for match in _AMONG_WORDS.finditer(typed.upper()) if (body := _checked(match[1] or match[2]))}
    return found.pop() if len(found) == 1 else None


def _checked(typed: str) -> str | None:
    symbols = typed.upper().translate(_READ_AS)
    if len(symbols) != CODE_SYMBOLS + 1 or any(symbol not in _VALUE for symbol in symbols):
        return None
    body, check = symbols[:-1], symbols[-1]
    return body if check_symbol(body) == check else None


def new_draft_id() -> str:
    """The public id of a draft: 11 lower-case symbols (55 bits). It is not a secret: access needs a token."""
    return random_symbols(11).lower()


def is_draft_id(text: str) -> bool:
    """Whether `text` has the form of a draft's public id."""
    return len(text) == 11 and text == text.lower() and all(symbol in _VALUE for symbol in text.upper())


def new_reference(year: int) -> str:
    """A reference for a frozen file: `G-2026-XXXX-XXXX-C`; the last symbol checks the eight before it."""
    symbols = random_symbols(REFERENCE_SYMBOLS)
    return f"G-{year}-{grouped(symbols)}-{check_symbol(symbols)}"


_REFERENCE = re.compile(rf"G{_GAP}[0-9]{{4}}({_GAP}[0-9A-Z]{{4}}){{2}}{_GAP}[0-9A-Z]")


def is_reference(typed: str) -> bool:
    """Whether a person typed the reference of a file, with or without words before a colon, and nothing else."""
    return _REFERENCE.fullmatch(typed.rpartition(":")[2].strip().upper()) is not None
