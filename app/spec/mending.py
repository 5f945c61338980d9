"""Reading on after an unreadable line: each repair is tried, and proposed only where the file can then be read.

Two YAML parsers word the same fault differently, and the place they name is often lines below the cause. So a fault is
told by the repair that works, not by the parser's English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from app.spec.diagnostics import Edit, Findings, Fix
from app.spec.shape import language_keys
from app.spec.syntax import SyntaxFault, blank_line, explain, key_of, quoted, value_of
from app.spec.tree import Span

MAX_DEPTH = 40
MAX_FAULTS = 20
LONGEST_LINE = 2_000
MOST_READ = 4_000_000
"""Characters read over all tries, so that a large broken file does not take minutes."""
SMALL = 20_000
FAR_BACK = 200
"""Lines above a fault among which a lost colon is looked for."""

_TEXT_KEYS = frozenset(
    {
        "authority", "body", "deadline", "does_not_prove", "example", "fallback", "help", "hint", "how", "hours",
        "label", "means", "next", "note", "paper", "proves", "says", "subject", "summary", "text", "title", "to", "why",
    }
)  # fmt: skip
"""Keys whose value nothing else refers to: what is read without one is still worth checking."""
_IN_FLOW = re.compile(
    r"[{,]\s*[a-z_]+:\s+"
    r"(?P<value>'[^\"]*?'|(?:[^\s\"'\[{]|\{[a-z_.]+\})[^\"]*?)"
    r"(?=\s*(?:,\s*[a-z_]+:\s|\}[\s\]}]*(?:#.*)?$))"
)
_SAFE = re.compile(r"-?[0-9]+(\.[0-9]+)?|[a-z_]+|'[^']*'")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')
_GLUED = re.compile(r"^(\s*(?:- )*[a-z_]+:)(?=[^\s/])")
_CITED_FIRST = re.compile(r"\{[a-z_.]+\}|\[[^\]]*\]\s*\S")
_TOP = re.compile(r"[a-z_]+:(\s|$)")
"""A key of the file itself: the parser can begin there, and stop before the next one."""
_BEGIN = r"^\s*(?:- )*(?P<word>[^\s\"'#:\[\]{},-][^\"'#:\[\]{},]*?)"
_BARE = re.compile(_BEGIN + r"(?P<gap>)\s*(?:#.*)?$")
"""A line that is one word or a few: what the lines below it hang on, once it has its colon."""
_WORD_AND_VALUE = re.compile(_BEGIN + r"(?P<gap>\s?[;.=,]|)\s*(?=[\"\[{|>])")
_WORD_AND_WORD = re.compile(r"^\s*(?:- )*(?P<word>[a-z_]+)(?P<gap>)\s+[^\s:;=][^:\"]*$")
"""A key of the language, then its value without quotes."""
_HAS_KEY = re.compile(r"^[^\"'#]*:(\s|$)")
_DASH = re.compile(r"^ *(?P<dash>[\u2010-\u2015\u2022])[ \u00a0]")
_CODES = (("Y24", re.compile(r"[%@`*&!|>?{}\[\]]|- ")), ("Y25", re.compile(r".*\s?:(\s|$)")))


@dataclass(slots=True)
class Mended:
    """`lines` as they can be read. `changed` are the lines (from 1) that differ from what is written; `lost` is set
    where something was left out that other parts of the file may refer to.
    """

    lines: list[str]
    changed: set[int] = field(default_factory=set)
    lost: bool = False


@dataclass(slots=True)
class _Told:
    fault: SyntaxFault
    edit: Edit | None = None
    certain: bool = False


def unreadable(text: str) -> Any:
    """The parser's complaint about a text; None for one that can be read. Depth is looked after while it is read."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return None
    except yaml.YAMLError as error:
        return error
    return None


