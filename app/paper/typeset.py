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

_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed|codepoint `"(.+?)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_TRIES = 6


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


def clean(text: str) -> str:
    """The text without what no paper can print: control signs, private and unassigned codes, and the direction
    overrides that would make a name read as another. Line ends become spaces: lines are separate strings in the
    model.
    """
    kept = []
    for sign in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(sign)
        if sign in "\n\r\t\u2028\u2029\x0b\x0c\x85":
            kept.append(" ")
        elif kind == "Cc" or sign in "\u200b\ufeff" or "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069":
            continue
        elif kind in ("Co", "Cn", "Cs"):
            kept.append(REPLACEMENT)
        else:
            kept.append(sign)
    return "".join(kept)


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
    import typst

    made_at = datetime.fromisoformat(data["made_at"]) if data.get("made_at") else None
    paper = _map_strings({key: part for key, part in data.items() if key != "made_at"}, clean)
    compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=_fonts())
    missing: set[str] = set()
    for _ in range(_TRIES):
        shown = _without(paper, missing)
        inputs = {"paper": json.dumps({**shown, "fonts": list(_families())}, ensure_ascii=False)}
        try:
            pdf = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=[*STANDARDS], timestamp=made_at)
        except typst.TypstError as error:
            more = _missing_signs(error.diagnostic) - missing
            if not more:
                raise TypesettingError(_reason(error)) from None
            missing |= more
            continue
        if not isinstance(pdf, bytes):
            raise TypesettingError("typst gave no file")
        return pdf, tuple(sorted(missing))
    raise TypesettingError("too many signs without a glyph")


def _without(paper: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    if not missing:
        return paper
    run = re.compile("[" + re.escape("".join(sorted(missing))) + "]+")
    replaced: dict[str, Any] = _map_strings(paper, lambda text: run.sub(REPLACEMENT, text))
    return _notice(replaced, missing)


def _reason(error: Any) -> str:
    """Typst's message without quoted text: it may hold what a person typed."""
    return re.sub(r"`.*?`", "…", str(error.message), flags=re.DOTALL)
