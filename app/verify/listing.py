"""The map of a procedure as nested lists: HTML for a browser and a screen reader, plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from app.verify.chart import Box, Chart, unbroken

NOTHING = "Rien."
STYLE = (
    "body{max-width:48rem;margin:auto;padding:1rem;font:1.0625rem/1.5 system-ui,sans-serif;color:#000;background:#fff}"
    "li{margin:.5rem 0}li li{margin:.25rem 0}code{font-size:.9em;color:#333}em{display:block}"
    "svg{max-width:100%;height:auto}"
)


def sections(chart: Chart) -> Iterator[tuple[str, tuple[Box, ...], bool]]:
    """The parts of a map: heading, boxes, whether their order counts."""
    yield "Les étapes, dans l'ordre", chart.steps, True
    yield "Les documents", chart.documents, False
    yield "Les voies de dépôt", chart.channels, False


def html(chart: Chart, drawing: str = "") -> str:
    """A page that stands alone; `drawing` is put after the lists."""
    title = _said(f"Plan de la démarche : {chart.title}")
    drawn = f"<h2>Le même plan, dessiné</h2>\n{drawing}" if drawing else ""
    return (
        '<!doctype html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f"{lists(chart)}{drawn}</main>\n</body>\n</html>\n"
    )


def lists(chart: Chart) -> str:
    """The lists alone, from the second level of headings on."""
    return "".join(
        f"<h2>{escape(heading)}</h2>\n{_list(boxes, ordered) or f'<p>{NOTHING}</p>'}\n"
        for heading, boxes, ordered in sections(chart)
    )


def _list(boxes: Iterable[Box], ordered: bool = False) -> str:
    items = "".join(f"<li>{_item(box)}</li>\n" for box in boxes)
    tag = "ol" if ordered else "ul"
    return f"<{tag}>\n{items}</{tag}>" if items else ""


def _item(box: Box) -> str:
    about = f" ({_said(box.about)})" if box.about else ""
    line = f" <code>{escape(box.line)}</code>" if box.line else ""
    when = f"<em>Si {_said(box.when)}.</em>" if box.when else ""
    return f"{_said(f'{box.sort} :')} <strong>{_said(box.title)}</strong>{about}{line}{when}{_list(box.inside)}"


def _said(words: str) -> str:
    return escape(unbroken(words))


def text(chart: Chart) -> str:
    """The same for a terminal, two spaces a level."""
    lines = [chart.title]
    for heading, boxes, _ in sections(chart):
        lines += ["", heading, *(_lines(boxes, 1) if boxes else [f"  {NOTHING}"])]
    return "\n".join(lines) + "\n"


def _lines(boxes: Iterable[Box], level: int) -> Iterator[str]:
    indent = "  " * level
    for box in boxes:
        about = f" ({box.about})" if box.about else ""
        line = f"  [{box.line}]" if box.line else ""
        yield f"{indent}- {box.sort} : {box.title}{about}{line}"
        if box.when:
            yield f"{indent}  Si {box.when}."
        yield from _lines(box.inside, level + 1)
