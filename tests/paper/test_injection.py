"""What people type is printed, never read as an instruction; what cannot be printed is said; nothing is left on the
disk.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import page
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.paper import render as rendering
from app.paper import typeset as typesetting
from app.paper.compose import filled_form, letters, proof, sheet_to_copy
from app.paper.model import Heading, Pair, Pairs, Paper, Paragraph, as_data, text_of
from app.paper.prose import FiledDocument
from app.paper.render import MISSING_SIGNS, PaperError, ask_worker, render, render_pdf
from app.paper.typeset import PREFERRED_FONTS, clean, typeset
from tests.paper.conftest import ReadBack, squeezed
from tests.paper.edges import MARGIN, right_edge
from tests.paper.sample import META, PERSON, PROCEDURE, SHA, journey, wording

HOSTILE = [
    '#panic("x")',
    '#read("/etc/passwd")',
    "$ x^2 $ and *bold* _it_ `code`",
    "] ) } #] [ ( {",
    'quote " and \\ and \\u{41} and \\"',
    "= Heading\n- item // comment /* block */",
    "<label> @ref ~ -- --- ... https://",
    "</script><b>&amp;",
    "{answer.family_name} {codes} {title}",
    "%s %d {0}",
]


def one(text: str) -> Paper:
    return Paper("filled", text, "fr", (Heading(text), Paragraph(text), Pairs((Pair(text, (text,)),))), footer="pied")


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_printed_as_it_was_typed(text: str) -> None:
    paper = one(text)
    flat = replace(paper, title=text.replace("\n", " "))
    read = ReadBack(render_pdf(paper), "pied")
    assert read.text.count(squeezed(text)) == len(text_of(flat))


def test_hostile_answers_go_through_every_paper() -> None:
    text = "".join(HOSTILE).replace("\n", " ")
    answers = {**PERSON, "family_name": text, "children": [{"id": "1", "answers": {"child_name": text}}]}
    said, speech = journey(answers), wording(answers)
    filed = [FiledDocument("birth", text, 1, SHA)]
    papers = [
        filled_form(PROCEDURE, said, speech, META, {"birth": [text]}),
        sheet_to_copy(PROCEDURE, said, speech, META, {"birth": [text]}),
        proof(PROCEDURE, said, speech, META, filed),
        letters(said, speech, META, lambda condition: True)[0],
    ]
    for paper, rendered in zip(papers, render(papers), strict=True):
        ReadBack(rendered.pdf, paper.footer).assert_says(paper)


def test_a_word_of_two_hundred_letters_stays_on_the_page() -> None:
    word = "W" * 200
    read = ReadBack(render_pdf(one(word)), "pied")
    assert read.text.count(word) == 5  # title, heading, paragraph, label, value


@pytest.mark.parametrize("family", PREFERRED_FONTS)
@pytest.mark.parametrize("letter", ["W", "i", "é"])
def test_no_letter_is_printed_in_the_margin(family: str, letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wide and a narrow letter, in every face a paper may get: the faces of the machine decide where lines break."""
    assert family in typesetting._fonts().families(), "the set-up installs every face that a paper may get"
    monkeypatch.setattr(typesetting, "_families", lambda: (family,))
    pdf, _ = typeset({**as_data(one(letter * 400)), "missing_signs": ""})
    pages = list(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert max(right_edge(sheet) for sheet in pages) <= pages[0].mediabox.width - MARGIN + 0.01


def test_names_in_other_scripts_are_printed() -> None:
    arabic, cyrillic = "محمد", "Ольга Петрівна"
    read = ReadBack(
        render_pdf(Paper("filled", "Noms", "fr", (Paragraph(cyrillic), Paragraph(arabic)), footer="pied")), "pied"
    )
    assert squeezed(cyrillic) in read.text
    assert all(letter in read.text for letter in arabic)


@pytest.mark.parametrize("name", ["王小明", "ꦲꦤ", "𓀀𓁐", "a\U000f1234b"])
def test_a_sign_without_a_glyph_is_never_dropped_in_silence(name: str) -> None:
    """Whatever fonts the machine has: the sign is in the PDF, or the paper says which sign is not."""
    paper = Paper("filled", "Nom", "fr", (Paragraph(f"avant {name} après"),), footer="pied")
    rendered = render([paper])[0]
    text = ReadBack(rendered.pdf, "pied").text
    for sign in name:
        replaced = f"U+{ord(sign):04X}" in text or clean(sign) == "[?]"
        assert sign in text or (replaced and "[?]" in text)
    if rendered.missing:
        assert squeezed(MISSING_SIGNS["fr"].split("{")[0]) in text
    assert page.is_pdf_compliant_bytes(rendered.pdf, profile=page.ValidationProfile.PDF_UA_1)


def test_rare_signs_on_which_the_typesetter_fails_are_said_and_the_rest_is_printed() -> None:
    samaritan = " ".join(chr(code) for code in range(0x815, 0x82D)) + " " + chr(0x84B)
    rendered = render([Paper("filled", "Nom", "fr", (Paragraph(samaritan * 8), Paragraph("Awa Diop")), footer="pied")])[
        0
    ]
    text = ReadBack(rendered.pdf, "pied").text
    assert "AwaDiop" in text
    assert samaritan[0] in text or f"U+{ord(samaritan[0]):04X}" in text


RARE = st.characters(categories=["Lo", "Mn", "Mc", "Cf", "So"])
ANY_TEXT = st.text(min_size=1, max_size=40) | st.text(RARE, min_size=1)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ANY_TEXT)
def test_whatever_is_typed_a_paper_comes_out(text: str) -> None:
    paper = Paper("filled", text, "fr", (Heading(text), Paragraph(text), Pairs((Pair(text, (text, text)),))))
    pdf, _ = typeset({**as_data(paper), "missing_signs": "{codes}"})
    assert pdf.startswith(b"%PDF-1.7")


