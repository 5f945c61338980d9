"""Derived values: each function with the arguments it takes, checked and typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.spec.codes.phrase import Phrase, filled
from app.spec.diagnostics import Findings, did_you_mean
from app.spec.model import Derived, Duration, FactRef, Operand, Ref
from app.spec.operands import fact_fits, read_day, read_duration
from app.spec.subjects import find_subject
from app.spec.symbols import DERIVED_TYPES, Symbols, derived_function
from app.spec.tree import Node

_WANTED = {
    "date": Phrase(
        'Il faut une question ou une valeur de type date, "today", ou un jour comme "2026-07-31".',
        'It takes a question or a value that is a date, "today", or a day like "2026-07-31".',
    ),
    "duration": Phrase(
        'Il faut une durée comme "120 days", ou un fait dont l\'unité est un temps.',
        'It takes a duration like "120 days", or a fact whose unit is a time.',
    ),
    "number": Phrase(
        "Il faut une question ou une valeur qui soit un nombre.", "It takes a question or a value that is a number."
    ),
    "choices": Phrase(
        "Il faut une étape répétée ou une question à plusieurs réponses.",
        "It takes a repeated step or a question with several answers.",
    ),
}
_WRONG_TYPE = Phrase("« {text} » n'est pas du bon type", "“{text}” is not of the right type")
_SIGNATURES: dict[str, tuple[str, ...]] = {
    "years_at": ("date", "date"),
    "between": ("date", "date"),
    "date_plus": ("date", "duration"),
    "date_minus": ("date", "duration"),
}


@dataclass(frozen=True, slots=True)
class DerivedReader:
    """Reads the `derived` section; a value with a fault is left out and its faults recorded."""

    symbols: Symbols
    findings: Findings

    def read_all(self) -> dict[str, Derived]:
        return {
            name: value for name, node in self.symbols.derived.items() if (value := self._read(name, node)) is not None
        }

    def _read(self, name: str, node: Node) -> Derived | None:
        functions = [key for key, _ in node.entries() if key in DERIVED_TYPES]
        if len(functions) != 1:
            self.findings.add("M10", node, what=Phrase(f"« {name} »", f"“{name}”"), known=", ".join(DERIVED_TYPES))
            return None
        function = derived_function(node) or ""
        body = node.get(function)
        if body is None:
            return None
        if node.get("unit") is not None and function != "between":
            problem = Phrase("`unit` ne sert qu'avec `between`", "`unit` only goes with `between`")
            self._fault(name, node.get("unit") or node, problem, Phrase("Retirez `unit`.", "Remove `unit`."))
            return None
        options: dict[str, Any] = {}
        arguments: list[Ref | Operand | None]
        if function == "lookup":
            arguments = [self._lookup(name, body, options)]
        elif function == "count":
            arguments = [self._count(name, body, options)]
        elif function == "sum":
            arguments = self._sum(name, body, options)
        elif function == "differs":
            arguments = [self._ref(name, item) for item in body.items()]
        else:
            arguments = self._dated(name, function, body)
        if function == "between":
            options["unit"] = node.text("unit") or "months"
        known = [argument for argument in arguments if argument is not None]
        if len(known) != len(arguments):
            return None
        return Derived(name, function, tuple(known), DERIVED_TYPES[function], options)

    def _fault(self, name: str, where: Node, problem: str, wanted: str) -> None:
        self.findings.add("M09", where, name=name, problem=problem, wanted=wanted)

    def _dated(self, name: str, function: str, body: Node) -> list[Ref | Operand | None]:
        items = body.items()
        signature = _SIGNATURES.get(function, ("date",) * len(items))
        return [self._argument(name, item, wanted) for item, wanted in zip(items, signature, strict=False)]

    def _argument(self, name: str, node: Node, wanted: str) -> Ref | Operand | None:
        text = node.text() or ""
        if wanted == "duration":
            duration: Duration | None = read_duration(text)
            if duration is not None:
                return duration
            fact = self.symbols.facts.get(text)
            if fact is not None and fact_fits(fact, "duration"):
                return FactRef(text)
            problem = Phrase(f"« {text} » n'est pas une durée", f"“{text}” is not a duration")
            self._fault(name, node, problem, _WANTED["duration"])
            return None
        if text == "today":
            return "today"
        day = read_day(text)
        if day is not None:
            return day
        fact = self.symbols.facts.get(text)
        if fact is not None and fact_fits(fact, "date"):
            return FactRef(text)
        return self._ref(name, node, wanted)

    def _ref(self, name: str, node: Node, wanted: str | None = None) -> Ref | None:
        text = node.text() or ""
        subject = find_subject(text, self.symbols)
        if subject is None:
            if text not in self.symbols.broken:
                self.findings.add("R01", node, name=text, suggestion=self.symbols.meant(text).says)
            return None
        if subject.scope == "field" and self.symbols.fields[subject.base].repeats and wanted != "item":
            step = self.symbols.fields[subject.base].step.id
            self.findings.add("C08", node, name=text, step=step)
            return None
        if wanted in _WANTED and subject.value_type != wanted:
            self._fault(name, node, filled(_WRONG_TYPE, text=text), _WANTED[wanted])
            return None
        return Ref(subject.base, subject.scope, subject.part)

    def _sum(self, name: str, body: Node, options: dict[str, Any]) -> list[Ref | Operand | None]:
        items = body.items()
        if len(items) == 1 and (written := items[0].text()):
            question = self.symbols.fields.get(written)
            if question is not None and question.repeats:
                if question.facts.value_type != "number":
                    self._fault(name, items[0], filled(_WRONG_TYPE, text=written), _WANTED["number"])
                    return [None]
                options["item_field"] = written
                return [Ref(question.step.id, "repeat")]
        return [self._ref(name, item, "number") for item in items]

    def _count(self, name: str, body: Node, options: dict[str, Any]) -> Ref | None:
        target = body.get("of") or body
        written = target.text() or ""
        if written in self.symbols.repeats:
            if body.get("choices") is not None:
                problem = Phrase("une étape répétée n'a pas de choix", "a repeated step has no choices")
                self._fault(name, body, problem, Phrase("Retirez `choices`.", "Remove `choices`."))
                return None
            return Ref(written, "repeat")
        ref = self._ref(name, target)
        if ref is None:
            return None
        if self.symbols.value_type(ref.name) != "choices":
            problem = Phrase(f"« {written} » n'a pas plusieurs réponses", f"“{written}” does not have several answers")
            self._fault(name, target, problem, _WANTED["choices"])
            return None
        choices = body.items("choices")
        known = self.symbols.fields[ref.name].choices
        for choice in choices:
            if known is not None and choice.text() not in known:
                self.findings.add(
                    "C03",
                    choice,
                    value=choice.value,
                    name=written,
                    known=", ".join(known),
                    suggestion=did_you_mean(str(choice.value), known),
                )
        if choices:
            options["choices"] = [choice.text() for choice in choices]
        return ref

    def _lookup(self, name: str, body: Node, options: dict[str, Any]) -> Ref | None:
        table_name, column = body.text("table") or "", body.text("column")
        table = self.symbols.tables.get(table_name)
        if table is None:
            if table_name not in self.symbols.broken:
                self.findings.add(
                    "R04",
                    body.get("table") or body,
                    problem=Phrase(f"« {table_name} » n'existe pas", f"“{table_name}” does not exist"),
                    suggestion=did_you_mean(table_name, self.symbols.tables),
                )
            return None
        if column is not None and column not in table.columns:
            self.findings.add(
                "R04",
                body.get("column") or body,
                problem=Phrase(
                    f"« {table_name} » n'a pas de colonne « {column} »", f"“{table_name}” has no column “{column}”"
                ),
                suggestion=did_you_mean(column, table.columns),
            )
            return None
        options["table"] = table_name
        if column is not None:
            options["column"] = column
        key = body.get("key")
        return None if key is None else self._ref(name, key)


def encode(derived: Derived) -> dict[str, Any]:
    """A derived value as plain data."""
    return {
        "function": derived.function,
        "type": derived.value_type,
        "arguments": [_encode_argument(argument) for argument in derived.arguments],
        "options": dict(derived.options),
    }


def decode(name: str, plain: dict[str, Any]) -> Derived:
    """The derived value that `encode` wrote."""
    arguments = tuple(_decode_argument(argument) for argument in plain["arguments"])
    return Derived(name, plain["function"], arguments, plain["type"], plain["options"])


def _encode_argument(argument: Ref | Operand) -> Any:
    if isinstance(argument, Ref):
        return {"of": argument.name, "scope": argument.scope, "part": argument.part}
    return argument


def _decode_argument(plain: Any) -> Ref | Operand:
    return Ref(plain["of"], plain["scope"], plain["part"]) if isinstance(plain, dict) else plain