def mend(text: str, file: str, findings: Findings) -> Mended | None:
    """Report every unreadable line of `text`, each once, with its repair where one works; None where nothing helps."""
    told_before = {found.line for found in findings.diagnostics if found.file == file}
    mended = Mended(text.split("\n"))
    budget = MOST_READ
    told: list[_Told] = []
    error = unreadable(text)
    while error is not None and len(told) < MAX_FAULTS:
        budget -= len(text) * 2
        fault, row = _place(error, mended.lines, file)
        mark = getattr(error, "context_mark", None)
        opened = mark.line if mark is not None and mark.line < row else None
        repair = _repair(fault, row, opened, mended, budget)
        if repair is not None:
            edit, better, certain = repair
            row = edit.span.line - 1
            told.append(_Told(_named(fault, edit, mended.lines[row]), edit, certain))
            mended.lines[row] = better
        elif row + 1 in mended.changed or not blank_line(mended.lines, row + 1):
            told.append(_Told(fault))
            break
        else:
            mended.lost |= key_of(text.split("\n")[row]) not in _TEXT_KEYS
            told.append(_Told(fault))
        mended.changed.add(row + 1)
        error = unreadable("\n".join(mended.lines))
    whole = error is None and all(one.edit is not None for one in told)
    for one in told:
        if one.fault.span.line not in told_before:
            told_before.add(one.fault.span.line)
            fix = None if one.edit is None else Fix("certain" if whole and one.certain else "likely", (one.edit,))
            findings.add(one.fault.code, one.fault.span, suggestion=one.fault.suggestion, fix=fix)
    return mended if error is None else None


def _place(error: Any, lines: list[str], file: str) -> tuple[SyntaxFault, int]:
    fault = explain(error, lines, file)
    return fault, min(fault.span.line, len(lines)) - 1


def _repair(
    fault: SyntaxFault, row: int, opened: int | None, mended: Mended, budget: int
) -> tuple[Edit, str, bool] | None:
    """The first repair of a line after which the file can be read, or at least read further. The line before is tried
    too, and the one that opened the group: the parser often meets a fault late.
    """
    lines, file = mended.lines, fault.span.file
    further = None
    rows = [row, *([row - 1] if row and fault.code in ("Y20", "Y21") else [])]
    if opened is not None and opened not in rows:
        rows.append(opened)
    # Indentation goes by two: an odd one is the likelier mistake.
    rows.sort(key=lambda number: -(_indent(lines[number]) % 2))
    colons = [number for number in _without_colon(lines, row) if number + 1 not in mended.changed]
    first, last = _section(lines, min([row, *colons]))
    size = sum(map(len, lines[first:last]))
    askew = _askew(lines, row) if fault.code == "Y20" else []
    for number in [*colons, *askew, *rows]:
        line = lines[number]
        if len(line) > LONGEST_LINE or number + 1 in mended.changed or not line.strip():
            continue
        if number in askew and number not in colons:
            candidates: Iterator[Candidate] = iter([(0, _indent(line), " " * _indent(lines[row]), False)])
        else:
            candidates = _colons(line) if number in colons else _candidates(line, number, lines)
        for start, end, text, certain in candidates:
            budget -= size
            if budget < 0:
                return further
            better = line[:start] + text + line[end:]
            edit = Edit(Span(file, number + 1, start + 1, number + 1, end + 1), text)
            trial = [*lines[first:number], better, *lines[number + 1 : last]]
            error = unreadable("\n".join(trial))
            if error is None:
                return edit, better, certain
            if further is None and certain and first + explain(error, trial, file).span.line > row + 1:
                further = (edit, better, certain)
    return further


def _askew(lines: list[str], row: int) -> list[int]:
    """The lines above an unreadable one that may stand too far to one side, so that this one fits nowhere: the first
    line of what comes before it, too far in; or the one that this holds on to, too far out. What the language knows
    where it stands is left there.
    """
    own = _indent(lines[row])
    inner = None
    for number in range(row - 1, max(-1, row - FAR_BACK), -1):
        line = lines[number]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if _indent(line) < own:
            outer = [number] if _indent(line) == 0 and key_of(line) not in language_keys() else []
            return [*outer, *([inner] if inner is not None else [])]
        inner = number if _indent(line) > own else None
    return []


def _section(lines: list[str], row: int) -> tuple[int, int]:
    """The lines of the file's own key around a line: what a repair of it is tried on. A small file is tried whole."""
    if sum(map(len, lines)) < SMALL:
        return 0, len(lines)
    first = next((number for number in range(max(0, row - 2), 0, -1) if _TOP.match(lines[number])), 0)
    last = next((number for number in range(row + 1, len(lines)) if _TOP.match(lines[number])), len(lines))
    return first, last


def _without_colon(lines: list[str], row: int) -> list[int]:
    """The lines that may have lost their colon, nearest first: nothing between them and the fault has a key, since the
    parser takes all of it for one text.
    """
    found = []
    for number in range(row, max(-1, row - FAR_BACK), -1):
        if number < row and _HAS_KEY.match(lines[number]):
            break
        if len(lines[number]) <= LONGEST_LINE and any(_colons(lines[number])):
            found.append(number)
    return found[:3]


