"""Ways out: a stop says on which law it rests and whom to talk to; a way of filing is never invented."""

from __future__ import annotations

import re

from app.spec.codes.phrase import Phrase
from app.spec.meaning.context import Checking
from app.spec.model import DESKS
from app.spec.operands import read_day
from app.spec.tree import Node

_TARGETS = ("procedure", "url", "phone", "office")
_FILED = (
    "documents", "parts", "file_between", "fees", "channels", "declarations", "letters", "after_sending",
)  # fmt: skip
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DATES = frozenset({"checked_on", "review_by", "valid_from", "valid_until", "since", "from", "until"})


def check_ways_out(checking: Checking) -> None:
    tree = checking.tree
    if tree.text("kind") == "router":
        for key in (key for key in _FILED if tree.get(key) is not None):
            checking.findings.add("M25", tree.key_span(key), name=key)
    for outcome in tree.items("outcomes"):
        _outcome(checking, outcome)
    for way in [
        way for node in (*tree.items("outcomes"), tree.get("suspended") or tree) for way in node.items("go_to")
    ]:
        if sum(way.get(target) is not None for target in _TARGETS) != 1:
            checking.findings.add("M10", way, what=Phrase("Cette issue", "This way out"), known=", ".join(_TARGETS))
    channels = tree.get("channels")
    for name, channel in tree.entries("channels"):
        filing = channel.flag("files", default=True)
        if (
            filing
            and channel.get("source") is None
            and not channel.flag("needs_review")
            and channel.text("kind") != "received_here"
        ):
            checking.findings.add("M06", channels.key_span(name) if channels else channel, name=name)
    named = list(tree.entries("channels"))
    if named and channels is not None and not any(channel.flag("files", default=True) for _, channel in named):
        checking.findings.add("M13", tree.key_span("channels"))
    for document in tree.items("documents"):
        _said_instead(checking, document)
    _dates(checking)


def _said_instead(checking: Checking, document: Node) -> None:
    """What may be said in place of a document: something is expected, and somebody takes what is brought."""
    words = document.get("may_say")
    if words is None:
        return
    name = document.text("id")
    levels = {row.text("level") for row in document.items("need")} or {document.text("need") or "required"}
    if document.text("due") not in (None, "filing") or levels == {"optional"}:
        checking.findings.add("M27", document.key_span("may_say"), name=name)
        return
    own = [channel.text() for channel in document.items("channels")]
    desks = [
        channel
        for key, channel in checking.tree.entries("channels")
        if channel.text("kind") in DESKS and channel.flag("files", default=True) and (not own or key in own)
    ]
    for word in words.items():
        if word.text() == "will_bring" and not desks:
            checking.findings.add("M26", word, name=name)


def _outcome(checking: Checking, outcome: Node) -> None:
    if outcome.text("effect") != "stop":
        return
    name = outcome.get("id") or outcome
    if outcome.get("source") is None:
        checking.findings.add("M04", name, name=name.value)
    if not any(way.get("phone") is not None or way.get("office") is not None for way in outcome.items("go_to")):
        where = name if outcome.get("go_to") is None else outcome.key_span("go_to")
        checking.findings.add("M05", where, name=name.value)


def _dates(checking: Checking) -> None:
    tree = checking.tree
    for node in tree.walk():
        for key, child in node.entries():
            written = child.text() if key in _DATES else None
            if written and _DAY.fullmatch(written) and read_day(written) is None:
                checking.findings.add("M15", child, day=written)
    for first, second in (("checked_on", "review_by"), ("valid_from", "valid_until")):
        earlier, later = read_day(tree.text(first) or ""), read_day(tree.text(second) or "")
        if earlier is not None and later is not None and later < earlier:
            checking.findings.add("M07", tree.get(second) or tree, first=first, second=second)
