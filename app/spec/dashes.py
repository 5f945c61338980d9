"""Items of a list whose dash has no space behind it: YAML takes `-id:` for a key and `-AT` for a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.spec.diagnostics import Edit, Findings, Fix
from app.spec.tree import Span

_GLUED = re.compile(r"^(?P<lead> *(?:- )*)-(?P<item>[^\W\d_][\w.]*:(?=\s|$)|[\"'\[{]|[^\W\d_])")
_OPENS = re.compile(r"^[^#]*:\s*(?:#.*)?$")
_BLOCK = re.compile(r"^[^#\"']*:\s+[|>][-+0-9]*\s*(?:#.*)?$")


def inside_texts(lines: list[str]) -> set[int]:
    """The lines (from 0) that go on a text: those of a block after `|` or `>`, and those after a quote left open."""
    found: set[int] = set()
    outer: int | None = None
    quoted = False
    for number, line in enumerate(lines):
        if outer is not None and line.strip() and _indent(line) <= outer:
            outer = None
        if outer is not None:
            found.add(number)
            continue
        if quoted:
            found.add(number)
        if '"' in line:
            quoted ^= (line.count('"') - line.count('\\"')) % 2 == 1
        if _BLOCK.match(line) and not quoted:
            outer = _indent(line)
    return found


def with_spaces(lines: list[str], file: str, findings: Findings) -> None:
    """Report each such item, and write its space into `lines`, so that the rest is read as it was meant."""
    if not any("-" in line and _GLUED.match(line) for line in lines):
        return
    texts = inside_texts(lines)
    for number, line in enumerate(lines):
        glued = _GLUED.match(line) if number not in texts else None
        if glued is None or not _is_item(lines, number):
            continue
        start, written = glued.end("lead"), line[glued.end("lead") :].rstrip()
        meant = f"- {written[1:]}"
        place = Span(file, number + 1, start + 1, number + 1, start + 1 + len(written))
        # A word alone may also be a text that begins with a dash.
        certain = len(glued["item"]) > 1 or glued["item"] in "\"'[{"
        edits = [Edit(place, meant), *_moved(lines, number, file)]
        findings.add("Y28", place, fix=Fix("certain" if certain else "likely", tuple(edits)))
        for edit in edits:
            row = edit.span.line - 1
            lines[row] = lines[row][: edit.span.column - 1] + edit.text + lines[row][edit.span.end_column - 1 :]
            findings.muted.add((file, edit.span.line))


def unsure(file: str, findings: Findings) -> None:
    """Where a file cannot be read with the spaces either, something else may have been meant: propose only."""
    findings.diagnostics[:] = [
        replace(one, fix=replace(one.fix, certainty="likely"))
        if one.code == "Y28" and one.file == file and one.fix is not None
        else one
        for one in findings.diagnostics
    ]


def _is_item(lines: list[str], number: int) -> bool:
    """Whether a line stands where an item can: first below a key, or after another item that begins as far in."""
    own = _indent(lines[number])
    if lines[number].lstrip().startswith("- "):
        return True
    first = True
    for before in range(number - 1, -1, -1):
        line = lines[before]
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if first and _OPENS.match(line) and _indent(line) <= own:
            return True
        first = False
        if _indent(line) <= own:
            return _indent(line) == own and line.lstrip().startswith("- ")
    return False


def _moved(lines: list[str], number: int, file: str) -> Iterator[Edit]:
    """The rest of an item that stands under its dash and one letter instead of two."""
    own = _indent(lines[number])
    rest = []
    for after in range(number + 1, len(lines)):
        if lines[after].strip() and _indent(lines[after]) <= own:
            break
        if lines[after].strip():
            rest.append(after)
    if rest and _indent(lines[rest[0]]) == own + 1:
        for after in rest:
            indent = _indent(lines[after])
            yield Edit(Span(file, after + 1, 1, after + 1, indent + 1), " " * (indent + 1))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
