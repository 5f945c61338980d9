"""Which questions a condition or a derived value reads, rules and derived values followed to the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.spec.model import All, AnyOf, Condition, Derived, Duration, FactRef, Items, NoneOf, Ref, RuleRef, Test


def every_test(
    condition: Condition, rules: Mapping[str, Condition], _inside: frozenset[str] = frozenset()
) -> Iterator[Test]:
    """Every test of a condition, those of its rules included; a rule that turns in a circle is entered once."""
    match condition:
        case Test():
            yield condition
        case All(parts) | AnyOf(parts) | NoneOf(parts):
            for part in parts:
                yield from every_test(part, rules, _inside)
        case Items(when=when):
            yield from every_test(when, rules, _inside)
        case RuleRef(name):
            if name in rules and name not in _inside:
                yield from every_test(rules[name], rules, _inside | {name})


def fields_of_ref(ref: Ref, derived: Mapping[str, Derived], _inside: frozenset[str] = frozenset()) -> Iterator[str]:
    """The questions behind a reference; for a repeated step, its id and the item question that is added up."""
    if ref.scope != "derived":
        yield ref.name
        return
    value = derived.get(ref.name)
    if value is None or ref.name in _inside:
        return
    for argument in value.arguments:
        if isinstance(argument, Ref):
            yield from fields_of_ref(argument, derived, _inside | {ref.name})


def fields_read(
    condition: Condition,
    rules: Mapping[str, Condition],
    derived: Mapping[str, Derived],
    as_of: Mapping[str, str],
) -> set[str]:
    """Ids of all questions and repeated steps that a condition reads.

    `as_of` gives, for each fact, the name of the day that picks its period: comparing with the fact reads that day too.
    """
    found: set[str] = set()
    for test in every_test(condition, rules):
        found.update(fields_of_ref(test.ref, derived))
        if isinstance(test.operand, FactRef):
            day = as_of.get(test.operand.name, "started")
            if day != "started":
                found.update(fields_of_ref(Ref(day, "derived" if day in derived else "field"), derived))
    return found


__all__ = ["Duration", "every_test", "fields_of_ref", "fields_read"]
