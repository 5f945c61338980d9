"""What exists is named in the documentation, and what the documentation names exists."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import available, main
from app.kinds.registry import KINDS
from app.spec import model
from app.spec.codes import CODES
from app.spec.reference import pages as generated_pages
from app.spec.subjects import OPERATORS
from app.web.settings import SETTINGS
from tests.architecture.graph import ROOMS, ROOT
from tests.docs.pages import code_words, name, text

SCHEMAS = ROOT / "schemas"
COMMANDS = "docs/commands.md"
REFERENCE = "docs/authors/reference.md"


def _sections(page: str) -> dict[str, str]:
    """The parts of docs/commands.md by command: « guichet serve » to its text."""
    found = re.split(r"^## `(\w+(?: \w+)?)[^`\n]*`$", text(page), flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def _help(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    with suppress(SystemExit):
        main([command, "--help"])
    return capsys.readouterr().out


def test_every_command_has_its_section_and_no_other() -> None:
    assert {key for key in _sections(COMMANDS) if key != "make"} == {f"guichet {command}" for command in available()}


@pytest.mark.parametrize("command", available())
def test_every_option_of_a_command_is_explained(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = _help(command, capsys)
    options = set(re.findall(r"--[a-z][a-z-]*", said)) - {"--help"}
    choices = {choice for group in re.findall(r"\{([a-z,]+)\}", said) for choice in group.split(",")}
    actions = set(re.findall(r"^  ([a-z-]+)  ", said.partition("actions :")[2], re.MULTILINE))
    section = _sections(COMMANDS)[f"guichet {command}"]
    told = set(re.findall(r"--[a-z][a-z-]*", section))
    # An option of another command may be named, in a link to it, with that command before it.
    assert told == options
    words = set(re.findall(r"[a-z][a-z-]*", " ".join(code_words(section))))
    assert choices | actions <= words


def test_every_target_of_make_is_explained() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE))
    assert targets
    assert set(re.findall(r"^\| `make ([a-z-]+)` \|", _sections(COMMANDS)["make"], re.MULTILINE)) == targets


def test_every_setting_is_in_the_table_with_its_default() -> None:
    rows = re.findall(r"^\| `(GUICHET_\w+)` \| ([^|]+) \| [^|]+ \|$", text("docs/operations.md"), re.MULTILINE)
    shown = {setting: "" if default.startswith("empty") else default.strip("` ") for setting, default in rows}
    assert len(rows) == len(shown)
    assert shown == SETTINGS
    named = {word for word in re.findall(r"GUICHET_\w+", "".join(map(text, ("docs/operations.md", COMMANDS)))) if word}
    assert named - {"GUICHET_"} == set(SETTINGS)


def test_the_generated_pages_are_up_to_date() -> None:
    """To write them: `python -m app.spec.reference`."""
    assert [name(path) for path, written in generated_pages().items() if text(path) != written] == []


def test_every_diagnostic_has_its_heading() -> None:
    assert set(re.findall(r"^### ([A-Z]\d\d)$", text("docs/diagnostics.md"), re.MULTILINE)) == set(CODES)


def _schemas() -> Iterator[tuple[Path, Any]]:
    for path in sorted(SCHEMAS.rglob("*.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def _keys(schema: Any) -> Iterator[str]:
    """Every key and every word that an author may write."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            yield from properties
        yield from (word for word in schema.get("enum", ()) if isinstance(word, str))
        for child in schema.values():
            yield from _keys(child)
    elif isinstance(schema, list):
        for child in schema:
            yield from _keys(child)


def test_every_word_of_the_language_is_in_the_reference() -> None:
    words = {part for code in code_words(text(REFERENCE)) for part in re.findall(r"[\w-]+", code)}
    missing = {key: name(path) for path, schema in _schemas() for key in _keys(schema) if key not in words}
    assert missing == {}
    assert set(KINDS) | set(OPERATORS) <= words


def test_every_kind_says_what_it_asks_for() -> None:
    page = text(REFERENCE)
    for kind in KINDS:
        section = re.search(rf"^### {kind}\n\n(.+)$", page, re.MULTILINE)
        assert section, kind
        assert len(section[1]) > 60, f"{kind}: « {section[1]} » helps nobody"


def _program() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "app").rglob("*.py")):
        yield path.relative_to(ROOT / "app"), ast.parse(path.read_text(encoding="utf-8"))


def test_every_key_of_the_language_is_read() -> None:
    """A key that the compiler takes and then forgets is a promise that nobody keeps."""
    named = {
        word
        for path, module in _program()
        if path.parts[0] != "verify" and path.name != "contents.py"
        for node in ast.walk(module)
        for word in (
            (node.value,) if isinstance(node, ast.Constant) else (node.arg,) if isinstance(node, ast.keyword) else ()
        )
        if isinstance(word, str)
    }
    keys = {key for _, schema in _schemas() for key in _properties(schema)}
    assert len(keys) > 150
    assert keys - named - NOTHING_ELSE_TO_SAY == set()


NOTHING_ELSE_TO_SAY = {"on_new_revision"}
"""Keys that take one word, which says what happens anyhow."""


def _properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _properties(part)


def test_everything_a_procedure_holds_has_an_effect() -> None:
    """What is read into the model is used where people see it, on the page, on paper or along the journey."""
    used = {
        node.attr
        for path, module in _program()
        if path.parts[0] in {"journey", "fields", "locale", "pages", "store", "paper", "web"}
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    held = {
        f"{kind.__name__}.{part.name}": part.name
        for kind in vars(model).values()
        if isinstance(kind, type) and is_dataclass(kind)
        for part in fields(kind)
    }
    assert len(held) > 150
    assert {name for name, part in held.items() if part not in used} == {"Derived.value_type"}  # what may be compared


def test_the_index_of_decisions_is_complete() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"^\| \[([\w-]+)\]\(([\w-]+\.md)\) \|", text("docs/decisions/README.md"), re.MULTILINE)
    assert all(f"{title}.md" == target for title, target in listed)
    assert {target for _, target in listed} == {path.name for path in folder.glob("*.md")} - {"README.md"}


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "decisions").glob("*.md")), ids=lambda path: path.stem)
def test_a_decision_gives_reasons_and_costs(path: Path) -> None:
    if path.name == "README.md":
        return
    page = text(path)
    for part in ("**Choice.**", "**Why", "**Cost.**", "**What would change our mind.**"):
        assert part in page, part
    assert len([line for line in page.split("\n") if not line.startswith("|")]) < 60  # a table may be long


def test_the_page_on_architecture_names_every_room_in_order() -> None:
    rows = re.findall(r"^\| `app/(\w+)` \|", text("docs/architecture.md"), re.MULTILINE)
    assert rows == [room for room in ROOMS if room != "top"]
