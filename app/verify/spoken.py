"""A condition in French words, for the author who wrote it and for whoever checks what it says."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.spec.model import (
    All,
    AnyOf,
    Condition,
    Duration,
    FactRef,
    Field,
    Items,
    NoneOf,
    Operand,
    Period,
    Procedure,
    Ref,
    RuleRef,
    Test,
)
from app.verify.person import in_words as answer_in_words

MOST_VALUES = 6
UNITS = {"days": "jours", "weeks": "semaines", "months": "mois", "years": "ans", "hours": "heures", "EUR": "€"}
PARTS = {
    "kind": "sorte d'adresse",
    "department": "département",
    "postcode": "code postal",
    "city": "ville",
    "country": "pays",
    "line": "rue",
}
ADDRESSES = {"france": "en France", "abroad": "à l'étranger", "none": "aucune adresse"}
QUANTIFIERS = {"any": "pour au moins un élément", "every": "pour chaque élément", "no": "pour aucun élément"}
COMPARED = {
    "at_least": "au moins {}",
    "at_most": "au plus {}",
    "more_than": "plus de {}",
    "less_than": "moins de {}",
    "before": "avant {}",
    "after": "après {}",
    "on_or_before": "{} ou avant",
    "on_or_after": "{} ou après",
    "more_than_ago": "il y a plus de {}",
    "less_than_ago": "il y a moins de {}",
    "less_than_ahead": "dans moins de {}",
    "more_than_ahead": "dans plus de {}",
}


class Spoken:
    """Says the conditions of one procedure with the words that applicants read."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._questions = {question.id: question for step in procedure.steps for question in step.fields}
        self._lists = {step.id: step.title.source for step in procedure.steps if step.repeat is not None}

    def when(self, condition: Condition) -> str:
        """The condition as the end of a sentence that begins with « si »."""
        return self._said(condition, inside=False)

    def _said(self, condition: Condition, *, inside: bool = True) -> str:
        match condition:
            case Test():
                return self._test(condition)
            case RuleRef(name):
                return f"la règle « {self._procedure.rules[name].says.source.rstrip('.')} »"
            case Items(quantifier, of, when):
                return f"{QUANTIFIERS[quantifier]} de « {self._lists.get(of, of)} », {self._said(when)}"
            case All(parts):
                words, joint = [self._said(part) for part in parts], " et "
            case AnyOf(parts):
                words, joint = [self._said(part) for part in parts], " ou "
            case NoneOf(parts):
                words = [self._said(part) for part in parts]
                if len(words) == 1:
                    return f"il n'est pas vrai que {words[0]}"
                return f"rien de tout cela : ({' ; '.join(words)})"
        if len(words) == 1:
            return words[0]
        return f"({joint.join(words)})" if inside else joint.join(words)

    def _test(self, test: Test) -> str:
        question = self._questions.get(test.ref.name) if test.ref.scope == "field" else None
        return f"{self._subject(test.ref)} : {self._asked(test, question)}"

    def _subject(self, ref: Ref) -> str:
        if ref.scope == "repeat":
            name = f"la liste « {self._lists.get(ref.name, ref.name)} »"
        elif ref.scope == "derived":
            name = f"le calcul « {ref.name} »"
        else:
            name = f"« {self._questions[ref.name].label.source} »"
        return name if ref.part is None else f"{name}, {PARTS.get(ref.part, ref.part)}"

    def _asked(self, test: Test, question: Field | None) -> str:
        operator, operand = test.operator, test.operand
        if operator == "answered":
            return "il y a une réponse" if operand == "yes" else "il n'y a pas de réponse"
        if operator == "unknown":
            unknown = question.unknown.source if question is not None and question.unknown else "Je ne sais pas"
            return f"« {unknown} »" if operand == "yes" else "la réponse est connue"
        if operator in COMPARED:
            return COMPARED[operator].format(self._value(operand, question, test.ref))
        values = operand if isinstance(operand, tuple) else (operand,)
        said = [self._value(value, question, test.ref) for value in values]
        if operator == "between":
            return f"de {said[0]} à {said[1]}"
        match operator:
            case "includes_all":
                return f"{_several(said, 'et')} cochés"
            case "includes_none":
                return f"rien de cela n'est coché : {_several(said, 'et')}"
            case "not_in":
                return f"ni {_several(said, 'ni')}"
        listed = _several(said, "ou")
        return f"{listed} coché" if operator.startswith("includes") else listed

    def _value(self, value: Operand, question: Field | None, ref: Ref) -> str:
        if isinstance(value, FactRef):
            return self._fact(value.name)
        if isinstance(value, Duration):
            return f"{value.count} {_unit(value.unit, value.count)}"
        if value == "today":
            return "aujourd'hui"
        if isinstance(value, date):
            return f"le {value:%d/%m/%Y}"
        if ref.part == "kind":
            return ADDRESSES.get(str(value), str(value))
        if question is not None and ref.part is None and isinstance(value, str):
            return f"« {answer_in_words(question, value)} »" if question.choices else answer_in_words(question, value)
        return str(value).replace(".", ",")

    def _fact(self, name: str) -> str:
        fact = self._procedure.facts[name]
        values = [period_in_words(period) for period in (*fact.periods, *fact.conflict)]
        return f"{_several(list(dict.fromkeys(values)), 'ou')} (fait « {name} »)"


def period_in_words(period: Period) -> str:
    """The value of a fact with its unit."""
    value = str(period.value).replace(".", ",")
    return f"{value} {_unit(period.unit, period.value)}" if period.unit else value


def _unit(unit: str, count: Any) -> str:
    word = UNITS.get(unit, unit)
    return word.removesuffix("s") if count == 1 and word != "mois" else word


def _several(words: list[str], joint: str) -> str:
    if len(words) > MOST_VALUES:
        words = [*words[:MOST_VALUES], f"{len(words) - MOST_VALUES} autres"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"
