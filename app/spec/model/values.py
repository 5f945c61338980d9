"""Texts, sources, constants, conditions, facts: what the rest of the model is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Scalar = str | int | Decimal | date
"""A constant of a condition or a fact."""

Level = Literal["required", "recommended", "optional"]
Effect = Literal["advise", "first", "then", "stop"]
ChannelKind = Literal["external", "received_here", "counter", "post", "substitution"]
Due = Literal["filing", "hand_over", "appointment"]
Saying = Literal["will_bring", "do_not_have"]
ValueType = Literal["text", "choice", "choices", "number", "date", "composite"]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence an author wrote, in the procedure's language.

    `context` is its permanent address (`<slug>/steps/child/fields/entry_date/label`), the `msgctxt` of its
    translations. `verbatim` marks statutory wording. Placeholders (`{fact.stamp}`, `{answer.x}`, `{derived.x}`) stay in
    `source`.
    """

    source: str
    context: str = ""
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    kind: Literal["law", "official", "association", "other"] = "other"
    reference: str | None = None
    url: str | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ref:
    """What a condition or a derived value reads.

    `name` is a field id, a derived value's name or a repeat step's id; `part` is a readable part of a composite answer
    (`address.department`). `scope` says which.
    """

    name: str
    scope: Literal["field", "derived", "repeat"] = "field"
    part: str | None = None


@dataclass(frozen=True, slots=True)
class FactRef:
    name: str


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of calendar time: `3 months`."""

    count: int
    unit: Literal["days", "weeks", "months", "years"]


Operand = Scalar | Duration | FactRef | tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """One test of one reference.

    Operators, fixed: `is` (operand: tuple of one or more scalars) · `includes`, `includes_any`, `includes_all`,
    `includes_none` (tuple) · `at_least`, `at_most`, `more_than`, `less_than` (number, FactRef) · `between` (tuple of
    two) · `in`, `not_in` (tuple: the list, already resolved) · `answered`, `unknown` (`"yes"` or `"no"`) · `before`,
    `after`, `on_or_before`, `on_or_after` (date, or the string `"today"`, or a FactRef) · `more_than_ago`,
    `less_than_ago`, `less_than_ahead`, `more_than_ahead` (Duration, or a FactRef to a fact with a unit of time).
    """

    ref: Ref
    operator: str
    operand: Operand


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class RuleRef:
    name: str


@dataclass(frozen=True, slots=True)
class Items:
    """`any_item`, `every_item`, `no_item` over a repeat; `when` reads the item's fields by their own ids."""

    quantifier: Literal["any", "every", "no"]
    of: str
    when: Condition


Condition = Test | All | AnyOf | NoneOf | RuleRef | Items


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    says: Text
    when: Condition
    source: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """One dated value of a fact; `starts`/`ends` are inclusive days, None where open or unknown (`starts_unknown`)."""

    value: Scalar
    unit: str | None = None
    starts: date | None = None
    ends: date | None = None
    starts_unknown: bool = False
    source: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or text that law or practice sets and that expires.

    `as_of` is `"started"` (the day the draft began) or names a date field or derived date. With `conflict`, `periods`
    is empty: all values are shown and `stricter` says which one conditions use.
    """

    name: str
    periods: tuple[Period, ...] = ()
    conflict: tuple[Period, ...] = ()
    stricter: Literal["smallest", "largest"] = "smallest"
    as_of: str = "started"
    fallback: Text | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """A computed value. `function` is one of: sum, count, years_at, between, date_plus, date_minus, earliest, latest,
    differs, lookup. `arguments` are references, durations or constants in the order of `docs/authors`; `options` holds
    `unit`, `choices`, `table`, `column`, `item_field`.
    """

    name: str
    function: str
    arguments: tuple[Ref | Operand, ...]
    value_type: Literal["number", "date", "text", "choice"]
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    key: str
    columns: tuple[str, ...]
    rows: Mapping[str, Mapping[str, str]]
