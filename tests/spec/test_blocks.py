"""Shared blocks: BL01 namespacing reaches every reference, BL02 settings of `use`, BL03 faults are placed where they
are mended.
"""

from __future__ import annotations

from datetime import date

from app.spec.compiler import Compiled, compile_text
from app.spec.model import Duration, Procedure, Ref
from app.spec.model import Test as Atom

HEAD = """
procedure: "p"
language: "fr"
title: "T"
summary: "S"
authority: "A"
sources: [{title: "CESEDA", kind: "law"}]
checked_on: "2026-11-20"
review_by: "2027-02-20"
channels: {anef: {kind: "external", title: "Le site", source: "R431-2"}}
contacts: [{title: "Centre", phone: "0 806 001 620"}]
"""
PERSON = """
block: "person"
fields:
  - {id: "first_name", kind: "name", label: "Prénom", autocomplete: "given-name"}
  - {id: "birth", kind: "date", label: "Date", not_after: "today"}
  - {id: "death", kind: "date", label: "Décès", not_before: "birth", required: "no"}
  - {id: "married", kind: "yes_no", label: "Marié ?", when: {rule: "adult"}, help: "Pour {answer.other}."}
  - {id: "other", kind: "name", label: "Autre prénom", same_as: "first_name", required: "no"}
documents:
  - id: "deed"
    title: "Acte de {answer.first_name}"
    when: {married: "yes"}
    one_of: [["copy"]]
    satisfied_by: "other"
parts:
  copy: {title: "Copie"}
rules:
  adult: {says: "Majeur", when: {age: {at_least: 18}}}
derived:
  age: {years_at: ["birth", "today"]}
  half_way: {date_plus: ["birth", "9 years"]}
"""


def _compile(steps: str, person: str = PERSON) -> Compiled:
    return compile_text(f"{HEAD}steps:\n{steps}", blocks={"person": person}, today=date(2026, 11, 24))


def _good(steps: str) -> Procedure:
    compiled = _compile(steps, PERSON.replace(', help: "Pour {answer.other}."', ""))
    assert [(found.code, found.message) for found in compiled.diagnostics] == []
    assert compiled.procedure is not None
    return compiled.procedure


def test_as_renames_every_reference_of_the_block() -> None:
    """BL01: questions, rules, derived values, documents, parts, limits, placeholders."""
    procedure = _good(
        '  - {id: "child", title: "T", fields: [{use: {block: "person", as: "child", subject: "other"}}]}\n'
    )
    fields = {field.id: field for field in procedure.steps[0].fields}
    assert list(fields) == ["child.first_name", "child.birth", "child.death", "child.married", "child.other"]
    assert fields["child.death"].settings["not_before"] == "child.birth"
    assert fields["child.other"].same_as == "child.first_name"
    assert procedure.rules["child.adult"].when == Atom(Ref("child.age", "derived"), "at_least", 18)
    assert procedure.derived["child.half_way"].arguments == (Ref("child.birth"), Duration(9, "years"))
    document = procedure.documents[0]
    assert (document.id, document.one_of, document.satisfied_by) == ("child.deed", (("child.copy",),), "child.other")
    assert document.title.source == "Acte de {answer.child.first_name}"
    assert document.need[0].when == Atom(Ref("child.married"), "is", ("yes",))
    assert set(procedure.parts) == {"child.copy"}


def test_subject_other_keeps_the_browser_from_filling_in_the_applicant() -> None:
    """BL02"""
    procedure = _good(
        '  - {id: "child", title: "T", fields: [{use: {block: "person", as: "child", subject: "other"}}]}\n'
    )
    assert {field.subject for field in procedure.steps[0].fields} == {"other"}
    assert procedure.steps[0].fields[0].autocomplete is None


def test_the_same_block_serves_twice_under_two_names() -> None:
    """BL02: `use` on the step comes before its own fields; texts have their own addresses for translation."""
    procedure = _good("""
  - {id: "me", title: "T", use: "person", fields: [{id: "last", kind: "text", label: "Fin"}]}
  - {id: "kid", title: "T", fields: [{id: "intro", kind: "text", label: "Q"}, {use: {block: "person", as: "kid"}}]}
""")
    assert [field.id for field in procedure.steps[0].fields][0::5] == ["first_name", "last"]
    assert [field.id for field in procedure.steps[1].fields][:2] == ["intro", "kid.first_name"]
    assert procedure.steps[1].fields[1].label.context == "p/steps/kid/fields/kid.first_name/label"
    assert [document.id for document in procedure.documents] == ["deed", "kid.deed"]


