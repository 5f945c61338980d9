"""Rules that keep the content security policy strict: nothing inline, nothing that runs text."""

from __future__ import annotations

from collections.abc import Iterator

from tests.checks.tree import Page, shown

_ADDRESSES = ("href", "src", "action", "formaction")


def nothing_inline(page: Page) -> Iterator[str]:
    for node in page.all():
        for name, value in node.attrib.items():
            if name.startswith("on"):
                yield f"{shown(node)} holds a script in « {name} »"
            if name.startswith(("hx-on", "data-hx-on")):
                yield f"{shown(node)} holds a script in « {name} »"
            if name.startswith("hx-") and value.strip().startswith(("js:", "javascript:")):
                yield f"{shown(node)}: « {name} » runs text as a script"
            if name in _ADDRESSES and value.strip().lower().startswith(("javascript:", "data:text", "vbscript:")):
                yield f"{shown(node)}: « {name} » runs text as a script"
        if "style" in node.attrib:
            yield f"{shown(node)} has a style attribute"
    yield from (f"{shown(node)} is a script inside the page" for node in page.all("script") if not node.get("src"))


def own_files(page: Page) -> Iterator[str]:
    """Scripts, styles and pictures come from this service: another host would learn who reads."""
    for node in page.all("script", "link", "img", "source"):
        address = node.get("src") or node.get("href") or ""
        if "//" in address.split("?", maxsplit=1)[0] and node.get("rel") not in ("canonical", "alternate"):
            yield f"{shown(node)} is fetched from another host"
    for node in page.all("iframe", "object", "embed", "audio", "video", "canvas"):
        yield f"{shown(node)}: this service has no such thing, and no rule that would make it accessible"


def known_window(page: Page) -> Iterator[str]:
    yield from (f"{shown(node)} opens a new window" for node in page.all("a", "form") if node.get("target") == "_blank")
