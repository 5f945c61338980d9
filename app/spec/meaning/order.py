"""What a condition reads: asked earlier, of one item at a time, and with every possible answer dealt with.

Source: section 3 of the language. A question that was not asked has no answer and every test on it is false, so `none`
over it would be true for the very people who were never asked; and "I do not know" is an answer that only `unknown` is
true of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import Related
from app.spec.meaning.context import Checking
from app.spec.meaning.places import Place, conjuncts, places
from app.spec.model import All, AnyOf, Condition, FactRef, Items, NoneOf, Ref, RuleRef, Test
from app.spec.reading import every_test, fields_of_ref
from app.spec.symbols import FieldSymbol
from app.spec.tree import Node

_IN_RULE = Phrase("La règle le lit ici.", "The rule reads it here.")


def check_order(checking: Checking) -> None:
    dealt_with: set[str] = set()
    silent: set[str] = set()
    for place in places(checking):
        reading = _Reading(checking, place)
        reading.visit(place.condition, _State(place.certain, item=place.item))
        dealt_with |= reading.unknown
        silent |= reading.silent
    for name in sorted(silent - dealt_with):
        node = checking.symbols.fields[name].node
        checking.findings.add("C07", node.get("unknown") or node, name=name)


@dataclass(frozen=True, slots=True)
class _State:
    """Where a test stands inside its condition. `at` is where to report what a rule reads: the place that uses the
    rule.
    """

    certain: frozenset[Condition]
    negated: bool = False
    item: str | None = None
    at: Node | None = None
    inside: frozenset[str] = frozenset()


class _Reading:
    def __init__(self, checking: Checking, place: Place) -> None:
        self.checking = checking
        self.place = place
        beside = [test for condition in place.beside for test in every_test(condition, checking.rules)]
        own = list(every_test(place.condition, checking.rules))
        self.answered = {name for test in own if test.operator == "answered" for name in self.read_by(test.ref)}
        self.silent: set[str] = set()
        self.unknown = {
            name for test in [*own, *beside] if test.operator == "unknown" for name in self.read_by(test.ref)
        }

    def read_by(self, ref: Ref) -> set[str]:
        return set(fields_of_ref(ref, self.checking.derived))

    def visit(self, condition: Condition, state: _State) -> None:
        match condition:
            case All(parts):
                for part in parts:
                    others = [conjuncts(self.checking, other) for other in parts if other is not part]
                    self.visit(part, replace(state, certain=state.certain.union(*others)))
            case AnyOf(parts):
                for part in parts:
                    self.visit(part, state)
            case NoneOf(parts):
                for part in parts:
                    self.visit(part, replace(state, negated=True))
            case RuleRef(name):
                rule = self.checking.rules.get(name)
                if rule is not None and name not in state.inside:
                    at = state.at or self.checking.reader.place(condition)
                    self.visit(rule, replace(state, at=at, inside=state.inside | {name}))
            case Items(quantifier, of, when):
                self.items(condition, quantifier, of, when, state)
            case Test():
                self.test(condition, state)

    def items(self, condition: Items, quantifier: str, of: str, when: Condition, state: _State) -> None:
        step = self.checking.symbols.repeats.get(of)
        where = state.at or self.checking.reader.place(condition)
        if step is None or where is None:
            return
        if step.last > self.place.limit and self.place.item != of:
            self.checking.findings.add("C05", where, related=self._in_rule(where, condition), name=of)
        asked = _holds(self.checking, self.checking.when(step.node), state.certain)
        if quantifier == "no" and not asked and of not in self.answered:
            self.checking.findings.add("C06", where, related=self._in_rule(where, condition), name=of)
        self.visit(when, replace(state, item=of, negated=False))

    def test(self, test: Test, state: _State) -> None:
        where = state.at or self.checking.reader.place(test)
        if where is None:
            return
        names = self.read_by(test.ref)
        if isinstance(test.operand, FactRef):
            day = self.checking.as_of.get(test.operand.name, "started")
            if day != "started":
                names |= self.read_by(Ref(day, "derived" if day in self.checking.derived else "field"))
        for name in sorted(names):
            question = self.checking.symbols.fields.get(name)
            if question is not None:
                self.question(test, question, state, where)
            elif name in self.checking.symbols.repeats and self.checking.symbols.repeats[name].last > self.place.limit:
                self.checking.findings.add("C05", where, related=self._in_rule(where, test), name=name)

    def question(self, test: Test, question: FieldSymbol, state: _State, where: Node) -> None:
        if question.repeats and state.item != question.step.id and test.ref.scope == "field":
            self.checking.findings.add(
                "C08", where, related=self._in_rule(where, test), name=question.id, step=question.step.id
            )
            return
        if question.rank >= self.place.limit:
            self.checking.findings.add("C05", where, related=self._in_rule(where, test), name=question.id)
            return
        if test.operator in ("answered", "unknown"):
            return
        if state.negated and question.id not in self.answered and not self.is_asked(question, state):
            self.checking.findings.add("C06", where, related=self._in_rule(where, test), name=question.id)
        if question.unknown and question.id not in self.unknown and not self.is_known(question):
            self.silent.add(question.id)
            self.checking.findings.add("C14", where, related=self._in_rule(where, test), name=question.id)

    def _in_rule(self, where: Node, condition: Condition) -> list[Related]:
        """Where a rule is used, the place in the rule that reads what it should not."""
        own = self.checking.reader.place(condition)
        return [Related(own.span, _IN_RULE)] if own is not None and own is not where else []

    def is_asked(self, question: FieldSymbol, state: _State) -> bool:
        """Whether the question has surely been asked wherever this test is read."""
        if any(
            isinstance(held, Test) and held.ref.name == question.id and _implies_answer(held) for held in state.certain
        ):
            return True
        wanted = [self.checking.when(question.node), self.checking.when(question.step.node)]
        return all(_holds(self.checking, condition, state.certain) for condition in wanted)

    def is_known(self, question: FieldSymbol) -> bool:
        """Whether the question says once for all what "I do not know" means, or a condition that holds here leaves it
        out.
        """
        unknown = question.node.get("unknown")
        if unknown is not None and unknown.get("otherwise") is not None:
            return True
        return any(
            isinstance(held, Test) and held.ref.name == question.id and held.operator not in ("answered", "unknown")
            for held in self.place.certain
        )


def _implies_answer(test: Test) -> bool:
    return test.operand != "no" if test.operator in ("answered", "unknown") else True


def _holds(checking: Checking, condition: Condition | None, certain: frozenset[Condition]) -> bool:
    if condition is None or condition in certain:
        return True
    if isinstance(condition, All):
        return all(_holds(checking, part, certain) for part in condition.parts)
    if isinstance(condition, RuleRef) and condition.name in checking.rules:
        return _holds(checking, checking.rules[condition.name], certain)
    return False
