"""What a text file may hide from the eye: non-breaking spaces where YAML wants spaces, control characters, lost
comments.
"""

from __future__ import annotations

import re

from app.spec.diagnostics import Findings, replace
from app.spec.tree import Span

_BREAKS = re.compile("[\u0085\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_HARD_INDENT = re.compile("^[ \\-]*([\u00a0\u202f\u2007\u3000\u200b\ufeff]+)")
_HARD_COLON = re.compile("^\\s*(?:- )?[A-Za-z0-9_.-]+([\u00a0\u202f\u2007]+):")
_TAB_INDENT = re.compile(r"^ *(\t+)[ \t]*\S")
_CURLY = re.compile(
    r"^\s*(?:- )?(?:[A-Za-z0-9_.-]+:\s+)?([\u201c\u201d\u201e\u2018\u2019].*[\u201c\u201d\u2018\u2019])\s*(?:#.*)?$"
)
_LOST = re.compile(r"""^\s*(?:- )?[A-Za-z0-9_.-]+:\s+[^\s"'|>#\[{&*!][^"'#]*\s(\#[^\s#].*)$""")


def scan_text(text: str, file: str, findings: Findings) -> str | None:
    """Report what is invisible or lost.

    Gives back the text to parse, in which reported hard spaces are plain ones so that the same fault is not told twice,
    or None where the parser must not be given this text.
    """
    readable = True
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        for pattern in (_BREAKS, _CONTROL):
            for match in pattern.finditer(line):
                findings.add("Y12", _span(file, number, match, 0), char=f"U+{ord(match.group()):04X}")
                readable = False
        _ascii_traps(line, number, file, findings)
        if not line.isascii():
            lines[number - 1] = _other_traps(line, number, file, findings)
    return "\n".join(lines) if readable else None


def _ascii_traps(line: str, number: int, file: str, findings: Findings) -> None:
    if "\t" in line and (match := _TAB_INDENT.match(line)):
        findings.add("Y13", _span(file, number, match, 1))
    if "#" in line and (match := _LOST.match(line)):
        findings.add("Y15", _span(file, number, match, 1), text=match.group(1))


def _other_traps(line: str, number: int, file: str, findings: Findings) -> str:
    if match := _CURLY.match(line):
        span = _span(file, number, match, 1)
        findings.add("Y16", span, fix=replace(span, '"' + match.group(1)[1:-1].replace('"', '\\"') + '"', "likely"))
    for pattern, width in ((_HARD_INDENT, 1), (_HARD_COLON, 0)):
        if match := pattern.match(line):
            span = _span(file, number, match, 1)
            findings.add("Y14", span, fix=replace(span, " " * width * len(match.group(1)), "certain"))
            line = line[: match.start(1)] + " " * len(match.group(1)) + line[match.end(1) :]
    return line


def _span(file: str, line: int, match: re.Match[str], group: int) -> Span:
    return Span(file, line, match.start(group) + 1, line, match.end(group) + 1)
