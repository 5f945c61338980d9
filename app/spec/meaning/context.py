"""What every check of meaning works on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.spec.conditions import ConditionReader
from app.spec.diagnostics import NONE, Findings, did_you_mean
from app.spec.model import Condition, Derived
from app.spec.plain.places import Written, texts
from app.spec.reading import fields_read
from app.spec.subjects import find_subject
from app.spec.symbols import StepSymbol, Symbols
from app.spec.tree import Node


@dataclass
class Checking:
    """An expanded tree with its names, the reader of its conditions, and where to record what is found."""

    tree: Node
    symbols: Symbols
    reader: ConditionReader
    derived: Mapping[str, Derived]
    findings: Findings
    _starts: dict[str, list[int]] = field(default_factory=dict)

    @cached_property
    def rules(self) -> dict[str, Condition]:
        """The condition of every rule that can be read."""
        return {name: when for name in self.symbols.rules if (when := self.reader.rule(name)) is not None}

    @cached_property
    def as_of(self) -> dict[str, str]:
        """For each fact, which day picks its period."""
        return {name: node.text("as_of") or "started" for name, node in self.symbols.facts.items()}

    @cached_property
    def texts(self) -> list[Written]:
        """Every text that an applicant may read."""
        return list(texts(self.tree))

    def when(self, node: Node) -> Condition | None:
        """The condition under the `when` of a node."""
        when = node.get("when")
        return self.reader.read(when) if when is not None and when.is_map else None

    def reads(self, condition: Condition) -> set[str]:
        return fields_read(condition, self.rules, self.derived, self.as_of)

    def page_starts(self, step: StepSymbol) -> list[int]:
        """Ranks of the questions that begin a page of the step: the first, and each that reads its own page."""
        if step.id not in self._starts:
            starts, page = [step.first], set[str]()
            for offset, node in enumerate(step.node.items("fields")):
                when = self.when(node)
                if when is not None and page & self.reads(when):
                    starts.append(step.first + offset)
                    page = set()
                page.add(node.text("id") or "")
            self._starts[step.id] = starts
        return self._starts[step.id]

    def known(self, what: str, node: Node | None, names: Iterable[str]) -> bool:
        """Whether the name at `node` is one of `names`; R08 is recorded where it is not."""
        if node is None or not isinstance(node.value, str):
            return False
        known = list(names)
        if node.value in known:
            return True
        if node.value not in self.symbols.broken:
            self.findings.add(
                "R08",
                node,
                what=what,
                name=node.value,
                known=", ".join(known) or NONE,
                suggestion=did_you_mean(node.value, known),
            )
        return False

    def readable(self, what: str, node: Node | None, types: Iterable[str], wanted: str) -> bool:
        """Whether the name at `node` is a question or derived value of one of `types`; where not, R13 is recorded."""
        if node is None or not isinstance(node.value, str):
            return False
        subject = find_subject(node.value, self.symbols)
        allowed = tuple(types)
        if subject is not None and (not allowed or subject.value_type in allowed):
            return True
        if node.value not in self.symbols.broken:
            near = [name for name in self.symbols.names() if not allowed or self.symbols.value_type(name) in allowed]
            self.findings.add(
                "R13", node, what=what, name=node.value, wanted=wanted, suggestion=did_you_mean(node.value, near)
            )
        return False