def test_except_optional_and_required() -> None:
    """BL02: a document of the block can be left out as well as a question."""
    procedure = _good("""
  - id: "me"
    title: "T"
    use: {block: "person", except: ["married", "deed"], optional: ["birth"], required: ["death"]}
""")
    assert {field.id: field.required for field in procedure.steps[0].fields} == {
        "first_name": True,
        "birth": False,
        "death": True,
        "other": False,
    }
    assert procedure.documents == ()


def test_a_block_used_twice_without_a_namespace_is_told_at_the_second_use() -> None:
    """BL03"""
    found = _compile("""  - {id: "a", title: "T", use: {block: "person", except: ["married", "deed"]}}
  - {id: "b", title: "T", use: {block: "person", except: ["married", "deed"]}}
""").diagnostics
    assert {(d.code, d.file, d.line, d.column) for d in found} == {("R09", "procedure.yaml", 14, 32)}


def test_a_question_that_only_an_unused_block_asks_is_told_with_that_block() -> None:
    steps = """
  - id: "you"
    title: "Vous"
    fields:
      - {id: "why", kind: "text", label: "Pourquoi ?", when: {married: "yes"}}
"""
    (found,) = _compile(steps).diagnostics
    assert (found.code, found.line) == ("R01", 17)
    assert "Le bloc partagé « person » pose cette question : écrivez `use: person` dans une étape." in found.hint


def test_a_fault_inside_a_block_names_the_block_and_its_use() -> None:
    """BL03: the block's own line, and where the procedure uses it."""
    broken = PERSON.replace('married: "yes"', 'maried: "yes"')
    found = [d for d in _compile('  - {id: "a", title: "T", use: "person"}\n', broken).diagnostics if d.code == "R01"]
    assert [(d.file, d.line) for d in found] == [("shared/person.yaml", 12)]
    assert found[0].related[0].span.file == "procedure.yaml"


def test_a_question_of_a_later_page_cannot_be_cited() -> None:
    """BL03: `{answer.other}` comes after the help that cites it."""
    assert "C05" in {d.code for d in _compile('  - {id: "a", title: "T", use: "person"}\n').diagnostics}


def test_a_block_with_a_broken_line_is_reported_once_however_often_it_is_used() -> None:
    """BL03"""
    steps = "".join(
        f'  - {{id: "{step}", title: "T", use: {{block: "person", as: "{alias}"}}}}\n' for step, alias in ("ax", "by")
    )
    found = _compile(steps, PERSON.replace('required: "no"}', "requird: no}", 1)).diagnostics
    assert [(d.code, d.file, d.line) for d in found if d.code == "S01"] == [("S01", "shared/person.yaml", 6)]


CHECKED = (
    PERSON.replace(', help: "Pour {answer.other}."', "")
    + """
checks:
  - {when: {birth: {before: "1900-01-01"}}, says: "Cette date est-elle la bonne ?", level: "advice", at: "birth"}
  - {when: {death: {before: "1900-01-01"}}, says: "Cette date est-elle la bonne ?", at: "death"}
facts:
  deed_age: {periods: [{value: 3, unit: "months", source: "F35807"}]}
retired: ["maiden_name"]
"""
)


def test_a_block_brings_its_checks_and_facts() -> None:
    """BL01: a check over several answers of the block; BL02: not one about a question that is left out."""
    use = '{block: "person", as: "child", except: ["death"]}'
    compiled = _compile(f'  - {{id: "a", title: "T", use: {use}}}\n', CHECKED)
    assert [(found.code, found.message) for found in compiled.diagnostics] == []
    assert compiled.procedure is not None
    checks = [check for page in compiled.procedure.steps[0].pages for check in page.checks]
    assert [(check.at, check.when) for check in checks] == [
        ("child.birth", Atom(Ref("child.birth"), "before", date(1900, 1, 1)))
    ]
    assert compiled.procedure.facts["deed_age"].periods[0].value == 3


def test_a_name_that_a_block_has_retired_is_not_used_again() -> None:
    """BL03"""
    again = CHECKED.replace('id: "other"', 'id: "maiden_name"').replace(
        'satisfied_by: "other"', 'satisfied_by: "death"'
    )
    found = _compile('  - {id: "a", title: "T", use: {block: "person", as: "kid"}}\n', again).diagnostics
    assert [(d.code, d.file) for d in found] == [("R14", "shared/person.yaml")]
