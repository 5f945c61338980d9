"""What the checks need to know of each field kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.kinds.registry import kind
from app.spec.model import ValueType


@dataclass(frozen=True, slots=True)
class KindFacts:
    """The type of a kind's answers, the tests a condition may make, and whether the author lists `choices`."""

    value_type: ValueType
    operators: frozenset[str]
    readable_parts: tuple[str, ...] = ()
    choice_based: bool = False


@cache
def kind_facts(name: str) -> KindFacts:
    """The facts of a kind; KeyError for a name that is no kind."""
    found = kind(name)
    return KindFacts(found.value_type, found.operators, found.readable_parts, found.choice_based)
