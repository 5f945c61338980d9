"""Conditions as sentences: "Répondez seulement si …" on paper, where no machine hides a question.

Clauses are written to follow the word « si ». A question is named by its number on the form, else by its label.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from app.paper.wording import Wording, joined
from app.spec.model import (
    All,
    AnyOf,
    Condition,
    Derived,
    Duration,
    FactRef,
    Field,
    Items,
    NoneOf,
    Procedure,
    Ref,
    RuleRef,
    Test,
    Text,
)


@dataclass(frozen=True, slots=True)
class Group:
    mode: Literal["all", "any", "none"]
    parts: tuple[Phrase, ...]


Phrase = str | Group


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says conditions of one procedure; `numbers` gives the number of each question on the form, by field id."""

    procedure: Procedure
    wording: Wording
    numbers: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)

    def say(self, condition: Condition, negated: bool = False) -> Phrase:
        if isinstance(condition, Test):
            return self._denied(condition) if negated else self._test(condition)
        if isinstance(condition, NoneOf) and len(condition.parts) == 1:
            return self.say(condition.parts[0], not negated)
        if negated:
            return Group("none", (self.say(condition),))
        if isinstance(condition, RuleRef):
            sentence = self.wording.plain(self.procedure.rules[condition.name].says).rstrip(".")
            return self.wording.gettext("ce cas est le vôtre : {sentence}").format(sentence=sentence)
        if isinstance(condition, Items):
            return self._items(condition)
        mode: Literal["all", "any", "none"] = (
            "all" if isinstance(condition, All) else "any" if isinstance(condition, AnyOf) else "none"
        )
        parts = tuple(self.say(part) for part in condition.parts)
        return parts[0] if len(parts) == 1 and mode != "none" else Group(mode, parts)

    def _items(self, condition: Items) -> str:
        g = self.wording.gettext
        pattern = {
            "any": g("pour au moins une des fiches {title}, {clause}"),
            "every": g("pour chacune des fiches {title}, {clause}"),
            "no": g("pour aucune des fiches {title} on ne peut dire ceci : {clause}"),
        }[condition.quantifier]
        step = next((s for s in self.procedure.steps if s.id == condition.of), None)
        title = self.wording.quoted(self.wording.plain(step.title) if step else condition.of)
        return pattern.format(title=title, clause=flat(self.say(condition.when), self.wording))

    # -- what is read

    def question(self, ref: Ref) -> str:
        """`la question 12`, `le calcul …`, or `le nombre de fiches …`."""
        g = self.wording.gettext
        if ref.scope == "derived":
            return self._derived(self.procedure.derived[ref.name])
        if ref.scope == "repeat":
            step = next(s for s in self.procedure.steps if s.id == ref.name)
            return g("le nombre de fiches {title}").format(title=self.wording.quoted(self.wording.plain(step.title)))
        number = self.numbers.get(ref.name)
        if number:
            name = g("la question {number}").format(number=number)
        else:
            label = self.wording.plain(self.fields[ref.name].label) if ref.name in self.fields else ref.name
            name = g("la question {label}").format(label=self.wording.quoted(label))
        part = self._part(ref.part) if ref.part else ""
        return f"{name} ({part})" if part else name

    def _read(self, ref: Ref) -> str:
        """What is measured: an answer, or a computed value."""
        question = self.question(ref)
        if ref.scope != "field":
            return question
        return self.wording.gettext("la réponse à {question}").format(question=question)

    def _part(self, part: str) -> str:
        g = self.wording.gettext
        names = {
            "kind": g("sorte d'adresse"),
            "country": g("pays"),
            "department": g("département"),
            "postcode": g("code postal"),
            "city": g("ville"),
        }
        return names.get(part, part)

    def _derived(self, derived: Derived) -> str:
        g = self.wording.gettext
        names = [
            self.question(argument) if isinstance(argument, Ref) else self._operand(argument, None)
            for argument in derived.arguments
        ]
        one, two = (*names, "", "")[:2]
        patterns = {
            "sum": g("le total de {all}"),
            "count": g("le nombre de réponses à {one}"),
            "years_at": g("l'âge, en années, entre {one} et {two}"),
            "between": g("la durée entre {one} et {two}"),
            "date_plus": g("la date de {one}, plus {two}"),
            "date_minus": g("la date de {one}, moins {two}"),
            "earliest": g("la plus proche de ces dates : {all}"),
            "latest": g("la plus lointaine de ces dates : {all}"),
            "differs": g("la différence entre {one} et {two}"),
            "lookup": g("ce qui correspond à {one}"),
        }
        pattern = patterns.get(derived.function, derived.name)
        return pattern.format(one=one, two=two, all=joined(names, g("et"), g))

    # -- constants

    def _option(self, ref: Ref, constant: Any) -> str:
        """One constant as the person sees it: the label of a choice, the name of a country, a date, a number."""
        g = self.wording.gettext
        target = self.fields.get(ref.name) if ref.scope == "field" else None
        if ref.part == "kind":
            known = {"france": g("en France"), "abroad": g("à l'étranger"), "none": g("pas d'adresse stable")}
            return known.get(str(constant), str(constant))
        if target is not None and ref.part in ("country", "department"):
            target = Field(id=ref.name, kind=str(ref.part), label=target.label)
        elif ref.part:
            return str(constant)
        if target is None or target.kind == "yes_no":
            return {"yes": g("Oui"), "no": g("Non")}.get(str(constant)) or self._operand(constant, None)
        for choice in target.choices:
            if choice.id == constant:
                return self.wording.plain(choice.label)
        value = [constant] if target.kind == "nationality" else constant
        if isinstance(constant, str):
            return " ".join(self.wording.value(target, value)) or constant
        return self._operand(constant, ref)

    def _operand(self, operand: Any, ref: Ref | None) -> str:
        g = self.wording.gettext
        if isinstance(operand, FactRef):
            return self.wording.plain(Text(f"{{fact.{operand.name}}}"))
        if isinstance(operand, Ref):
            return self.question(operand)
        if isinstance(operand, Duration):
            return self.wording.span(operand)
        if operand == "today":
            return g("aujourd'hui")
        if isinstance(operand, date):
            return self.wording.day(operand)
        if isinstance(operand, Decimal):
            return self.wording.number(operand)
        return str(operand)

    def _options(self, test: Test, last: str) -> str:
        operand = test.operand if isinstance(test.operand, tuple) else (test.operand,)
        options = [self.wording.quoted(self._option(test.ref, constant)) for constant in operand]
        return joined(options, last, self.wording.gettext)

    # -- tests

    def _test(self, test: Test) -> str:
        g = self.wording.gettext
        question = self.question(test.ref)
        operator, operand = test.operator, test.operand
        if operator in ("answered", "unknown"):
            pattern = {
                ("answered", "yes"): g("vous avez répondu à {question}"),
                ("answered", "no"): g("vous n'avez pas répondu à {question}"),
                ("unknown", "yes"): g("vous avez coché « Je ne sais pas » à {question}"),
                ("unknown", "no"): g("vous n'avez pas coché « Je ne sais pas » à {question}"),
            }[operator, str(operand)]
            return pattern.format(question=question)
        if operator in ("is", "in") and test.ref.scope != "field":
            return g("{question} donne {options}").format(question=question, options=self._options(test, g("ou")))
        target = self.fields.get(test.ref.name)
        either = (_choices(g) if target is None or target.choices else {**_choices(g), **_written(g)}).get(operator)
        if either:
            pattern, last = either
            return pattern.format(question=question, options=self._options(test, last))
        if operator in _days(g) and (operand == "today" or isinstance(operand, date)):
            today, fixed = _days(g)[operator]
            return (today if operand == "today" else fixed).format(
                question=self._read(test.ref), low=self._operand(operand, None)
            )
        low, high = (operand if isinstance(operand, tuple) else (operand, operand))[:2]
        return _measures(g)[operator].format(
            question=self._read(test.ref), low=self._operand(low, test.ref), high=self._operand(high, test.ref)
        )

    def _denied(self, test: Test) -> Phrase:
        g = self.wording.gettext
        opposite = {"in": "not_in", "not_in": "in", "includes_any": "includes_none", "includes_none": "includes_any"}
        if test.operator in opposite:
            return self._test(Test(test.ref, opposite[test.operator], test.operand))
        if test.operator in ("answered", "unknown"):
            return self._test(Test(test.ref, test.operator, "no" if test.operand == "yes" else "yes"))
        if test.operator == "is" and test.ref.scope == "field":
            pattern = g("vous n'avez pas répondu {options} à {question}")
            return pattern.format(question=self.question(test.ref), options=self._options(test, g("ni")))
        return Group("none", (self._test(test),))


