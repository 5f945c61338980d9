"""LG01 every message exists in French and in English, LG02 both have the same blanks, LG03 what fills the blanks too"""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter

import pytest

from app.spec.check import main
from app.spec.codes import CODES
from app.spec.codes.examples import EXAMPLES, TABLES, TODAY, whole
from app.spec.codes.phrase import Phrase, either, filled, joined, said
from app.spec.compiler import compile_text
from app.spec.diagnostics import render

SAME = ("{wanted}", "`autocomplete: {value}` {problem}.")
FRENCH = ("«", "»", "Vouliez", "Écrivez", "Ajoutez", " est ", " une ", " ou ", " pas ")


def blanks(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_message_exists_in_both_languages(code: str) -> None:
    """LG01, LG02"""
    entry = CODES[code]
    for text in (entry.message, entry.why, entry.fix):
        assert isinstance(text, Phrase)
        assert blanks(text.english) == blanks(text)
        assert text in SAME or text.english != text


@pytest.mark.parametrize("code", sorted(code for code in set(CODES) - {"Y01", "Y02", "Y17"} if code[0] != "L"))
def test_an_english_reader_reads_no_french(code: str) -> None:
    """LG03: the words put into a message follow its language. Authors' own words are theirs, and better words for them
    (L) are in the language of the text.
    """
    files = whole(EXAMPLES[code][0])
    found = compile_text(files.text, blocks=files.blocks, tables=TABLES, today=TODAY).diagnostics
    for diagnostic in found:
        text = render(diagnostic, (), "en")
        said_in_french = [word for word in FRENCH if word in text.replace(f"{diagnostic.message}", "")]
        # Y29 speaks of these very signs.
        assert [word for word in said_in_french if code != "Y29" or word not in "«»"] == [], text


def test_phrases_are_french_text_that_knows_its_english() -> None:
    phrase = filled(Phrase("il faut {wanted}", "it takes {wanted}"), wanted=Phrase("un nombre", "a number"))
    assert phrase == "il faut un nombre"
    assert said(phrase, "en") == "it takes a number"
    assert said(joined("", phrase, "X."), "en") == "it takes a number X."
    assert either(["a", "b", "c"]) == "a, b ou c"
    assert said(either(["a", "b"]), "en") == "a or b"
    assert said("R431-2", "en") == "R431-2"


def test_the_command_speaks_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """LG03: text and JSON."""
    folder = tmp_path / "exemple"
    folder.mkdir()
    (folder / "procedure.yaml").write_text("titre: 1\n", encoding="utf-8")
    assert main([str(folder), "--lang", "en"]) == 1
    assert "Why:" in capsys.readouterr().out
    assert main([str(folder), "--lang", "en", "--format", "json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert rows[0]["message"] == "The key “titre” does not exist here."