def test_controls_and_direction_overrides_are_taken_out() -> None:
    assert clean("a\x00b\x07c\u202ed\u2066e\ufeff") == "abcde"
    # What is isolated from its line and closed cannot turn anything else round.
    assert clean("a\u2066b\u2068c\u2069d\u2069e") == "a\u2066b\u2068c\u2069d\u2069e"
    assert clean("\u2069a\u2066") == clean("\u2067a") == "a"
    assert clean("a\r\nb") == "a  b"
    assert clean("e\u0301") == "é"
    rendered = render([one("a\x00\x1b\u202eb\ufdd0c")])[0]
    assert "ab[?]c" in ReadBack(rendered.pdf, "pied").text


def test_a_paper_that_cannot_be_typeset_gives_an_error_without_personal_text() -> None:
    broken = {**as_data(one("Awa Diop")), "missing_signs": "", "blocks": [{"type": "Heading", "level": 9, "text": 12}]}
    with pytest.raises(PaperError) as caught:
        ask_worker({"papers": [broken]})
    assert "Diop" not in str(caught.value)


def test_a_process_that_hangs_is_ended() -> None:
    with pytest.raises(PaperError, match="seconds"):
        ask_worker({"papers": [{**as_data(one("x" * 100)), "missing_signs": ""}] * 50}, timeout=0.001)


def test_the_worker_cannot_write_a_file(tmp_path: Path) -> None:
    target = tmp_path / "leak"
    code = (
        "from app.paper.worker import forbid_files; forbid_files()\n"
        f"f = open({str(target)!r}, 'wb', buffering=0)\nf.write(b'secret')"
    )
    done = subprocess.run([sys.executable, "-B", "-c", code], capture_output=True, text=True, check=False)
    assert "OSError" in done.stderr
    assert target.stat().st_size == 0


def test_nothing_personal_is_written_while_papers_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """The temporary folder stays empty meanwhile, and nothing beside the template holds the text."""
    marker, started = f"Zanzibar{os.getpid()}", time.time() - 1
    folder = Path(tempfile.mkdtemp())
    monkeypatch.setenv("TMPDIR", str(folder))
    seen: list[str] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            seen.extend(str(path) for path in folder.rglob("*"))
            time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert marker in ReadBack(render_pdf(one(marker)), "pied").text
    stop.set()
    watcher.join()
    assert seen == []
    template = Path(rendering.__file__).parent
    changed = [path for path in template.rglob("*") if path.is_file() and path.stat().st_mtime > started]
    assert [path for path in changed if marker.encode() in path.read_bytes()] == []
    folder.rmdir()


def test_importing_the_room_loads_neither_typst_nor_imaging() -> None:
    code = (
        "import sys, app.paper.compose, app.paper.pack, app.paper.render\n"
        "print([m for m in ('typst', 'pikepdf', 'PIL', 'pypdf', 'flask') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
