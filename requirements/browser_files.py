"""Puts files for the browser in place: htmx for serving, axe-core for testing, and html-validate beside them.

All come from npm at the versions and hashes of `requirements/npm/package-lock.json`. Serving needs no Node: npm only
fetches; tests and audits run html-validate on it. Where there is no npm, a Node.js from the Python registry is
installed in `build/node` and stays there.

Usage: `python requirements/browser_files.py serve|test`
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "build" / "npm"


@dataclass(frozen=True)
class BrowserFile:
    """`source` is inside `node_modules`, `target` inside the project; `sha256` is of the content."""

    source: str
    target: str
    sha256: str

    def wanted(self, path: Path) -> bool:
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == self.sha256


HTMX = BrowserFile(
    "htmx.org/dist/htmx.min.js",
    "static/vendor/htmx-4.0.1.min.js",
    "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130",
)
AXE = BrowserFile(
    "axe-core/axe.min.js", "build/axe/axe.min.js", "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
)
FILES = {"serve": [HTMX], "test": [HTMX, AXE]}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in FILES:
        sys.stderr.write("usage: browser_files.py serve|test\n")
        return 2
    files = FILES[arguments[0]]
    whole = arguments[0] == "serve" or _installed()
    if whole and all(file.wanted(ROOT / file.target) for file in files):
        return 0
    _fetch(with_tests=arguments[0] == "test")
    return max(_place(file) for file in files)


def _installed() -> bool:
    """Whether what stays in `node_modules` is there, as the lock says: html-validate, which is not one file."""
    lock = PACKAGES / "package-lock.json"
    wanted = (ROOT / "requirements" / "npm" / "package-lock.json").read_bytes()
    there = (PACKAGES / "node_modules" / "html-validate").is_dir()
    return there and lock.is_file() and lock.read_bytes() == wanted


def _fetch(*, with_tests: bool) -> None:
    PACKAGES.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(ROOT / "requirements" / "npm" / name, PACKAGES / name)
    omit = [] if with_tests else ["--omit=dev"]
    program, environment = _npm()
    subprocess.run(
        [program, "ci", "--silent", *omit], cwd=PACKAGES, env=environment, check=True, stdin=subprocess.DEVNULL
    )


def _npm() -> tuple[str, dict[str, str]]:
    """The npm of this machine, or one of our own; with the environment that it runs in."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return found, dict(os.environ)
    home = ROOT / "build" / "node"
    program = home / "bin" / "npm"
    if not program.exists():
        sys.stderr.write("npm is not here: fetching a Node.js for the set-up alone.\n")
        venv.create(home, with_pip=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "node.txt")], check=True)
    return str(program), {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}


def _place(file: BrowserFile) -> int:
    source, target = PACKAGES / "node_modules" / file.source, ROOT / file.target
    if not file.wanted(source):
        sys.stderr.write(
            f"{file.source} is not the file that was reviewed (its SHA-256 differs). Nothing was put in place.\n"
        )
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