def _choices(g: Any) -> dict[str, tuple[str, str]]:
    """By operator: the clause, and the word before the last option."""
    return {
        "is": (g("vous avez répondu {options} à {question}"), g("ou")),
        "in": (g("votre réponse à {question} est {options}"), g("ou")),
        "not_in": (g("votre réponse à {question} n'est pas {options}"), g("ni")),
        "includes": (g("vous avez coché {options} à {question}"), g("et")),
        "includes_any": (g("vous avez coché {options} à {question}"), g("ou")),
        "includes_all": (g("vous avez coché à la fois {options} à {question}"), g("et")),
        "includes_none": (g("vous n'avez pas coché {options} à {question}"), g("ni")),
    }


def _written(g: Any) -> dict[str, tuple[str, str]]:
    """The same for a list that is written by hand, such as nationalities: nothing is ticked there."""
    return {
        "includes": (g("vous avez écrit {options} à {question}"), g("et")),
        "includes_any": (g("vous avez écrit {options} à {question}"), g("ou")),
        "includes_all": (g("vous avez écrit à la fois {options} à {question}"), g("et")),
        "includes_none": (g("vous n'avez pas écrit {options} à {question}"), g("ni")),
    }


def _days(g: Any) -> dict[str, tuple[str, str]]:
    """By operator: the clause when the day is today, and when it is a fixed day."""
    return {
        "before": (g("{question} est déjà passée"), g("{question} est avant le {low}")),
        "after": (g("{question} est après aujourd'hui"), g("{question} est après le {low}")),
        "on_or_before": (g("{question} est aujourd'hui ou avant"), g("{question} est le {low} ou avant")),
        "on_or_after": (g("{question} est aujourd'hui ou après"), g("{question} est le {low} ou après")),
    }


