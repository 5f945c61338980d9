"""The pages of the documentation, and what is in them: prose, code, links, fences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.graph import ROOT

CODE_WORDS = (
    "json", "python", "dict", "dictionnaire", "regex", "expression régulière", "booléen", "boolean", "null", "pointeur",
    "string", "chaîne de caractères", "integer", "float", "array", "variable", "fonction", "boucle", "exception",
    "compiler", "parser", "syntaxe", "token", "schema", "schéma", "serveur", "commit", "git", "base de données", "css",
    "html", "url", "callback", "runtime", "bug", "stdout", "unicode", "utf-8",
)  # fmt: skip
"""Words that a person who never programmed should not have to know."""

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


def pages() -> list[Path]:
    """Every page that people read: README and its like, and everything under docs/."""
    top = sorted(ROOT.glob("*.md"))
    return [*top, *sorted((ROOT / "docs").rglob("*.md"))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path | str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def without_fences(page: str) -> str:
    """The page with its fenced blocks emptied, line numbers kept."""
    return _FENCED.sub(lambda found: "\n" * found[0].count("\n"), page)


def plain_text(page: str) -> str:
    """What is to be read as prose: no fences, no code, no addresses of links."""
    return _LINK.sub(r"\2", _CODE.sub(" ", without_fences(page)))


def code_words(page: str) -> set[str]:
    """Everything between backticks outside fences."""
    return {found[0].strip("`") for found in _CODE.finditer(without_fences(page))}


def links(page: str) -> Iterator[tuple[bool, str, str]]:
    """Whether it is a picture, its text, its target."""
    for found in _LINK.finditer(without_fences(page)):
        yield bool(found[1]), found[2], found[3]


def anchors(page: str) -> set[str]:
    """The anchors of a page's headings, as hosts of Markdown make them."""
    found = re.findall(r"^#{1,6} (.+)$", without_fences(page), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", heading)).strip().lower().replace(" ", "-") for heading in found
    }
