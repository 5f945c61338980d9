"""Slips of the hand: a dash without its space, French quotes, a text where a number is asked. Each is told as what it
is, on its line, with the line to write.
"""

from __future__ import annotations

import pytest

from app.spec.codes.examples import BASE, TODAY
from app.spec.compiler import compile_text
from app.spec.diagnostics import Diagnostic, Findings
from app.spec.repair import apply_edits, certain
from app.spec.source import load
from app.verify.telling import prove

DASHES = [number for number, line in enumerate(BASE.split("\n")) if line.lstrip().startswith("- ")]


def _found(text: str) -> list[Diagnostic]:
    return compile_text(text, today=TODAY).diagnostics


@pytest.mark.parametrize("number", DASHES)
def test_a_dash_without_its_space_is_told_on_its_line_and_mended(number: int) -> None:
    """Whichever item of a sound procedure: nothing else is said, and the repair gives back the file."""
    lines = BASE.split("\n")
    lines[number] = lines[number].replace("- ", "-", 1)
    text = "\n".join(lines)
    found = _found(text)
    assert [(one.code, one.line) for one in found] == [("Y28", number + 1)]
    assert apply_edits(text, [edit for _, edit in certain(found)]) == BASE


def test_all_dashes_without_their_spaces_are_told_in_one_run() -> None:
    text = "\n".join(
        line.replace("- ", "-", 1) if number in DASHES else line for number, line in enumerate(BASE.split("\n"))
    )
    found = _found(text)
    assert [(one.code, one.line) for one in found] == [("Y28", number + 1) for number in DASHES]
    assert apply_edits(text, [edit for _, edit in certain(found)]) == BASE


def test_an_item_written_under_its_dash_is_moved_as_a_whole() -> None:
    text = 'a:\n  -id: "x"\n   title: "y"\n   more:\n     - "z"\n  - id: "w"\n'
    findings = Findings()
    tree = load(text, "p.yaml", findings)
    meant = {"a": [{"id": "x", "title": "y", "more": ["z"]}, {"id": "w"}]}
    assert tree is not None
    assert tree.to_plain() == meant
    assert [found.code for found in findings.diagnostics] == ["Y28"]
    again = load(apply_edits(text, [edit for _, edit in certain(findings.diagnostics)]), "p.yaml", after := Findings())
    assert again is not None
    assert again.to_plain() == meant
    assert after.diagnostics == []


def test_a_list_of_words_without_spaces_is_a_proposal() -> None:
    """A word behind a dash may also be a text."""
    findings = Findings()
    tree = load("a:\n  -AT\n  -BE\n", "p.yaml", findings)
    assert tree is not None
    assert tree.to_plain() == {"a": ["AT", "BE"]}
    assert [(found.code, found.line) for found in findings.diagnostics] == [("Y28", 2), ("Y28", 3)]
    assert certain(findings.diagnostics) == []


def test_a_dash_in_a_file_that_stays_unreadable_is_a_proposal() -> None:
    findings = Findings()
    load('a:\n  - id: "x"\n  -more: id: "y"\n   title: "z"\n', "p.yaml", findings)
    assert next(found.code for found in findings.diagnostics) == "Y28"
    assert certain([found for found in findings.diagnostics if found.code == "Y28"]) == []


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  -id: x\n  -b\n",
        'a: "un texte\n  -id: x\n  fini"\n',
        "a: -5\n",
        "a:\n  - -5\n",
        'a: "x -y"\nb: "-y"\n',
    ],
)
def test_a_dash_inside_a_text_or_before_a_number_is_none(text: str) -> None:
    findings = Findings()
    load(text, "p.yaml", findings)
    assert "Y28" not in {found.code for found in findings.diagnostics}


