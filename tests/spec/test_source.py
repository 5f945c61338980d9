"""Reading YAML: SR01 exact places, SR02 only safe scalars are typed, SR03 nothing is silently lost, SR04 no input kills
the reader, SR05 every problem is told in one run, SR06 repairs keep what was meant.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.spec.diagnostics import Findings
from app.spec.mending import MAX_DEPTH
from app.spec.repair import apply_edits, certain
from app.spec.source import decode, load
from app.spec.structure import check_shape
from app.spec.tree import Node, Span


def _load(text: str) -> tuple[Node | None, Findings]:
    findings = Findings()
    return load(text, "p.yaml", findings), findings


def _codes(findings: Findings) -> list[tuple[str, int, int]]:
    return [(found.code, found.line, found.column) for found in findings.in_order()]


def _span(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span("p.yaml", line, column, end_line, end_column)


def test_places_of_keys_and_values_count_code_points_from_one() -> None:
    """SR01, with an accent and a character outside the basic plane before the value."""
    tree, _ = _load('é: "🌍 ça"\nliste:\n  - a\n  - {b: 12}\n')
    assert tree is not None
    assert tree.keys["é"] == _span(1, 1, 1, 2)
    first = tree.get("é")
    assert first is not None
    assert first.span == _span(1, 4, 1, 10)
    item = tree.items("liste")[1]
    assert item.span == _span(4, 5, 4, 12)
    assert item.keys["b"] == _span(4, 6, 4, 7)
    assert item.path == ("liste", 1)


def test_a_block_ends_with_its_last_value() -> None:
    """SR01: the parser puts the end of a block at the next token, lines below."""
    tree, _ = _load("a:\n  b: 1\n  c: 2\n\n\nd: 3\n")
    assert tree is not None
    block = tree.get("a")
    assert block is not None
    assert block.span == _span(2, 3, 3, 7)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("877.50", Decimal("877.50")),
        ("yes", "yes"),
        ("no", "no"),
        ("NO", "NO"),
        ("on", "on"),
        ("2026-01-31", "2026-01-31"),
        ("0 806 001 620", "0 806 001 620"),
        ('"01000"', "01000"),
        ("'12'", "12"),
        ("1.2.3", "1.2.3"),
        ("R431-5", "R431-5"),
    ],
)
def test_scalars_that_are_safe(written: str, value: object) -> None:
    """SR02"""
    tree, findings = _load(f"k: {written}\n")
    assert findings.diagnostics == []
    node = tree.get("k") if tree else None
    assert node is not None
    assert node.value == value
    assert type(node.value) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "01000",
        "12:30",
        "1_000",
        "0x1F",
        "0o17",
        "1e3",
        ".5",
        "5.",
        "+33",
        "~",
        "True",
        "FALSE",
        "Null",
        ".inf",
        ".nan",
        "00",
    ],
)
def test_scalars_that_another_tool_reads_otherwise_are_refused(written: str) -> None:
    """SR02: with the fix that keeps what the author typed."""
    _, findings = _load(f"key: {written}\n")
    assert _codes(findings) == [("Y10", 1, 6)]
    fix = findings.diagnostics[0].fix
    assert fix is not None
    assert fix.edits[0].text == f'"{written}"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: Attention : lisez\n", ("Y25", 1, 4)),
        ("a: 'Acte de l'enfant'\n", ("Y22", 1, 4)),
        ('a: "dite "verte" ici"\n', ("Y23", 1, 4)),
        ("a: {fact.stamp} à payer\n", ("Y24", 1, 4)),
        ("a: %x\n", ("Y24", 1, 4)),
        ("a: @ccueil\n", ("Y24", 1, 4)),
        ("a: ! Important\n", ("Y07", 1, 4)),
        ("a: Dossier #3\n", ("Y15", 1, 12)),
        ("a: x\n  y\n", ("Y11", 1, 4)),
        ("\u00a0\u00a0a: 1\n", ("Y14", 1, 1)),
        ("a\u202f: 1\n", ("Y14", 1, 2)),
        ("a: “Bonjour”\n", ("Y16", 1, 4)),
        ("a: 1\na: 2\n", ("Y09", 2, 1)),
        ("a: &x 1\n", ("Y06", 1, 4)),
        ("<<: {a: 1}\n", ("Y06", 1, 1)),
        ("? [a, b]\n: 1\n", ("Y08", 1, 3)),
        ("---\na: 1\n---\nb: 2\n", ("Y05", 3, 1)),
        ("\tb: 1\n", ("Y13", 1, 1)),
        ("a: \u2028b\n", ("Y12", 1, 4)),
        ("a: \ud800\n", ("Y12", 1, 4)),
        ("", ("Y04", 1, 1)),
    ],
)
def test_traps_are_named_where_they_are(text: str, expected: tuple[str, int, int]) -> None:
    """SR03"""
    _, findings = _load(text)
    assert _codes(findings)[0] == expected


def test_the_repair_of_french_typography_gives_the_intended_text() -> None:
    """SR03: applying the proposed edit makes the file readable with the words that the author wrote."""
    for text, wanted in [
        ("a: Attention : lisez\n", "Attention : lisez"),
        ("a: 'Acte de l'enfant'\n", "Acte de l'enfant"),
        ("a: {fact.stamp} à payer\n", "{fact.stamp} à payer"),
        ("a: “Bonjour”\n", "Bonjour"),
    ]:
        _, findings = _load(text)
        fix = findings.diagnostics[0].fix
        assert fix is not None
        edit = fix.edits[0]
        line = text.rstrip("\n")
        tree, after = _load(line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :] + "\n")
        assert after.diagnostics == []
        assert tree is not None
        assert tree.text("a") == wanted


@pytest.mark.parametrize("text", ["[" * 30_000, "{a: " * 30_000, "- " * 30_000, "a: [" + "[" * 100_000])
def test_depth_bombs_are_refused(text: str) -> None:
    """SR04: the C composer dies on thirty thousand brackets."""
    tree, findings = _load(text)
    assert tree is None
    assert findings.has_errors


def test_the_deepest_allowed_file_is_read() -> None:
    """SR04: the limit itself is allowed, one more is not."""
    assert not _load("[" * MAX_DEPTH + "]" * MAX_DEPTH)[1].diagnostics
    assert _codes(_load("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))[1])[0][0] == "Y03"


def test_bytes_that_are_not_utf8_are_told_with_their_line() -> None:
    findings = Findings()
    assert decode("a: 1\nb: é\n".encode("latin-1"), "p.yaml", findings) is None
    assert _codes(findings) == [("Y02", 2, 1)]


MISTAKES = [
    ("a: Attention : lisez\n", {"a": "Attention : lisez"}),
    ("a: Durée\u00a0: 3 mois\nb: 1\n", {"a": "Durée\u00a0: 3 mois", "b": 1}),
    ("a: 'L'acte de l'enfant'\nb: 1\n", {"a": "L'acte de l'enfant", "b": 1}),
    ("a: 'l'acte\nb: 1\n", {"a": "l'acte", "b": 1}),
    ('a: "dite "verte" ici"\nb: 1\n', {"a": 'dite "verte" ici', "b": 1}),
    ('a: "valable" sur la carte\nb: 1\n', {"a": '"valable" sur la carte', "b": 1}),
    ('a: "non fermé\nb: 1\n', {"a": "non fermé", "b": 1}),
    ("a: {fact.stamp} à payer\nb: 1\n", {"a": "{fact.stamp} à payer", "b": 1}),
    ("a: [x] à cocher\nb: 1\n", {"a": "[x] à cocher", "b": 1}),
    ("a: *Important* lisez\nb: 1\n", {"a": "*Important* lisez", "b": 1}),
    ("a: %s du total\nb: 1\n", {"a": "%s du total", "b": 1}),
    ("a: @ccueil\nb: 1\n", {"a": "@ccueil", "b": 1}),
    ("a: > 3 mois\nb: 1\n", {"a": "> 3 mois", "b": 1}),
    ("a: | trois mois\nb: 1\n", {"a": "| trois mois", "b": 1}),
    ("a: - un tiret\nb: 1\n", {"a": "- un tiret", "b": 1}),
    ("a: ! Important\nb: 1\n", {"a": "! Important", "b": 1}),
    ("a: *important\nb: 1\n", {"a": "*important", "b": 1}),
    ("a: 01000\nb: 12:30\n", {"a": "01000", "b": "12:30"}),
    ("a: “Bonjour”\nb: 1\n", {"a": "Bonjour", "b": 1}),
    ("\u00a0\u00a0\na: 1\nb:\n\u00a0\u00a0c: 1\n", {"a": 1, "b": {"c": 1}}),
    ("a\u00a0: 1\nb: 2\n", {"a": 1, "b": 2}),
    ("a:\n\tb: 1\n\tc: 2\n", {"a": {"b": 1, "c": 2}}),
    ("a:\n  - b: 1\n\t\tc: 2\n", {"a": [{"b": 1, "c": 2}]}),
    ("a: x\nb:y\nc: 1\n", {"a": "x", "b": "y", "c": 1}),
    ("a: x\na: x\nb: 2\n", {"a": "x", "b": 2}),
    (
        "- {id: a, label: Attention : lisez, when: {x: yes}}\n",
        [{"id": "a", "label": "Attention : lisez", "when": {"x": "yes"}}],
    ),
    ('- {id: "a", hint: {fact.x} à payer}\n', [{"id": "a", "hint": "{fact.x} à payer"}]),
    ("a: Oui : non\nb: 'l'an'\nc: %\n", {"a": "Oui : non", "b": "l'an", "c": "%"}),
]
"""Mistakes of French typing, and what their authors meant."""


@pytest.mark.parametrize(("text", "meant"), MISTAKES)
def test_certain_repairs_restore_what_was_meant(text: str, meant: object) -> None:
    """SR06: every fix is certain, and after all of them the file says what its author meant, without any finding."""
    _, findings = _load(text)
    assert findings.diagnostics
    edits = certain(findings.diagnostics)
    assert len(edits) >= len(findings.diagnostics)
    tree, after = _load(apply_edits(text, [edit for _, edit in edits]))
    assert after.diagnostics == []
    assert tree is not None
    assert tree.to_plain() == meant


@pytest.mark.parametrize(
    "text",
    [
        'for: ["a", "b"\ntitle: "x"\n',
        "a:\n  b: 1\n c: 2\n",
        "a: Dossier #3\n",
        "a: x\n  y\n",
        "a: 1e3\n",
        "a: x\na: y\n",
        "a: &x y\nb: *x\n",
    ],
)
def test_what_may_have_been_meant_otherwise_is_never_certain(text: str) -> None:
    """SR06: a closing sign, an alignment, a comment, a number, a choice between two values."""
    _, findings = _load(text)
    assert findings.has_errors
    assert certain(findings.diagnostics) == []


def test_the_rest_of_a_file_is_read_after_a_repair() -> None:
    """SR05: what stands on other lines is checked in the same run."""
    tree, findings = _load("a: Attention : lisez\nb: 01000\nc: 1\n")
    assert _codes(findings) == [("Y25", 1, 4), ("Y10", 2, 4)]
    assert tree is not None
    assert tree.to_plain() == {"a": "Attention : lisez", "b": "01000", "c": 1}


def test_a_line_that_others_depend_on_ends_the_reading() -> None:
    """SR05: without the name of a question, everything that reads it would be called wrong."""
    tree, findings = _load("id: {a\nx: 1\ny: }\n")
    assert findings.has_errors
    assert tree is None


def test_an_escape_that_hides_a_character_is_told() -> None:
    """SR03: in a path, a backslash and a t are a tab."""
    _, findings = _load('a: "C:\\temp"\n')
    assert _codes(findings) == [("Y12", 1, 4)]


def test_several_unreadable_lines_are_told_at_once() -> None:
    """SR05: the guilty line is emptied and reading goes on."""
    _, findings = _load('a: Attention : lisez\nb: "bon"\nc: Autre : chose\nd: %x\n')
    assert _codes(findings) == [("Y25", 1, 4), ("Y25", 3, 4), ("Y24", 4, 4)]


def test_windows_line_ends_and_byte_order_mark_change_nothing() -> None:
    findings = Findings()
    text = decode("\ufeffa: 1\r\nb: 2\r\n".encode(), "p.yaml", findings)
    assert text is not None
    tree = load(text, "p.yaml", findings)
    assert findings.diagnostics == []
    assert tree is not None
    assert tree.keys["b"] == _span(2, 1, 2, 2)


LIST = """procedure: "x"
rules:
  moved:
    says: "A déménagé"
    when:
      any:
        - place: "a"
        - place: "b"
