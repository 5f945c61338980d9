"""Where the text of a page ends on the right, by the widths in the PDF itself: what a viewer draws, in any face."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ContentStream

MARGIN = 20 / 25.4 * 72
"""Points on each side of a paper that nothing is printed on: 20 mm."""


def right_edge(page: pypdf.PageObject) -> float:
    """The rightmost point of the page's text, in points."""
    return max(_ends(page))


def _ends(page: pypdf.PageObject) -> Iterator[float]:
    """The end of each run of text. Fails on any operator that typst does not write and that would move text."""
    fonts = {name: _widths(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    widths, size, offset, start, saved = _Widths({}, 0), 0.0, 0.0, 0.0, list[float]()
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        match operator:
            case b"q":
                saved.append(offset)
            case b"Q":
                offset = saved.pop()
            case b"cm":
                assert (operands[0], operands[1]) == (1, 0), "scaled or turned"
                offset += float(operands[4])
            case b"Tf":
                widths, size = fonts[operands[0]], float(operands[1])
            case b"Tm":
                assert (operands[0], operands[1]) == (1, 0), "scaled or turned"
                start = float(operands[4])
            case b"TJ" | b"Tj":
                parts = operands[0] if operator == b"TJ" else operands
                start += sum(widths.of(part) for part in parts) * size / 1000
                yield offset + start
            case b"Td" | b"TD" | b"T*" | b"Tc" | b"Tw" | b"Tz" | b"'" | b'"' | b"Do":
                raise AssertionError(f"not measured: {operator!r}")


class _Widths:
    """Widths of the glyphs of a face, in thousandths of its size."""

    def __init__(self, known: dict[int, float], other: float) -> None:
        self.known = known
        self.other = other

    def of(self, part: Any) -> float:
        """The way that a piece of a `TJ` goes: glyphs of two bytes, or a correction to the left."""
        if isinstance(part, (int, float)):
            return -float(part)
        codes = part.original_bytes
        pairs = (int.from_bytes(codes[at : at + 2], "big") for at in range(0, len(codes), 2))
        return sum(self.known.get(code, self.other) for code in pairs)


def _widths(font: Any) -> _Widths:
    face = font["/DescendantFonts"][0].get_object()
    known: dict[int, float] = {}
    rest = list(face["/W"])
    while rest:
        first, second, *rest = rest
        if isinstance(second, list):
            known |= {int(first) + place: float(width) for place, width in enumerate(second)}
        else:
            width, *rest = rest
            known |= dict.fromkeys(range(int(first), int(second) + 1), float(width))
    return _Widths(known, float(face.get("/DW", 1000)))
