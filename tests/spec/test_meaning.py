"""Meaning: what is sound to the letter and leaves applicants alone. ME01 hard questions have help, ME02 the browser can
fill in what is one's own and nothing else, ME03 links lead somewhere, ME04 units agree, ME05 certain fixes say what was
meant, ME06 a name given twice is told before what it hides.
"""

from __future__ import annotations

import pytest
from babel import Locale
from babel.numbers import get_territory_currencies, list_currencies

from app.spec.codes.examples import whole
from app.spec.diagnostics import Diagnostic
from app.spec.repair import apply_edits
from app.spec.units import CURRENCIES
from tests.spec.sample import STEPS, codes, findings


def _field(kind: str, more: str = "", step: str = "") -> str:
    head = STEPS.replace("    fields:", f"{step}    fields:")
    return f'{head}      - {{id: "x", kind: "{kind}", label: "Numéro ?"{more}}}\n'


@pytest.mark.parametrize(
    "kind", ["permit_number", "foreigner_number", "passport_number", "visa_number", "e_photo", "fiscal_stamp"]
)
@pytest.mark.parametrize(
    ("more", "step", "expected"),
    [
        ("", "", {"M17"}),
        (', hint: "Devant."', "", set()),
        (', help: "Regardez devant."', "", set()),
        (', example: "AB1234567"', "", set()),
        ("", '    picture: {file: "carte.svg", alt: "La carte, devant : le numéro est en haut."}\n', set()),
    ],
)
def test_a_number_to_look_for_has_help(kind: str, more: str, step: str, expected: set[str]) -> None:
    """ME01"""
    assert codes(_field(kind, more, step)) == expected


@pytest.mark.parametrize(
    ("kind", "more", "expected"),
    [
        ("name", ', autocomplete: "given-name"', set()),
        ("name", ', autocomplete: "billing given-name"', set()),
        ("name", ', autocomplete: "off"', set()),
        ("name", ', autocomplete: "firstname"', {"M18"}),
        ("name", ', autocomplete: "email"', {"M18"}),
        ("name", ', autocomplete: "given-name", subject: "other"', {"M18"}),
        ("name", ', subject: "other"', set()),
        ("name", "", set()),
        ("date", ', autocomplete: "bday"', set()),
        ("whole_number", ', autocomplete: "bday"', {"M18"}),
    ],
)
def test_the_browser_fills_in_what_is_ones_own(kind: str, more: str, expected: set[str]) -> None:
    """ME02: WCAG 1.3.5, RGAA 11.13."""
    assert codes(_field(kind, more)) == expected


def test_ones_own_name_can_be_filled_in() -> None:
    """ME02: of a name that may be another person's, nothing is said."""
    own = _field("name").replace("Numéro ?", "Vos prénoms ?")
    assert codes(own) == {"M19"}
    assert codes(own.replace('kind: "name"', 'kind: "name", autocomplete: "off"')) == set()


def test_an_item_of_a_list_is_somebody_else() -> None:
    """ME02"""
    children = """
steps:
  - id: "children"
    title: "Vos enfants"
    repeat: {item: "Enfant"}
    fields: [{id: "child_name", kind: "name", label: "Prénom ?", autocomplete: "given-name"}]
rules: {}
"""
    assert codes(children) == {"M18"}
    assert codes(children.replace(', autocomplete: "given-name"', "")) == set()


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[Le site](https://example.fr/a?b=c)", set()),
        ("[Écrire](mailto:aide@example.fr)", set()),
        ("[Appeler](tel:0806001620)", set()),
        ("[Le site](http://example.fr/)", {"M20"}),
        ("[Le site](www.example.fr)", {"M20"}),
        ("[Le site](/aide)", {"M20"}),
        ("[Le site]()", {"M20"}),
        ("[Le site](javascript:alert)", {"M20"}),
        ("Rien (du tout).", set()),
    ],
)
def test_links_lead_somewhere(link: str, expected: set[str]) -> None:
    """ME03"""
    assert codes(f'summary: "{link}"\n') == expected


def test_addresses_of_the_file_are_safe_too() -> None:
    """ME03"""
    contact = 'contacts: [{title: "Le centre", phone: "0 806 001 620", url: "%s://example.fr/"}]\n'
    assert codes(contact % "http") == {"M20"}
    assert codes(contact % "https") == set()


UNITS = """
facts:
  stamp: {periods: [{value: 50, unit: "EUR", source: "L436-7"}]}
  delay: {periods: [{value: 3, unit: "months", source: "R431-23"}]}
  age: {periods: [{value: 18, unit: "years", source: "Code civil"}]}
  hours: {periods: [{value: 964, unit: "hours", source: "R5221-26"}]}
derived:
  days: {between: ["move_date", "today"], unit: "days"}
  months: {between: ["move_date", "today"]}
  years: {years_at: ["move_date", "today"]}
documents: [{id: "proof", title: "Une preuve", when: {%s: {at_least: {fact: "%s"}}}}]
"""


