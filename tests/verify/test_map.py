"""`guichet map`: MAP01 everything is there with its line and its condition in words, MAP02 the drawing says the same
and stands alone, MAP03 the command writes where it is told and refuses what it does not know.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.cli import main
from app.spec.compiler import compile_folder
from app.spec.folders import procedure_folders
from app.verify.chart import Chart, chart
from app.verify.drawing import svg
from app.verify.listing import html, text
from app.verify.spoken import Spoken
from tests.architecture.graph import ROOT
from tests.verify.specs import compiled, step

CHOICES = ", ".join(f'{{id: "{one}", label: "Réponse {one}"}}' for one in "xyz")
SPEC = 'rules:\n  old: {says: "La personne est âgée.", when: {born: {before: "1950-01-01"}}}\nsteps:\n' + step(
    'id: "hours", kind: "whole_number", label: "Combien d\'heures ?"',
    'id: "born", kind: "date", label: "Né quand ?", not_after: "today"',
    f'id: "k", kind: "radios", label: "Quoi ?", choices: [{CHOICES}]',
    f'id: "many", kind: "checkboxes", label: "Lesquels ?", choices: [{CHOICES}]',
    'id: "day", kind: "date", label: "Quand ?", unknown: {label: "Je ne sais pas"}',
    'id: "more", kind: "yes_no", label: "Encore ?", required: "no", when: {k: ["x", "y"]}',
)
SPEC += """documents:
  - id: "contract"
    title: "Contrat <signé>"
    need:
      - {when: {hours: {more_than: 20}}, level: "required"}
      - {when: {rule: "old"}, level: "recommended"}
outcomes:
  - id: "end"
    effect: "stop"
    when: {all: [{more: "yes"}, {any: [{many: {includes: "z"}}, {none: [{hours: {at_most: 5}}]}]}]}
    title: "Fin"
    body: "Fin."
    source: "Loi"
    go_to: [{title: "T", phone: "3939"}]
