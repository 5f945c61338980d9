"""The map of a procedure as SVG: steps from top to bottom, what is decided after each to the right of it.

Everything is said by words, lines and shapes, nothing by colour, so that it reads in black and white. Widths of texts
are estimated on the wide side: no font is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from textwrap import wrap

from app.verify.chart import Box, Chart, unbroken

WIDTH = 960
LEFT, STEP, GAP, END = 20, 330, 250, 320
"""Margin, width of a step, room for a condition beside an arrow, width of an end."""
LINE, PAD, BETWEEN = 18, 10, 34
LETTERS = {"": 7.2, "b": 8.0, "s": 6.6}
"""Estimated width of a letter of each style."""


@dataclass(frozen=True, slots=True)
class _Text:
    """Lines of one block, each with its style: `b` bold, `s` small."""

    lines: tuple[tuple[str, str], ...]

    @property
    def height(self) -> int:
        return len(self.lines) * LINE

    def at(self, x: float, y: float) -> str:
        """SVG text whose first line has its top at `y`."""
        spans = "".join(
            f'<tspan x="{x:g}" y="{y + 13 + LINE * number:g}" {STYLES[style]}>{escape(line)}</tspan>'
            for number, (line, style) in enumerate(self.lines)
        )
        return f"<text>{spans}</text>"


def _block(width: int, *parts: tuple[str, str]) -> _Text:
    rows = ((words, style, int((width - 2 * PAD) / LETTERS[style])) for words, style in parts)
    return _Text(tuple((line, style) for words, style, most in rows for line in wrap(unbroken(words), most)))


def svg(chart: Chart) -> str:
    """A drawing that stands alone."""
    return _Drawing(chart).whole()


class _Drawing:
    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.parts: list[str] = []
        self.y = float(LEFT)

    def whole(self) -> str:
        for number, step in enumerate(self.chart.steps):
            if number or step.when:
                self._onward(step.when)
            self._row(step, [box for box in step.inside if box.sort == "Issue"])
        self._onward("")
        self._row(self._complete(), list(self.chart.channels))
        title = escape(f"Plan de la démarche : {self.chart.title}")
        told = escape(
            f"{len(self.chart.steps)} étapes de haut en bas ; à droite de chaque étape, les issues qui s'y décident, "
            "avec leur condition ; en bas, les documents et les voies de dépôt. La liste dit la même chose en détail."
        )
        height = int(self.y + LEFT)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
            f'height="{height}" font-family="system-ui, sans-serif" font-size="14" role="graphics-document" lang="fr" '
            f'aria-labelledby="map-title" '
            f'aria-describedby="map-desc">\n<title id="map-title">{title}</title>\n'
            f'<desc id="map-desc">{told}</desc>\n{DEFINITIONS}\n'
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n' + "\n".join(self.parts) + "\n</svg>\n"
        )

    def _complete(self) -> Box:
        papers = ", ".join(
            box.title + (" (pour certaines personnes)" if box.when else "") for box in self.chart.documents
        )
        about = f"Documents : {papers}" if papers else "Aucun document"
        return Box("Fin des questions", "", "Le dossier est complet", about=about)

    def _onward(self, when: str) -> None:
        """The arrow from one step to the next, with the condition of the next beside it."""
        words = _block(STEP + GAP, (f"Si {when}", "")) if when else _Text(())
        top, middle = self.y, LEFT + 20
        self.y += max(BETWEEN, words.height + 2 * PAD)
        self.parts.append(f'<path d="M{middle} {top:g}V{self.y:g}" fill="none" {STROKE} {ARROW}/>')
        if words.lines:
            self.parts.append(words.at(middle + 14, top + PAD))

    def _row(self, box: Box, ends: list[Box]) -> None:
        """A step and, to its right, what may come of it."""
        questions = sum(1 for inner in _all(box) if inner.sort == "Question")
        counted = f"{questions} question{'s' if questions > 1 else ''}" if questions else ""
        words = _block(STEP, (f"{box.sort} : {box.title}", "b"), (counted, ""), (box.about, ""), (box.line, "s"))
        top, right = self.y, LEFT + STEP
        below = top
        for end in ends:
            below = self._end(end, below, right)
        height = max(words.height + 2 * PAD, below - top - PAD if ends else 0)
        self._symbol(
            box,
            _box(LEFT, top, STEP, height) + words.at(LEFT + PAD, top + PAD),
        )
        self.y = top + height

    def _end(self, end: Box, y: float, right: int) -> float:
        """One outcome or channel with its arrow; where the next may begin."""
        when = _block(GAP, (f"Si {end.when}" if end.when else "", ""))
        words = _block(END, (f"{end.sort} : {end.title}", "b"), (end.about, ""), (end.line, "s"))
        x, arrow = right + GAP, y + max(when.height + 4, 16)
        self.parts.append(f'<path d="M{right} {arrow:g}H{x}" fill="none" {STROKE} {ARROW}/>')
        if when.lines:
            self.parts.append(when.at(right + PAD, y))
        height = max(words.height + 2 * PAD, arrow - y + PAD)
        shape = _box(x, y, END, height, 14)
        if end.ends:
            # A second line around it: the journey ends here.
            shape += _box(x + 4, y + 4, END - 8, height - 8, 11)
        self._symbol(end, shape + words.at(x + PAD + 4, y + PAD))
        return y + height + PAD

    def _symbol(self, box: Box, drawn: str) -> None:
        said = f"{box.sort} : {box.title}" + (f", si {box.when}" if box.when else "")
        said += f", {box.about}" if box.about else ""
        self.parts.append(f'<g role="img" aria-label="{escape(said)}">{drawn}</g>')


def _box(x: float, y: float, width: float, height: float, round_by: int = 0) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_by}" fill="none" {STROKE}/>'


def _all(box: Box) -> list[Box]:
    return [box, *(inner for one in box.inside for inner in _all(one))]


# Attributes and no style sheet: a page with a strict policy shows the drawing as it is.
STYLES = {"": "", "b": 'font-weight="700"', "s": 'font-size="12"'}
STROKE = 'stroke="#000" stroke-width="1.5"'
ARROW = 'marker-end="url(#map-arrow)"'
DEFINITIONS = (
    '<defs><marker id="map-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
    'orient="auto"><path d="M0 0L10 5L0 10z"/></marker></defs>'
)
