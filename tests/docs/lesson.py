"""The tutorial for authors, played: each fence is what an author writes, types or reads, in order.

A `yaml` fence holds parts of `procedure.yaml`, which take the place of the parts of the same name or come at the end;
or, where it begins with spaces, single lines that take the place of those that begin alike; or, where it begins with a
dash, persons of `cases.yaml`. An `sh` fence is one command, a `text` fence its answer.

`python -m tests.docs.lesson` writes into the tutorial what the program answers today.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.cli import main as guichet
from tests.architecture.graph import ROOT

TUTORIAL = ROOT / "docs" / "authors" / "tutorial.md"
SLUG = "carte-de-bus"
TODAY = "2026-11-24"
"""The day on which the tutorial is played: what is out of date depends on it."""

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PART = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)
_PERSON = re.compile(r"^(?=- )", re.MULTILINE)
PROGRAM = ".venv/bin/guichet "


@dataclass(frozen=True, slots=True)
class Fence:
    """`line` is the first line inside, from 1."""

    kind: str
    text: str
    line: int


def fences(text: str) -> Iterator[Fence]:
    for found in FENCE.finditer(text):
        yield Fence(found[1], found[2], text.count("\n", 0, found.start(2)) + 1)


@dataclass(slots=True)
class Lesson:
    """An author's folder. `answer` is what the last command printed."""

    folder: Path
    parts: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    answer: str = ""
    code: int = 0

    @property
    def procedures(self) -> Path:
        return self.folder / "procedures"

    @property
    def procedure(self) -> Path:
        return self.procedures / SLUG / "procedure.yaml"

    def write(self, text: str) -> None:
        """What the author types into a file."""
        self.procedure.parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("- "):
            self.people |= {person.split("\n")[0]: person for person in _PERSON.split(text) if person.strip()}
            written = "\n".join(person.rstrip() + "\n" for person in self.people.values())
            self.procedure.with_name("cases.yaml").write_text(written, encoding="utf-8")
            return
        if text.startswith(" "):
            for line in text.splitlines():
                self._correct(line)
        for part in _PART.split(text):
            if part.strip() and not part.startswith(" "):
                self.parts[part.partition(":")[0]] = part.rstrip() + "\n"
        self.procedure.write_text(_joined(self.parts), encoding="utf-8")

    def _correct(self, line: str) -> None:
        """Put a line in the place of the only one that begins alike."""
        begins = re.compile(rf"^{re.escape(line.partition(':')[0])}:.*$", re.MULTILINE)
        holding = [name for name, part in self.parts.items() for _ in begins.findall(part)]
        if len(holding) != 1:
            raise ValueError(f"{len(holding)} lines begin like {line!r}")
        self.parts[holding[0]] = begins.sub(lambda _: line, self.parts[holding[0]])

    def run(self, command: str) -> None:
        """What the author types into the terminal; other programs than `guichet` are left out."""
        self.answer, self.code = "", 0
        if not command.startswith(PROGRAM):
            return
        words = command.removeprefix(PROGRAM).split()
        if words[0] == "check":
            words += ["--today", TODAY]
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            self.code = guichet(words)
        self.answer = printed.getvalue()


_HEAD = {
    "procedure", "language", "title", "summary", "for", "not_for", "authority", "sources", "checked_on", "review_by",
}  # fmt: skip


def _joined(parts: dict[str, str]) -> str:
    return "".join(text if name in _HEAD else f"\n{text}" for name, text in parts.items())


def rewrite(folder: Path) -> str:
    """The tutorial with the answers of today."""
    lesson = Lesson(folder)
    text = TUTORIAL.read_text(encoding="utf-8")

    def played(found: re.Match[str]) -> str:
        if found[1] == "yaml":
            lesson.write(found[2])
        elif found[1] == "sh":
            lesson.run(found[2].strip())
        else:
            return f"```{found[1]}\n{lesson.answer}```"
        return found[0]

    return FENCE.sub(played, text)


if __name__ == "__main__":
    os.environ.pop("GUICHET_PROCEDURES", None)
    with tempfile.TemporaryDirectory() as place:
        TUTORIAL.write_text(rewrite(Path(place)), encoding="utf-8")
    sys.exit(0)
