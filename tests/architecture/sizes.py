"""Lengths and annotations, counted from the text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.graph import ROOT

APP_FILE, APP_FUNCTION = 400, 50
TEST_FILE, TEST_FUNCTION = 600, 60
TEMPLATE = 160


def too_long(path: str, text: str, limit: int) -> list[str]:
    lines = text.count("\n")
    return [f"{path}: {lines} lines, {limit} are allowed"] if lines > limit else []


def long_functions(path: str, text: str, limit: int) -> list[str]:
    return [
        f"{path}:{node.lineno} {node.name}: {length} lines, {limit} are allowed"
        for node in functions(text)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > limit
    ]


def unannotated(path: str, text: str) -> list[str]:
    """Functions with a parameter or a result of unsaid type."""
    found = []
    for node in functions(text):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        arguments += [extra for extra in (node.args.vararg, node.args.kwarg) if extra]
        bare = [one.arg for one in arguments if one.annotation is None and one.arg not in ("self", "cls")]
        if bare or node.returns is None:
            found.append(f"{path}:{node.lineno} {node.name}: no type for {', '.join(bare) or 'the result'}")
    return found


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def files(folder: str, pattern: str) -> Iterator[tuple[str, str]]:
    """Paths from the root of the project, with their texts."""
    for path in sorted((ROOT / folder).rglob(pattern)):
        yield path.relative_to(ROOT).as_posix(), Path(path).read_text(encoding="utf-8")
