"""What a long run proved, as a page that a reader understands: written beside the results that machines read."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tests.architecture.graph import ROOT


@dataclass
class Proof:
    """One test: its name, how it ended, how long it took, and what it counted (kills, examples, its seed)."""

    name: str
    outcome: str
    seconds: float = 0.0
    counts: dict[str, str] = field(default_factory=dict)


def commit() -> str:
    """The state of the code that was proved."""

    def git(*arguments: str) -> str:
        done = subprocess.run(("git", *arguments), cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    # Procedures, code and tests; results of earlier runs do not count.
    changed = " with changes that were not committed" if git("status", "--porcelain", "--untracked-files=no") else ""
    return f"{git('rev-parse', '--short=12', 'HEAD') or 'unknown'}{changed}"


def page(proofs: Iterable[Proof], when: datetime, code: str) -> str:
    """The page, in Markdown: failures first."""
    rows = sorted(proofs, key=lambda proof: (proof.outcome == "passed", proof.name))
    good = sum(proof.outcome == "passed" for proof in rows)
    lines = [
        f"# Long forms of the tests, {when:%Y-%m-%d %H:%M} UTC",
        "",
        f"{good} of {len(rows)} held, in {sum(proof.seconds for proof in rows):.0f} seconds.",
        f"Code: {code}. Python {platform.python_version()}, {os.cpu_count()} processors, {platform.system()}.",
        "",
        "| test | result | seconds | what it did |",
        "| --- | --- | ---: | --- |",
    ]
    for proof in rows:
        counted = "; ".join(f"{name}: {value}" for name, value in proof.counts.items())
        lines.append(f"| {proof.name} | {proof.outcome} | {proof.seconds:.0f} | {counted} |")
    return "\n".join((*lines, ""))
