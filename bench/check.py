"""`python -m bench.check`: what `guichet check` costs: one procedure, hundreds, unchanged ones; how it grows.

Prints the tables of docs/performance.md. Exit code 1 where a bar of the project is missed.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.spec.compiler import compile_text
from app.spec.diagnostics import Findings
from app.verify.check import prove_one
from bench.bars import held

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = "dcem"
ONE_BAR, MANY_BAR, MANY = 0.5, 30.0, 300
"""Seconds of CPU for one procedure; seconds on two cores for so many."""
FIELDS, SHARES = (15, 30, 60, 120, 240), (0.0, 0.25, 0.5, 1.0)
TODAY = date(2026, 11, 24)
READING = "import sys, yaml; [yaml.load(open(f), yaml.CSafeLoader) for f in sys.argv[1:]]"


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds: of processors, and by the clock."""

    cpu: float
    wall: float


def run(command: list[str], cache: Path) -> Cost:
    """A command in a process of its own, compiled modules kept between runs as in any installation."""
    environ = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environ |= {"XDG_CACHE_HOME": str(cache / "kept"), "PYTHONPYCACHEPREFIX": str(cache / "modules")}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - began)


def median(command: list[str], cache: Path, rounds: int) -> Cost:
    if rounds > 1:
        run(command, cache)
    costs = [run(command, cache) for _ in range(rounds)]
    return Cost(statistics.median(one.cpu for one in costs), statistics.median(one.wall for one in costs))


def copies(folder: Path, count: int) -> Path:
    """So many procedures like a shipped one, with its shared blocks and tables."""
    for name in ("shared", "tables"):
        shutil.copytree(ROOT / "procedures" / name, folder / name)
    source = ROOT / "procedures" / SHIPPED
    for number in range(count):
        made = folder / f"{SHIPPED}-{number}"
        made.mkdir()
        text = (source / "procedure.yaml").read_text(encoding="utf-8")
        written = text.replace(f'procedure: "{SHIPPED}"', f'procedure: "{made.name}"', 1)
        (made / "procedure.yaml").write_text(written.replace("enfant", f"enfant {number}", 1), encoding="utf-8")
        shutil.copy(source / "cases.yaml", made)
    # Where people are led from these: answers that go along are looked up there.
    for other in (ROOT / "procedures").glob("*/procedure.yaml"):
        shutil.copytree(other.parent, folder / other.parent.name)
    return folder


def made_up(fields: int, conditions: int) -> str:
    """A procedure of so many questions, the last so many of which are asked under a condition on two earlier ones."""
    lines = [
        'procedure: "essai"\nlanguage: "fr"\ntitle: "Un essai"\nsummary: "Un essai."\nauthority: "La préfecture"',
        'sources: [{title: "CESEDA", kind: "law"}]\nchecked_on: "2026-11-20"\nreview_by: "2027-02-20"\nsteps:',
    ]
    for number in range(fields):
        if number % 6 == 0:
            lines.append(f'  - id: "step{number // 6}"\n    title: "Étape {number // 6}"\n    fields:')
        lines.append(f'      - id: "q{number}"\n        kind: "radios"\n        label: "Question {number} ?"')
        lines += ["        choices:", *(f'          - {{id: "{one}", label: "Choix {one}"}}' for one in "abc")]
        if number >= max(8, fields - conditions):
            lines.append(f'        when:\n          q{number % 7}: "a"\n          q{number - 8}: ["a", "b"]')
    lines.append('channels: {post: {kind: "post", title: "La poste", source: "R431-2"}}')
    lines.append('contacts: [{title: "Le centre", phone: "0 806 001 620"}]')
    return "\n".join(lines) + "\n"


def growth(fields: tuple[int, ...]) -> Iterator[tuple[int, int, float, float]]:
    """Questions, conditions, seconds to read and to prove."""
    for count in fields:
        for share in SHARES:
            text = made_up(count, int(count * share))
            gc.collect()
            began = time.process_time()
            compiled = compile_text(text, today=TODAY)
            between = time.process_time()
            assert compiled.procedure is not None, compiled.diagnostics
            prove_one(compiled, Findings())
            yield count, int(count * share), between - began, time.process_time() - between


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.check", description=__doc__)
    parser.add_argument("--many", type=int, default=MANY, help="procedures in the large folder")
    parser.add_argument("--rounds", type=int, default=5, help="runs of the small ones; medians are printed")
    parser.add_argument("--fields", type=int, nargs="*", default=list(FIELDS), help="sizes of the made-up procedures")
    chosen = parser.parse_args(arguments)
    check = [sys.executable, "-m", "app", "check"]
    with tempfile.TemporaryDirectory() as place:
        folder, cache = copies(Path(place) / "procedures", chosen.many), Path(place) / "cache"
        one = folder / f"{SHIPPED}-0"
        rows = {
            "reading it with PyYAML alone": median(
                [sys.executable, "-c", READING, *map(str, one.glob("*.yaml"))], cache, chosen.rounds
            ),
            "one procedure, proofs included": median([*check, "--no-cache", str(one)], cache, chosen.rounds),
            "the same, unchanged": median([*check, str(one)], cache, chosen.rounds),
            f"{chosen.many} procedures": run([*check, str(folder)], cache),
            f"the same {chosen.many}, unchanged": run([*check, str(folder)], cache),
        }
    return report(rows, list(growth(tuple(chosen.fields))), chosen.many)


def report(rows: dict[str, Cost], grown: list[tuple[int, int, float, float]], many: int) -> int:
    print("| what | CPU, s | clock, s |\n| --- | --- | --- |")
    for what, cost in rows.items():
        print(f"| {what} | {cost.cpu:.2f} | {cost.wall:.2f} |")
    print("\n| questions | conditions | read, ms | prove, ms |\n| --- | --- | --- | --- |")
    for fields, conditions, read, proven in grown:
        print(f"| {fields} | {conditions} | {read * 1000:.0f} | {proven * 1000:.0f} |")
    bars = [
        ("one procedure, seconds of CPU", rows["one procedure, proofs included"].cpu, ONE_BAR),
        (f"{many} procedures, seconds by the clock", rows[f"{many} procedures"].wall, MANY_BAR),
    ]
    print()
    return 0 if held(bars) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
