"""Rules and derived values that depend on themselves."""

from __future__ import annotations

from collections.abc import Mapping

from app.spec.meaning.context import Checking
from app.spec.model import All, AnyOf, Condition, Items, NoneOf, Ref, RuleRef


def check_cycles(checking: Checking) -> None:
    rules = {name: _rules_of(when) for name, when in checking.rules.items()}
    derived = {
        name: {
            argument.name for argument in value.arguments if isinstance(argument, Ref) and argument.scope == "derived"
        }
        for name, value in checking.derived.items()
    }
    for section, graph in (("rules", rules), ("derived", derived)):
        holder = checking.tree.get(section)
        reported: set[str] = set()
        for name in graph:
            cycle = _cycle(name, graph)
            if cycle and holder is not None and not reported & set(cycle):
                reported |= set(cycle)
                checking.findings.add("R11", holder.key_span(name), name=name, cycle=" → ".join(cycle))


def _rules_of(condition: Condition) -> set[str]:
    match condition:
        case RuleRef(name):
            return {name}
        case All(parts) | AnyOf(parts) | NoneOf(parts):
            return set().union(*map(_rules_of, parts))
        case Items(when=when):
            return _rules_of(when)
    return set()


def _cycle(start: str, graph: Mapping[str, set[str]]) -> list[str]:
    """The way from `start` back to itself, both ends included; empty where there is none."""
    pending = [[start]]
    seen: set[str] = set()
    while pending:
        way = pending.pop()
        for following in sorted(graph.get(way[-1], ())):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                pending.append([*way, following])
    return []
