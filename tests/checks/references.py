"""Rules on what points elsewhere in the page: `for`, `aria-…`, `href="#…"`, keyboard order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.checks.tree import Page, is_control, shown

_ARIA = (
    "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage",
    "aria-activedescendant", "list", "form", "headers",
)  # fmt: skip
_LABELABLE = {"button", "input", "meter", "output", "progress", "select", "textarea"}


def resolved(page: Page) -> Iterator[str]:
    for node in page.all():
        for attribute in _ARIA:
            for target in node.get(attribute, "").split():
                if target not in page.by_id:
                    yield f"{shown(node)}: {attribute} points to « {target} », which is not on the page"
    for node in page.all("label"):
        target = node.get("for")
        if target is None:
            if not any(is_control(child) for child in node.iter()):
                yield f"{shown(node)} labels nothing"
        elif target not in page.by_id:
            yield f"{shown(node)}: for points to « {target} », which is not on the page"
        elif page.by_id[target].tag not in _LABELABLE:
            yield f"{shown(node)}: for points to {shown(page.by_id[target])}, which takes no label"


def anchors(page: Page) -> Iterator[str]:
    for node in page.all("a"):
        href = node.get("href")
        if href is None or not href.startswith("#"):
            continue
        if href == "#":
            yield f"{shown(node)} leads nowhere"
        elif href[1:] not in page.by_id:
            yield f"{shown(node)} leads to an id that is not on the page"


def keyboard(page: Page) -> Iterator[str]:
    for node in page.all():
        order = node.get("tabindex")
        if order is not None and order not in ("0", "-1"):
            yield f"{shown(node)} changes the order of the keyboard"
    keys = Counter(node.attrib["accesskey"] for node in page.all() if "accesskey" in node.attrib)
    yield from (f"the access key « {key} » is used {count} times" for key, count in keys.items() if count > 1)
    focused = [shown(node) for node in page.all() if "autofocus" in node.attrib]
    if len(focused) > 1:
        yield f"the page has {len(focused)} elements with autofocus: {', '.join(focused)}"
