"""Typesetting in this process: JSON of a paper in, bytes of an accessible PDF out.

Only `app.paper.worker` and commands call this. It loads typst (about 60 MB of memory, more at each paper because of its
caches); web workers go through `app.paper.render`, which starts a short-lived process.
"""

from __future__ import annotations

import json
import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
"""PDF/UA-1 (tagged, readable aloud) and PDF/A-2a (opens in twenty years, fonts inside). typst refuses to write a file
that would break either rule.
"""

TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"

PREFERRED_FONTS = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "Libertinus Serif")
"""First one installed is the face of the paper; the last is inside typst. Other scripts fall back on any font of the
system.
"""

REPLACEMENT = "[?]"
"""Printed where no font of this machine has the sign: never a silent hole."""

EMPTY = "…"
"""Stands for a heading of which nothing is left to print."""

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed|codepoint `"(.+?)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 6

_LAST_COMMON_SIGN = "\u052f"
"""End of Cyrillic: every face has what comes before."""


class TypesettingError(RuntimeError):
    """The paper could not be typeset. Its message holds typst's reason, never a text of the paper."""


@lru_cache(maxsize=1)
def _fonts() -> Any:
    import typst

    return typst.Fonts()


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    installed = set(_fonts().families())
    return tuple(name for name in PREFERRED_FONTS if name in installed)


ISOLATES = "\u2066\u2067\u2068\u2069"
"""Three that open, one that closes."""


def clean(text: str) -> str:
    """The text without what no paper can print: control signs, private and unassigned codes, and the direction
    overrides that would make a name read as another. Isolates stay where each is closed: they keep a number or a French
    word in its own order within a line from right to left. Line ends become spaces: lines are separate strings in the
    model.
    """
    kept = []
    closed = _isolates_close(text)
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if sign in "\n\r\t\u2028\u2029\x0b\x0c\x85":
            kept.append(" ")
        elif (
            kind == "Cc" or sign in "\u200b\ufeff" or "\u202a" <= sign <= "\u202e" or (sign in ISOLATES and not closed)
        ):
            continue
        elif kind in ("Co", "Cn", "Cs"):
            kept.append(REPLACEMENT)
        else:
            kept.append(sign)
    return "".join(kept)


def _isolates_close(text: str) -> bool:
    """Whether every isolate is closed in the text, and nothing is closed that was not opened."""
    depth = 0
    for sign in text:
        depth += (sign in ISOLATES[:3]) - (sign == ISOLATES[3])
        if depth < 0:
            return False
    return depth == 0


def _map_strings(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_map_strings(part, change) for part in value]
    if isinstance(value, dict):
        return {key: part if key == "type" else _map_strings(part, change) for key, part in value.items()}
    return value


def _missing_signs(message: str) -> set[str]:
    """Signs that typst names in its error as having no glyph."""
    found: set[str] = set()
    for pair in _MISSING.findall(message):
        text = _ESCAPE.sub(lambda m: chr(int(m.group(1), 16)), pair[0] or pair[1])
        found.update(text.replace('\\"', '"').replace("\\\\", "\\"))
    return found - {" "}


def _notice(data: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    """The paper with a frame at its head that says which signs this machine could not print."""
    codes = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(missing))
    line = data["missing_signs"].replace("{codes}", codes)
    return {**data, "blocks": [{"type": "Framed", "title": line, "lines": [], "opens": False}, *data["blocks"]]}


def typeset(data: dict[str, Any]) -> tuple[bytes, tuple[str, ...]]:
    """Typeset a paper given as `app.paper.model.as_data` with `missing_signs` (a sentence with `{codes}`).

    Returns the PDF and the signs that no font of this machine has, sorted: each is printed as `[?]` and a frame at the
    head of the paper says so. Raises `TypesettingError`.
    """
    # typst refuses parts of a second.
    made_at = datetime.fromisoformat(data["made_at"]).replace(microsecond=0) if data.get("made_at") else None
    paper = _named(_map_strings({key: part for key, part in data.items() if key != "made_at"}, clean))
    missing: set[str] = set()
    for _ in range(_TRIES):
        shown = _without(paper, missing)
        try:
            return _compiled(shown, made_at), tuple(sorted(missing))
        except _NoGlyphError as error:
            more = error.signs - missing
        except _PanicError:
            more = _panicking_signs(shown) - missing
        if not more:
            break
        missing |= more
    raise TypesettingError("some signs could not be typeset")


class _NoGlyphError(Exception):
    """No font has these signs."""

    def __init__(self, signs: set[str]) -> None:
        super().__init__(len(signs))
        self.signs = signs


class _PanicError(Exception):
    """typst itself failed. Seen with long lines of rare right-to-left signs (Samaritan) that no font has."""


def _compiled(shown: dict[str, Any], made_at: datetime | None) -> bytes:
    import typst

    inputs = {"paper": json.dumps({**shown, "fonts": list(_families())}, ensure_ascii=False)}
    compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=_fonts())
    try:
        pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=[*STANDARDS], timestamp=made_at)
    except typst.TypstError as error:
        signs = _missing_signs(error.diagnostic)
        if signs:
            raise _NoGlyphError(signs) from None
        raise TypesettingError(_reason(error)) from None
    except BaseException as error:
        # A fault inside typst comes as a class of its own, above `Exception`, that no module exports.
        if type(error).__name__ != "PanicException":
            raise
        raise _PanicError from None
    if not isinstance(pdf, bytes):
        raise TypesettingError("typst gave no file")
    return pdf


def _panicking_signs(shown: dict[str, Any]) -> set[str]:
    """The rare signs of the strings on which typst fails, each string tried on a paper of its own."""
    strings: set[str] = set()
    _map_strings(shown, strings.add)
    bare = {**shown, "title": EMPTY, "footer": "", "first_line_proves": "", "first_line_does_not_prove": ""}
    found: set[str] = set()
    for text in strings:
        rare = {sign for sign in text if sign > _LAST_COMMON_SIGN and not "\u2000" <= sign <= "\u22ff"}
        if not rare:
            continue
        block = {"type": "Paragraph", "text": text, "strong": False, "small": False}
        try:
            _compiled({**bare, "blocks": [block]}, None)
        except _NoGlyphError as error:
            found |= error.signs
        except _PanicError:
            found |= rare
    return found


def _named(paper: dict[str, Any]) -> dict[str, Any]:
    """The paper where no title and no heading is empty: PDF/UA refuses a heading that says nothing."""
    blocks = [
        {**block, "text": EMPTY} if block["type"] == "Heading" and not _has_ink(block["text"]) else block
        for block in paper["blocks"]
    ]
    return {**paper, "title": paper["title"] if _has_ink(paper["title"]) else EMPTY, "blocks": blocks}


def _has_ink(text: str) -> bool:
    return any(unicodedata.category(sign)[0] in "LNPS" for sign in text)


def _without(paper: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    if not missing:
        return paper
    run = re.compile("[" + re.escape("".join(sorted(missing))) + "]+")
    replaced: dict[str, Any] = _map_strings(paper, lambda text: run.sub(REPLACEMENT, text))
    return _notice(replaced, missing)


def _reason(error: Any) -> str:
    """Typst's message without quoted text: it may hold what a person typed."""
    return re.sub(r"`.*?`", "…", str(error.message), flags=re.DOTALL)
