"""The shape of a file: each fault of a schema put on the key or value that an author must change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from app.spec.amounts import duration_of, number_and_unit, size_of
from app.spec.codes.phrase import Phrase, either, filled
from app.spec.diagnostics import Findings, Fix, replace, suggested
from app.spec.forms import FORMS
from app.spec.likeness import closest, distance
from app.spec.shape import Fault, shape
from app.spec.syntax import quoted
from app.spec.tree import Node, Span, pointer

_TYPES = {
    "string": Phrase("un texte entre guillemets", "a text between quotes"),
    "object": Phrase("un groupe de clés", "a map of keys"),
    "array": Phrase("une liste", "a list"),
    "number": Phrase("un nombre", "a number"),
    "integer": Phrase("un nombre entier", "a whole number"),
    "boolean": Phrase("yes ou no", "yes or no"),
}
_BOUNDS = {
    "minimum": Phrase("au moins {n}", "{n} at least"),
    "maximum": Phrase("au plus {n}", "{n} at most"),
    "maxItems": Phrase("au plus {n} lignes", "{n} lines at most"),
    "maxLength": Phrase("au plus {n} caractères", "{n} characters at most"),
    "maxProperties": Phrase("au plus {n} clé(s)", "{n} key(s) at most"),
    "minItems": Phrase("au moins {n} ligne(s)", "{n} line(s) at least"),
    "minLength": Phrase("au moins {n} caractère(s)", "{n} character(s) at least"),
    "minProperties": Phrase("au moins {n} clé(s)", "{n} key(s) at least"),
}
NUMBER = Phrase("un nombre, sans guillemets et sans unité", "a number, without quotes and without a unit")
DURATION = Phrase("une durée, avec son unité en anglais", "a duration, with its unit in English")
_SIZE = Phrase("une taille en MB ou en KB", "a size in MB or KB")
WORDS = re.compile(r"\^\(([a-z_|]+)\)\$")
"""A pattern that is a choice of words."""
_CLOSED = ("additionalProperties", "unevaluatedProperties")
Path = tuple[str | int, ...]


def check_shape(tree: Node, name: str, findings: Findings) -> None:
    """Report what does not have the shape of `schemas/<name>.schema.json`, and take it out of the tree.

    What stays has the right shape, so later checks need no guard against it and do not repeat the same fault.
    """
    broken: set[Path] = set()
    renamed: set[Path] = set()
    faults = list(shape(f"{name}.schema.json").faults(tree))
    missing = {(*fault.node.path, fault.key) for fault in faults if fault.keyword == "required" and fault.key}
    for fault in faults:
        if fault.keyword in _CLOSED and fault.key is not None:
            if not _cut_text(fault.node, fault.key, findings):
                _unknown_key(fault, missing, findings, renamed)
            broken.add((*fault.node.path, fault.key))
    for fault in faults:
        if fault.keyword not in _CLOSED:
            _report(fault, findings, broken, renamed)
    _take_out(tree, broken)


def at(tree: Node, path: Path) -> Node | None:
    """The node at a path of the tree as it was loaded; None where there is none."""
    node: Node | None = tree
    for part in path:
        if node is None:
            return None
        if isinstance(node.value, list) and isinstance(part, int):
            node = node.value[part] if part < len(node.value) else None
        else:
            node = node.get(str(part))
    return node


def _take_out(tree: Node, broken: set[Path]) -> None:
    def last_first(path: Path) -> list[tuple[int, int, str]]:
        return [(1, part, "") if isinstance(part, int) else (0, 0, part) for part in path]

    for path in sorted(broken, key=last_first, reverse=True):
        parent = at(tree, path[:-1]) if path else None
        if not path:
            tree.value = {}
        elif parent is not None:
            parent.remove(path[-1])


def _report(fault: Fault, findings: Findings, broken: set[Path], renamed: set[Path]) -> None:
    node, key = fault.node, fault.key
    if fault.keyword == "required" and key is not None:
        if (*node.path, key) not in renamed:
            findings.add("S02", _place(node), key=key, path=pointer((*node.path, key)))
    elif key is not None:
        path = (*node.path, key)
        findings.add("S06", node.key_span(key), value=key, rule=_rule(fault), path=pointer(path))
        broken.add(path)
    else:
        _value(fault, node, findings)
        broken.add(node.path)


def _place(node: Node) -> Span:
    """Where a missing key is shown: at the name of what it is missing from, else at its first key."""
    named = node.get("id") or node.get("procedure") or node.get("block")
    if named is not None:
        return named.span
    return min(node.keys.values(), key=lambda span: (span.line, span.column), default=node.span)


def _unknown_key(fault: Fault, missing: set[Path], findings: Findings, renamed: set[Path]) -> None:
    """A key that does not exist; nearly the name of a key that must be there and is not, it is taken for that one."""
    node, key = fault.node, fault.key or ""
    known = list(fault.owner.keys_at(node))
    free = [name for name in known if node.get(name) is None]
    wanted = [name for name in free if (*node.path, name) in missing and _alike(key, name)]
    nearest = next(iter(wanted), None) or closest(key, free) or closest(key, known)
    fix: Fix | None = None
    if nearest is not None and nearest in free:
        fix = replace(node.key_span(key), nearest, "certain" if wanted else "likely")
    if wanted and nearest is not None:
        renamed.add((*node.path, nearest))
    findings.add(
        "S01",
        node.key_span(key),
        key=key,
        known=", ".join(known),
        path=pointer((*node.path, key)),
        suggestion=suggested(nearest) if nearest else "",
        fix=fix,
    )


def _cut_text(node: Node, key: str, findings: Findings) -> bool:
    """Whether a key of a one-line map is the end of the text before it, which holds a comma and has no quotes."""
    names = list(node.keys)
    last = first = names.index(key)
    while first and _is_rest(node, names[first]):
        first -= 1
    while last + 1 < len(names) and _is_rest(node, names[last + 1]):
        last += 1
    before, start, end = node.get(names[first]), node.key_span(names[first]), node.key_span(names[last])
    if first == last or not _is_rest(node, key) or before is None or not isinstance(before.value, str):
        return False
    spans = [before.span, *(node.key_span(name) for name in names[first + 1 : last + 1])]
    if not before.plain or any(span.line != start.line for span in spans):
        return False
    text = ", ".join([before.value, *names[first + 1 : last + 1]])
    even = all(later.column - earlier.end_column == len(", ") for earlier, later in pairwise(spans))
    place = Span(start.file, start.line, before.span.column, end.line, end.end_column)
    fix = replace(place, quoted(text), "certain" if even else "likely")
    findings.add("Y19", place, text=", ".join(names[first + 1 : last + 1]), fix=fix)
    return True


def _is_rest(node: Node, key: str) -> bool:
    """A key without a value that is more than one word: no key of the language is written so."""
    value = node.get(key)
    return value is not None and value.value is None and value.span.column == value.span.end_column


def _alike(written: str, meant: str) -> bool:
    """Whether a word is another with one or two letters wrong, swapped, missing or too many."""
    return distance(written.lower(), meant) <= (1 if len(meant) < 5 else 2)


def _value(fault: Fault, node: Node, findings: Findings) -> None:
    if fault.keyword == "type":
        _wrong_type(fault, node, findings)
    elif fault.keyword in ("enum", "const"):
        _not_listed(fault.wanted, node, findings)
    elif fault.keyword == "pattern" and (words := WORDS.fullmatch(fault.wanted)):
        _not_listed(words[1].split("|"), node, findings)
    elif fault.keyword == "uniqueItems":
        findings.add("S07", node)
    elif fault.keyword == "pattern" and (meant := _meant(fault.wanted, node)) is not None:
        text, wanted = meant
        findings.add("S10", node, value=_short(node), wanted=wanted, line=line_of(node, text), fix=replace(node, text))
    elif fault.keyword in _BOUNDS:
        findings.add("S05", node, rule=filled(_BOUNDS[fault.keyword], n=fault.wanted))
    else:
        findings.add("S06", node, value=_short(node), rule=_rule(fault))


def _meant(pattern: str, node: Node) -> tuple[str, Phrase] | None:
    """What to write instead of a duration or size with a French unit, and what is wanted there."""
    text = node.text() or ""
    for sign, read, wanted in (("|months|", duration_of, DURATION), ("KB|MB", size_of, _SIZE)):
        if sign in pattern and (meant := read(text)) is not None:
            return f'"{meant}"', wanted
    return None


def line_of(node: Node, text: str) -> str:
    """A value with its key, as it is to be written; alone where it stands in a list."""
    key = node.path[-1] if node.path else ""
    return f"{key}: {text}" if isinstance(key, str) and key else text


def _short(node: Node) -> str:
    return str(node.to_plain())[:60]


def _not_listed(wanted: Iterable[object], node: Node, findings: Findings) -> None:
    choices = [value for value in wanted if isinstance(value, str)]
    if node.value is None:
        findings.add("S08", node, wanted=either(choices))
        return
    written = _short(node)
    nearest = closest(written, choices)
    findings.add(
        "S04",
        node,
        value=written,
        known=", ".join(choices),
        suggestion=suggested(nearest) if nearest else "",
        fix=replace(node, f'"{nearest}"') if nearest else None,
    )


def _wrong_type(fault: Fault, node: Node, findings: Findings) -> None:
    names = [fault.wanted] if isinstance(fault.wanted, str) else list(fault.wanted)
    wanted = either([_TYPES.get(name, name) for name in names])
    if node.value is None:
        findings.add("S08", node, wanted=wanted)
        return
    amount = number_and_unit(node.value) if isinstance(node.value, str) else None
    if amount is not None and (names == ["number"] or (names == ["integer"] and "." not in amount[0])):
        digits = replace(node, amount[0], "likely" if amount[1] else "certain")
        findings.add("S10", node, value=_short(node), wanted=NUMBER, line=line_of(node, amount[0]), fix=digits)
        return
    fix, suggestion = None, ""
    if not isinstance(node.value, dict | list) and "string" in names:
        text = f'"{_written(node)}"'
        # A number keeps its digits between quotes; what "true" was meant to say is not known.
        fix = replace(node, text, "likely" if isinstance(node.value, bool) else "certain")
        suggestion = Phrase(f"Écrivez : {text}.", f"Write: {text}.")
    findings.add("S03", node, wanted=wanted, suggestion=suggestion, fix=fix)


def _written(node: Node) -> str:
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(node.value)


def _rule(fault: Fault) -> str:
    return FORMS[fault.owner.schema["pattern"]]
