"""Rules on forms: names of controls, groups, errors, how a form is sent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.checks.tree import SUMMARY_ID, Page, is_control, is_focusable, shown, text_of


def named_controls(page: Page) -> Iterator[str]:
    for node in page.all():
        is_button = node.tag == "button" or (node.tag == "input" and node.get("type") in ("submit", "reset", "button"))
        is_link = node.tag == "a" and "href" in node.attrib
        if (is_control(node) or is_button or is_link or node.tag == "summary") and not page.name_of(node):
            yield f"{shown(node)} has no accessible name"
    yield from (f"{shown(node)} has no alt" for node in page.all("img") if "alt" not in node.attrib)


def grouped(page: Page) -> Iterator[str]:
    """Radios, checkboxes, parts of a date: those of one name stand in a fieldset that begins with a legend."""
    for node in page.all("fieldset"):
        first = next((child for child in node if isinstance(child.tag, str)), None)
        if first is None or first.tag != "legend" or not text_of(first):
            yield f"{shown(node)} does not begin with a <legend> that says something"
    for name, members in _groups(page).items():
        around = {page.within(node, "fieldset") for node in members}
        if len(around) != 1 or None in around:
            yield f"the {len(members)} controls of « {name} » do not share a <fieldset>"
        if members[0].get("type") == "checkbox" and any("required" in node.attrib for node in members):
            yield f"« {name} »: `required` on each checkbox of a group asks for all of them"


def _groups(page: Page) -> dict[str, list[Element]]:
    found: dict[str, list[Element]] = defaultdict(list)
    for node in page.all("input", "select"):
        name, kind = node.get("name", ""), node.get("type", "text")
        if kind in ("radio", "checkbox"):
            found[f"{kind} {name}"].append(node)
        elif part := re.fullmatch(r"(.+)-(day|month|year)", name):
            found[f"date {part[1]}"].append(node)
    return {name: nodes for name, nodes in found.items() if len(nodes) > 1}


def sendable(page: Page) -> Iterator[str]:
    for form in page.all("form"):
        method, hidden = form.get("method", "").lower(), _hidden(form)
        if method not in ("get", "post"):
            yield f"{shown(form)} does not say its method"
        if not form.get("action"):
            yield f"{shown(form)} does not say its action"
        if method == "post" and not hidden.get("csrf_token"):
            yield f"{shown(form)} is a POST without a hidden csrf_token"
        if method == "get" and "csrf_token" in hidden:
            yield f"{shown(form)} is a GET: its csrf_token would land in the address"
        files = [node for node in form.iter("input") if node.get("type") == "file"]
        if files and form.get("enctype") != "multipart/form-data":
            yield f"{shown(form)} holds a file and is not multipart/form-data"
        if not any(_submits(node) for node in form.iter()):
            yield f"{shown(form)} has no button that sends it"


def _hidden(form: Element) -> dict[str, str]:
    return {node.get("name", ""): node.get("value", "") for node in form.iter("input") if node.get("type") == "hidden"}


def _submits(node: Element) -> bool:
    return (node.tag == "button" and node.get("type", "submit") == "submit") or (
        node.tag == "input" and node.get("type") in ("submit", "image")
    )


def told_errors(page: Page) -> Iterator[str]:
    """A control in error is described by its message; the summary leads to controls that the keyboard reaches."""
    for node in page.all():
        state = node.get("aria-invalid")
        if state is None:
            continue
        if state not in ("true", "false"):
            yield f"{shown(node)}: aria-invalid is « true » or « false »"
        if state == "true" and not _described_by_error(page, node):
            yield f"{shown(node)} is in error and neither it nor its fieldset is described by an error message"
    if not page.has_summary:
        return
    summary = page.by_id[SUMMARY_ID]
    if summary.get("tabindex") != "-1" or "autofocus" not in summary.attrib:
        yield f'{shown(summary)} needs tabindex="-1" and autofocus, with and without scripts'
    for link in summary.iter("a"):
        target = page.by_id.get(link.get("href", "").removeprefix("#"))
        if link.get("href", "").startswith("#") and target is not None and not is_focusable(target):
            yield f"the error « {text_of(link)} » leads to {shown(target)}, which the keyboard cannot reach"


def _described_by_error(page: Page, node: Element) -> bool:
    groups = [up for up in page.ancestors(node) if up.tag == "fieldset"]
    ids = [name for part in (node, *groups) for name in part.get("aria-describedby", "").split()]
    return any(name.endswith("-error") and name in page.by_id and text_of(page.by_id[name]) for name in ids)
