"""What a text file may hide from the eye: non-breaking spaces where YAML wants spaces, control characters, lost
comments.
"""

from __future__ import annotations

import re

from app.spec.codes.phrase import Phrase
from app.spec.dashes import inside_texts, with_spaces
from app.spec.diagnostics import Findings, Fix, replace
from app.spec.syntax import quoted, value_of
from app.spec.tree import Span

_BREAKS = re.compile("[\u0085\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_HARD_INDENT = re.compile("^[ \\-]*([\u00a0\u202f\u2007\u3000\u200b\ufeff]+)")
_HARD_COLON = re.compile("^\\s*(?:- )?[A-Za-z0-9_.-]+([\u00a0\u202f\u2007]+):")
_HARD_VALUE = re.compile("^\\s*(?:- )*[a-z][a-z0-9_.]*:([\u00a0\u202f\u2007]+)(?=\\S)")
_TAB_INDENT = re.compile(r"^ *(\t+)[ \t]*\S")
_CURLY = re.compile(
    r"(?:^\s*(?:- )+|^\s*(?:- )*[A-Za-z0-9_.-]+:\s+)"
    r"(?P<text>[\u201c\u201d\u201e\u2018\u2019\u00ab].*[\u201c\u201d\u2018\u2019\u00bb])\s*(?:#.*)?$"
)
_CURLY_IN_FLOW = re.compile(
    r"(?<=[{\[,:])\s*(?P<text>[\u201c\u201d\u201e][^\u201c\u201d\u201e]*[\u201c\u201d]"
    r"|[\u2018\u2019][^\u2018]*?[\u2018\u2019]|\u00ab[^\u00ab\u00bb]*\u00bb)(?=\s*[,}\]])"
)
_STRAIGHT = re.compile(r'"(?:[^"\\]|\\.)*"')
_SPLIT_NUMBER = re.compile(
    r"[{,]\s*(?:value|min|max|at_least|at_most|more_than|less_than):\s*"
    r"(-?[0-9]+(?:[ \u00a0\u202f][0-9]{3})*,[0-9]+)(?=\s*[,}])"
)
"""In a one-line map, the comma of 877,50 begins another key."""
_SPACES = re.compile("[ \u00a0\u202f]")
_CURLY_INSIDE = re.compile('[\u201c\u201d\u201e\u00ab\u00bb"]')
_LOST = re.compile(r"""^\s*(?:- )?[A-Za-z0-9_.-]+:\s+[^\s"'|>#\[{&*!][^"'#]*\s(\#[^\s#].*)$""")


def scan_text(text: str, file: str, findings: Findings) -> tuple[str, list[Span]]:
    """Report what is invisible or lost.

    Gives back the text to parse, in which reported characters are plain spaces so that the same fault is not told
    twice, and where lines begin with tabs.
    """
    tabs: list[Span] = []
    lines = text.split("\n")
    with_spaces(lines, file, findings)
    texts = inside_texts(lines) if any(sign in text for sign in "\u201c\u201d\u201e\u2018\u2019\u00ab") else set()
    for number, line in enumerate(lines, start=1):
        for pattern in (_BREAKS, _CONTROL):
            for match in pattern.finditer(line):
                findings.add("Y12", _span(file, number, match, 0), char=f"U+{ord(match.group()):04X}")
                lines[number - 1] = pattern.sub(" ", lines[number - 1])
        if "\t" in line and (tab := _TAB_INDENT.match(line)):
            tabs.append(_span(file, number, tab, 1))
        if "," in line:
            lines[number - 1] = _whole_numbers(lines[number - 1], number, file, findings)
        if "#" in line and (lost := _LOST.match(line)):
            findings.add("Y15", _span(file, number, lost, 1), text=lost.group(1), fix=_kept(file, number, line))
        if not line.isascii():
            if number - 1 not in texts:
                lines[number - 1] = _curly(lines[number - 1], number, file, findings)
            lines[number - 1] = _other_traps(lines[number - 1], number, file, findings)
    return "\n".join(lines), tabs


def _whole_numbers(line: str, number: int, file: str, findings: Findings) -> str:
    """The line with points in its numbers, as long as it was, so that the places of what follows stay true."""
    for split in _SPLIT_NUMBER.finditer(line):
        written, place = split.group(1), _span(file, number, split, 1)
        meant = _SPACES.sub("", written).replace(",", ".")
        findings.add("Y18", place, text=written, number=meant, fix=replace(place, meant, "certain"))
        line = line[: split.start(1)] + meant.ljust(len(written)) + line[split.end(1) :]
    return line


def _kept(file: str, number: int, line: str) -> Fix:
    """The whole text between quotes. Only likely: a comment may have been meant."""
    value, start = value_of(line)
    return replace(Span(file, number, start + 1, number, start + 1 + len(value)), quoted(value))


def _curly(line: str, number: int, file: str, findings: Findings) -> str:
    """Curly quotes and « » around a whole value, where YAML wants straight ones. In a one-line map the line is given
    back with straight quotes, as long as it was, since a comma would cut the text.
    """
    if match := _CURLY.match(line):
        _not_straight(match, number, file, findings)
        return line
    bare = _STRAIGHT.sub(lambda found: "_" * len(found.group()), line)
    for match in _CURLY_IN_FLOW.finditer(bare):
        _not_straight(match, number, file, findings)
        inner = match["text"][1:-1].replace('"', "'")
        line = f'{line[: match.start("text")]}"{inner}"{line[match.end("text") :]}'
    return line


def _not_straight(match: re.Match[str], number: int, file: str, findings: Findings) -> None:
    """« … » may have been meant to be read: which of both repairs is right is for the author to say."""
    written = match["text"]
    place, inner = Span(file, number, match.start("text") + 1, number, match.end("text") + 1), written[1:-1]
    whole = not _CURLY_INSIDE.search(inner)
    if written[0] == "\u00ab":
        plain, shown = quoted(inner.strip(" \u00a0\u202f")), quoted(written)
        suggestion = Phrase(
            f"Écrivez : {plain}, ou {shown} si l'usager doit lire les « ».",
            f"Write: {plain}, or {shown} where applicants are to read « ».",
        )
        findings.add("Y29", place, fix=replace(place, plain), suggestion=suggestion)
        return
    findings.add("Y16", place, fix=replace(place, quoted(inner), "certain" if whole else "likely"))


def _other_traps(line: str, number: int, file: str, findings: Findings) -> str:
    for pattern, width in ((_HARD_INDENT, 1), (_HARD_COLON, 0), (_HARD_VALUE, 1)):
        if match := pattern.match(line):
            span = _span(file, number, match, 1)
            findings.add("Y14", span, fix=replace(span, " " * width * len(match.group(1)), "certain"))
            line = line[: match.start(1)] + " " * len(match.group(1)) + line[match.end(1) :]
    return line


def _span(file: str, line: int, match: re.Match[str], group: int) -> Span:
    return Span(file, line, match.start(group) + 1, line, match.end(group) + 1)