@pytest.mark.parametrize(
    ("name", "fact", "expected"),
    [
        ("months", "delay", set()),
        ("days", "delay", {"C15"}),
        ("years", "age", set()),
        ("years", "delay", {"C15"}),
        ("months", "stamp", {"C15"}),
        ("hours", "hours", set()),
    ],
)
def test_units_agree(name: str, fact: str, expected: set[str]) -> None:
    """ME04: what a whole number counts is only said to people; of that nothing is said."""
    assert codes(UNITS % (name, fact)) == expected


def _mended(sections: str) -> tuple[Diagnostic, str]:
    found = findings(sections)
    assert len(found) == 1
    assert found[0].fix is not None
    assert found[0].fix.certainty == "certain"
    text = whole(sections).text
    return found[0], apply_edits(text, found[0].fix.edits)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('title: "Payez {stamp} avant"\n', 'title: "Payez {fact.stamp} avant"\n'),
        ("title: Payez {stamp} avant\n", "title: Payez {fact.stamp} avant\n"),
        (UNITS % ("months", "delay") + "x", ""),
    ][:2],
)
def test_a_name_between_braces_is_completed(wrong: str, right: str) -> None:
    """ME05: where only one thing has that name."""
    found, text = _mended(wrong)
    assert found.code == "R12"
    assert text == whole(right).text


def test_a_fact_in_place_of_a_number_is_written_as_one() -> None:
    """ME05"""
    wrong = UNITS.replace('{fact: "%s"}', '"%s"') % ("months", "delay")
    found, text = _mended(wrong)
    assert found.code == "C04"
    assert text == whole(UNITS % ("months", "delay")).text


@pytest.mark.parametrize(("written", "number"), [("877,50", "877.50"), ("39 582", "39582"), ("1\u202f234,5", "1234.5")])
def test_a_french_number_is_written_as_yaml_wants_it(written: str, number: str) -> None:
    """ME05"""
    fact = UNITS.replace("value: 50", "value: {}") % ("months", "delay")
    found, text = _mended(fact.replace("value: {}", f"value: {written}"))
    assert found.code == "Y18"
    assert text == whole(fact.replace("value: {}", f"value: {number}")).text


def test_only_what_stands_between_braces_is_underlined() -> None:
    """ME05"""
    wrong = 'title: "Payez {fact.stanp} avant"\n'
    (found,) = findings(wrong)
    line = whole(wrong).text.split("\n")[found.line - 1]
    assert line[found.column - 1 : found.end_column - 1] == "{fact.stanp}"


@pytest.mark.parametrize(
    ("written", "meant"), [("mois", "months"), ("mnths", "months"), ("€", "EUR"), ("euros", "EUR")]
)
def test_a_unit_that_nobody_knows_is_refused(written: str, meant: str) -> None:
    """ME04: with the one that was meant."""
    found = findings(f'facts:\n  fee: {{periods: [{{value: 5, unit: "{written}", source: "L1"}}]}}\n')
    (unit,) = [one for one in found if one.code == "S04"]
    assert unit.fix is not None
    assert unit.fix.edits[0].text == f'"{meant}"'


def test_the_currencies_are_those_in_use() -> None:
    """ME04: as CLDR knows them, so that a page can write each."""
    assert len(CURRENCIES) > 150
    assert list_currencies() >= CURRENCIES
    here = {money for land in Locale("fr").territories if len(land) == 2 for money in get_territory_currencies(land)}
    assert here - CURRENCIES == set()


def test_a_swapped_letter_is_nearer_than_a_missing_one() -> None:
    (found,) = [
        one for one in findings('facts: {fee: {periods: [{value: 5, unti: "EUR", source: "L1"}]}}\n') if one.fix
    ]
    assert found.fix is not None
    assert found.fix.edits[0].text == "unit"


@pytest.mark.parametrize(
    ("more", "when"),
    [
        ("", '{other: "yes"}'),
        ('derived: {other_one: {years_at: ["other", "today"]}}\n', '{moved: "yes"}'),
    ],
)
def test_a_name_given_twice_is_told_alone_with_the_line_of_the_first(more: str, when: str) -> None:
    """ME06: who was called « other » has lost that name: to propose « moved » instead would spoil every condition."""
    twice = STEPS + "".join(f'      - {{id: "moved", kind: "yes_no", label: "Question {n} ?"}}\n' for n in (1, 2))
    (found,) = findings(f'{twice}{more}outcomes: [{{id: "o", when: {when}, title: "T", body: "B."}}]\n')
    assert found.code == "R09"
    assert f"La ligne {found.related[0].span.line} porte" in found.hint
    assert found.related[0].span.line == found.line - 1


def test_a_choice_named_twice_is_told_alone() -> None:
    """ME06"""
    twice = _field("radios", ', choices: [{id: "a", label: "A"}, {id: "a", label: "B"}]')
    assert codes(f'{twice}outcomes: [{{id: "o", when: {{x: "b"}}, title: "T", body: "B."}}]\n') == {"R09"}
