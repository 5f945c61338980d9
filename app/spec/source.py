"""YAML text to a tree with places, strictly.

Built on the events of PyYAML's C parser. The C composer must not be used: it dies on thirty thousand opening brackets,
and it expands anchors. Only `true`, `false`, `null` and plain decimal numbers are typed; `yes`, `no`, `on` stay
strings; what other tools would silently turn into something else (`01000` is 512 in YAML 1.1) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from app.spec.dashes import unsure
from app.spec.diagnostics import FIRST_HERE, Findings, Fix, Related, replace
from app.spec.mending import MAX_DEPTH, mend
from app.spec.shape import shape
from app.spec.syntax import quoted
from app.spec.tabs import without_tabs
from app.spec.traps import scan_text
from app.spec.tree import Node, Plain, Span

MAX_BYTES = 512 * 1024
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_TYPED = {"true": True, "false": False, "null": None, "": None}
_AMBIGUOUS = re.compile(
    r"[-+]?0[0-9_]+"  # octal, or a post code that lost its quotes
    r"|0[xob][0-9a-fA-F_]+"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9]*)?"  # sexagesimal: 12:30 is 750
    r"|[-+]?[0-9]+(_[0-9]+)+"
    r"|[-+]?(\.[0-9]+|[0-9]+\.)"
    r"|[-+]?[0-9]+(\.[0-9]*)?[eE][-+]?[0-9]+"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
    r"|\+[0-9]+"
    r"|~|True|TRUE|False|FALSE|Null|NULL"
)
_DIGITS = re.compile(r"0[0-9]+|[0-9]+(:[0-9]+)+")
"""What has one meaning between quotes: a post code, an hour, a number with a zero in front."""
_HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""What an escape such as the "\\t" of a path puts into a text."""
_ALONE = re.compile(r"^\s*[A-Za-z0-9_.-]+:\s")
_NUMBER_KEYS = frozenset({"value", "min", "max", "at_least", "at_most", "more_than", "less_than"})
_COMMA = re.compile(
    r"-?(?:[0-9]+|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+),[0-9]+|-?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+"
)
"""A number as it is written in French: 877,50 or 39 582."""
_SPACES = re.compile("[ \u00a0\u202f]")
_TOO_DEEP = "Y03"


class _Stop(Exception):
    """Reading cannot go on; the reason has been recorded."""


@dataclass(slots=True)
class _Open:
    """A collection being filled; `key` is the last key read of a mapping, with its place."""

    node: Node
    key: str | None = None
    key_span: Span | None = None
    skip: bool = False
    again: str | None = None
    """The key being skipped because it is there already."""


