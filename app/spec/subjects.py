"""What a condition may be about: a question, a part of one, a derived value, a repeated step; and the tests each
admits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.spec.codes.phrase import Phrase
from app.spec.model import ValueType
from app.spec.symbols import FieldSymbol, Symbols, derived_function
from app.spec.tree import Node

_PRESENCE = frozenset({"answered", "unknown"})
_CHOICE = frozenset({"is", "in", "not_in"}) | _PRESENCE
_NUMBER = frozenset({"is", "at_least", "at_most", "more_than", "less_than", "between"}) | _PRESENCE
_DATE = (
    frozenset(
        {
            "before",
            "after",
            "on_or_before",
            "on_or_after",
            "more_than_ago",
            "less_than_ago",
            "less_than_ahead",
            "more_than_ahead",
        }
    )
    | _PRESENCE
)
_BY_TYPE: dict[str, frozenset[str]] = {"number": _NUMBER, "date": _DATE, "text": _CHOICE, "choice": _CHOICE}
OPERATORS: dict[str, str] = {
    "is": (
        'The answer is this one, or one of these: `ground: "asylum"`, `ground: ["asylum", "family"]`. '
        "Written without a word."
    ),
    "in": "The answer is in a list of the file, by name, or in a list written here.",
    "not_in": "There is an answer and it is not in the list.",
    "includes": "This choice is among those ticked.",
    "includes_any": "At least one of these is among those ticked; a list, or the name of one.",
    "includes_all": "All of these are ticked.",
    "includes_none": "Something is ticked, and none of these.",
    "at_least": "The number is this one or more.",
    "at_most": "The number is this one or less.",
    "more_than": "The number is larger.",
    "less_than": "The number is smaller.",
    "between": "The number lies between two others, both included: `[1, 10]`.",
    "answered": "`yes`: there is an answer; `no`: there is none. “I do not know” is not one.",
    "unknown": (
        "`yes`: the person answered “I do not know”, or gave a date without its day or month, or the value is computed "
        "from such an answer and not settled by it; `no`: there is an answer and it is known."
    ),
    "before": "The date is earlier than a day, `today` or `{fact: name}`.",
    "after": "The date is later.",
    "on_or_before": "The date is that day or earlier.",
    "on_or_after": "The date is that day or later.",
    "more_than_ago": "The date is further in the past than the duration.",
    "less_than_ago": "The date is in the past, by less than the duration.",
    "less_than_ahead": "From today until the duration has passed; never a past date.",
    "more_than_ahead": "Further in the future than the duration.",
}
"""Every test of the language, with its meaning for authors."""

_REPEATED = Phrase("étape répétée", "repeated step")
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
    unit: str | None = None
    """What a number counts, where it is known: a currency, a unit of time."""


def find_subject(name: str, symbols: Symbols) -> Subject | None:
    """What `name` stands for; the longest id wins, then a part of a composite answer or a column of a table."""
    if name in symbols.fields:
        return _field(symbols.fields[name])
    if name in symbols.derived:
        return _derived(name, symbols)
    if name in symbols.repeats:
        return Subject(
            name,
            name,
            "repeat",
            _REPEATED,
            "choices",
            frozenset({"answered"}),
            may_be_unknown=False,
        )
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
        symbol.id,
        symbol.id,
        "field",
        symbol.kind,
        facts.value_type,
        operators,
        choices=symbol.choices,
        may_be_unknown=symbol.unknown or partial,
        parts=facts.readable_parts,
        unit=(symbol.node.text("unit") or "EUR") if symbol.kind == "amount" else None,
    )


def _part(name: str, symbol: FieldSymbol, part: str) -> Subject | None:
    if part not in symbol.facts.readable_parts:
        return None
    return Subject(
        name,
        symbol.id,
        "field",
        f"{symbol.kind}.{part}",
        "choice",
        _CHOICE,
        part=part,
        choices=_PART_CHOICES.get(part),
        may_be_unknown=symbol.unknown,
    )


def _derived(name: str, symbols: Symbols) -> Subject | None:
    function = derived_function(symbols.derived[name])
    value_type = symbols.value_type(name)
    if function is None or value_type is None:
        return None
    choices = ("yes", "no") if function == "differs" else None
    unit = _derived_unit(symbols.derived[name], function, symbols)
    return Subject(name, name, "derived", function, value_type, _BY_TYPE[value_type], choices=choices, unit=unit)


def _derived_unit(node: Node, function: str, symbols: Symbols) -> str | None:
    if function == "years_at":
        return "years"
    if function == "between":
        return node.text("unit") or "months"
    if function == "sum":
        added = [symbols.fields.get(item.text() or "") for item in node.items("sum")]
        units = {_field(field).unit if field is not None else None for field in added}
        return units.pop() if len(units) == 1 else None
    return None


def _column(name: str, head: str, part: str, symbols: Symbols) -> Subject | None:
    lookup = symbols.derived[head].get("lookup")
    table = symbols.tables.get(lookup.text("table") or "") if lookup else None
    if table is None or part not in table.columns:
        return None
    return Subject(name, head, "derived", "lookup", "text", _CHOICE, part=part)
