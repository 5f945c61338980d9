"""Conditions: CO01 the grammar becomes the model, CO02 operators fit kinds, CO03 order and pages, CO04 `none` and
unasked questions, CO05 "I do not know", CO06 items.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.spec.compiler import Compiled, compile_text
from app.spec.model import All, AnyOf, Duration, FactRef, Items, NoneOf, Procedure, Ref, RuleRef
from app.spec.model import Test as Atom

TODAY = date(2026, 11, 24)
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
facts:
  delay: {periods: [{value: 3, unit: "months", source: "R431-23"}]}
  limit: {periods: [{value: 964, unit: "hours", source: "L422-1"}]}
lists: {europe: ["BE", "DE"]}
tables: {offices: {file: "offices.csv", key: "department"}}
"""
QUESTIONS = """
steps:
  - id: "one"
    title: "Un"
    fields:
      - {id: "moved", kind: "yes_no", label: "Q moved"}
      - {id: "changes", kind: "checkboxes", label: "Q changes", choices: [{id: "a", label: "A"}, {id: "b", label: "B"}]}
      - {id: "ground", kind: "radios", label: "Q ground", choices: [{id: "x", label: "X"}, {id: "y", label: "Y"}]}
      - {id: "end", kind: "date", label: "Q end"}
      - {id: "hours", kind: "whole_number", label: "Q hours"}
      - {id: "pay", kind: "amount", label: "Q pay"}
      - {id: "country", kind: "country", label: "Q country"}
      - {id: "address", kind: "address", label: "Q address"}
      - {id: "note", kind: "text", label: "Q note"}
  - id: "children"
    title: "Enfants"
    repeat: {item: "E"}
    fields: [{id: "born", kind: "date", label: "Q born"}]
derived:
  months: {between: ["end", "today"]}
  closes: {date_minus: ["end", "60 days"]}
  office: {lookup: {table: "offices", key: "address.department"}}
  moved_far: {differs: ["address.department", "country"]}
rules:
  late: {says: "Tard", when: {end: {less_than_ahead: "1 week"}}}
"""
TABLES = {"offices.csv": "department,name\n94,Créteil\n"}


def _compile(tail: str, body: str = QUESTIONS) -> Compiled:
    return compile_text(HEAD + body + tail, tables=TABLES, today=TODAY)


def _good(tail: str, body: str = QUESTIONS) -> Procedure:
    compiled = _compile(tail, body)
    assert [(found.code, found.line, found.message) for found in compiled.diagnostics] == []
    assert compiled.procedure is not None
    return compiled.procedure


def _condition(written: str) -> Any:
    return _good(f'documents: [{{id: "d", title: "D", when: {written}}}]\n').documents[0].need[0].when


def _codes(tail: str, body: str = QUESTIONS) -> list[str]:
    return [found.code for found in _compile(tail, body).diagnostics]


