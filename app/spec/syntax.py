"""Says in an author's words why YAML could not be read, and on which line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from app.spec.codes.phrase import Phrase
from app.spec.tree import Span

_KEY_VALUE = re.compile(r"^(?P<lead>\s*(?:- )*(?P<key>[^\s:\"'#\[\]{},][^:\"'#\[\]{},]*):\s+)(?P<value>\S.*?)\s*$")
_KEY = re.compile(r"^\s*(?:- )*[a-z][a-z0-9_.]*:(?:\s|$)")
_ITEM = re.compile(r"^(?P<lead>\s*(?:- )+)(?P<value>\S.*?)\s*$")
_NEEDS_QUOTES = tuple("%@`*&!|>?{}[]")


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """One reason with its place; `suggestion` is a full sentence."""

    code: str
    span: Span
    suggestion: str = ""


def explain(error: Any, lines: list[str], file: str) -> SyntaxFault:
    """The reason in an author's words. `error` is what PyYAML raised; positions are those of `lines`."""
    problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "")
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if "quoted scalar" in context and opened is not None:
        return SyntaxFault("Y21", _line_span(file, lines, opened.line, opened.column))
    if mark is None:
        return SyntaxFault("Y20", Span(file, 1, 1, 1, 1))
    if "flow" in context and opened is not None:
        return SyntaxFault("Y26", _line_span(file, lines, opened.line, opened.column))
    row = min(mark.line, len(lines) - 1)
    open_quote = _left_open(lines[: row + 1])
    if open_quote is not None:
        return SyntaxFault("Y21", _line_span(file, lines, open_quote, lines[open_quote].rindex('"')))
    while row > 0 and not lines[row].strip():
        row -= 1
    return _by_line(problem, lines, row, mark.column if row == mark.line else 0, file)


def _by_line(problem: str, lines: list[str], row: int, column: int, file: str) -> SyntaxFault:
    """Look at the guilty line rather than at the parser's English: two YAML parsers word the same fault differently."""
    value, start = value_of(lines[row])
    if value.startswith("'") and re.search(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]", value):
        return _quote_fault("Y22", file, row, start, value, value.strip("'"))
    if value.startswith('"') and value.count('"') - value.count('\\"') > 2:
        return SyntaxFault("Y23", _line_span(file, lines, row, start))
    closed = value[:1] + value[-1:] in ("[]", "{}")
    if value.startswith(_NEEDS_QUOTES) and not closed:
        return _quote_fault("Y24", file, row, start, value, value)
    if "mapping values" in problem and re.search(r"\s?:(\s|$)", value):
        return _quote_fault("Y25", file, row, start, value, value)
    return SyntaxFault("Y20", _line_span(file, lines, row, column))


def _quote_fault(code: str, file: str, row: int, start: int, value: str, text: str) -> SyntaxFault:
    span = Span(file, row + 1, start + 1, row + 1, start + 1 + len(value))
    return SyntaxFault(code, span, Phrase(f"Écrivez : {quoted(text)}", f"Write: {quoted(text)}"))


def quoted(text: str) -> str:
    """A text between straight quotes, as YAML reads it back to the letter."""
    return '"' + text.replace('\\"', '"').replace("\\", "\\\\").replace('"', '\\"') + '"'


def _left_open(lines: list[str]) -> int | None:
    """The first line (from 0) on which a text opens that is never closed: the parser only notices it lines later.

    A text may go on over lines that begin no key, the last of which closes it.
    """
    opened = None
    for number, line in enumerate(lines):
        if opened is not None:
            if _KEY.match(line):
                return opened
            if _quotes(line) % 2:
                opened = None
        elif value_of(line)[0].startswith('"') and _quotes(line) % 2:
            opened = number
    return opened


def _quotes(line: str) -> int:
    return line.count('"') - line.count('\\"')


def value_of(line: str) -> tuple[str, int]:
    """What is written after the key or the dash of a line, and where it begins (from 0)."""
    match = _KEY_VALUE.match(line) or _ITEM.match(line)
    return (match.group("value"), match.start("value")) if match else (line.strip(), len(line) - len(line.lstrip()))


def key_of(line: str) -> str:
    """The key of a line, or an empty string."""
    match = _KEY_VALUE.match(line)
    return match["key"].strip() if match else ""


def _line_span(file: str, lines: list[str], row: int, column: int) -> Span:
    end = max(column + 1, len(lines[row].rstrip())) if row < len(lines) else column + 1
    return Span(file, row + 1, column + 1, row + 1, end + 1)


def blank_line(lines: list[str], number: int) -> bool:
    """Empty the value of a faulty line so that reading can go on; False where that cannot be or was done already."""
    if not 1 <= number <= len(lines) or not lines[number - 1].strip():
        return False
    line = lines[number - 1]
    match = _KEY_VALUE.match(line) or _ITEM.match(line)
    emptied = f'{match.group("lead")}""' if match else ""
    if emptied == line:
        return False
    lines[number - 1] = emptied
    return True
