"""The parts of a procedure by the names that its pages give them, each with the lines of the file that say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.spec.compiler import Compiled
from app.spec.tree import Span
from app.verify.chart import Box, Chart, chart

MOST_LINES = 30
HEAD_LINES = 6
"""Of the procedure itself only the first lines: what it is called and whom it is for."""
ENDINGS = ("-question", "-title", "-file", "-hint", "-error", "-unit")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file. `number` counts from 1."""

    number: int
    text: str


class Things:
    """The boxes of a chart by id; steps, whose ids may be those of questions, apart."""

    def __init__(self, compiled: Compiled) -> None:
        assert compiled.procedure is not None
        self._procedure = compiled.procedure
        self.chart: Chart = chart(compiled)
        self._sources = compiled.sources
        self.steps = {box.id: box for box in self.chart.steps}
        inner = [box for step in self.chart.steps for box in _below(step) if box.sort in ("Question", "Issue")]
        self.named: Mapping[str, Box] = {
            box.id: box for box in (*self.chart.channels, *self.chart.documents, *reversed(inner))
        }

    def find(self, names: str) -> Box | None:
        """What the first of some names stands for: names of controls and ids of a page, the nearest first."""
        for written in names.split():
            name = written
            for ending in ENDINGS:
                name = name.removesuffix(ending)
            # « born-day » and « born__specify » are parts of « born »; « birth--1 » is one item of « birth ».
            known = [own for own in self.named if name == own or name.startswith((f"{own}-", f"{own}__"))]
            if known:
                return self.named[max(known, key=len)]
        return None

    @property
    def head(self) -> Box:
        """The procedure itself: the first lines of its file."""
        procedure = self._procedure
        file = next(name for name in self._sources if name.endswith("procedure.yaml"))
        return Box("Démarche", procedure.slug, procedure.title.source, Span(file, 1, 1, 1, 1))

    def excerpt(self, where: Span | None) -> tuple[Line, ...]:
        """The lines of one part, from the line that names it to its last."""
        if where is None:
            return ()
        lines = self._sources.get(where.file, "").split("\n")[where.line - 1 :]
        margin = _indent(lines[0]) if lines else 0
        return tuple(
            Line(where.line + number, text[margin:])
            for number, text in enumerate(_part(lines[: MOST_LINES if where.line > 1 else HEAD_LINES]))
        )


def _part(lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    first = _indent(lines[0])
    # « - id: "x" » and « name: » hold what stands further in; any other line stands among its equals.
    heads = lines[0].lstrip().startswith("- ") or lines[0].rstrip().endswith(":")
    yield lines[0]
    for line in lines[1:]:
        if line.strip() and (_indent(line) < first or (_indent(line) == first and (heads or line.lstrip()[0] == "-"))):
            return
        if line.strip():
            yield line


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _below(box: Box) -> Iterator[Box]:
    for inner in box.inside:
        yield inner
        yield from _below(inner)
