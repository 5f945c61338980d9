"""Reads a page as a browser would, and lists what is wrong with its structure."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

CONTROLS = ("input", "select", "textarea", "button")


def parse(html: str) -> Element:
    """The tree of a whole page, or of a part of one (inside a made-up `<html>`)."""
    tree: Element = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    return tree


def text_of(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).replace("\u202f", " ").replace("\xa0", " ").split())


def faults(page: Element) -> list[str]:
    """What a person or a screen reader would stumble on; empty when sound."""
    ids = [element.get("id", "") for element in page.iter() if element.get("id") is not None]
    found = [f"id twice: {name}" for name in sorted(set(ids)) if ids.count(name) > 1 or not name]
    found += [
        f"{len(list(page.iter(tag)))} <{tag}>" for tag in ("h1", "main", "title") if len(list(page.iter(tag))) != 1
    ]
    return found + question_faults(page) + _link_faults(page, set(ids)) + _heading_faults(page) + _form_faults(page)


def question_faults(page: Element) -> list[str]:
    """Controls without a name, groups without words, descriptions that lead nowhere, style or script in the page."""
    ids = {element.get("id") for element in page.iter()}
    labelled = {label.get("for") for label in page.iter("label") if text_of(label)}
    found = []
    for element in page.iter():
        if element.tag in CONTROLS and element.get("type") not in ("hidden", "submit", "button"):
            if element.tag == "button":
                found += [] if text_of(element) else ["button without words"]
            elif element.get("id") not in labelled:
                found.append(f"no label: {element.get('name')}")
        for name in (element.get("aria-describedby", "") + " " + element.get("aria-labelledby", "")).split():
            found += [] if name in ids else [f"describes nothing: {name}"]
        found += [f"inline {name}" for name in element.attrib if name == "style" or name.startswith(("on", "hx-on"))]
    found += [f"label for nothing: {name}" for name in labelled if name not in ids]
    for group in page.iter("fieldset"):
        first = next(iter(group), None)
        found += [] if first is not None and first.tag == "legend" and text_of(first) else ["fieldset without legend"]
    return found


def _link_faults(page: Element, ids: set[str]) -> list[str]:
    targets = [link.get("href", "")[1:] for link in page.iter("a") if link.get("href", "").startswith("#")]
    return [f"link to nothing: #{name}" for name in targets if name not in ids]


def _heading_faults(page: Element) -> list[str]:
    levels = [int(e.tag[1]) for e in page.iter() if e.tag in ("h1", "h2", "h3", "h4")]
    return [f"h{low} then h{high}" for low, high in pairwise(levels) if high > low + 1]


def _form_faults(page: Element) -> list[str]:
    found = []
    for form in page.iter("form"):
        found += [] if form.get("method") == "post" and form.get("action") else ["form without method or action"]
        names = [box.get("name") for box in form.iter("input")]
        found += [] if "csrf_token" in names else [f"no token: {form.get('action')}"]
    return found
