"""Typing mistakes in the names, keys and values of a file, and the word that was meant."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.spec.diagnostics import Diagnostic, Findings
from app.spec.source import load
from app.spec.tree import Node, Span

Sort = Literal["key", "value", "name"]
LETTERS = "abcdefghijklmnopqrstuvwxyz_"
NAMED = frozenset({"facts", "derived", "rules", "lists", "tables", "channels", "contacts"})
"""Sections whose keys are names that the author gives."""
GIVEN = frozenset({"id", "procedure", "block", "file", "as"})
"""Keys whose value is a name that the author gives, or that of a file."""
PROSE = frozenset({"errors", "glossary", "terms"})
"""Mappings whose keys are words of the applicant or whose values are sentences."""
WORDS = frozenset(
    {
        "kind", "effect", "level", "due", "need", "rule", "of", "block", "fact", "at", "for_each", "satisfied_by",
        "opens", "closes", "fee", "same_as", "options_from", "as_of", "from", "stricter", "table", "unit",
        "carry", "channels", "one_of", "optional", "except", "required", "sum", "count", "latest", "earliest",
        "years_at", "between", "date_plus", "date_minus", "differs", "key", "formats", "includes", "is", "until",
    }
)  # fmt: skip
"""Keys whose value is a word of the language or a name of the file."""


@dataclass(frozen=True, slots=True)
class Typo:
    """A file with one word mistyped: a key or a value of the language, or a name where it is given."""

    text: str
    line: int
    written: str
    meant: str
    sort: Sort


def typos(text: str, count: int, seed: int) -> Iterator[Typo]:
    """`count` files, each with one mistake, from all places of `text` where a word of the language or a name stands."""
    chance = random.Random(seed)
    tree = load(text, "x.yaml", Findings())
    assert tree is not None
    places = [place for place in _places(tree, ()) if len(place[1]) > 2]
    for span, meant, sort in chance.sample(places, min(count, len(places))):
        written = mistyped(meant, chance)
        if written != meant:
            yield Typo(_replaced(text, span, meant, written), span.line, written, meant, sort)


def suggests(found: Diagnostic, typo: Typo) -> bool:
    """Whether a finding proposes, before any other word, the one that was meant.

    Where a name is given with a mistake, its uses are what looks wrong: they must propose the name as it was given.
    """
    word = typo.written if typo.sort == "name" else typo.meant
    fixed = found.fix is not None and found.fix.edits[0].text.strip('"') == word
    return fixed or f"Vouliez-vous dire « {word} »" in found.hint


def _places(node: Node, path: tuple[str, ...]) -> Iterator[tuple[Span, str, Sort]]:
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            if path[-1:] and path[-1] in PROSE:
                continue
            yield node.keys[key], key, "name" if len(path) == 1 and path[0] in NAMED else "key"
            yield from _places(child, (*path, key))
    elif isinstance(node.value, list):
        for child in node.value:
            yield from _places(child, (*path, "-") if child.is_map else path)
    elif isinstance(node.value, str) and path[-1] not in GIVEN:
        condition = "when" in path and path[-1] not in ("text", "says", "title", "body")
        if (path[-1] in WORDS or condition) and " " not in node.value:
            yield node.span, node.value, "value"


def mistyped(word: str, chance: random.Random) -> str:
    """The word with one letter left out, added, replaced, or changed places with the next."""
    at = chance.randrange(len(word))
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + chance.choice(LETTERS) + word[at:]
        case 2:
            return word[:at] + chance.choice(LETTERS) + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]


def _replaced(text: str, span: Span, meant: str, written: str) -> str:
    lines = text.split("\n")
    line = lines[span.line - 1]
    start = line.index(meant, span.column - 1)
    lines[span.line - 1] = line[:start] + written + line[start + len(meant) :]
    return "\n".join(lines)
