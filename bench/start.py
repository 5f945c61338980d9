"""`python -m bench.start`: how long a start lasts with many procedures and languages, and what a worker then occupies.

The program is copied beside procedures and translations that are copies of the shipped ones under other names. Prints
the table of docs/performance.md. Exit code 1 where a bar of the project is missed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.bars import held
from bench.load import ask, build
from bench.servers import ROOT, Server, guichet, serving

PROCEDURES, START_BAR, MEMORY_BAR = 100, 5.0, 75.0
"""Procedures; seconds by the clock of a warm start; MiB that one worker occupies in the end."""
SPOKEN = ("fr", "en", "ar", "uk")
COPIED = {"de": "en", "es": "en", "it": "en", "pt": "en", "fa": "ar", "ru": "uk"}
"""Languages that nobody translated: each speaks another one, which costs the same."""


@dataclass(frozen=True, slots=True)
class Start:
    """A start: seconds by the clock until the first page is there, seconds of CPU until then, of all processes."""

    wall: float
    cpu: float


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench.start", description=__doc__)
    parser.add_argument("--procedures", type=int, default=PROCEDURES, help="how many there are")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        slugs = installed(root, chosen.procedures)
        with started(root) as (_, first):
            pass
        with started(root) as (server, again):
            memory = [("after the first page", worker(server))]
            for count, languages in ((1, SPOKEN), (len(slugs), SPOKEN), (len(slugs), (*SPOKEN, *COPIED))):
                visit(server, slugs[:count], languages)
                shown = f"{count} start page{'s' * (count > 1)} in {len(languages)} languages"
                memory.append((f"after {shown}", worker(server)))
    return report(len(slugs), first, again, memory)


def installed(root: Path, count: int) -> list[str]:
    """The program in a folder of its own, with so many procedures in ten languages; their slugs."""
    for name in ("app", "templates", "static", "schemas"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("shared", "tables"):
        shutil.copytree(ROOT / "procedures" / name, root / "procedures" / name)
    shipped = sorted(path.parent.name for path in (ROOT / "procedures").glob("*/procedure.yaml"))
    slugs = []
    for number in range(count):
        source, again = shipped[number % len(shipped)], number // len(shipped)
        slugs.append(f"{source}-{again}" if again else source)
        text = (ROOT / "procedures" / source / "procedure.yaml").read_text(encoding="utf-8")
        made = root / "procedures" / slugs[-1] / "procedure.yaml"
        made.parent.mkdir()
        made.write_text(text.replace(f'procedure: "{source}"', f'procedure: "{slugs[-1]}"', 1), encoding="utf-8")
        for code in (*SPOKEN[1:], *COPIED):
            _translated(root, code, source, slugs[-1])
    for code in (*SPOKEN[1:], *COPIED):
        for domain in ("messages", "shared"):
            _translated(root, code, domain, domain)
    return slugs


def _translated(root: Path, code: str, source: str, domain: str) -> None:
    path = ROOT / "translations" / COPIED.get(code, code) / "LC_MESSAGES" / f"{source}.po"
    made = root / "translations" / code / "LC_MESSAGES" / f"{domain}.po"
    made.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8")
    made.write_text(
        re.sub(rf'^((?:msgctxt )?"){source}/', rf"\g<1>{domain}/", text, flags=re.MULTILINE), encoding="utf-8"
    )


@contextmanager
def started(root: Path) -> Iterator[tuple[Server, Start]]:
    """The service with one worker, once it has answered; compiled modules and keys are kept in `root`."""
    name, command, environment, port = guichet(root / "data")
    environment = {**environment, "PYTHONDONTWRITEBYTECODE": ""}
    began = time.perf_counter()
    with serving(name, command, environment, port, root=root) as server:
        reply = ask(server, build("GET", "/ar/dcem/"))
        wall = time.perf_counter() - began
        if reply.status != 200:
            raise RuntimeError(f"the first page answered {reply.status}")
        yield server, Start(wall, server.cpu_seconds())


def visit(server: Server, slugs: list[str], languages: tuple[str, ...]) -> None:
    for language in languages:
        for slug in slugs:
            if ask(server, build("GET", f"/{language}/{slug}/")).status != 200:
                raise RuntimeError(f"/{language}/{slug}/ cannot be shown")


def worker(server: Server) -> tuple[float, float]:
    """MiB of the process that serves pages: resident, and what it alone occupies."""
    for process in server.processes():
        command = Path(f"/proc/{process}/cmdline").read_bytes()
        if b"spawn_main" in command:
            return _mib(process, "Rss:"), _mib(process, "Pss:")
    raise RuntimeError("no worker was found")


def _mib(process: int, what: str) -> float:
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(what)) / 1024


def report(count: int, first: Start, again: Start, memory: list[tuple[str, tuple[float, float]]]) -> int:
    print(f"{count} procedures in {len(SPOKEN) + len(COPIED)} languages\n")
    print("| start | clock, s | CPU, s |\n| --- | --- | --- |")
    for what, start in (("first", first), ("warm", again)):
        print(f"| {what} | {start.wall:.1f} | {start.cpu:.1f} |")
    print("\n| one worker | resident, MiB | its own, MiB |\n| --- | --- | --- |")
    for what, (resident, own) in memory:
        print(f"| {what} | {resident:.0f} | {own:.0f} |")
    bars = [
        ("warm start, seconds", again.wall, START_BAR),
        ("worker, MiB resident, four languages", memory[-2][1][0], MEMORY_BAR),
    ]
    print()
    return 0 if held(bars) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