def _document(written: str) -> list[str]:
    return _codes(f'documents: [{{id: "d", title: "D", when: {written}}}]\n')


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('{moved: "yes"}', Atom(Ref("moved"), "is", ("yes",))),
        ("{moved: true}", Atom(Ref("moved"), "is", ("yes",))),
        ('{ground: ["x", "y"]}', Atom(Ref("ground"), "is", ("x", "y"))),
        ('{changes: {includes: "a"}}', Atom(Ref("changes"), "includes", ("a",))),
        ('{changes: {includes_none: ["a", "b"]}}', Atom(Ref("changes"), "includes_none", ("a", "b"))),
        ("{hours: {at_least: 3}}", Atom(Ref("hours"), "at_least", 3)),
        ("{hours: 0}", Atom(Ref("hours"), "is", (0,))),
        ("{pay: {between: [1.50, 2]}}", Atom(Ref("pay"), "between", (Decimal("1.50"), 2))),
        ("{hours: {more_than: {fact: limit}}}", Atom(Ref("hours"), "more_than", FactRef("limit"))),
        ('{country: {in: "europe"}}', Atom(Ref("country"), "in", ("BE", "DE"))),
        ('{country: {not_in: ["FR"]}}', Atom(Ref("country"), "not_in", ("FR",))),
        ('{address.kind: "none"}', Atom(Ref("address", part="kind"), "is", ("none",))),
        ('{note: {answered: "no"}}', Atom(Ref("note"), "answered", "no")),
        ('{end: {before: "2027-01-01"}}', Atom(Ref("end"), "before", date(2027, 1, 1))),
        ('{end: {on_or_after: "today"}}', Atom(Ref("end"), "on_or_after", "today")),
        ('{end: {more_than_ago: "3 months"}}', Atom(Ref("end"), "more_than_ago", Duration(3, "months"))),
        ('{end: {less_than_ahead: "delay"}}', Atom(Ref("end"), "less_than_ahead", FactRef("delay"))),
        ("{months: {less_than: 12}}", Atom(Ref("months", "derived"), "less_than", 12)),
        ('{closes: {before: "today"}}', Atom(Ref("closes", "derived"), "before", "today")),
        ('{office.name: "Créteil"}', Atom(Ref("office", "derived", "name"), "is", ("Créteil",))),
        ('{moved_far: "yes"}', Atom(Ref("moved_far", "derived"), "is", ("yes",))),
        ('{children: {answered: "yes"}}', Atom(Ref("children", "repeat"), "answered", "yes")),
        ('{rule: "late"}', RuleRef("late")),
        ('{moved: "yes", hours: 1}', All((Atom(Ref("moved"), "is", ("yes",)), Atom(Ref("hours"), "is", (1,))))),
        (
            "{hours: {at_least: 1, less_than: 5}}",
            All((Atom(Ref("hours"), "at_least", 1), Atom(Ref("hours"), "less_than", 5))),
        ),
        (
            '{any: [{moved: "yes"}, {hours: 1}]}',
            AnyOf((Atom(Ref("moved"), "is", ("yes",)), Atom(Ref("hours"), "is", (1,)))),
        ),
        ('{none: [{moved: "yes"}]}', NoneOf((Atom(Ref("moved"), "is", ("yes",)),))),
        (
            '{no_item: {of: "children", when: {born: {before: "today"}}}}',
            Items("no", "children", Atom(Ref("born"), "before", "today")),
        ),
    ],
)
def test_every_form_of_the_grammar(written: str, expected: object) -> None:
    """CO01: what is written is what the journey evaluates, through the stored form and back."""
    assert _condition(written) == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('{changes: "a"}', "C02"),
        ('{ground: {includes: "x"}}', "C02"),
        ("{end: {at_least: 3}}", "C02"),
        ('{note: "texte"}', "C02"),
        ('{address: "france"}', "C09"),
        ('{address.town: "Paris"}', "C09"),
        ('{address.kind: "Paris"}', "C03"),
        ('{country: "France"}', "C03"),
        ('{address.department: "Paris"}', "C03"),
        ('{ground: "z"}', "C03"),
        ("{address.department: 94}", "C04"),
        ('{hours: {more_than: "3"}}', "C04"),
        ('{end: {before: "demain"}}', "C04"),
        ('{end: {before: "2027-02-30"}}', "C04"),
        ('{end: {more_than_ago: "trois mois"}}', "C04"),
        ('{moved: {answered: "peut-être"}}', "C04"),
        ("{moved: {}}", "C04"),
        ("{moved: null}", "C04"),
        ("{ground: []}", "C04"),
        ("{hours: {between: [5, 1]}}", "C10"),
        ("{hours: {more_than: {fact: nothing}}}", "R05"),
        ("{end: {more_than_ago: {fact: limit}}}", "C12"),
        ('{country: {in: "asia"}}', "R03"),
        ('{rule: "early"}', "R02"),
        ('{nothing: "yes"}', "R01"),
        ("{hours: {plus: 1}}", "C01"),
        ('{moved: {unknown: "yes"}}', "C13"),
        ('{born: {before: "today"}}', "C08"),
        ('{any_item: {of: "one", when: {moved: "yes"}}}', "C11"),
    ],
)
def test_what_does_not_fit_is_refused(written: str, code: str) -> None:
    """CO02: with one message for one fault."""
    compiled = _compile(f'documents: [{{id: "d", title: "D", when: {written}}}]\n')
    assert [found.code for found in compiled.diagnostics] == [code]
    assert compiled.procedure is None


def test_a_question_that_reads_its_own_page_starts_the_next() -> None:
    """CO03: no question appears while one types; a check goes to the page of the last question it reads."""
    procedure = _good(
        "",
        """
steps:
  - id: "move"
    title: "T"
    fields:
      - {id: "moved", kind: "yes_no", label: "Q moved"}
      - {id: "far", kind: "yes_no", label: "Q far"}
      - {id: "day", kind: "date", label: "Q day", when: {moved: "yes"}}
      - {id: "place", kind: "text", label: "Q place", when: {far: "yes"}}
      - {id: "deed", kind: "text", label: "Q deed", when: {place: {answered: "yes"}}}
    checks:
      - {when: {moved: "no", far: "yes"}, says: "Non."}
      - {when: {day: {after: "today"}, moved: "yes"}, says: "Trop tard.", level: "advice"}
""",
    )
    pages = [
        (page.id, [field.id for field in page.fields], [check.at for check in page.checks])
        for page in procedure.steps[0].pages
    ]
    assert pages == [
        ("move", ["moved", "far"], ["far"]),
        ("move/day", ["day", "place"], ["day"]),
        ("move/deed", ["deed"], []),
    ]


