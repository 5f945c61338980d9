"""French spaces: what a reader would notice if they were wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.locale import typography

N, F = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Où habitez-vous ?", f"Où habitez-vous{F}?"),
        ("Attention ! Un délai ; deux délais", f"Attention{F}! Un délai{F}; deux délais"),
        ("Deux cas : un, deux", f"Deux cas{N}: un, deux"),
        ("« Oui »", f"«{N}Oui{N}»"),
        ("«Oui»", f"«{N}Oui{N}»"),
        ("{answer.name} ?", f"{{answer.name}}{F}?"),
        ("<strong>Date</strong> : demain", f"<strong>Date</strong>{N}: demain"),
        ("225 €", f"225{N}€"),
        ("Appelez le 0 806 001 620.", f"Appelez le 0{N}806{N}001{N}620."),
        ("Le 01 23 45 67 89, ou le 39 39", f"Le 01{N}23{N}45{N}67{N}89, ou le 39{N}39"),
        ("Le 24 11 2026, en 20 12 et 36,30 12", "Le 24 11 2026, en 20 12 et 36,30 12"),
    ],
)
def test_spaces_that_must_not_break_are_put_in(typed: str, shown: str) -> None:
    assert typography(typed, "fr") == shown


@pytest.mark.parametrize(
    "text",
    [
        "12:30",
        "https://exemple.fr/a?b=c;d!e",
        "[le site](https://exemple.fr/?q=a:b)",
        "{fact.stamp}",
        '<a href="https://exemple.fr/?a ; b">x</a>',
        "mailto:aide@exemple.fr?subject=a",
        "`a ? b : c`",
        "&nbsp;",
        "Jean:Luc",
    ],
)
def test_addresses_times_placeholders_code_and_tags_stay_as_they_are(text: str) -> None:
    assert typography(text, "fr") == text


@given(st.text(alphabet="ab «»?!;:{}<>`12&€ \u00a0\u202fhttps:/.", max_size=40))
def test_twice_changes_nothing_more(text: str) -> None:
    once = typography(text, "fr")
    assert typography(once, "fr") == once


def test_a_telephone_number_is_in_one_piece_in_every_language() -> None:
    assert typography("اتصلوا بالرقم 0 806 001 620", "ar") == f"اتصلوا بالرقم 0{N}806{N}001{N}620"


def test_other_languages_keep_their_own_spaces() -> None:
    assert typography("Where do you live ?", "en") == "Where do you live ?"
