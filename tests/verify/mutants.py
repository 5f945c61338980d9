"""The mistakes of an author, made one at a time in a file written in block style: a mutant and the lines it touches."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from app.spec.diagnostics import Findings
from app.spec.source import load
from app.spec.tree import Node
from tests.spec.typos import typos

NBSP = "\u00a0"
_QUANTITY = re.compile(r"[0-9]+(\.[0-9]+)?")
_DURATION = re.compile(r"[0-9]+ (hour|day|week|month|year)s?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_THRESHOLDS = frozenset({"text", "says", "title", "label", "body", "phone", "source", "read_on", "guichet"})
OPERATORS = {
    "at_least": ("more_than", "at_most"), "at_most": ("less_than", "at_least"),
    "more_than": ("at_least", "less_than"), "less_than": ("at_most", "more_than"),
    "before": ("after", "on_or_before"), "after": ("before", "on_or_after"),
    "on_or_before": ("before", "on_or_after"), "on_or_after": ("after", "on_or_before"),
    "more_than_ago": ("less_than_ago",), "less_than_ago": ("more_than_ago",),
    "more_than_ahead": ("less_than_ahead",), "less_than_ahead": ("more_than_ahead",),
    "in": ("not_in",), "not_in": ("in",), "includes_any": ("includes_none", "includes_all"),
    "includes_all": ("includes_any",), "includes_none": ("includes_any",),
    "all": ("any",), "any": ("all", "none"), "none": ("any", "all"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one mistake. `first` to `last` are the lines it touches, as they are numbered in the new text;
    `words` are the names it takes away, misspells or doubles.
    """

    sort: str
    text: str
    first: int
    last: int
    words: frozenset[str] = frozenset()
    holder: int = 0
    """The line on which the thing begins that lacks what was taken out."""

    def touches(self, line: int) -> bool:
        return self.first <= line <= self.last or line == self.holder


@dataclass(frozen=True, slots=True)
class _Place:
    """A value, the keys and indexes that lead to it, and the lines from which it reaches to which, from 0, end out."""

    node: Node
    path: tuple[str | int, ...]
    start: int
    end: int


class Author:
    """Who makes mistakes in `text`; `seed` decides where."""

    def __init__(self, text: str, seed: int) -> None:
        self.chance, self.text, self.seed = random.Random(seed), text, seed
        self.lines = text.split("\n")
        tree = load(text, "procedure.yaml", Findings())
        assert tree is not None
        self.places = list(self._all(tree, ()))

    def mutants(self, sort: str, count: int) -> list[Mutant]:
        """`count` different mutants of a sort, fewer where the file has not that many places for it."""
        if sort == "typo":
            found = typos(self.text, count, self.seed)
            return [Mutant("typo", one.text, one.line, one.line, frozenset({one.meant, one.written})) for one in found]
        made = list(MISTAKES[sort](self))
        return self.chance.sample(made, min(count, len(made)))

    def _all(self, node: Node, path: tuple[str | int, ...]) -> Iterator[_Place]:
        if isinstance(node.value, dict):
            for key, child in node.value.items():
                yield self._place(child, (*path, key), node.keys[key].line - 1)
                yield from self._all(child, (*path, key))
        elif isinstance(node.value, list):
            for number, child in enumerate(node.value):
                yield self._place(child, (*path, number), child.span.line - 1)
                yield from self._all(child, (*path, number))

    def _place(self, node: Node, path: tuple[str | int, ...], start: int) -> _Place:
        """From the line of a key or dash to the last line that is further to the right."""
        line, of_key = self.lines[start], isinstance(path[-1], str)
        # A key behind a dash stands two columns to the right of it; the items of a list may stand right under its key.
        own = len(line) - len(line.lstrip(" -" if of_key else " "))
        item = f"{' ' * own}- "
        end = start + 1
        for number in range(start + 1, len(self.lines)):
            held = self.lines[number]
            within = len(held) - len(held.lstrip(" "))
            if held.strip() and within <= own and not (within == own and of_key and held.startswith(item)):
                break
            end = number + 1 if held.strip() else end
        return _Place(node, path, start, end)

    # --- what can be done to lines

    def put(self, sort: str, start: int, end: int, new: list[str], words: frozenset[str] = frozenset()) -> Mutant:
        """The lines from `start` to `end` replaced."""
        lines = [*self.lines[:start], *new, *self.lines[end:]]
        # What is taken out is missed between the lines around it.
        first, last = (start + 1, start + len(new)) if new else (start, start + 1)
        return Mutant(sort, "\n".join(lines), first, last, words)

    def write(self, sort: str, place: _Place, old: str, new: str) -> Mutant | None:
        """A word of the first line of a place replaced, from where its value or key begins."""
        row = place.node.span.line - 1 if sort == "threshold" else place.start
        line = self.lines[row]
        column = place.node.span.column - 1 if sort == "threshold" else 0
        at = line.find(old, column)
        if at < 0:
            return None
        words = frozenset(word.strip(':"') for word in (old, new))
        return self.put(sort, row, row + 1, [line[:at] + new + line[at + len(old) :]], words)

    def without(self, sort: str, place: _Place) -> Mutant | None:
        """A place taken out, where it does not share its first line with a dash and other keys."""
        if isinstance(place.path[-1], str) and self.lines[place.start].lstrip().startswith("- "):
            return None
        mutant = self.put(sort, place.start, place.end, [], _named(place.node))
        around = [one.start for one in self.places if one.path == place.path[: len(one.path)] and one is not place]
        holder = max(around, default=0)
        return replace(mutant, holder=holder + 1)


