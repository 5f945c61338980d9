"""Rules on the page as a whole: valid HTML, headings, title, language, landmarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from app.locale import messages, unmarked
from tests.checks.tree import Page, shown, text_of

CONTEXT_LINES = 5
RIGHT_TO_LEFT = {"ar", "fa", "ps", "ur", "he", "ckb", "prs"}
_PHRASING_ONLY = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "span",
    "label",
    "button",
    "a",
    "strong",
    "em",
    "dt",
    "legend",
    "summary",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form",
    "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul", *_HEADINGS,
}  # fmt: skip
_INTERACTIVE = {"a", "button", "input", "select", "textarea", "label", "details", "summary"}
_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "select": {"option", "optgroup", "hr"},
    "tr": {"td", "th"},
}
_MAY_HOLD_BLOCKS = {"a": _BLOCKS - {"form"}, "legend": _HEADINGS, "summary": _HEADINGS, "dt": {"div", "p"}}


def valid_html(page: Page) -> Iterator[str]:
    lines = page.html.splitlines()
    for line, message in page.parse_errors:
        start = max(0, line - 1 - CONTEXT_LINES)
        around = "\n".join(
            f"      {number:4} {text}" for number, text in enumerate(lines[start : line + CONTEXT_LINES], start + 1)
        )
        yield f"line {line}: {message}\n{around}"


def content_model(page: Page) -> Iterator[str]:
    """What an HTML parser accepts and the standard forbids: blocks in phrases, controls in controls, lists."""
    for node in page.all():
        parent = page.parents.get(node)
        if parent is None or not isinstance(parent.tag, str):
            continue
        allowed = _CHILDREN.get(parent.tag)
        if allowed and node.tag not in allowed | {"script", "template"}:
            yield f"{shown(node)} is a child of <{parent.tag}>, which may hold only {', '.join(sorted(allowed))}"
        if parent.tag in _PHRASING_ONLY and node.tag in _BLOCKS - _MAY_HOLD_BLOCKS.get(parent.tag, set()):
            yield f"{shown(node)} is a block inside <{parent.tag}>, which may hold only text"
        if node.tag in _INTERACTIVE - {"summary"}:
            around = next((up for up in page.ancestors(node) if up.tag in ("a", "button", "label", "summary")), None)
            labelled = around is not None and around.tag == "label" and node.tag in ("input", "select", "textarea")
            if around is not None and not labelled:
                yield f"{shown(node)} is inside {shown(around)}: one control in another"


def one_heading(page: Page) -> Iterator[str]:
    headings = [text_of(node) for node in page.all("h1")]
    if len(headings) != 1:
        yield f"the page has {len(headings)} <h1>, one is needed: {headings}"
    yield from (f"{shown(node)} is empty" for node in page.all(*_HEADINGS) if not text_of(node))


def heading_levels(page: Page) -> Iterator[str]:
    """No level is skipped on the way down. A box of errors may stand before the `<h1>`."""
    last = 1
    for node in page.all(*_HEADINGS):
        level = int(node.tag[1])
        if level > last + 1:
            yield f"<{node.tag}> « {text_of(node)} » follows <h{last}>: a level is skipped"
        last = level


def title(page: Page) -> Iterator[str]:
    titles = [text_of(node) for node in page.all("title") if page.within(node, "svg") is None]
    if len(titles) != 1 or not titles[0]:
        yield f"one <title> with words is needed; there is: {titles}"
        return
    beginning = unmarked(messages(page.locale).typeset("Erreur :"))
    # `text_of` folds white space, so the kind of space is looked for in the source.
    raw = next("".join(node.itertext()) for node in page.all("title")).strip()
    announces = re.sub("\u202f", "\u00a0", raw).startswith(beginning)
    if page.has_summary and not announces:
        yield f"the page lists errors, so its title begins with « {beginning} » (no-break space); it is « {raw} »"
    if not page.has_summary and announces:
        yield f"the title says « {beginning} » but the page lists no error: « {raw} »"


def refused_form(page: Page) -> Iterator[str]:
    if page.status == 422 and not page.has_summary:
        yield "the form was refused (422) and the page has no list of errors"


def language(page: Page) -> Iterator[str]:
    if page.full:
        top = next(page.all("html"))
        if top.get("lang") != page.locale:
            yield f'<html lang="{top.get("lang", "")}"> on a page in « {page.locale} »'
        if top.get("dir") != _direction(page.locale):
            yield f'<html dir="{top.get("dir", "")}">: « {page.locale} » is written {_direction(page.locale)}'
    for node in page.all():
        code = node.get("lang")
        if code is None or node.tag == "html":
            continue
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            yield f"{shown(node)}: « {code} » is no language"
        elif _direction(code) != _direction(page.locale) and node.get("dir") != _direction(code):
            yield f'{shown(node)} needs dir="{_direction(code)}": it turns the direction of writing'


def landmarks(page: Page) -> Iterator[str]:
    mains = list(page.all("main"))
    if len(mains) != 1 or mains[0].get("id") != "main":
        yield f'one <main id="main"> is needed; there is: {[shown(node) for node in mains]}'
    if not page.full:
        return
    first = next((node for node in page.all("a", "button", "input") if node.get("type") != "hidden"), None)
    if first is None or first.get("href") != "#main":
        met = shown(first) if first is not None else "nothing"
        yield f"the first thing that the keyboard meets is the link to #main; it is {met}"
    metas = {node.get("name"): node.get("content", "") for node in page.all("meta")}
    zoom = metas.get("viewport", "")
    if "width=device-width" not in zoom or re.search(r"user-scalable\s*=\s*(no|0)|maximum-scale", zoom):
        yield f'<meta name="viewport" content="{zoom}"> must follow the width of the device and allow zoom'
    if not any(node.get("charset", "").lower() == "utf-8" for node in page.all("meta")):
        yield '<meta charset="utf-8"> is missing'


def unique_ids(page: Page) -> Iterator[str]:
    ids = Counter(node.attrib["id"] for node in page.all() if "id" in node.attrib)
    yield from (f"the id « {value} » is used {count} times" for value, count in ids.items() if count > 1)
    yield from (
        f"the id « {value} » is empty or holds a space" for value in ids if not value or re.search(r"\s", value)
    )


def _direction(locale: str) -> str:
    return "rtl" if locale.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
