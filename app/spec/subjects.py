"""What a condition may be about: a question, a part of one, a derived value, a repeated step; and the tests each admits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.spec.model import ValueType
from app.spec.symbols import FieldSymbol, Symbols, derived_function

_PRESENCE = frozenset({"answered", "unknown"})
_CHOICE = frozenset({"is", "in", "not_in"}) | _PRESENCE
_NUMBER = frozenset({"is", "at_least", "at_most", "more_than", "less_than", "between"}) | _PRESENCE
_DATE = frozenset({
    "before", "after", "on_or_before", "on_or_after", "more_than_ago", "less_than_ago", "less_than_ahead", "more_than_ahead",
}) | _PRESENCE
_BY_TYPE: dict[str, frozenset[str]] = {"number": _NUMBER, "date": _DATE, "text": _CHOICE, "choice": _CHOICE}
OPERATORS = tuple(sorted(
    _CHOICE | _NUMBER | _DATE | {"includes", "includes_any", "includes_all", "includes_none"}
))
_PART_CHOICES: dict[str, tuple[str, ...]] = {"kind": ("france", "abroad", "none")}


@dataclass(frozen=True, slots=True)
class Subject:
    """`name` as written, `base` without its part. `choices` is None where the values are open."""

    name: str
    base: str
    scope: Literal["field", "derived", "repeat"]
    kind: str
    value_type: ValueType
    operators: frozenset[str]
    part: str | None = None
    choices: tuple[str, ...] | None = None
    may_be_unknown: bool = True
    parts: tuple[str, ...] = ()


def find_subject(name: str, symbols: Symbols) -> Subject | None:
    """What `name` stands for; the longest id wins, then a part of a composite answer or a column of a table."""
    if name in symbols.fields:
        return _field(symbols.fields[name])
    if name in symbols.derived:
        return _derived(name, symbols)
    if name in symbols.repeats:
        return Subject(name, name, "repeat", "étape répétée", "choices", frozenset({"answered"}), may_be_unknown=False)
    head, dot, part = name.rpartition(".")
    if dot and head in symbols.fields:
        return _part(name, symbols.fields[head], part)
    if dot and head in symbols.derived:
        return _column(name, head, part, symbols)
    return None


def _field(symbol: FieldSymbol) -> Subject:
    facts = symbol.facts
    operators = facts.operators | ({"is"} if facts.value_type == "number" else frozenset())
    partial = bool(symbol.node.items("unknown_parts"))
    return Subject(
        symbol.id, symbol.id, "field", symbol.kind, facts.value_type, operators, choices=symbol.choices,
        may_be_unknown=symbol.unknown or partial, parts=facts.readable_parts,
    )


def _part(name: str, symbol: FieldSymbol, part: str) -> Subject | None:
    if part not in symbol.facts.readable_parts:
        return None
    return Subject(
        name, symbol.id, "field", f"{symbol.kind}.{part}", "choice", _CHOICE, part=part, choices=_PART_CHOICES.get(part),
        may_be_unknown=symbol.unknown,
    )


def _derived(name: str, symbols: Symbols) -> Subject | None:
    function = derived_function(symbols.derived[name])
    value_type = symbols.value_type(name)
    if function is None or value_type is None:
        return None
    choices = ("yes", "no") if function == "differs" else None
    return Subject(name, name, "derived", function, value_type, _BY_TYPE[value_type], choices=choices)


def _column(name: str, head: str, part: str, symbols: Symbols) -> Subject | None:
    lookup = symbols.derived[head].get("lookup")
    table = symbols.tables.get(lookup.text("table") or "") if lookup else None
    if table is None or part not in table.columns:
        return None
    return Subject(name, head, "derived", "lookup", "text", _CHOICE, part=part)