@pytest.mark.parametrize(
    "steps",
    [
        '{id: "s", title: "T", fields: [{id: "a", @yes_no, when: {b: "yes"}}, {id: "b", @yes_no}]}',
        '{id: "s", title: "T", when: {a: "yes"}, fields: [{id: "a", @yes_no}]}',
        (
            '{id: "s", title: "T", fields: [{id: "a", @yes_no}], checks: [{when: {b: "yes"}, says: "x"}]},'
            ' {id: "t", title: "T", fields: [{id: "b", @yes_no}]}'
        ),
        '{id: "s", title: "T", notes: [{text: "x", when: {a: "yes"}}], fields: [{id: "a", @yes_no}]}',
        '{id: "s", title: "{answer.a}", fields: [{id: "a", @yes_no}]}',
        '{id: "s", title: "T", fields: [{id: "a", @date, not_after: "b"}, {id: "b", @date}]}',
        '{id: "s", title: "T", fields: [{id: "a", @text, same_as: "b"}, {id: "b", @text}]}',
    ],
)
def test_nothing_is_read_before_it_is_asked(steps: str) -> None:
    """CO03. `@kind` stands for a question's kind and label."""
    written = re.sub(r'"(\w+)", @(\w+)', r'"\1", kind: "\2", label: "Q \1"', steps)
    assert _codes("", f"steps: [{written}]\n") == ["C05"]


def test_a_rule_is_checked_where_it_is_used() -> None:
    """CO03: the rule reads the second question; it may serve after it, not before."""
    body = """
rules: {far: {says: "Loin", when: {b: "yes"}}}
steps:
  - id: "s"
    title: "T"
    fields:
      - {id: "a", kind: "yes_no", label: "Q a"%s}
      - {id: "b", kind: "yes_no", label: "Q b"}
      - {id: "c", kind: "yes_no", label: "Q c"%s}
"""
    assert _codes("", body % ("", ', when: {rule: "far"}')) == []
    assert _codes("", body % (', when: {rule: "far"}', "")) == ["C05"]


_MAYBE = """
steps:
  - id: "s"
    title: "T"
    fields:
      - {id: "moved", kind: "yes_no", label: "Q moved"}
      - {id: "far", kind: "yes_no", label: "Q far", when: {moved: "yes"}}
"""


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ('{none: [{far: "yes"}]}', ["C06"]),
        ('{moved: "yes", none: [{far: "yes"}]}', []),
        ('{far: {answered: "yes"}, none: [{far: "yes"}]}', []),
        ('{any: [{far: {answered: "no"}}, {none: [{far: "yes"}]}]}', []),
        ('{none: [{moved: "yes"}]}', []),
    ],
)
def test_none_over_a_question_that_may_not_be_asked(written: str, codes: list[str]) -> None:
    """CO04: the author says what is meant, by the same condition or with `answered`."""
    assert _codes(f'documents: [{{id: "d", title: "D", when: {written}}}]\n', _MAYBE) == codes


_UNSURE = """
steps:
  - id: "s"
    title: "T"
    fields: [{id: "far", kind: "yes_no", label: "Q far", unknown: {label: "?"%s}}]
"""


@pytest.mark.parametrize(
    ("otherwise", "written", "codes"),
    [
        ("", '[{level: "required", when: {far: "yes"}}]', ["C07", "C14"]),
        ("", '[{level: "required", when: {far: "yes"}}, {level: "optional", when: {far: {unknown: "yes"}}}]', []),
        ("", '[{level: "required", when: {any: [{far: "yes"}, {far: {unknown: "yes"}}]}}]', []),
        (', otherwise: "no"', '[{level: "required", when: {far: "yes"}}]', []),
    ],
)
def test_i_do_not_know_is_dealt_with_where_it_is_read(otherwise: str, written: str, codes: list[str]) -> None:
    """CO05: beside it, in the same condition, or once for all at the question."""
    assert _codes(f'documents: [{{id: "d", title: "D", need: {written}}}]\n', _UNSURE % otherwise) == codes


def test_an_item_question_is_read_inside_its_item_or_through_a_quantifier() -> None:
    """CO06"""
    repeated = """
steps:
  - id: "children"
    title: "Enfants"
    repeat: {item: "{answer.name}"}
    fields:
      - {id: "name", kind: "name", label: "Q name"}
      - {id: "school", kind: "yes_no", label: "Q school"}
      - {id: "level", kind: "text", label: "Q level", when: {school: "yes"}}
  - id: "after"
    title: "%s"
    fields: [{id: "z", kind: "text", label: "Q z", when: %s}]
"""
    assert _codes("", repeated % ("T", '{any_item: {of: "children", when: {school: "yes"}}}')) == []
    assert _codes("", repeated % ("T", '{school: "yes"}')) == ["C08"]
    assert _codes("", repeated % ("Bonjour {answer.name}", '{children: {answered: "yes"}}')) == ["C08"]


def test_the_message_points_at_the_word_and_proposes_the_right_one() -> None:
    """The place is the wrong word itself; the fix replaces just that."""
    found = _compile(
        'documents:\n  - id: "d"\n    title: "D"\n'
        '    when:\n      any:\n        - ground: "x"\n        - moved: "yess"\n'
    ).diagnostics
    assert [(d.code, d.column, d.end_column) for d in found] == [("C03", 18, 24)]
    assert "« yes »" in found[0].hint
    assert found[0].fix is not None
    assert found[0].fix.edits[0].text == '"yes"'
    assert found[0].path == "/documents/0/when/any/1/moved"
