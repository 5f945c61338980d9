"""The tracked files hold no place of one machine and no address of a package registry."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.graph import ROOT

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = re.compile(
    "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "registry" + r"\.npmjs", "deb" + r"\.debian\.org"])
)
PLACES = re.compile(r"(?<![\w.])/(?:" + "|".join(["wo" + "rk", "fa" + "rm", "ro" + "ot", "ho" + r"me/\w+"]) + r")/")
BIGGEST = 400_000
"""Bytes. A tracked file above this is hardly source."""


def tracked() -> list[Path]:
    """What git holds; the whole folder where it is no checkout (an archive)."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = [name for name in done.stdout.decode().split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


def faults(text: str) -> list[str]:
    return [found[0] for pattern in (HOSTS, PLACES) if (found := pattern.search(text))]


def test_tracked_files_name_no_machine_and_no_registry() -> None:
    files = tracked()
    assert len(files) > 100
    found = {}
    for path in files:
        content = path.read_bytes()
        if b"\0" not in content and (fault := faults(content.decode("utf-8", "replace"))):
            found[path.relative_to(ROOT).as_posix()] = fault
    assert found == {}


def test_tracked_files_are_small() -> None:
    assert [path.name for path in tracked() if path.stat().st_size > BIGGEST] == []


def test_nothing_of_others_is_tracked() -> None:
    assert [path.name for path in tracked() if path.name.endswith((".min.js", ".whl", ".map"))] == []


@pytest.mark.parametrize("text", ["https://pypi" + ".org/simple", "open('/ro" + "ot/x')", "/ho" + "me/awa/x"])
def test_a_machine_and_a_registry_are_found(text: str) -> None:
    assert faults(text)


def test_ordinary_text_is_left_alone() -> None:
    assert faults("see docs/wo" + "rk/a.md, tests/ho" + "me.py and https://example.org/ro" + "ot/a") == []
