"""Lines that begin with tabs: where one reading of them is clearly better than all others, the rest of the file is
checked as if the spaces were there.
"""

from __future__ import annotations

from collections.abc import Callable

from app.spec.diagnostics import Edit, Findings, Fix
from app.spec.tree import Span

Weigh = Callable[[str], int | None]
"""How many faults a text has, as far as its reader can tell without meaning; None for one that cannot be read."""


def without_tabs(text: str, tabs: list[Span], findings: Findings, weigh: Weigh) -> str | None:
    """Report lines that begin with tabs; the text with spaces instead. None where several readings are as good: what
    else is wrong cannot be told before the author has chosen.
    """
    lines = text.split("\n")
    found: list[tuple[int, list[int], str]] = []
    for widths in _widths(lines, tabs):
        spaced = _spaced(lines, tabs, widths)
        if all(spaced != other for _, _, other in found) and (faults := weigh(spaced)) is not None:
            found.append((faults, widths, spaced))
    fewest = min((faults for faults, _, _ in found), default=0)
    best = [(widths, spaced) for faults, widths, spaced in found if faults == fewest]
    clear = len(best) == 1 or len({_shape(spaced) for _, spaced in best}) == 1
    for number, span in enumerate(tabs):
        fix = None
        if best:
            fix = Fix("certain" if clear and not fewest else "likely", (Edit(span, " " * best[0][0][number]),))
        findings.add("Y13", span, fix=fix)
    return best[0][1] if best and clear else None


def _shape(text: str) -> tuple[tuple[str, int], ...]:
    """A text without what its alignment does not change: each line, and how many before it hold it."""
    open_at: list[int] = []
    found = []
    for line in text.split("\n"):
        if line.strip():
            indent = _indent(line)
            while open_at and open_at[-1] >= indent:
                open_at.pop()
            found.append((line.strip(), len(open_at)))
            open_at.append(indent)
    return tuple(found)


def _widths(lines: list[str], tabs: list[Span]) -> list[list[int]]:
    """How many spaces may have been meant by each stretch of tabs: what an editor shows for one, or what brings the
    line under a line near it. First what puts most lines where the next one stands.
    """
    known = {span.line for span in tabs}
    before = [_near(lines, span.line - 2, -1, known) for span in tabs]
    after = [_near(lines, span.line, 1, known) for span in tabs]
    ways = [
        *([width * (span.end_column - span.column) for span in tabs] for width in (2, 4, 8)),
        *(
            [indent - span.column + 1 for indent, span in zip(near, tabs, strict=True)]
            for near in (after, before, [indent + 2 for indent in before])
        ),
    ]

    def apart(widths: list[int]) -> int:
        return -sum(span.column - 1 + width == indent for span, width, indent in zip(tabs, widths, after, strict=True))

    # A tab is always some indentation.
    return sorted((widths for widths in ways if min(widths) > 0), key=apart)


def _near(lines: list[str], row: int, step: int, tabs: set[int]) -> int:
    """Where the nearest line before or after begins; that of a list's item too, behind its dash."""
    while 0 <= row < len(lines):
        if lines[row].strip() and row + 1 not in tabs:
            return _indent(lines[row])
        row += step
    return 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" -" if line.lstrip(" ").startswith("- ") else " "))


def _spaced(lines: list[str], tabs: list[Span], widths: list[int]) -> str:
    spaced = list(lines)
    for span, width in zip(tabs, widths, strict=True):
        line = spaced[span.line - 1]
        spaced[span.line - 1] = line[: span.column - 1] + " " * width + line[span.end_column - 1 :]
    return "\n".join(spaced)
