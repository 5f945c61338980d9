"""Conditions said in words: what a person who fills in the form by hand reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.paper.compose import condition_in_words, question_numbers
from app.paper.wiring import wording_for
from app.paper.wording import joined
from app.paper.words import conditions_listed, on_one_line, speaker
from app.spec.model import (
    All,
    AnyOf,
    Choice,
    Condition,
    Derived,
    Duration,
    FactRef,
    Field,
    Items,
    NoneOf,
    Page,
    Procedure,
    Ref,
    Repeat,
    Rule,
    RuleRef,
    Step,
)
from app.spec.model import (
    Test as Asked,
)
from tests.paper.sample import is_, t, wording

FIELDS = (
    Field("age", "whole_number", t("Votre âge")),
    Field("end", "date", t("Fin de votre carte")),
    Field("risks", "checkboxes", t("Risques"), choices=(Choice("job", t("Emploi")), Choice("care", t("Soins")))),
    Field("home", "address", t("Adresse")),
    Field("born", "date", t("Naissance")),
    Field("married", "yes_no", t("Marié ?")),
)
PROCEDURE = Procedure(
    "words",
    "fr",
    t("Mots"),
    t("Mots"),
    sha256="0" * 64,
    steps=(
        Step("all", t("Tout"), (Page("all", FIELDS),)),
        Step(
            "kids", t("Enfants"), (Page("kids", (Field("kid_born", "date", t("Né le")),)),), repeat=Repeat(t("Enfant"))
        ),
    ),
    rules={"late": Rule("late", t("Votre carte est finie."), is_("married", "yes"))},
    derived={
        "years": Derived("years", "years_at", (Ref("born"), Ref("end")), "number"),
        "opens": Derived("opens", "date_minus", (Ref("end"), Duration(4, "months")), "date"),
    },
)


def build(ref: str, operator: str, operand: object, part: str | None = None) -> Asked:
    return Asked(Ref(ref, part=part), operator, operand)  # type: ignore[arg-type]


SAID: list[tuple[Condition, str]] = [
    (is_("married", "yes"), "vous avez répondu « Oui » à la question 6"),
    (NoneOf((is_("married", "yes"),)), "vous n'avez pas répondu « Oui » à la question 6"),
    (build("risks", "includes", ("job",)), "vous avez coché « Emploi » à la question 3"),
    (build("risks", "includes_any", ("job", "care")), "vous avez coché « Emploi » ou « Soins » à la question 3"),
    (
        build("risks", "includes_all", ("job", "care")),
        "vous avez coché à la fois « Emploi » et « Soins » à la question 3",
    ),
    (build("risks", "includes_none", ("job", "care")), "vous n'avez pas coché « Emploi » ni « Soins » à la question 3"),
    (NoneOf((build("risks", "includes_any", ("job",)),)), "vous n'avez pas coché « Emploi » à la question 3"),
    (build("age", "at_least", 18), "la réponse à la question 1 est 18 ou plus"),
    (build("age", "less_than", Decimal("17.5")), "la réponse à la question 1 est moins de 17,5"),
    (build("age", "between", (16, 18)), "la réponse à la question 1 est entre 16 et 18"),
    (build("age", "more_than", FactRef("limit")), "la réponse à la question 1 est plus de {fact.limit}"),
    (build("end", "before", date(2026, 5, 1)), "la réponse à la question 2 est avant le 2026-05-01"),
    (build("end", "on_or_after", "today"), "la réponse à la question 2 est aujourd'hui ou après"),
    (
        build("end", "less_than_ahead", Duration(3, "months")),
        "la réponse à la question 2 est dans moins de 3 mois",
    ),
    (build("end", "more_than_ago", Duration(1, "years")), "la réponse à la question 2 est passée depuis plus de 1 an"),
    (build("end", "answered", "no"), "vous n'avez pas répondu à la question 2"),
    (build("end", "unknown", "yes"), "vous avez coché « Je ne sais pas » à la question 2"),
    (
        build("home", "is", ("none",), "kind"),
        "vous avez répondu « pas d'adresse stable » à la question 4 (sorte d'adresse)",
    ),
    (RuleRef("late"), "ce cas est le vôtre : Votre carte est finie"),
    (
        Asked(Ref("years", "derived"), "less_than", 18),
        "l'âge, en années, entre la question 5 et la question 2 est moins de 18",
    ),
    (
        Asked(Ref("opens", "derived"), "before", "today"),
        "la date de la question 2, moins 4 mois est déjà passée",
    ),
    (Asked(Ref("kids", "repeat"), "at_least", 2), "le nombre de fiches « Enfants » est 2 ou plus"),
    (
        Items("any", "kids", build("kid_born", "after", date(2010, 1, 1))),
        "pour au moins une des fiches « Enfants », la réponse à la question 7 est après le 2010-01-01",
    ),
    (
        All((is_("married", "no"), AnyOf((build("age", "at_least", 18), build("end", "answered", "yes"))))),
        (
            "vous avez répondu « Non » à la question 6 et soit la réponse à la question 1 est 18 ou plus, "
            "soit vous avez répondu à la question 2"
        ),
    ),
]


@pytest.mark.parametrize(("condition", "words"), SAID, ids=[words for _, words in SAID])
def test_a_condition_reads_as_a_clause(condition: Condition, words: str) -> None:
    said = condition_in_words(condition, PROCEDURE, wording(), question_numbers(PROCEDURE))
    assert said.replace("\u00a0", " ") == words


def test_a_question_without_a_number_is_named_by_its_label() -> None:
    assert condition_in_words(is_("married", "no"), PROCEDURE, wording()) == (
        "vous avez répondu « Non » à la question « Marié ? »"
    )


def test_a_long_condition_becomes_a_list() -> None:
    who = speaker(PROCEDURE, wording(), question_numbers(PROCEDURE))
    many = AnyOf((is_("married", "yes"), build("age", "at_least", 18), build("end", "answered", "yes")))
    lead, clauses = conditions_listed(who, many)
    assert lead == "au moins une de ces phrases est vraie"
    assert len(clauses) == 3
    lead, clauses = conditions_listed(who, NoneOf(many.parts))
    assert (lead, len(clauses)) == ("aucune de ces phrases n'est vraie", 3)


def test_the_signs_between_clauses_have_the_spaces_of_the_reader_s_language() -> None:
    english = {" ;": ";", "{lead} : {clauses}": "{lead}: {clauses}"}
    who = speaker(PROCEDURE, replace(wording(), gettext=lambda text: english.get(text, text)))
    said = on_one_line(who, NoneOf((is_("married", "yes"), build("end", "answered", "yes"))))
    assert said == (
        "aucune de ces phrases n'est vraie: vous avez répondu « Oui » à la question « Marié ? »; "
        "vous avez répondu à la question « Fin de votre carte »"
    )


OPERANDS: dict[str, object] = {
    **dict.fromkeys(
        ("is", "in", "not_in", "includes", "includes_any", "includes_all", "includes_none"), ("job", "care")
    ),
    **dict.fromkeys(("at_least", "at_most", "more_than", "less_than"), 3),
    "between": (1, 2),
    **dict.fromkeys(("answered", "unknown"), "yes"),
    **dict.fromkeys(("before", "after", "on_or_before", "on_or_after"), "today"),
    **dict.fromkeys(("more_than_ago", "less_than_ago", "less_than_ahead", "more_than_ahead"), Duration(2, "weeks")),
}


def test_no_two_operators_are_said_alike() -> None:
    numbers = question_numbers(PROCEDURE)
    said = [condition_in_words(build("risks", *pair), PROCEDURE, wording(), numbers) for pair in OPERANDS.items()]
    assert len(set(said)) == len(OPERANDS)


@pytest.mark.parametrize("operator", OPERANDS)
def test_a_denied_test_is_not_said_as_the_test(operator: str) -> None:
    test = build("risks", operator, OPERANDS[operator])
    numbers = question_numbers(PROCEDURE)
    denied = condition_in_words(NoneOf((test,)), PROCEDURE, wording(), numbers)
    assert denied != condition_in_words(test, PROCEDURE, wording(), numbers)
    assert "question 3" in denied


def test_a_list_in_arabic_has_the_arabic_comma() -> None:
    arabic = wording_for(PROCEDURE, None, "ar")
    assert joined(["PDF", "JPEG", "PNG"], "أو", arabic.gettext) == "PDF، JPEG أو PNG"
    assert joined(["PDF", "JPEG", "PNG"], "ou", wording_for(PROCEDURE, None, "fr").gettext) == "PDF, JPEG ou PNG"