@pytest.mark.parametrize(
    ("written", "code", "meant"),
    [
        ("title: « Un exemple »", "Y29", 'title: "Un exemple"'),
        ("title: «\u00a0Un exemple\u00a0»", "Y29", 'title: "Un exemple"'),
        ("title: « Un : exemple »", "Y29", 'title: "Un : exemple"'),
        ("title: “Un exemple”", "Y16", 'title: "Un exemple"'),
        ("title: ‘Un exemple’", "Y16", 'title: "Un exemple"'),
    ],
)
def test_quotes_that_yaml_does_not_know_are_told_with_the_line_to_write(written: str, code: str, meant: str) -> None:
    text = BASE.replace('title: "Un exemple"', written)
    found = _found(text)
    assert [(one.code, one.line) for one in found] == [(code, 4)]
    assert found[0].fix is not None
    assert apply_edits(text, found[0].fix.edits) == BASE.replace('title: "Un exemple"', meant)


@pytest.mark.parametrize("written", ["“Votre, adresse”", "« Votre, adresse »", "‘Votre, adresse’"])
def test_in_a_one_line_map_too_where_a_comma_would_cut_the_text(written: str) -> None:
    text = BASE.replace('"Votre adresse"', written)
    found = _found(text)
    assert [one.code for one in found] == ["Y29" if "«" in written else "Y16"]
    assert found[0].fix is not None
    assert apply_edits(text, found[0].fix.edits) == BASE.replace('"Votre adresse"', '"Votre, adresse"')


@pytest.mark.parametrize("text", ['title: "Le « papier »"', 'title: "Cochez, « oui », ou non"', 'title: "« Oui »"'])
def test_french_quotes_between_straight_ones_are_text(text: str) -> None:
    assert _found(BASE.replace('title: "Un exemple"', text)) == []
    inside = text.replace("title", "label")
    assert _found(BASE.replace('label: "Votre adresse"', inside)) == []


@pytest.mark.parametrize(
    ("before", "written", "line", "sure", "meant"),
    [
        ("value: 50,", 'value: "50",', "value: 50", True, "value: 50,"),
        ("value: 50,", 'value: "1 050,50 euros",', "value: 1050.50", False, "value: 1050.50,"),
        ('3, unit: "months"', '"3 mois"', 'value: 3, unit: "months"', False, '3, unit: "months"'),
        ('"Enfant"}', '"Enfant", max: "10"}', "max: 10", True, '"Enfant", max: 10}'),
        ('"Enfant"}', '"Enfant", max: "10 enfants"}', "max: 10", False, '"Enfant", max: 10}'),
    ],
)
def test_a_text_where_a_number_is_asked(before: str, written: str, line: str, sure: bool, meant: str) -> None:
    text = BASE.replace(before, written, 1)
    found = _found(text)
    assert [one.code for one in found] == ["S10"]
    assert f"Écrivez : {line}" in found[0].hint
    assert found[0].fix is not None
    assert found[0].fix.certainty == ("certain" if sure else "likely")
    assert apply_edits(text, found[0].fix.edits) == BASE.replace(before, meant, 1)


def test_a_number_in_words_is_told_without_a_repair() -> None:
    found = _found(BASE.replace("value: 3,", 'value: "trois",'))
    assert [(one.code, one.fix) for one in found] == [("S10", None)]


def test_a_duration_or_a_size_in_french_units() -> None:
    derived = 'derived:\n  end: {date_plus: ["move_date", "4 mois"]}\nrules:\n'
    found = _found(BASE.replace("rules:\n", derived))
    assert [one.code for one in found] == ["S10"]
    assert found[0].fix is not None
    assert found[0].fix.edits[0].text == '"4 months"'
    document = 'documents:\n  - {id: "x", title: "Un papier", why: "Utile.", max_size: "10 Mo", need: "required"}\n'
    found = [one for one in _found(BASE + document) if one.code == "S10"]
    assert [one.fix.edits[0].text for one in found if one.fix is not None] == ['"10 MB"']


def test_a_number_between_quotes_in_a_condition_loses_them() -> None:
    rule = 'rules:\n  works: {says: "Travaille", when: {hours: {at_least: "10"}}}\n'
    text = BASE.replace("rules:\n", rule)
    found = _found(text)
    assert [one.code for one in found] == ["C04"]
    compiled = compile_text(apply_edits(text, [edit for _, edit in certain(found)]), today=TODAY)
    findings = Findings(list(compiled.diagnostics))
    prove(compiled, findings)
    assert [one for one in findings.diagnostics if one.severity == "error"] == []