steps:
  - id: "one"
    title: "Une étape"
    fields:
      - id: "place"
        kind: "radios"
        label: "Où ?"
        choices:
          - id: "a"
            label: "A"
"""

FACTS = """procedure: "a"

facts:
  age:
    periods:
      - value: 18
        unit: "years"
  notice:
    periods:
      - value: 3
        unit: "months"
    fallback: "À vérifier."
  fee:
    periods:
      - value: 50
        unit: "EUR"
"""


@pytest.mark.parametrize("line", [number for number, text in enumerate(LIST.splitlines(), 1) if ":" in text])
def test_a_lost_colon_is_told_on_its_line_and_put_back(line: int) -> None:
    """SR05, SR06: whatever the lines below were taken for."""
    rows = LIST.split("\n")
    rows[line - 1] = rows[line - 1].replace(":", "", 1)
    findings = Findings()
    load("\n".join(rows), "p.yaml", findings, "procedure")
    if '- place "' in rows[line - 1]:  # an item that is a text: only its shape is wrong
        assert findings.diagnostics == []
        return
    assert [(found.code, found.line) for found in findings.diagnostics] == [("Y27", line)]
    fix = findings.diagnostics[0].fix
    assert fix is not None
    assert fix.certainty == "certain"
    assert apply_edits("\n".join(rows), fix.edits) == LIST


@pytest.mark.parametrize("width", [2, 4, 0])
def test_a_line_with_tabs_brings_no_other_fault(width: int) -> None:
    """SR05: one tab for so many spaces, or for all of them. What else the file says is read where it is clear."""
    for number, text in enumerate(LIST.split("\n"), 1):
        indent = len(text) - len(text.lstrip(" "))
        if not indent:
            continue
        rows = LIST.split("\n")
        rows[number - 1] = ("\t" * -(-indent // width) if width else "\t") + text.lstrip(" ")
        findings = Findings()
        tree = load("\n".join(rows), "p.yaml", findings, "procedure")
        assert [(found.code, found.line) for found in findings.diagnostics] == [("Y13", number)]
        if tree is not None:
            check_shape(tree, "procedure", findings)
        assert {found.code for found in findings.diagnostics} - {"Y13", "S02"} == set(), rows[number - 1]


def test_a_tab_that_may_mean_two_things_is_left_to_its_author() -> None:
    """SR06: then nothing more is said of the file."""
    tree, findings = _load('a:\n  b:\n    c: "1"\n\td: "2"\n')
    assert tree is None
    assert [found.code for found in findings.diagnostics] == ["Y13"]
    assert findings.diagnostics[0].fix is not None
    assert findings.diagnostics[0].fix.certainty == "likely"


def test_an_odd_indentation_is_mended_where_it_begins() -> None:
    """SR06: the parser meets it a line later."""
    rows = LIST.split("\n")
    rows[12] = " " + rows[12]
    _, findings = _load("\n".join(rows))
    (found,) = findings.diagnostics
    assert (found.code, found.line) == ("Y20", 13)
    assert found.fix is not None
    assert apply_edits("\n".join(rows), found.fix.edits) == LIST


@pytest.mark.parametrize(("line", "shift"), [(4, -2), (4, 1), (9, 2)])
def test_a_line_too_far_to_one_side_is_told_where_it_is(line: int, shift: int) -> None:
    """SR06: the parser meets it at the next thing beside it, and again at each one after that."""
    rows = FACTS.split("\n")
    rows[line - 1] = " " * shift + rows[line - 1] if shift > 0 else rows[line - 1][-shift:]
    _, findings = _load("\n".join(rows))
    (found,) = findings.diagnostics
    assert (found.code, found.line) == ("Y20", line)
    assert found.fix is not None
    assert found.fix.certainty == "likely"
    assert apply_edits("\n".join(rows), found.fix.edits) == FACTS