def _measures(g: Any) -> dict[str, str]:
    return {
        "at_least": g("{question} est {low} ou plus"),
        "at_most": g("{question} est {low} ou moins"),
        "more_than": g("{question} est plus de {low}"),
        "less_than": g("{question} est moins de {low}"),
        "between": g("{question} est entre {low} et {high}"),
        "before": g("{question} est avant cette date : {low}"),
        "after": g("{question} est après cette date : {low}"),
        "on_or_before": g("{question} est cette date ou avant : {low}"),
        "on_or_after": g("{question} est cette date ou après : {low}"),
        "more_than_ago": g("{question} est passée depuis plus de {low}"),
        "less_than_ago": g("{question} est passée depuis moins de {low}"),
        "less_than_ahead": g("{question} est dans moins de {low}"),
        "more_than_ahead": g("{question} est dans plus de {low}"),
    }


def flat(phrase: Phrase, wording: Wording, nested: bool = False) -> str:
    """The phrase as one clause, to be read after « si »."""
    if isinstance(phrase, str):
        return phrase
    g = wording.gettext
    parts = [flat(part, wording, True) for part in phrase.parts]
    if phrase.mode == "none":
        return g("rien de ceci n'est vrai : {clauses}").format(clauses=_listed(parts, wording))
    if phrase.mode == "all":
        return joined(parts, g("et"), g)
    return g("soit ") + g(", soit ").join(parts) if nested else joined(parts, g("ou"), g)


def speaker(procedure: Procedure, wording: Wording, numbers: Mapping[str, str] | None = None) -> Speaker:
    """What says the conditions of a procedure; `numbers` by field id."""
    fields = {f.id: f for step in procedure.steps for f in step.fields}
    return Speaker(procedure, wording, numbers or {}, fields)


def condition_in_words(
    condition: Condition, procedure: Procedure, wording: Wording, numbers: Mapping[str, str] | None = None
) -> str:
    """A condition as one clause that follows « si », without a full stop."""
    return flat(speaker(procedure, wording, numbers).say(condition), wording)


def _listed(clauses: Sequence[str], wording: Wording) -> str:
    return (wording.gettext(" ;") + " ").join(clauses)


def on_one_line(who: Speaker, condition: Condition) -> str:
    """The condition as one clause, its list of phrases included."""
    lead, clauses = conditions_listed(who, condition)
    whole = who.wording.gettext("{lead} : {clauses}")
    return whole.format(lead=lead, clauses=_listed(clauses, who.wording)) if clauses else lead


def conditions_listed(who: Speaker, condition: Condition) -> tuple[str, tuple[str, ...]]:
    """`("toutes ces phrases sont vraies", clauses)` where one sentence would be long; else `(clause, ())`."""
    g, phrase = who.wording.gettext, who.say(condition)
    short = isinstance(phrase, str) or (
        phrase.mode != "none" and len(phrase.parts) < 3 and all(isinstance(part, str) for part in phrase.parts)
    )
    if isinstance(phrase, str) or short:
        return flat(phrase, who.wording), ()
    lead = {
        "all": g("toutes ces phrases sont vraies"),
        "any": g("au moins une de ces phrases est vraie"),
        "none": g("aucune de ces phrases n'est vraie"),
    }[phrase.mode]
    return lead, tuple(flat(part, who.wording, True) for part in phrase.parts)
