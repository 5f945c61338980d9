"""Authors' texts as a person reads them, whatever that person typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.journey.walk import build_journey
from app.pages.texts import TextRenderer
from app.spec.model import Fact, Field, Page, Period, Procedure, Repeat, Step, Text

TODAY = date(2026, 11, 24)


def t(source: str) -> Text:
    return Text(source, f"p/{source}")


def procedure() -> Procedure:
    name = Field("name", "text", t("Nom"))
    first = Field("first", "text", t("Prénom"))
    steps = (
        Step("who", t("Vous"), (Page("who", (name,)),)),
        Step("children", t("Enfants"), (Page("children", (first,)),), repeat=Repeat(t("{answer.first}"))),
    )
    facts = {
        "stamp": Fact("stamp", (Period(225, "EUR"),)),
        "new": Fact("new", (Period(3, "months", needs_review=True),)),
        "both": Fact("both", conflict=(Period(3, "months"), Period(6, "months"))),
        "gone": Fact(
            "gone", (Period(5, "EUR", ends=date(2020, 1, 1)),), fallback=t("Demandez le prix à la préfecture.")
        ),
        "bare": Fact("bare", (Period(5, "EUR", ends=date(2020, 1, 1)),)),
    }
    return Procedure("p", "fr", t("T"), t("S"), "0" * 64, steps=steps, facts=facts)


def renderer(answers: dict[str, Any] | None = None, item: str | None = None, locale: str = "fr") -> TextRenderer:
    made = procedure()
    return TextRenderer(made, locale, build_journey(made, answers or {}, TODAY, started=TODAY), item)


def test_a_small_markdown_becomes_html_and_nothing_else_does() -> None:
    block = renderer().block(t("Un **mot** et *deux*.\n\n- [ici](https://exemple.fr)\n- <script>x</script>\n\n# titre"))
    assert "<p>Un <strong>mot</strong> et <em>deux</em>.</p>" in block
    assert '<li><a href="https://exemple.fr">ici</a></li>' in block
    assert "<script" not in block
    assert "&lt;script&gt;" in block
    assert "<h1" not in block


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_dangerous_address_is_never_a_link(address: str) -> None:
    assert "href" not in renderer().inline(t(f"[x]({address})"))


@pytest.mark.parametrize("address", ["https://exemple.fr/", "tel:+33806001620", "mailto:aide@exemple.fr", "/fr/help"])
def test_useful_addresses_are_links(address: str) -> None:
    assert f'<a href="{address}">x</a>' in renderer().inline(t(f"[x]({address})"))


def test_an_inline_text_holds_no_paragraph_or_list() -> None:
    assert renderer().inline(t("1. Votre nom")) == "1. Votre nom"


@pytest.mark.parametrize(
    "typed", ["**gras**", "<script>alert(1)</script>", "[x](https://mal.fr)", "{fact.stamp}", "\ue0000\ue001", "a_b_c"]
)
def test_what_a_person_typed_comes_out_letter_by_letter(typed: str) -> None:
    made = renderer({"name": typed})
    assert made.plain(t("Bonjour {answer.name}.")) == f"Bonjour {typed}."
    html = made.inline(t("Bonjour **{answer.name}**."))
    inside = html.removeprefix("Bonjour <strong><bdi>").removesuffix("</bdi></strong>.")
    assert "<" not in inside
    assert html.unescape().count(typed) == 1


def test_an_item_is_read_before_the_rest() -> None:
    answers = {
        "name": "Li",
        "children": [{"id": "1", "answers": {"first": "Wei"}}, {"id": "2", "answers": {"first": "Ming"}}],
    }
    assert renderer(answers, "2").plain(t("{answer.first} {answer.name}")) == "Ming Li"


def test_an_answer_that_is_not_there_is_an_ellipsis() -> None:
    assert renderer().plain(t("Nom : {answer.name}")) == "Nom\u00a0: …"


def test_facts_carry_their_unit_and_say_when_they_must_be_checked() -> None:
    made = renderer()
    assert made.plain(t("{fact.stamp}")) == "225\u00a0€"
    assert made.plain(t("{fact.new}")) == "3\u00a0mois (à vérifier)"
    assert made.plain(t("{fact.both}")) == "3\u00a0mois ou 6\u00a0mois (à vérifier)"
    assert made.plain(t("{fact.gone}")) == "Demandez le prix à la préfecture."
    assert made.plain(t("{fact.bare}")) == "valeur à vérifier"
    assert (
        TextRenderer(procedure(), "fr", today=TODAY).plain(t("{today} : {fact.stamp}"))
        == "24 novembre 2026\u00a0: 225\u00a0€"
    )


def test_plain_text_keeps_lists_and_addresses_without_marks() -> None:
    text = t("Un **mot**.\n\n1. [site](https://exemple.fr)\n2. deux\n\nFin.")
    assert renderer().plain(text) == "Un mot.\n\n1. site (https://exemple.fr)\n2. deux\n\nFin."


def test_an_untranslated_text_says_its_own_language() -> None:
    assert renderer(locale="ar").inline(t("Bonjour")) == '<span lang="fr" dir="ltr">Bonjour</span>'


def test_derived_values_and_table_columns_are_shown() -> None:
    compiled = build_journey(procedure(), {}, TODAY, started=TODAY)
    held = replace(compiled, derived={"ends": date(2026, 12, 1), "office": {"town": "Créteil"}, "n": 1200})
    made = TextRenderer(procedure(), "fr", held)
    assert made.plain(t("{derived.ends} {derived.office.town} {derived.n}")) == "1er décembre 2026 Créteil 1\u202f200"
    assert "<bdi>Créteil</bdi>" in made.inline(t("{derived.office.town}"))
