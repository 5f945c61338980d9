"""Tables: CSV text to rows by key."""

from __future__ import annotations

import csv
from collections.abc import Mapping

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import Findings, did_you_mean
from app.spec.model import Table
from app.spec.tree import Node


def read_tables(tree: Node, texts: Mapping[str, str], findings: Findings) -> dict[str, Table]:
    """The tables that a procedure names. `texts` holds the CSV by file name; faults are placed where the table is
    named.
    """
    tables: dict[str, Table] = {}
    for name, node in tree.entries("tables"):
        file, key = node.text("file"), node.text("key")
        if file is None or key is None:
            continue
        if file not in texts:
            findings.add(
                "R04",
                node.get("file") or node,
                problem=Phrase(f"le fichier « {file} » n'existe pas", f"the file “{file}” does not exist"),
                suggestion=did_you_mean(file, texts),
            )
            continue
        table = _read(name, key, texts[file], node, findings)
        if table is not None:
            tables[name] = table
    return tables


def _read(name: str, key: str, text: str, node: Node, findings: Findings) -> Table | None:
    reader = csv.reader(text.removeprefix("\ufeff").splitlines(), strict=True)
    try:
        lines = [line for line in reader if line]
    except csv.Error as error:
        problem = Phrase(f"ligne {reader.line_num} illisible ({error})", f"line {reader.line_num} unreadable ({error})")
        findings.add("R04", node.get("file") or node, problem=problem)
        return None
    columns = tuple(lines[0]) if lines else ()
    if key not in columns:
        findings.add(
            "R04",
            node.get("key") or node,
            problem=Phrase(f"le fichier n'a pas de colonne « {key} »", f"the file has no column “{key}”"),
            suggestion=did_you_mean(key, columns),
        )
        return None
    rows: dict[str, Mapping[str, str]] = {}
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns):
            problem = Phrase(
                f"la ligne {number} a {len(line)} cases au lieu de {len(columns)}",
                f"line {number} has {len(line)} cells instead of {len(columns)}",
            )
            findings.add("R04", node.get("file") or node, problem=problem)
            continue
        row = dict(zip(columns, line, strict=True))
        if row[key] in rows:
            problem = Phrase(
                f"« {row[key]} » est deux fois dans la colonne « {key} »",
                f"“{row[key]}” is twice in the column “{key}”",
            )
            findings.add("R04", node.get("file") or node, problem=problem)
        rows[row[key]] = row
    return Table(name, key, columns, rows)