def decode(data: bytes, file: str, findings: Findings) -> str | None:
    """The text of a file; None, with the reason recorded, where it is too large or not UTF-8."""
    start = Span(file, 1, 1, 1, 1)
    if len(data) > MAX_BYTES:
        findings.add("Y01", start, size=len(data) // 1024, limit=MAX_BYTES // 1024)
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        findings.add("Y02", Span(file, line, 1, line, 1))
        return None


def load(text: str, file: str, findings: Findings, schema: str = "") -> Node | None:
    """The tree of `text`, or None where it cannot be read at all. Every problem met is added to `findings`. `schema` is
    the shape that it is to have, where that may help to read it.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        findings.add("Y01", Span(file, 1, 1, 1, 1), size=len(text) // 1024, limit=MAX_BYTES // 1024)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, tabs = scan_text(text, file, findings)
    if tabs:
        spaced = without_tabs(text, tabs, findings, lambda other: _faults(other, file, schema))
        if spaced is None:
            return None
        text = spaced
    # What was found before an unreadable line may be about lines that it swallowed, so it is kept apart.
    found = Findings()
    try:
        root = _tree(text, file, found)
    except _Stop:
        findings.take(found)
        return None
    except yaml.YAMLError:
        return _mended(text, file, findings)
    findings.take(found)
    if root is None:
        findings.add("Y04", Span(file, 1, 1, 1, 1))
    return root


def _tree(text: str, file: str, findings: Findings) -> Node | None:
    builder = _Builder(text, file, findings)
    loader = yaml.CSafeLoader(text)
    try:
        while loader.check_event():
            builder.take(loader.get_event())
    finally:
        loader.dispose()
    return builder.root


def _faults(text: str, file: str, schema: str) -> int | None:
    """How many faults of writing and shape a text has; None where it cannot be read."""
    found = Findings()
    try:
        tree = _tree(text, file, found)
    except (_Stop, yaml.YAMLError):
        return None
    shaped = shape(f"{schema}.schema.json").faults(tree) if schema and tree is not None else ()
    return len(found.diagnostics) + sum(1 for _ in shaped)


def _mended(text: str, file: str, findings: Findings) -> Node | None:
    """The tree of a text that cannot be read as it is written, so that the rest of it is checked in the same run."""
    unsure(file, findings)
    mended = mend(text, file, findings)
    if mended is None or mended.lost:
        return None
    findings.muted |= {(file, line) for line in mended.changed}
    try:
        return _tree("\n".join(mended.lines), file, findings)
    except (_Stop, yaml.YAMLError):
        return None


class _Builder:
    """Fills the tree from events, with an explicit stack."""

    def __init__(self, text: str, file: str, findings: Findings) -> None:
        self.text = text
        self.file = file
        self.findings = findings
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.documents = 0

    def span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):  # by far the most
            if event.anchor is not None or event.tag is not None:
                self.refuse_anchor_and_tag(event)
            self.scalar(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.findings.add("Y05", self.span(event))
                raise _Stop
        elif isinstance(event, yaml.AliasEvent):
            # Without an anchor anywhere, an alias is a text that begins with a star.
            fix = None if f"&{event.anchor}" in self.text else self.kept(event)
            self.findings.add("Y06", self.span(event), name=f"*{event.anchor}", fix=fix)
            self.drop()
        elif isinstance(event, yaml.CollectionStartEvent):
            self.refuse_anchor_and_tag(event)
            self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close(event)

    def refuse_anchor_and_tag(self, event: Any) -> None:
        if event.anchor is not None:
            self.findings.add("Y06", self.span(event), name=f"&{event.anchor}")
        if event.tag is not None:
            prose = event.tag == "!" and isinstance(event, yaml.ScalarEvent) and not event.style
            self.findings.add("Y07", self.span(event), tag=event.tag, fix=self.kept(event) if prose else None)

    def kept(self, event: Any) -> Fix:
        """What stands in the file, between quotes."""
        written = self.text[event.start_mark.index : event.end_mark.index]
        return replace(self.span(event), quoted(written), "certain" if "\n" not in written else "likely")

    def open(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.findings.add(_TOO_DEEP, self.span(event), limit=MAX_DEPTH)
            raise _Stop
        node = Node({} if isinstance(event, yaml.MappingStartEvent) else [], self.span(event))
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.node.is_map and parent.key is None and not parent.skip:
            self.findings.add("Y08", self.span(event))
            parent.skip = True
            self.stack.append(_Open(node, skip=True))
            return
        self.place(node)
        self.stack.append(_Open(node))

    def close(self, event: Any) -> None:
        opened = self.stack.pop()
        node, start = opened.node, opened.node.span
        end = event.end_mark
        end_line, end_column = end.line + 1, end.column + 1
        if event.start_mark.index == event.end_mark.index:  # block style: the mark is wherever the next thing begins
            last = _last(node)
            end_line, end_column = (start if last is None else last.span)[3:]
        node.span = Span(self.file, start.line, start.column, end_line, end_column)

    def scalar(self, event: Any) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is not None and parent.node.is_map and parent.key is None and not parent.skip:
            self.key(parent, event)
            return
        span = self.span(event)
        plain = not event.style  # the C parser gives an empty string, the other one None
        if event.style in ("|", ">"):
            # The end mark of a block scalar lies on the line after it.
            span = Span(self.file, span.line, span.column, max(span.line, span.end_line - 1), 10_000)
        value: Plain = self.typed(event.value, span) if plain and event.implicit[0] else event.value
        if plain and parent is not None and parent.key in _NUMBER_KEYS and _COMMA.fullmatch(event.value):
            number = _SPACES.sub("", event.value).replace(",", ".")
            fix = replace(span, number, "certain")
            self.findings.add("Y18", span, text=event.value, number=number, fix=fix)
            value = Decimal(number)
        if event.style == '"' and (hidden := _HIDDEN.search(event.value)):
            self.findings.add("Y12", span, char=f"U+{ord(hidden.group()):04X}")
        self.place(Node(value, span, plain=plain))

    def key(self, parent: _Open, event: Any) -> None:
        span, name = self.span(event), event.value
        keys = parent.node.keys
        if name in keys:
            parent.skip = True
            parent.key_span = span
            parent.again = name
        elif name == "<<":
            self.findings.add("Y06", span, name="<<")
            parent.skip = True
        else:
            parent.key, parent.key_span = name, span

    def drop(self) -> None:
        """Forget the key of a value that is not kept."""
        if self.stack and self.stack[-1].node.is_map:
            self.stack[-1].key = None
            self.stack[-1].skip = False

    def typed(self, text: str, span: Span) -> Plain:
        if text in _TYPED:
            return _TYPED[text]
        number = _NUMBER.fullmatch(text)
        if number:
            return Decimal(text) if number.group(2) else int(text)
        if _AMBIGUOUS.fullmatch(text):
            fix = replace(span, f'"{text}"', "certain" if _DIGITS.fullmatch(text) else "likely")
            self.findings.add("Y10", span, text=text, fix=fix)
        elif span.line != span.end_line:
            self.findings.add("Y11", span)
        return text

    def place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        holder = parent.node.value
        if parent.skip and parent.node.is_map:
            parent.skip = False
            self.twice(parent, node)
        elif isinstance(holder, list):
            node.path = (*parent.node.path, len(holder))
            holder.append(node)
        elif isinstance(holder, dict) and parent.key is not None and parent.key_span is not None:
            node.path = (*parent.node.path, parent.key)
            holder[parent.key] = node
            parent.node.keys[parent.key] = parent.key_span
            parent.key = None

    def twice(self, parent: _Open, node: Node) -> None:
        """A key that was there already. A second line that says the same can go for certain."""
        name, parent.again = parent.again, None
        if name is None or parent.key_span is None:
            return
        span, first = parent.key_span, parent.node.get(name)
        same = first is not None and not isinstance(node.value, dict | list) and node.value == first.value
        line = self.text.split("\n")[span.line - 1]
        alone = same and node.span.line == node.span.end_line == span.line and _ALONE.match(line)
        fix = replace(Span(self.file, span.line, 1, span.line + 1, 1), "", "certain") if alone else None
        related = [Related(parent.node.keys[name], FIRST_HERE)]
        self.findings.add("Y09", span, key=name, related=related, fix=fix)


def _last(node: Node) -> Node | None:
    """The child of a list or map that was read last."""
    if isinstance(node.value, dict):
        return next(reversed(node.value.values()), None)
    return node.value[-1] if isinstance(node.value, list) and node.value else None
