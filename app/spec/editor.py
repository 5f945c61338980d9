"""`guichet schema`: the schemas in one file of draft 07, for the completion and hover texts of editors.

Editors read draft 07, where a reference hides what is written beside it and where keys that a branch allows cannot be
counted. So a reference is wrapped, and the settings of every kind are listed in one place with a word on their kind.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.spec.arguments import Arguments
from app.spec.shape import SCHEMAS, contents, resolved

MISUSE = 2
DRAFT = "http://json-schema.org/draft-07/schema#"
FILES = ("procedure", "block", "glossary", "cases", "answers")


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0, or 2 when it was called wrongly."""
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else MISUSE
    text = json.dumps(export(arguments.file), ensure_ascii=False, indent=2) + "\n"
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        arguments.output.write_text(text, encoding="utf-8")
    return 0


def _parser() -> Arguments:
    parser = Arguments(
        prog="guichet schema",
        description="Écrit un schéma JSON (draft 07) : l'éditeur de texte propose alors les mots et les explique.",
    )
    parser.add_argument("file", nargs="?", choices=FILES, default="procedure", help="quelle sorte de fichier décrire")
    parser.add_argument("--output", type=Path, metavar="FICHIER", help="où écrire ; sinon sur la sortie standard")
    return parser


def export(name: str) -> dict[str, Any]:
    """The schema of one sort of file, with all its parts under `definitions`."""
    collected: dict[str, dict[str, Any]] = {}
    main_part = _converted(contents(f"{name}.schema.json"), f"{name}.schema.json", collected)
    return {"$schema": DRAFT, **main_part, "definitions": dict(sorted(collected.items()))}


def _converted(schema: dict[str, Any], origin: str, collected: dict[str, dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "$ref":
            found["allOf"] = [*found.get("allOf", ()), {"$ref": _reference(resolved(origin, value), collected)}]
        elif key == "properties":
            found[key] = {name: _converted(part, origin, collected) for name, part in value.items()}
        elif key == "allOf":
            found[key] = [_converted(part, origin, collected) for part in value]
        elif isinstance(value, dict) and key not in ("const", "enum"):
            found[key] = _converted(value, origin, collected)
        elif key not in ("$schema", "unevaluatedProperties"):
            found[key] = value
    if schema.get("unevaluatedProperties") is False:
        found["properties"] |= _settings(found["properties"])
        found["additionalProperties"] = False
    return _alone(found)


def _alone(found: dict[str, Any]) -> dict[str, Any]:
    """A reference by itself needs no wrapping."""
    match found:
        case {"allOf": [{"$ref": target}]} if len(found) == 1:
            return {"$ref": target}
    return found


def _reference(name: str, collected: dict[str, dict[str, Any]]) -> str:
    key = name.removesuffix(".json").replace("definitions/", "").replace("/", "_")
    if key not in collected:
        collected[key] = {}  # held open: parts refer to each other in circles
        collected[key] = _converted(contents(name), name, collected)
    return f"#/definitions/{key}"


def _settings(known: dict[str, Any]) -> dict[str, Any]:
    """The settings of all kinds. What values they take, the branch of each kind says."""
    found: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for path in sorted((SCHEMAS / "fields").glob("*.json")):
        for name, part in contents(f"fields/{path.name}").get("properties", {}).items():
            if name not in known:
                found.setdefault(name, []).append(path.stem)
                words.setdefault(name, part.get("description", ""))
    return {name: {"description": f"{', '.join(kinds)}: {words[name]}"} for name, kinds in found.items()}
