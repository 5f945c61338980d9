"""The map of a procedure as nested lists: HTML for a browser and a screen reader, plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from app.verify.chart import Box, Chart, unbroken

NOTHING = "Rien."
STYLE = (
    "body{max-width:48rem;margin:auto;padding:1rem;font:1.0625rem/1.5 system-ui,sans-serif;color:#000;background:#fff}"
    "body{overflow-wrap:anywhere}ol,ul{margin:0;padding-inline-start:1.25rem}ol>li{padding-inline-start:.25rem}"
    "li{margin:.5rem 0}li li{margin:.25rem 0}code{font-size:.9em;color:#333}em{display:block}"
    ".drawing{overflow:auto;border:1px solid #666}.drawing:focus-visible{outline:3px solid #000;outline-offset:2px}"
    ".drawing svg{display:block;width:60rem;height:auto}"
    "@media print{.drawing{overflow:visible;border:0}.drawing svg{width:100%}}"
)
DRAWN = "Le même plan, dessiné"
ASIDE = "Les listes ci-dessus disent la même chose. Sur un petit écran, faites glisser le dessin."


def sections(chart: Chart) -> Iterator[tuple[str, tuple[Box, ...], bool]]:
    """The parts of a map: heading, boxes, whether their order counts."""
    yield "Les étapes, dans l'ordre", chart.steps, True
    yield "Les documents", chart.documents, False
    yield "Les voies de dépôt", chart.channels, False


def html(chart: Chart, drawing: str = "") -> str:
    """A page that stands alone; `drawing` is put after the lists, which say the same. Where it is wider than the screen
    it moves within its own frame, by finger or by the keys: made smaller, nobody could read it.
    """
    title = _said(f"Plan de la démarche : {chart.title}")
    frame = '<div class="drawing" role="region" aria-labelledby="drawn" tabindex="0">'
    drawn = f'<h2 id="drawn">{DRAWN}</h2>\n<p>{ASIDE}</p>\n{frame}\n{drawing}</div>\n' if drawing else ""
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
