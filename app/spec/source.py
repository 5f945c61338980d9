"""YAML text to a tree with places, strictly.

Built on the events of PyYAML's C parser. The C composer must not be used: it dies on thirty thousand opening brackets,
and it expands anchors. Only `true`, `false`, `null` and plain decimal numbers are typed; `yes`, `no`, `on` stay
strings; what other tools would silently turn into something else (`01000` is 512 in YAML 1.1) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from app.spec.diagnostics import FIRST_HERE, Findings, Related, replace
from app.spec.syntax import blank_line, explain
from app.spec.traps import scan_text
from app.spec.tree import Node, Plain, Span

MAX_BYTES = 512 * 1024
MAX_DEPTH = 40
MAX_SYNTAX_ERRORS = 20

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


def load(text: str, file: str, findings: Findings) -> Node | None:
    """The tree of `text`, or None where it cannot be read at all. Every problem met is added to `findings`."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        findings.add("Y01", Span(file, 1, 1, 1, 1), size=len(text) // 1024, limit=MAX_BYTES // 1024)
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    repaired = scan_text(text, file, findings)
    if repaired is None:
        return None
    text = repaired
    builder = _Builder(file, findings)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except _Stop:
        return None
    except yaml.YAMLError as error:
        _syntax_errors(text, file, error, findings)
        return None
    if builder.root is None:
        findings.add("Y04", Span(file, 1, 1, 1, 1))
    return builder.root


def _syntax_errors(text: str, file: str, error: yaml.YAMLError, findings: Findings) -> None:
    """Report the error; then empty the guilty line and read again, for the errors that come after it."""
    lines = text.split("\n")
    reported = 0
    told = {found.line for found in findings.diagnostics if found.file == file}
    for _ in range(MAX_SYNTAX_ERRORS):
        found = explain(error, lines, file)
        if found.span.line > reported and found.span.line not in told:
            findings.add(found.code, found.span, suggestion=found.suggestion, fix=found.fix)
        if found.span.line < reported or not blank_line(lines, found.span.line):
            return
        reported = max(reported, found.span.line)
        try:
            depth = 0
            for event in yaml.parse("\n".join(lines), Loader=yaml.CSafeLoader):
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > MAX_DEPTH:
                    return
        except yaml.YAMLError as another:
            error = another
        else:
            return


class _Builder:
    """Fills the tree from events, with an explicit stack."""

    def __init__(self, file: str, findings: Findings) -> None:
        self.file = file
        self.findings = findings
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.documents = 0

    def span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.findings.add("Y05", self.span(event))
                raise _Stop
        elif isinstance(event, yaml.AliasEvent):
            self.findings.add("Y06", self.span(event), name=f"*{event.anchor}")
            self.drop()
        elif isinstance(event, yaml.ScalarEvent):
            self.refuse_anchor_and_tag(event)
            self.scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.refuse_anchor_and_tag(event)
            self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close(event)

    def refuse_anchor_and_tag(self, event: Any) -> None:
        if event.anchor is not None:
            self.findings.add("Y06", self.span(event), name=f"&{event.anchor}")
        if event.tag is not None:
            self.findings.add("Y07", self.span(event), tag=event.tag)

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
            last = max((child.span for child in _children(node)), key=_end, default=start)
            end_line, end_column = last.end_line, last.end_column
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
        self.place(Node(value, span, plain=plain))

    def key(self, parent: _Open, event: Any) -> None:
        span, name = self.span(event), event.value
        keys = parent.node.keys
        if name in keys:
            self.findings.add("Y09", span, key=name, related=[Related(keys[name], FIRST_HERE)])
            parent.skip = True
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
            self.findings.add("Y10", span, text=text, fix=replace(span, f'"{text}"', "likely"))
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
        elif isinstance(holder, list):
            node.path = (*parent.node.path, len(holder))
            holder.append(node)
        elif isinstance(holder, dict) and parent.key is not None and parent.key_span is not None:
            node.path = (*parent.node.path, parent.key)
            holder[parent.key] = node
            parent.node.keys[parent.key] = parent.key_span
            parent.key = None


def _children(node: Node) -> Iterator[Node]:
    if isinstance(node.value, dict):
        yield from node.value.values()
    elif isinstance(node.value, list):
        yield from node.value


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column
