"""No file kills the reader: FZ01 whatever is done to a shipped file, what is wrong is told and nothing else happens,
FZ02 places lie inside the file, FZ03 certain fixes never make a file worse, FZ04 bytes and depth.

A few hundred files in `make test`, ten thousand in `make prove`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.spec.codes.examples import BASE, BLOCK, TODAY
from app.spec.compiler import Compiled, compile_folder, compile_text
from app.spec.diagnostics import Findings, render
from app.spec.repair import apply_edits, certain
from app.spec.source import decode, load
from tests.architecture.graph import ROOT
from tests.spec.kitchen_sink import BLOCKS, GLOSSARY, TABLES, TEXT

SCRAPS = (
    ":", ": ", "- ", "-", "{", "}", "[", "]", '"', "'", "“", "”", "«\u00a0", "\u00a0", "\u202f", "\t", "\n", "  ", "#",
    " #", "&a ", "*a", "!", "!!str ", "<<: ", "? ", "|", ">", "%", "@", "`", ",", "0", "01000", "12:30", "1e9", "~",
    "null", "true", "\ud800", "\x00", "\x07", "\u2028", "\ufeff", "é", "🌍", "---\n", "...\n", "\\", "{fact.", "=",
    "{answer.x}", "\r\n", "when:", "use:", "id:", "kind:", "unknown:", "any:", "none:", "rule:", "repeat:", "for_each:",
    "[" * 60, "{a: " * 60,
)  # fmt: skip
SLOWEST = 8.0
"""Seconds of CPU for one file, on a machine that is busy with other tests."""


@cache
def _files() -> tuple[tuple[str, str, Path | None], ...]:
    """Kind, text and folder of what is mutated: shipped procedures and blocks, and small files that hold every key."""
    found: list[tuple[str, str, Path | None]] = [
        ("procedure", TEXT, None),
        ("procedure", BASE, None),
        ("block", BLOCKS["identity"], None),
    ]
    procedures = sorted((ROOT / "procedures").glob("*/procedure.yaml"))
    found += [("procedure", path.read_text(encoding="utf-8"), path.parent) for path in procedures]
    for path in sorted((ROOT / "procedures" / "shared").glob("*.yaml")):
        kind = "glossary" if path.stem == "glossary" else "block"
        found += [(kind, path.read_text(encoding="utf-8"), None)]
    return tuple(found)


@cache
def _shared() -> tuple[dict[str, str], dict[str, str]]:
    shared = ROOT / "procedures" / "shared"
    blocks = {path.stem: path.read_text(encoding="utf-8") for path in shared.glob("*.yaml") if path.stem != "glossary"}
    tables = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "procedures" / "tables").glob("*.csv")}
    return blocks, {**tables, **TABLES}


# --- what is done to a file


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.choice((1, 1, 2, 5, 40)) :]


def _put(text: str, chance: random.Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + chance.choice(SCRAPS) + text[start:]


def _swap_letters(text: str, chance: random.Random) -> str:
    start = chance.randrange(max(1, len(text) - 1))
    return text[:start] + text[start + 1 : start + 2] + text[start : start + 1] + text[start + 2 :]


def _lines(change: Callable[[list[str], int, random.Random], None]) -> Callable[[str, random.Random], str]:
    def mutate(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines)

    return mutate


def _indent(lines: list[str], row: int, chance: random.Random) -> None:
    lines[row] = " " * chance.randrange(12) + lines[row].lstrip()


def _double(lines: list[str], row: int, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines[row])


def _drop(lines: list[str], row: int, chance: random.Random) -> None:
    del lines[row : row + chance.choice((1, 1, 3, 10))]


def _move(lines: list[str], row: int, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines.pop(row))


def _unquote(lines: list[str], row: int, chance: random.Random) -> None:
    lines[row] = lines[row].replace('"', chance.choice(("", "'", "“", "« ")))


def _other_value(lines: list[str], row: int, chance: random.Random) -> None:
    key, colon, _ = lines[row].partition(":")
    lines[row] = f"{key}{colon} {chance.choice(('', '[]', '{}', '12', 'yes', '{a: b}', '[[[]]]', 'x' * 3000))}"


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    _cut,
    _put,
    _swap_letters,
    *map(_lines, (_indent, _double, _drop, _move, _unquote, _other_value)),
)


def _mutated(seed: int) -> tuple[str, str, Path | None]:
    chance = random.Random(seed)
    kind, text, folder = chance.choice(_files())
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        text = chance.choice(MUTATIONS)(text, chance) or "\n"
    return kind, text, folder


def _compile(kind: str, text: str) -> Compiled:
    blocks, tables = _shared()
    if kind == "block":
        step = 'rules: {}\nsteps:\n  - {id: "one", title: "T", use: {block: "fuzzed", as: "a"}}\n'
        whole = BASE[: BASE.index("rules:")] + step + BASE[BASE.index("channels:") :]
        return compile_text(whole, blocks={"fuzzed": text}, tables=tables, today=TODAY)
    if kind == "glossary":
        return compile_text(BASE, glossary=text, blocks={"contact": BLOCK}, today=TODAY)
    return compile_text(
        text, blocks={**blocks, **BLOCKS, "contact": blocks["contact"]}, tables=tables, glossary=GLOSSARY, today=TODAY
    )


def _survives(seed: int) -> None:
    kind, text, _ = _mutated(seed)
    start = time.process_time()
    compiled = _compile(kind, text)
    assert time.process_time() - start < SLOWEST
    assert (compiled.procedure is None) == any(found.severity == "error" for found in compiled.diagnostics)
    for found in compiled.diagnostics:
        lines = compiled.sources.get(found.file, "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= found.line <= len(lines) + 1, found
        assert found.column >= 1
        assert (found.line, found.column) <= (found.end_line, found.end_column), found
        assert "Traceback" not in render(found, lines)
        render(found, lines, "en")
    _mends(kind, text, compiled)


def _mends(kind: str, text: str, compiled: Compiled) -> None:
    """FZ03: the certain fixes of the mutated file itself, all at once."""
    names = {"procedure": "procedure.yaml", "block": "shared/fuzzed.yaml", "glossary": "shared/glossary.yaml"}
    edits = [edit for _, edit in certain(compiled.diagnostics) if edit.span.file == names[kind]]
    if not edits:
        return
    again = _compile(kind, apply_edits(text, edits))
    before, after = ({found.line for found in one.diagnostics if found.code[0] == "Y"} for one in (compiled, again))
    assert len(after) <= len(before), (text, edits)


@settings(
    max_examples=150,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)
@given(st.integers(0, 10**9))
def test_a_mutated_file_is_told_about_and_nothing_else(seed: int) -> None:
    """FZ01, FZ02, FZ03"""
    _survives(seed)


@pytest.mark.prove
@pytest.mark.parametrize("hundred", range(100))
def test_ten_thousand_mutated_files(hundred: int) -> None:
    """FZ01, FZ02, FZ03"""
    for seed in range(hundred * 100, hundred * 100 + 100):
        _survives(-seed - 1)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.characters(codec=None), max_size=60) | st.lists(st.sampled_from(SCRAPS), max_size=30).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """FZ01: also what was never YAML."""
    findings = Findings()
    tree = load(text, "x.yaml", findings)
    assert tree is not None or findings.has_errors


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    """FZ04"""
    findings = Findings()
    text = decode(data, "x.yaml", findings)
    assert (text is None) == findings.has_errors


@pytest.mark.parametrize(
    "text",
    [
        "rules:\n  a: {says: 'x', when: " + "{all: [" * 30 + "{moved: yes}" + "]}" * 30 + "}\n",
        "steps: " + "[{fields: " * 18 + "[]" + "}]" * 18 + "\n",
        "glossary: {a: " + "{text: " * 38 + "x" + "}" * 38 + "}\n",
        "x: " * 5_000,
        "- " * 5_000,
        "? " * 5_000,
        '"' * 99_999,
        "a: 'b\n" * 3_000,
        "k: v : w\n" * 3_000,
        "\t\n" * 10_000,
        "a:\n" + "".join(" " * n + "a:\n" for n in range(1, 300)),
    ],
    ids=range(11),
)
def test_deep_and_repeated_faults_end_soon(text: str) -> None:
    """FZ04"""
    start = time.process_time()
    compile_text(BASE + text, blocks={"contact": BLOCK}, today=TODAY)
    compile_text(text, today=TODAY)
    assert time.process_time() - start < SLOWEST


def test_a_folder_of_anything_is_told_about(tmp_path: Path) -> None:
    """FZ04: a folder, a link to nowhere and a binary file where texts are wanted."""
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "procedure.yaml").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "shared" / "b.yaml").write_bytes(b"\xff\xfe\x00")
    found = compile_folder(tmp_path / "p", tmp_path / "shared", tmp_path / "tables", today=TODAY)
    assert {one.code for one in found.diagnostics} == {"Y02", "Y17"}
