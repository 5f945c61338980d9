"""What works and still leaves applicants alone: hard questions without help, links that lead nowhere, boxes that a
browser cannot fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import FIRST_HERE, Related, did_you_mean
from app.spec.meaning.context import Checking
from app.spec.symbols import FieldSymbol
from app.spec.tree import Node

HARD = frozenset({"foreigner_number", "permit_number", "visa_number", "passport_number", "e_photo", "fiscal_stamp"})
"""Kinds that ask for something one must look for."""
TOKENS = {
    "name": (
        "name",
        "given-name",
        "additional-name",
        "family-name",
        "nickname",
        "honorific-prefix",
        "honorific-suffix",
    ),
    "email": ("email",),
    "phone": ("tel", "tel-national"),
    "date": ("bday",),
    "country": ("country",),
    "address": ("street-address",),
    "text": ("organization", "organization-title", "address-level2", "postal-code", "language", "url", "username"),
}
"""Purposes of HTML that a kind may have (WCAG 2.2, criterion 1.3.5; RGAA 11.13)."""
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]*)[^)]*\)")
_SAFE = re.compile(r"https://\S+|mailto:\S+@\S+|tel:[+0-9][0-9.-]*")
_OWN = re.compile(r"\b(?:votre|vos|your)\b|nom de (?:naissance|famille)|family name", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z0-9]{1,3}")
_OF_OTHER_KIND = Phrase("ne convient pas au genre `{kind}`", "does not fit the kind `{kind}`")


def check_quality(checking: Checking) -> None:
    for question in checking.symbols.fields.values():
        _help(checking, question)
        _purpose(checking, question)
        _codes(checking, question)
    _names(checking)
    _labels(checking)
    _links(checking)
    for contact in checking.tree.items("contacts"):
        if not any(contact.get(key) is not None for key in ("phone", "email", "url", "how")):
            where = contact.get("title") or contact
            checking.findings.add("M21", where, name=where.to_plain())
    for name, channel in checking.tree.entries("channels"):
        formats = channel.get("formats")
        if formats is not None and "pdf" not in [item.value for item in formats.items()]:
            checking.findings.add("M22", formats, name=name)


def _help(checking: Checking, question: FieldSymbol) -> None:
    node = question.node
    helped = any(node.get(key) is not None for key in ("hint", "help", "example"))
    if question.kind in HARD and not helped and question.step.node.get("picture") is None:
        checking.findings.add("M17", node.get("label") or node, name=question.id, kind=question.kind)


def _purpose(checking: Checking, question: FieldSymbol) -> None:
    node = question.node.get("autocomplete")
    if node is None or node.value == "off":
        return
    token = str(node.value).split(" ")[-1]
    known = TOKENS.get(question.kind, ())
    about_other = question.repeats or question.node.text("subject") == "other"
    if about_other:
        problem = Phrase("remplirait les données d'une autre personne", "would fill in another person's data")
    elif token not in known:
        problem = Phrase(
            str(_OF_OTHER_KIND).format(kind=question.kind), _OF_OTHER_KIND.english.format(kind=question.kind)
        )
    else:
        return
    words = ", ".join(known) or "off"
    near = did_you_mean(token, known) if not about_other else ""
    checking.findings.add("M18", node, value=node.value, problem=problem, known=words, suggestion=near)


def _names(checking: Checking) -> None:
    """Whoever is asked for their own name can let the browser type it: at least one box says what it is."""
    own = [
        question
        for question in checking.symbols.fields.values()
        if question.kind == "name"
        and not question.repeats
        and question.node.text("subject") != "other"
        and _OWN.search(question.node.text("label") or "")
    ]
    if own and all(question.node.get("autocomplete") is None for question in own):
        first = own[0]
        checking.findings.add("M19", first.node.get("kind") or first.node, name=first.id)


def _codes(checking: Checking, question: FieldSymbol) -> None:
    """A select shows what its list holds: codes would be shown as they are."""
    source = question.node.text("options_from") or ""
    shown = [code for code in checking.symbols.lists.get(source, ()) if _CODE.fullmatch(code)]
    if question.kind == "select" and shown:
        where = question.node.get("options_from") or question.node
        checking.findings.add("M23", where, name=question.id, codes=", ".join(shown[:5]))


def _labels(checking: Checking) -> None:
    """Two questions of one step with the same words cannot be told apart when they are heard."""
    for step in checking.tree.items("steps"):
        first: dict[str, Node] = {}
        for question in step.items("fields"):
            label = question.get("label")
            written = label.text() or label.text("text") if label is not None else None
            if label is None or written is None:
                continue
            if written in first:
                related = [Related(first[written].span, FIRST_HERE)]
                checking.findings.add("M24", label, label=written, related=related)
            else:
                first[written] = label


def _links(checking: Checking) -> None:
    for where, target in _targets(checking):
        if not _SAFE.fullmatch(target):
            checking.findings.add("M20", where, target=target or "…")


def _targets(checking: Checking) -> Iterator[tuple[Node, str]]:
    for written in checking.texts:
        if "](" in written.text:
            yield from ((written.node, match[1]) for match in _LINK.finditer(written.text))
    for node in checking.tree.walk():
        url = node.get("url")
        if url is not None and isinstance(url.value, str):
            yield url, url.value
