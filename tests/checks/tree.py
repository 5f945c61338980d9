"""A page as a tree, with the questions that the rules ask of it."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as PARSE_ERRORS

CONTROLS = {"input", "select", "textarea", "button"}
SUMMARY_ID = "errors"
"""The id of the error summary, on every page that has one."""

_SHORT = 160


@dataclass(frozen=True)
class Page:
    """One response. `full` is False for the `<title>` and `<main>` that htmx asks for."""

    html: str
    url: str
    locale: str
    status: int
    full: bool
    root: Element = field(repr=False)
    parse_errors: list[tuple[int, str]] = field(repr=False)

    @classmethod
    def parse(cls, html: str, *, url: str, locale: str, status: int, full: bool) -> Page:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
        root = parser.parse(html) if full else parser.parseFragment(html)
        errors = [(position[0], PARSE_ERRORS[code] % values) for position, code, values in parser.errors]
        return cls(html, url, locale, status, full, root, errors)

    def all(self, *tags: str) -> Iterator[Element]:
        return (node for node in self.elements if not tags or node.tag in tags)

    @cached_property
    def elements(self) -> list[Element]:
        return [node for node in self.root.iter() if isinstance(node.tag, str) and node.tag != "DOCUMENT_FRAGMENT"]

    @cached_property
    def by_id(self) -> dict[str, Element]:
        return {node.attrib["id"]: node for node in reversed(self.elements) if "id" in node.attrib}

    @cached_property
    def parents(self) -> dict[Element, Element]:
        return {child: node for node in self.root.iter() for child in node}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The text of the `<label for>` of each id."""
        found: dict[str, str] = {}
        for label in self.all("label"):
            target = label.get("for")
            if target:
                found[target] = f"{found.get(target, '')} {text_of(label)}".strip()
        return found

    @property
    def has_summary(self) -> bool:
        return SUMMARY_ID in self.by_id

    def ancestors(self, node: Element) -> Iterator[Element]:
        while node in self.parents:
            node = self.parents[node]
            yield node

    def within(self, node: Element, tag: str) -> Element | None:
        """The nearest ancestor of that tag."""
        return next((parent for parent in self.ancestors(node) if parent.tag == tag), None)

    def name_of(self, node: Element) -> str:
        """The accessible name, as far as a control, button or link needs it here."""
        referred = [self.by_id[i] for i in node.get("aria-labelledby", "").split() if i in self.by_id]
        candidates = [
            " ".join(text_of(target) for target in referred),
            node.get("aria-label", ""),
            self._own_name(node),
            node.get("title", ""),
        ]
        return next((words.strip() for words in candidates if words.strip()), "")

    def _own_name(self, node: Element) -> str:
        if node.tag in ("button", "a", "summary"):
            return text_of(node)
        if node.tag == "input" and node.get("type") in ("submit", "reset", "button"):
            return node.get("value", "")
        wrapping = self.within(node, "label")
        return self.labels.get(node.get("id", ""), "") or (text_of(wrapping) if wrapping is not None else "")


def text_of(node: Element) -> str:
    """The words that assistive technology reads: hidden parts left out, the alternative of pictures put in."""
    if node.get("aria-hidden") == "true" or node.tag in ("script", "style", "template"):
        return ""
    parts = [node.text or "", node.get("alt", "") if node.tag == "img" else ""]
    for child in node:
        parts += [text_of(child) if isinstance(child.tag, str) else "", child.tail or ""]
    return re.sub(r"\s+", " ", "".join(parts)).strip() if parts else ""


def shown(node: Element) -> str:
    """The start tag, short, for a message."""
    attributes = "".join(f' {name}="{entities.escape(value)}"' for name, value in node.attrib.items())
    tag = f"<{node.tag}{attributes}>"
    return tag if len(tag) <= _SHORT else f"{tag[:_SHORT]}…"


def is_control(node: Element) -> bool:
    """A control that a person fills in (not a button, not a hidden value)."""
    if node.tag in ("select", "textarea"):
        return True
    return node.tag == "input" and node.get("type", "text") not in ("hidden", "submit", "button", "reset", "image")


def is_focusable(node: Element) -> bool:
    """Whether a link to the node moves the keyboard there."""
    if "disabled" in node.attrib:
        return False
    if node.tag == "input":
        return node.get("type") != "hidden"
    return (
        node.tag in CONTROLS | {"summary"} or (node.tag == "a" and "href" in node.attrib) or "tabindex" in node.attrib
    )
