"""html-validate: the source of each page, as the service sends it, against the grammar of HTML.

Axe and the browser only see what a browser has made of a page: an element that was never closed, or two attributes of
one name, are mended before they look. html-validate runs on Node, in one process that lives as long as an audit.
"""

from __future__ import annotations

import json
import shutil
import subprocess  # our own script, started without a shell
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.audit.findings import Finding

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).parent / "files" / "markup.mjs"
PACKAGES = ROOT / "build" / "npm"
LOCK = ROOT / "requirements" / "npm" / "package-lock.json"
"""Which packages the set-up puts there."""
NAME = "html-validate"
VERSION = (9, 7)
LEAST_RULES = 54
"""Fewer rules mean that a preset was not found, which html-validate passes over."""
CONFIG = {
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {
        # A button of a form sends it: that is what ours are for, and what HTML says of a button without a type.
        "no-implicit-button-type": "off",
        # A label around its control names it by `for` too: some voice control only looks there.
        "no-redundant-for": "off",
        # ARIA 1.2 lets a list be named; by itself the rule knows landmarks and controls only.
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
    },
}
CRITERION = "8.2"
_MOST_SHOWN = 200


class NoMarkup(RuntimeError):
    """html-validate is not there, or is another than we believe it to be; the message says what to do, in French."""


class Markup:
    """One html-validate that is running. `version` and `rules` are what it says of itself."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        told = self._answer()
        self.version: str = told["version"]
        self.rules: int = len(told["rules"])
        if tuple(int(part) for part in self.version.split(".")[:2]) < VERSION or self.rules < LEAST_RULES:
            raise NoMarkup(f"html-validate {self.version} n'a que {self.rules} règles : lancez « make install-test ».")

    def findings(self, name: str, html: str, path: str = "") -> list[Finding]:
        """What is wrong in the source of a page; `name` is that of its state."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(html) + "\n")
        self._process.stdin.flush()
        lines = html.splitlines()
        return [_finding(one, lines, name, path) for one in self._answer()]

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise NoMarkup("html-validate ne répond pas : lancez « make install-test ».")
        return json.loads(line)


def _finding(one: dict[str, Any], lines: list[str], name: str, path: str) -> Finding:
    line, column = int(one["line"]), int(one["column"])
    source = lines[line - 1][max(column - 2, 0) :] if 0 < line <= len(lines) else ""
    return Finding(
        engine=NAME,
        rule=one["rule"],
        outcome="fault",
        target=one["selector"] or "html",
        html=source[:_MOST_SHOWN],
        message=one["message"],
        state=name,
        path=path,
        criteria=(CRITERION,),
    )


def node() -> str:
    """The Node.js of this machine, or the one that the set-up has put in `build/node`.

    Raises `NoMarkup`.
    """
    own = ROOT / "build" / "node" / "bin" / "node"
    found = shutil.which("node") or (str(own) if own.exists() else None)
    if found is None:
        raise NoMarkup("html-validate demande Node.js : lancez « make install-test ».")
    return found


@contextmanager
def reading() -> Iterator[Markup]:
    """html-validate, ready to read pages; ended afterwards. Raises `NoMarkup`."""
    process = subprocess.Popen(
        [node(), str(SCRIPT), str(PACKAGES), json.dumps(CONFIG)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        yield Markup(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=10)
        assert process.stdout is not None
        process.stdout.close()