def _named(node: Node) -> frozenset[str]:
    """The names given within a node."""
    names = [each.text(key) for each in node.walk() for key in ("id", "as", "use", "block")]
    own = [node.value] if isinstance(node.value, str) else []
    return frozenset([*(name for name in names if name), *own])


def _condition(path: tuple[str | int, ...]) -> bool:
    return "when" in path


def thresholds(author: Author) -> Iterator[Mutant]:
    """Off by one either way, and times ten."""
    for place in author.places:
        value = place.node.value
        if isinstance(place.node.value, dict | list) or _NOT_THRESHOLDS & set(map(str, place.path[-1:])):
            continue
        written = str(value)
        if _QUANTITY.fullmatch(written) or _DURATION.fullmatch(written):
            number, *rest = written.split(" ")
            for changed in (_plus(number, 1), _plus(number, -1), _tenfold(number)):
                yield from _some(author.write("threshold", place, written, " ".join([changed, *rest])))
        elif _DAY.fullmatch(written):
            for days in (1, -1):
                other = (date.fromisoformat(written) + timedelta(days=days)).isoformat()
                yield from _some(author.write("threshold", place, written, other))


def _plus(number: str, more: int) -> str:
    whole, dot, part = number.partition(".")
    return f"{int(whole) + more}{dot}{part}"


def _tenfold(number: str) -> str:
    whole, _, part = number.partition(".")
    return str(int(whole) * 10) if not part else f"{whole}{part[0]}.{part[1:] or 0}"


def _some(mutant: Mutant | None) -> Iterator[Mutant]:
    if mutant is not None:
        yield mutant


def operators(author: Author) -> Iterator[Mutant]:
    """Another test or connective, or the other answer of two."""
    for place in author.places:
        key = place.path[-1]
        if not _condition(place.path):
            continue
        for other in OPERATORS.get(str(key), ()) if isinstance(key, str) else ():
            yield from _some(author.write("operator", place, f"{key}:", f"{other}:"))
        if place.node.value in ("yes", "no"):
            other = "no" if place.node.value == "yes" else "yes"
            yield from _some(author.write("operator", place, f'"{place.node.value}"', f'"{other}"'))


def dropped_items(author: Author) -> Iterator[Mutant]:
    for place in author.places:
        if isinstance(place.path[-1], int) and place.path[-2] != "choices":
            yield from _some(author.without("dropped item", place))


def removed_options(author: Author) -> Iterator[Mutant]:
    for place in author.places:
        if isinstance(place.path[-1], int) and place.path[-2] == "choices":
            yield from _some(author.without("removed option", place))


def lost_conditions(author: Author) -> Iterator[Mutant]:
    for place in author.places:
        if place.path[-1] == "when":
            yield from _some(author.without("lost when", place))


def swapped_steps(author: Author) -> Iterator[Mutant]:
    steps = [place for place in author.places if place.path[0] == "steps" and len(place.path) == 2]
    for one, other in pairwise(steps):
        lines = author.lines
        new = [*lines[other.start : other.end], *lines[one.end : other.start], *lines[one.start : one.end]]
        yield author.put("swapped steps", one.start, other.end, new)


def duplicates(author: Author) -> Iterator[Mutant]:
    """A thing with a name pasted after itself."""
    for place in author.places:
        named = place.node.get("id") is not None and isinstance(place.path[-1], int)
        if named or (len(place.path) == 2 and place.path[0] in ("rules", "facts", "derived", "lists", "channels")):
            copied = author.lines[place.start : place.end]
            mutant = author.put("pasted duplicate", place.end, place.end, copied, _named(place.node))
            yield mutant


def indentation(author: Author) -> Iterator[Mutant]:
    """One line, or a thing and what it holds, too far to one side."""
    for place in author.places:
        for end in {place.start + 1, place.end}:
            for shift in (-2, -1, 1, 2):
                lines = author.lines[place.start : end]
                if all(not line or line.startswith(" " * -shift) for line in lines):
                    new = [" " * shift + line if shift > 0 else line[-shift:] for line in lines]
                    mutant = author.put("indentation", place.start, end, new)
                    # Two lines do not fit together: the second is where a reader sees it, under the first.
                    yield replace(mutant, last=mutant.last + 1)


def typography(author: Author) -> Iterator[Mutant]:
    """What a word processor or a French keyboard writes."""
    for place in author.places:
        line = author.lines[place.start]
        bare = line.lstrip(" ")
        lead = line[: len(line) - len(bare)]
        changed = [line.replace(":", " :", 1), line.replace(":", f"{NBSP}:", 1), line.replace(": ", f":{NBSP}", 1)]
        changed += [lead.replace("  ", NBSP * 2, 1) + bare, re.sub('"([^"]*)"', r"“\1”", line, count=1)]
        changed += [
            re.sub('"([^"]*)"', f"«{NBSP}\\1{NBSP}»", line, count=1),
            line.replace('"', "’"),
            line.replace('"', "”", 1),
        ]
        changed += [line.replace("- ", f"-{NBSP}", 1), line.replace("- ", "– ", 1)]
        for new in changed:
            if new != line:
                yield author.put("typography", place.start, place.start + 1, [new])


MISTAKES: dict[str, Callable[[Author], Iterator[Mutant]]] = {
    "indentation": indentation,
    "threshold": thresholds,
    "operator": operators,
    "dropped item": dropped_items,
    "lost when": lost_conditions,
    "swapped steps": swapped_steps,
    "removed option": removed_options,
    "pasted duplicate": duplicates,
    "typography": typography,
}
SORTS = ("typo", *MISTAKES)