def _colons(line: str) -> Iterator[Candidate]:
    """A colon behind the word that a line begins with. An item of a list may have been meant as it stands."""
    found = _WORD_AND_WORD.match(line)
    if found is None or found["word"] not in language_keys():
        found = _BARE.match(line) or _WORD_AND_VALUE.match(line)
    if found is not None:
        word, item = found["word"], line.lstrip().startswith("- ")
        certain = word in language_keys() or not (item or " " in word)
        yield found.end("word"), found.end("gap"), ":", certain


Candidate = tuple[int, int, str, bool]
"""Where a line changes, from and to; the new text; whether what the author wrote is kept to the letter."""


def _candidates(line: str, row: int, lines: list[str]) -> Iterator[Candidate]:
    value, start = value_of(line)
    end = start + len(value)
    glued = _GLUED.match(line)
    if dash := _DASH.match(line):
        yield dash.start("dash"), dash.end(), "- ", True
    if glued:
        yield glued.end(1), glued.end(1), " ", True
    if value.startswith("'"):
        yield start, end, _straight(value), True
    elif value.startswith('"'):
        yield from _quotes(value, start)
    else:
        yield from _in_flow(line)
        if value and (value[0] not in "[{" or _CITED_FIRST.match(value)):
            yield start, end, quoted(value), True
    yield from _closers(line)
    yield from _indents(line, row, lines)


def _straight(value: str) -> str:
    """A text between straight quotes instead of apostrophes or nothing."""
    return quoted(value.strip("'").replace("''", "'") if value.startswith("'") else value)


def _quotes(value: str, start: int) -> Iterator[Candidate]:
    """A text that begins with a straight quote: one is missing at its end, or some stand inside it."""
    end, count = start + len(value), value.count('"') - value.count('\\"')
    if count % 2:
        yield end, end, '"', True
    elif not value.endswith('"'):
        yield start, end, quoted(value), True
    elif count > 2:
        yield start, end, quoted(value[1:-1]), True


def _in_flow(line: str) -> Iterator[Candidate]:
    """Texts without quotes inside a one-line map, all put between quotes."""
    found = [match for match in _IN_FLOW.finditer(line) if not _SAFE.fullmatch(match["value"])]
    if found:
        start, end = found[0].start("value"), found[-1].end("value")
        pieces, last = [], start
        for match in found:
            pieces += [line[last : match.start("value")], _straight(match["value"])]
            last = match.end("value")
        yield start, end, "".join(pieces), True


def _closers(line: str) -> Iterator[Candidate]:
    """The closing signs that a line lacks, at its end. Whether the list was to go on is for the author to say."""
    opened: list[str] = []
    for sign in _QUOTED.sub("", line):
        if sign in "[{":
            opened.append("]" if sign == "[" else "}")
        elif opened and sign == opened[-1]:
            opened.pop()
    if opened:
        end = len(line.rstrip())
        yield end, end, "".join(reversed(opened)), False


def _indents(line: str, row: int, lines: list[str]) -> Iterator[Candidate]:
    """The line moved to where one near it begins. What it then belongs to is for the author to confirm."""
    own = _indent(line)
    near = {_indent(other) for other in lines[max(0, row - 12) : row + 2] if other.strip()}
    near |= {own - own % 2, own + own % 2}
    for indent in sorted(near - {own}, key=lambda other: abs(other - own))[:4]:
        yield 0, own, " " * indent, False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _named(fault: SyntaxFault, edit: Edit, written: str) -> SyntaxFault:
    """A fault named by the repair that worked on the line as it is written."""
    text = edit.text
    if text == ":":
        line, start = edit.span.line, len(written) - len(written.lstrip(" -"))
        return SyntaxFault("Y27", Span(edit.span.file, line, start + 1, line, edit.span.column))
    if fault.code == "Y20" and edit.span.line != fault.span.line:
        fault = SyntaxFault("Y20", edit.span, fault.suggestion)
    if len(text.strip()) < 3:
        return fault
    for code, pattern in _CODES:
        if fault.code in ("Y20", "Y26") and pattern.match(text.strip('"')):
            return SyntaxFault(code, edit.span, fault.suggestion)
    return fault
