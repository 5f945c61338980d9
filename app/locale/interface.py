"""Our own sentences that an applicant may read, found in the code and in the templates.

A sentence is marked by the function that it is given to: `_("…")` and the others below. `tests/pages` shows every page
in an invented language, where a sentence that is not marked stays French and fails.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract

from app.locale.entries import Entry, merged

ROOMS = ("fields", "journey", "kinds", "locale", "pages", "paper", "store", "web")
"""The rooms whose sentences applicants read; authors and operators read French or English in the others."""

MARKS = frozenset({"_", "g", "gettext", "say", "typeset"})
PLURAL_MARKS = frozenset({"ngettext"})

_NOTHING_AFTER = "Le texte continue : gardez l'espace au début ou à la fin."


@cache
def interface_entries(root: Path) -> list[Entry]:
    """Every message of the interface below `root`, the folder that holds `app` and `templates`; read once."""
    found: list[Entry] = []
    for room in ROOMS:
        for path in sorted((root / "app" / room).rglob("*.py")):
            found += _python(path, path.relative_to(root).as_posix())
    for path in sorted((root / "templates").rglob("*.html")):
        if path.relative_to(root / "templates").parts[0] != "preview":
            found += _template(path, path.relative_to(root).as_posix())
    return merged(found)


def _python(path: Path, name: str) -> Iterator[Entry]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if called in MARKS:
            yield from (_entry(source, name) for source in _written(node.args[0]))
        elif called in PLURAL_MARKS and len(node.args) > 2:
            pairs = zip(_written(node.args[0]), _written(node.args[1]), strict=True)
            yield from (_entry(one, name, many) for one, many in pairs)


def _written(node: ast.expr) -> Iterator[str]:
    """The strings that an argument may be: written there, or one of two after a test."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _written(node.body)
        yield from _written(node.orelse)


def _template(path: Path, name: str) -> Iterator[Entry]:
    with path.open("rb") as file:
        for _line, message, _comments, _context in extract("jinja2", file, {"_": None, "ngettext": (1, 2)}):
            if isinstance(message, tuple):
                yield _entry(message[0], name, message[1])
            else:
                yield _entry(message, name)


def _entry(source: str, name: str, plural: str | None = None) -> Entry:
    # Without the line: the code moves every day, and a file that changes every day is not read.
    comments = (_NOTHING_AFTER,) if source != source.strip() else ()
    return Entry(source, None, ((name, 0),), comments, plural)
