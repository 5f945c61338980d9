"""From the `when` of a file to conditions of the model: names, operators and constants checked against each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import NONE, Findings, Fix, did_you_mean, replace
from app.spec.model import All, AnyOf, Condition, Items, NoneOf, Ref, RuleRef, Test
from app.spec.operands import OperandReader
from app.spec.subjects import OPERATORS, Subject, find_subject
from app.spec.symbols import Symbols
from app.spec.tree import Node, Span

LOGIC: dict[str, type[All | AnyOf | NoneOf]] = {"all": All, "any": AnyOf, "none": NoneOf}
QUANTIFIERS: dict[str, Any] = {"any_item": "any", "every_item": "every", "no_item": "no"}
_OF_SEVERAL = {"in": "includes_any", "not_in": "includes_none"}
_INCLUDES = Phrase("Écrivez `{includes: …}`.", "Write `{includes: …}`.")
KEYWORDS = (*LOGIC, *QUANTIFIERS, "rule")


@dataclass(slots=True)
class ConditionReader:
    """Reads conditions of one procedure. `places` remembers where each test, rule or quantifier was written, by
    identity.
    """

    symbols: Symbols
    findings: Findings
    places: dict[int, Node] = field(default_factory=dict)
    _read: dict[int, Condition | None] = field(default_factory=dict)

    def read(self, node: Node) -> Condition | None:
        """The condition written at `node`, or None when nothing of it can be used; faults are recorded once."""
        if id(node) not in self._read:
            self._read[id(node)] = self._condition(node)
        return self._read[id(node)]

    def rule(self, name: str) -> Condition | None:
        """The condition of a rule, None for a name that is no rule."""
        when = self.symbols.rules[name].get("when") if name in self.symbols.rules else None
        return None if when is None else self.read(when)

    def place(self, condition: Condition) -> Node | None:
        return self.places.get(id(condition))

    def _condition(self, node: Node) -> Condition | None:
        parts: list[Condition] = []
        for key, child in node.entries():
            parts += self._part(node, key, child)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _part(self, node: Node, key: str, child: Node) -> list[Condition]:
        if key in LOGIC:
            inner = tuple(found for part in child.items() if (found := self.read(part)) is not None)
            return [self._kept(LOGIC[key](inner), node, key)] if inner else []
        if key == "rule":
            return self._rule(child)
        if key in QUANTIFIERS:
            return self._items(node, key, child)
        subject = find_subject(key, self.symbols)
        if subject is None:
            self._unknown_name(node, key)
            return []
        return self._tests(subject, _key(node, key), child)

    def _unknown_name(self, node: Node, key: str) -> None:
        if key in self.symbols.broken or key.rpartition(".")[0] in self.symbols.broken:
            return
        head, _, part = key.rpartition(".")
        if head in self.symbols.fields and self.symbols.fields[head].facts.readable_parts:
            known = self.symbols.fields[head].facts.readable_parts
            self.findings.add(
                "C09",
                _key(node, key),
                name=head,
                part=known[0],
                known=", ".join(known),
                suggestion=did_you_mean(part, known),
            )
            return
        meant = self.symbols.meant(key, KEYWORDS)
        fix = replace(node.key_span(key), meant.name) if meant.name else None
        self.findings.add("R01", _key(node, key), name=key, suggestion=meant.says, fix=fix)

    def _rule(self, child: Node) -> list[Condition]:
        name = child.text() or ""
        if name not in self.symbols.rules:
            if name not in self.symbols.broken:
                self.findings.add("R02", child, name=name, suggestion=did_you_mean(name, self.symbols.rules))
            return []
        found = RuleRef(name)
        self.places[id(found)] = child
        return [found]

    def _items(self, node: Node, key: str, child: Node) -> list[Condition]:
        of, when = child.get("of"), child.get("when")
        if of is None or when is None:
            return []
        name = str(of.value)
        if name not in self.symbols.repeats:
            self.findings.add(
                "C11",
                of,
                name=name,
                known=", ".join(self.symbols.repeats) or NONE,
                suggestion=did_you_mean(name, self.symbols.repeats),
            )
            return []
        inner = self.read(when)
        return [] if inner is None else [self._kept(Items(QUANTIFIERS[key], name, inner), node, key)]

    def _kept(self, condition: Condition, node: Node, key: str) -> Condition:
        self.places[id(condition)] = _key(node, key)
        return condition

    def _tests(self, subject: Subject, key: Node, child: Node) -> list[Condition]:
        if not child.is_map:
            return self._test(subject, "is", key, child)
        if not child.value:
            self.findings.add("C04", child, value="{}", name=subject.name, wanted=Phrase("un test", "a test"))
        found: list[Condition] = []
        for operator, operand in child.entries():
            found += self._test(subject, operator, _key(child, operator), operand, key)
        return found

    def _test(
        self, subject: Subject, operator: str, place: Node, operand: Node, key: Node | None = None
    ) -> list[Condition]:
        known = sorted(subject.operators)
        if operator not in OPERATORS:
            self.findings.add(
                "C01",
                place,
                operator=operator,
                known=", ".join(known),
                suggestion=did_you_mean(operator, [*known, *OPERATORS]),
            )
            return []
        if operator not in subject.operators and subject.parts and subject.value_type == "composite":
            self.findings.add(
                "C09", key or place, name=subject.name, part=subject.parts[0], known=", ".join(subject.parts)
            )
            return []
        if operator not in subject.operators:
            written = "=" if key is None else operator
            hint, fix = self._other_test(subject, operator, place, key)
            self.findings.add(
                "C02",
                place,
                operator=written,
                name=subject.name,
                kind=subject.kind,
                known=", ".join(known),
                suggestion=hint,
                fix=fix,
            )
            return []
        if operator == "unknown" and not subject.may_be_unknown:
            self.findings.add("C13", place, name=subject.name)
            return []
        value = OperandReader(self.symbols, self.findings).read(subject, operator, operand)
        if value is None:
            return []
        test = Test(Ref(subject.base, subject.scope, subject.part), operator, value)
        self.places[id(test)] = key or place
        return [test]

    def _other_test(self, subject: Subject, operator: str, place: Node, key: Node | None) -> tuple[str, Fix | None]:
        """The test that says the same of several answers as the one written says of one."""
        if "includes" not in subject.operators:
            return "", None
        if key is None:
            return _INCLUDES, None
        other = _OF_SEVERAL.get(operator)
        if other is None:
            return "", None
        return Phrase(f"Écrivez `{other}`.", f"Write `{other}`."), replace(place, other, "certain")


def _key(node: Node, key: str) -> Node:
    """A stand-in for a key, so that a finding points at the key and not at its value."""
    span: Span = node.key_span(key)
    return Node(key, span, path=(*node.path, key), used_at=node.used_at)