"""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def drawn() -> Chart:
    return chart(compiled(SPEC))


def test_map01_every_thing_has_its_line_and_its_condition(drawn: Chart) -> None:
    lines = text(drawn).splitlines()
    found = compiled(SPEC)
    assert found.written is not None
    source = found.sources["procedure.yaml"].splitlines()

    def shown(words: str) -> tuple[str, str]:
        """The line of the file that a row of the map names, and the row under it."""
        place = next(number for number, line in enumerate(lines) if words in line)
        written = re.search(r"\[procedure\.yaml:(\d+)\]", lines[place])
        return source[int(written[1]) - 1] if written else "", lines[place + 1].strip()

    line, when = shown("Question : Encore ? (facultative)")
    assert 'id: "more"' in line
    assert when == "Si « Quoi ? » : « Réponse x » ou « Réponse y »."
    line, when = shown("Issue : Fin (la démarche s'arrête là)")
    assert 'id: "end"' in line
    assert when == (
        "Si « Encore ? » : Oui et (« Lesquels ? » : « Réponse z » coché ou "
        "il n'est pas vrai que « Combien d'heures ? » : au plus 5)."
    )
    assert shown("Niveau : obligatoire")[1] == "Si « Combien d'heures ? » : plus de 20."
    assert shown("Niveau : conseillé")[1] == "Si la règle « La personne est âgée »."
    assert 'id: "contract"' in shown("Document : Contrat <signé>")[0]
    assert any("Page : 2 sur 2" in line for line in lines)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ('{born: {before: "1950-02-01"}}', "« Né quand ? » : avant le 01/02/1950"),
        ('{born: {more_than_ago: "3 months"}}', "« Né quand ? » : il y a plus de 3 mois"),
        ('{born: {less_than_ago: "1 year"}}', "« Né quand ? » : il y a moins de 1 an"),
        ('{born: {on_or_before: "today"}}', "« Né quand ? » : aujourd'hui ou avant"),
        ("{hours: {between: [2, 5]}}", "« Combien d'heures ? » : de 2 à 5"),
        ('{day: {unknown: "yes"}}', "« Quand ? » : « Je ne sais pas »"),
        ('{k: {answered: "no"}}', "« Quoi ? » : il n'y a pas de réponse"),
        ('{many: {includes_all: ["x", "y"]}}', "« Lesquels ? » : « Réponse x » et « Réponse y » cochés"),
        ('{many: {includes_none: ["x"]}}', "« Lesquels ? » : rien de cela n'est coché : « Réponse x »"),
        ('{k: {not_in: ["x", "y"]}}', "« Quoi ? » : ni « Réponse x » ni « Réponse y »"),
        (
            '{none: [{k: "x"}, {hours: 3}]}',
            "rien de tout cela : (« Quoi ? » : « Réponse x » ; « Combien d'heures ? » : 3)",
        ),
    ],
)  # fmt: skip
def test_map01_each_test_has_its_words(condition: str, words: str) -> None:
    spec = SPEC + f'  - {{id: "told", when: {condition}, title: "Dit", body: "Dit."}}\n'
    procedure = compiled(spec).procedure
    assert procedure is not None
    assert Spoken(procedure).when(procedure.outcomes[-1].when) == words


def test_map01_the_page_escapes_what_authors_write(drawn: Chart) -> None:
    page = html(drawn)
    assert "Contrat &lt;signé&gt;" in page
    assert "<signé>" not in page


def test_map01_a_narrow_screen_wraps_the_lists_and_moves_the_drawing_in_its_own_frame(drawn: Chart) -> None:
    page = html(drawn, svg(drawn))
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "body{overflow-wrap:anywhere}" in style
    assert ".drawing{overflow:auto" in style
    # It can be moved by the keys, has a name, and grows with the letters of the reader.
    assert '<h2 id="drawn">' in page
    assert '<div class="drawing" role="region" aria-labelledby="drawn" tabindex="0">\n<svg ' in page
    assert re.search(r"\.drawing svg\{[^}]*width:\d+rem", style)


@pytest.mark.parametrize("slug", [path.name for path in procedure_folders(ROOT / "procedures")])
def test_map02_the_drawing_of_a_delivered_procedure_holds_all_in_its_frame(slug: str) -> None:
    folder = ROOT / "procedures"
    found = compile_folder(folder / slug, folder / "shared", folder / "tables")
    assert found.procedure is not None
    page, drawing = html(chart(found)), svg(chart(found))
    root = ET.fromstring(drawing)
    wide, high = (float(part) for part in root.attrib["viewBox"].split()[2:])
    texts = [float(span.attrib["y"]) for span in root.iter(f"{SVG}tspan")]
    assert len(texts) > 50
    assert max(texts) < high
    assert [
        box for box in root.iter(f"{SVG}rect") if float(box.attrib.get("x", 0)) + float(box.attrib["width"]) > wide
    ] == []
    assert root.find(f"{SVG}title") is not None
    assert root.find(f"{SVG}desc") is not None
    said = [group.attrib["aria-label"] for group in root.iter(f"{SVG}g")]
    for outcome in found.procedure.outcomes:
        assert any(outcome.title.source in label for label in said)
    # Nothing from elsewhere, no colour: ink on paper.
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", drawing)) == {"#000", "#fff"}
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")
    steps = len(found.procedure.steps)
    assert f"Étape {steps}\N{NO-BREAK SPACE}:" in page


def test_map02_two_steps_do_not_overlap(drawn: Chart) -> None:
    boxes = sorted(
        (float(box.attrib["y"]), float(box.attrib["height"]))
        for box in ET.fromstring(svg(drawn)).iter(f"{SVG}rect")
        if box.attrib.get("x") == "20"
    )
    assert len(boxes) == 2
    assert boxes[0][0] + boxes[0][1] < boxes[1][0]


def test_map03_the_command_writes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "dcem", "--format", "text"]) == 0
    told = capsys.readouterr().out
    assert "- Étape 1 : Votre demande  [dcem/procedure.yaml:" in told
    for form, begins in (("svg", "<svg"), ("html", "<!doctype html>")):
        place = tmp_path / f"plan.{form}"
        assert main(["map", "dcem", "--format", form, "--output", str(place)]) == 0
        assert place.read_text(encoding="utf-8").startswith(begins)
    assert capsys.readouterr().out == ""


def test_map03_what_cannot_be_drawn_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", "dcme"]) == 2
    assert "Vouliez-vous dire « dcem » ?" in capsys.readouterr().err
    (tmp_path / "faux").mkdir()
    (tmp_path / "faux" / "procedure.yaml").write_text('procedure: "faux"\n', encoding="utf-8")
    assert main(["map", "faux", "--procedures", str(tmp_path)]) == 1
    assert "guichet check" in capsys.readouterr().err
    assert main(["map", "dcem", "--output", str(tmp_path / "absent" / "plan.html")]) == 2
    assert "on ne peut pas écrire" in capsys.readouterr().err
