"""Links lead somewhere, pictures are there and readable, commands exist, lines are short."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from app.cli import available
from tests.architecture.graph import ROOT
from tests.docs.lesson import Fence, fences
from tests.docs.pages import anchors, links, name, pages, text, without_fences

PAGES = pages()
GENERATED = {"docs/diagnostics.md", "docs/authors/reference.md"}
WIDTH = 120


def _by_name(path: Path) -> str:
    return name(path)


@pytest.mark.parametrize("page", PAGES, ids=_by_name)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    lost = []
    for picture, words, target in links(text(page)):
        if picture:
            assert len(words) > 20, f"the picture {target} needs an alternative text that says what it shows"
        if re.match(r"[a-z]+:", target):
            assert target.startswith("https://"), target
            continue
        file, _, anchor = unquote(target).partition("#")
        path = (page.parent / file).resolve() if file else page
        here = path.exists() and (path == ROOT or ROOT in path.parents)
        if not here or (anchor and anchor not in anchors(text(path))):
            lost.append(target)
    assert lost == []


def test_every_page_is_reached_from_the_first() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            ahead += [
                (page.parent / target.partition("#")[0]).resolve()
                for _, _, target in links(text(page))
                if not re.match(r"[a-z]+:|#", target)
            ]
    assert {name(page) for page in PAGES} - {name(page) for page in reached} == set()


@pytest.mark.parametrize("page", [page for page in PAGES if name(page) not in GENERATED], ids=_by_name)
def test_lines_are_short(page: Path) -> None:
    long = [
        f"line {number}: {len(line)}"
        for number, line in enumerate(without_fences(text(page)).split("\n"), 1)
        if len(line) > WIDTH and not line.startswith(("|", "!["))
    ]
    assert long == []


def _commands() -> list[tuple[str, Fence, str]]:
    return [
        (name(page), fence, line)
        for page in PAGES
        for fence in fences(text(page))
        if fence.kind == "sh"
        for line in fence.text.splitlines()
    ]


def test_every_command_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    shown = _commands()
    assert len(shown) > 8
    for page, fence, line in shown:
        words = line.split()
        where = f"{page}, line {fence.line}: {line}"
        if words[0] == "make":
            assert set(words[1:]) <= targets, where
        elif words[0] == ".venv/bin/guichet":
            assert words[1] in available(), where
            for word in words[2:]:
                assert not word.startswith("procedures/") or "carte-de-bus" in word or (ROOT / word).exists(), where
        else:
            assert words[:4] == [".venv/bin/python", "-m", "pytest", "tests/browser"], where


def test_the_line_that_the_first_page_changes_is_there() -> None:
    line = next(fence.text for fence in fences(text("README.md")) if fence.kind == "yaml")
    assert text("procedures/dcem/procedure.yaml").count(line) == 1


SVG = "{http://www.w3.org/2000/svg}"
LETTER = {"name": 9.6, "say": 7.2, "when": 8.0}
"""What a letter takes on average in a wide face, in pixels, by class of text."""


@pytest.mark.parametrize("picture", sorted((ROOT / "docs" / "pictures").glob("*.svg")), ids=_by_name)
def test_a_drawing_says_what_it_shows_and_its_texts_fit(picture: Path) -> None:
    drawing = ET.fromstring(picture.read_text(encoding="utf-8"))
    assert drawing.findtext(f"{SVG}title")
    assert len(drawing.findtext(f"{SVG}desc") or "") > 100
    boxes = [
        tuple(float(box.get(side, "")) for side in ("x", "y", "width", "height"))
        for box in drawing.iter(f"{SVG}rect")
        if box.get("class") in ("box", "band")
    ]
    for words in drawing.iter(f"{SVG}text"):
        x, y = float(words.get("x", "")), float(words.get("y", ""))
        around = [box for box in boxes if box[0] < x < box[0] + box[2] and box[1] < y < box[1] + box[3]]
        narrowest = min(around, key=lambda box: box[2])
        end = x + len(words.text or "") * LETTER[words.get("class", "")]
        assert end <= narrowest[0] + narrowest[2], f"« {words.text} » runs over its frame"
