"""French that an invented language did not reach, on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

_LETTERS = re.compile(r"[A-Za-z]{2,}")
_SPOKEN = ("alt", "title", "aria-label", "placeholder", "label")
_SILENT = {"script", "style", "bdi", "code"}


def french(html: str, language: str, own: frozenset[str] = frozenset()) -> list[str]:
    """The texts of a page, attributes included, that hold our letters although the page speaks `language`.

    What a person typed and what stays as it is written (addresses, names of files) is isolated or marked with another
    language, and passed over. `own` are words that are the same everywhere: names.
    """
    page = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return [text for text in _texts(page, language, language) if _unknown(text, own)]


def _unknown(text: str, own: frozenset[str]) -> bool:
    # A file is called as its person called it.
    rest = re.sub("\u2068[^\u2069]*\u2069", " ", text)
    rest = re.sub(r"\{\w+\}|https?://\S+|\b[\w.-]+\.(?:fr|org|example)\S*|\S+@\S+", " ", rest)
    return any(word not in own for word in _LETTERS.findall(rest))


def _texts(element: Element, around: str, language: str) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in _SILENT or element.get("translate") == "no":
        return
    here = element.get("lang", around)
    if here == language:
        for name, value in element.attrib.items():
            if name in _SPOKEN or (name.startswith("data-") and " " in value):
                yield value
        if element.tag == "input" and element.get("type") in ("submit", "button"):
            yield element.get("value", "")
        yield from _said(element.text)
    for child in element:
        yield from _texts(child, here, language)
        if here == language:
            yield from _said(child.tail)


def _said(text: str | None) -> Iterator[str]:
    if text and text.strip():
        yield " ".join(text.split())
