"""Writes the reference pages for authors: the language from the schemas, the diagnostics from their catalogue.

`python -m app.spec.reference` writes them; `--check` says whether the committed pages are up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.spec.codes import CODES
from app.spec.codes.examples import EXAMPLES, visible
from app.spec.codes.families import FAMILIES
from app.spec.diagnostics import SEVERITY_WORDS
from app.spec.explain import plainly
from app.spec.kind_table import kind_facts
from app.spec.shape import SCHEMAS
from app.spec.subjects import OPERATORS

ROOT = SCHEMAS.parent
_INTRO = """# Reference of the procedure language

Every key that a file may hold. This page is generated from the schemas in `schemas/` (`python -m app.spec.reference`):
change the descriptions there. What each diagnostic of `guichet check` means is in
[diagnostics.md](../diagnostics.md).
"""


def pages() -> dict[Path, str]:
    """The pages by path."""
    return {
        ROOT / "docs" / "authors" / "reference.md": "\n".join(_language()).rstrip() + "\n",
        ROOT / "docs" / "diagnostics.md": "\n".join(_diagnostics()).rstrip() + "\n",
    }


def main(argv: Sequence[str]) -> int:
    """Write the pages, or with `--check` return 1 when one is out of date."""
    outdated = [
        path for path, text in pages().items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in argv:
        for path in outdated:
            print(f"{path.relative_to(ROOT)} is out of date: run python -m app.spec.reference", file=sys.stderr)
        return int(bool(outdated))
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


def _language() -> Iterator[str]:
    yield _INTRO
    names = tuple(f"{name}.schema.json" for name in ("procedure", "block", "glossary", "cases", "answers"))
    definitions = sorted(path.name for path in (SCHEMAS / "definitions").glob("*.json"))
    for name in names:
        yield from _schema(name, _load(name), 2)
    yield "## Parts\n"
    for name in definitions:
        yield from _schema(f"definitions/{name}", _load(f"definitions/{name}"), 3)
    yield "## Tests of a condition\n"
    yield "| test | meaning | for |\n| --- | --- | --- |"
    kinds: list[str] = _load("definitions/field.json")["properties"]["kind"]["enum"]
    for name, meaning in OPERATORS.items():
        users = [f"`{kind}`" for kind in kinds if name in kind_facts(kind).operators]
        yield f"| `{name}` | {_cell(meaning)} | {', '.join(users) if len(users) < len(kinds) else 'every kind'} |"
    yield "\nThe parts of an address (`address.kind`, `address.department`, …) and texts of a table admit `is`, `in`"
    yield "and `not_in`; derived numbers and dates admit the tests of their type.\n"
    yield "## Kinds of questions\n"
    for kind in kinds:
        if (SCHEMAS / "fields" / f"{kind}.json").is_file():
            schema = _load(f"fields/{kind}.json")
            yield f"### {kind}\n\n{schema.get('description', '')}\n"
            yield from _properties(schema, "fields/")


def _load(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return schema


def _schema(name: str, schema: dict[str, Any], level: int) -> Iterator[str]:
    yield f"{'#' * level} {schema.get('title') or Path(name).stem.replace('_', ' ').capitalize()}\n"
    yield f"{schema.get('description', '')}\n"
    folder = f"{Path(name).parent}/" if "/" in name else ""
    shape = schema["items"] if schema.get("type") == "array" else schema
    yield from _properties(shape, folder)


def _properties(schema: dict[str, Any], folder: str, prefix: str = "") -> Iterator[str]:
    rows = list(_rows(schema, folder, prefix))
    if rows:
        yield "| key | value | meaning |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"


def _rows(schema: dict[str, Any], folder: str, prefix: str) -> Iterator[str]:
    required = set(schema.get("required", ()))
    for key, written in schema.get("properties", {}).items():
        target = _followed(written, folder)
        meaning = written.get("description") or target.get("description", "")
        must = " **Required.**" if key in required else ""
        yield f"| `{prefix}{key}` | {_value(target)} | {_cell(meaning)}{must} |"
        if "$ref" not in written:
            inner = written.get("items", written) if written.get("type") == "array" else written
            if isinstance(inner, dict) and "$ref" not in inner:
                yield from _rows(inner, folder, f"{prefix}{key}.")


def _followed(schema: dict[str, Any], folder: str) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    path = (SCHEMAS / folder / schema["$ref"]).resolve()
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _value(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"] if isinstance(value, str))
    names = {"string": "text", "object": "map", "array": "list", "integer": "whole number"}
    types = schema.get("type", "")
    title = str(schema.get("title", "")).lower()
    return title or " or ".join(names.get(name, name) for name in ([types] if isinstance(types, str) else types))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _diagnostics() -> Iterator[str]:
    yield "# Diagnostics de `guichet check`\n"
    yield "Page produite par `python -m app.spec.reference` à partir des mêmes exemples que les tests. Chaque exemple"
    yield "remplace quelques lignes d'une petite démarche sans faute ; `# fichier` montre un fichier entier,"
    yield "`# bloc` un bloc partagé.\n"
    for family, title in FAMILIES.items():
        yield f"## {family} : {title}\n"
        for code, entry in sorted(CODES.items()):
            if code.startswith(family):
                bad, good = EXAMPLES[code]
                yield f"### {code}\n\n*{SEVERITY_WORDS[entry.severity].capitalize()}.* {plainly(entry.message)}\n"
                yield f"**Pourquoi.** {plainly(entry.why)}\n\n**Que faire.** {plainly(entry.fix)}\n"
                yield f"À corriger :\n\n```yaml\n{visible(bad)}```\n\nCorrigé :\n\n```yaml\n{visible(good)}```\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
