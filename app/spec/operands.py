"""The constant of a test: read according to what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.spec.amounts import duration_of, number_and_unit
from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import Findings, Related, did_you_mean, replace, suggested
from app.spec.likeness import closest
from app.spec.model import Duration, FactRef, Operand, Scalar
from app.spec.subjects import Subject
from app.spec.symbols import TIME_UNITS, Symbols, fact_values
from app.spec.tree import Node

_DURATION = re.compile(r"([0-9]{1,4}) (day|week|month|year)s?")
_OPEN_CODES = {
    "country": re.compile(r"[A-Z]{2}|XXA|XXB"),
    "nationality": re.compile(r"[A-Z]{2}|XXA|XXB"),
    "address.country": re.compile(r"[A-Z]{2}"),
    "department": re.compile(r"[0-9]{2}|2A|2B|97[0-9]|98[0-9]"),
    "address.department": re.compile(r"[0-9]{2}|2A|2B|97[0-9]|98[0-9]"),
}
_A_DAY = Phrase('un jour ("2026-07-31"), "today" ou {fact: nom}', 'a day ("2026-07-31"), "today" or {fact: name}')
_A_DURATION = Phrase('une durée ("3 months") ou {fact: nom}', 'a duration ("3 months") or {fact: name}')
FACT_WORDS = {
    "duration": Phrase("days, weeks, months ou years", "days, weeks, months or years"),
    "number": Phrase("un nombre", "a number"),
    "date": Phrase("un jour", "a day"),
}
_LISTS = frozenset({"in", "not_in", "includes_any", "includes_all", "includes_none"})
_NUMBERS = frozenset({"at_least", "at_most", "more_than", "less_than"})
_DAYS = frozenset({"before", "after", "on_or_before", "on_or_after"})


def read_duration(text: str) -> Duration | None:
    """`"3 months"` as a duration; None for anything else."""
    match = _DURATION.fullmatch(text)
    return Duration(int(match[1]), f"{match[2]}s") if match else None  # type: ignore[arg-type]


def near_durations(text: str) -> list[str]:
    """The durations that a text may have been meant to be: its number with each unit."""
    count = re.match(r"[0-9]{1,4}", text)
    return [f"{count[0]} {unit}" for unit in sorted(TIME_UNITS)] if count else []


def read_day(text: str) -> date | None:
    """An ISO day; None for anything else, days that do not exist included."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class OperandReader:
    """Reads what a field or derived value is compared with; each method gives None when it has recorded a fault."""

    symbols: Symbols
    findings: Findings

    def read(self, subject: Subject, operator: str, node: Node) -> Operand | None:
        if operator in ("answered", "unknown"):
            return self._flag(subject, node)
        if operator in _NUMBERS:
            return self._same_unit(subject, node) if node.is_map else self._number(subject, node)
        if operator == "between":
            return self._interval(subject, node)
        if operator in _DAYS:
            return self._day(subject, node)
        if operator in ("is", "includes") or operator in _LISTS:
            return self._values(subject, operator, node)
        return self._duration(subject, node)

    def _flag(self, subject: Subject, node: Node) -> str | None:
        if node.value in ("yes", True):
            return "yes"
        if node.value in ("no", False):
            return "no"
        self._wrong(subject, node, Phrase("yes ou no", "yes or no"), ("yes", "no"))
        return None

    def _wrong(self, subject: Subject, node: Node, wanted: str, known: Iterable[str] = ()) -> None:
        written = node.value if not isinstance(node.value, dict | list) else "…"
        near = closest(str(written), known)
        self.findings.add(
            "C04",
            node,
            value=written,
            name=subject.name,
            wanted=wanted,
            suggestion=suggested(near) if near else "",
            fix=replace(node, f'"{near}"') if near else None,
        )

    def _same_unit(self, subject: Subject, node: Node) -> FactRef | None:
        found = self._fact(node, "number")
        other = self.symbols.fact_unit(found.name) if found is not None else None
        counted = found is not None and other is not None and subject.unit is not None
        if counted and _measure(str(other)) and _measure(str(subject.unit)) not in (None, _measure(str(other))):
            self.findings.add(
                "C15",
                node.get("fact") or node,
                name=subject.name,
                unit=subject.unit,
                fact=node.text("fact"),
                other=other,
            )
        return found

    def _number(self, subject: Subject, node: Node) -> int | Decimal | None:
        if isinstance(node.value, int | Decimal) and not isinstance(node.value, bool):
            return node.value
        fix = None
        if isinstance(node.value, str) and node.value in self.symbols.facts:
            fits = fact_fits(self.symbols.facts[node.value], "number")
            fix = replace(node, f'{{fact: "{node.value}"}}', "certain") if fits else None
        elif isinstance(node.value, str) and (amount := number_and_unit(node.value)) is not None:
            fix = replace(node, amount[0], "likely" if amount[1] else "certain")
        wanted = Phrase("un nombre sans guillemets, ou {fact: nom}", "a number without quotes, or {fact: name}")
        written = node.value if not isinstance(node.value, dict | list) else "…"
        self.findings.add("C04", node, value=written, name=subject.name, wanted=wanted, fix=fix)
        return None

    def _interval(self, subject: Subject, node: Node) -> tuple[Scalar, ...] | None:
        items = node.items()
        if len(items) != 2:
            self._wrong(subject, node, Phrase("deux nombres, [petit, grand]", "two numbers, [small, large]"))
            return None
        low, high = (self._number(subject, item) for item in items)
        if low is None or high is None:
            return None
        if low > high:
            self.findings.add("C10", node, low=low, high=high)
            return None
        return (low, high)

    def _day(self, subject: Subject, node: Node) -> Operand | None:
        if node.is_map:
            return self._fact(node, "date")
        if node.value == "today":
            return "today"
        day = read_day(node.value) if isinstance(node.value, str) else None
        if day is None:
            self._wrong(subject, node, _A_DAY, ("today",))
        return day

    def _duration(self, subject: Subject, node: Node) -> Operand | None:
        if node.is_map:
            return self._fact(node, "duration")
        text = node.text() or ""
        duration = read_duration(text)
        if duration is not None:
            return duration
        if text in self.symbols.facts:
            return self._checked_fact(text, node, "duration")
        meant = duration_of(text)
        self._wrong(subject, node, _A_DURATION, [meant] if meant else [*near_durations(text), *self.symbols.facts])
        return None

    def _fact(self, node: Node, wanted: str) -> FactRef | None:
        name = node.text("fact")
        if name is None or len(list(node.entries())) != 1:
            wanted_here = Phrase("une constante, ou {fact: nom}", "a constant, or {fact: name}")
            self.findings.add("C04", node, value="…", name=Phrase("cette valeur", "this value"), wanted=wanted_here)
            return None
        return self._checked_fact(name, node.get("fact") or node, wanted)

    def _checked_fact(self, name: str, node: Node, wanted: str) -> FactRef | None:
        if name not in self.symbols.facts:
            if name not in self.symbols.broken:
                self.findings.add("R05", node, name=name, suggestion=did_you_mean(name, self.symbols.facts))
            return None
        if not fact_fits(self.symbols.facts[name], wanted):
            self.findings.add("C12", node, name=name, wanted=FACT_WORDS[wanted])
            return None
        return FactRef(name)

    def _values(self, subject: Subject, operator: str, node: Node) -> tuple[Scalar, ...] | None:
        if operator in _LISTS and isinstance(node.value, str):
            return self._named_list(subject, node)
        items = node.items() if node.is_list else [node]
        values = [self._constant(subject, item) for item in items]
        found = tuple(value for value in values if value is not None)
        if not items:
            self._wrong(subject, node, Phrase("au moins une valeur", "at least one value"))
        return found if found and len(found) == len(values) else None

    def _named_list(self, subject: Subject, node: Node) -> tuple[Scalar, ...] | None:
        name = str(node.value)
        if name in self.symbols.lists:
            return self.symbols.lists[name]
        if name not in self.symbols.broken:
            self.findings.add("R03", node, name=name, suggestion=did_you_mean(name, self.symbols.lists))
        return None

    def _constant(self, subject: Subject, node: Node) -> Scalar | None:
        if subject.value_type == "number":
            return self._number(subject, node)
        value = node.value
        if subject.choices == ("yes", "no") and isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            self.findings.add(
                "C04",
                node,
                value=value,
                name=subject.name,
                wanted=Phrase(f'un texte entre guillemets, "{value}"', f'a text between quotes, "{value}"'),
                fix=replace(node, f'"{value}"', "certain"),
            )
            return None
        if not isinstance(value, str):
            self._wrong(subject, node, Phrase("une réponse", "an answer"))
            return None
        return value if self._is_possible(subject, value, node) else None

    def _offered(self, subject: Subject) -> list[Related]:
        """Where the choices of a question are written: one may be missing there."""
        question = self.symbols.fields.get(subject.name)
        if question is None or question.node.get("choices") is None:
            return []
        return [Related(question.node.key_span("choices"), _ANSWERS)]

    def _is_possible(self, subject: Subject, value: str, node: Node) -> bool:
        if subject.choices is not None:
            if value in subject.choices:
                return True
            near = closest(value, subject.choices)
            fix = replace(node, f'"{near}"') if near else None
            self.findings.add(
                "C03",
                node,
                value=value,
                name=subject.name,
                known=", ".join(subject.choices[:30]),
                suggestion=suggested(near) if near else "",
                fix=fix,
                related=self._offered(subject),
            )
            return False
        pattern = _OPEN_CODES.get(subject.kind)
        if pattern is not None and not pattern.fullmatch(value):
            countries = "country" in subject.kind or subject.kind == "nationality"
            what = (
                Phrase("des codes de pays à deux lettres", "country codes of two letters")
                if countries
                else Phrase("des numéros de département", "numbers of French departments")
            )
            self.findings.add("C03", node, value=value, name=subject.name, known=what)
            return False
        return True


_ANSWERS = Phrase("Les réponses possibles sont ici.", "The possible answers are here.")


def _measure(unit: str) -> str | None:
    """A unit that can be told from others, in the singular; None for a word that is only shown."""
    known = unit in TIME_UNITS or re.fullmatch(r"[A-Z]{3}", unit) is not None
    return unit.removesuffix("s") if known else None


def fact_fits(fact: Node, wanted: str) -> bool:
    """Whether every value of a fact can stand where a `number`, `date` or `duration` is wanted."""
    for period in fact_values(fact):
        value = period.get("value")
        number = value is not None and isinstance(value.value, int | Decimal) and not isinstance(value.value, bool)
        if wanted == "date":
            if value is None or not isinstance(value.value, str) or read_day(value.value) is None:
                return False
        elif not number or (wanted == "duration" and period.text("unit") not in TIME_UNITS):
            return False
    return True
