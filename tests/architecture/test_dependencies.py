"""Every dependency is declared, locked with a hash, explained, and used."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from app.spec.version import ENGINE
from tests.architecture import graph
from tests.architecture.graph import ROOT
from tests.architecture.sizes import files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
UNIMPORTED = {"tzdata", "psycopg"}
"""Loaded by Python and by SQLAlchemy, by name."""
TOOLS = {
    "gunicorn",
    "flask-cors",
    "ruff",
    "mypy",
    "uv",
    "types-pyyaml",
    "types-jsonschema",
    "types-html5lib",
    "types-wtforms",
}


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9_.-]+", requirement)
    assert found
    return normal(found[0])


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> dict[str, int]:
    """Package to number of hashes."""
    return {
        normal(entry[1]): entry[0].count("--hash=sha256:")
        for entry in re.finditer(r"^([A-Za-z0-9_.-]+)==\S+(?:.*\\\n)(?:\s+--hash=.*\n)+", text, re.MULTILINE)
    }


SERVE = {name_of(one) for one in PROJECT["project"]["dependencies"]}
EXTRA = {name_of(one) for one in PROJECT["project"]["optional-dependencies"]["postgresql"]}
GROUPS = {
    key: {name_of(one) for one in group if isinstance(one, str)} for key, group in PROJECT["dependency-groups"].items()
}


def imported(paths: list[tuple[str, str]]) -> set[str]:
    """Distributions that these files import."""
    owners = packages_distributions()
    modules = dict(paths)
    found = {target.split(".")[0] for targets in graph.imports(modules).values() for target in targets}
    outside = found - set(sys.stdlib_module_names) - {"app", "tests", "bench", "__future__"}
    return {normal(owners[name][0]) for name in outside}


def test_what_the_application_imports_is_what_it_declares() -> None:
    served = [(path, text) for path, text in files("app", "*.py") if not path.startswith("app/audit/")]
    assert imported(served) == SERVE - UNIMPORTED


def test_what_the_audit_imports_is_declared_apart() -> None:
    """Who serves need not install a browser's driver."""
    audit = [(path, text) for path, text in files("app", "*.py") if path.startswith("app/audit/")]
    assert imported(audit) - SERVE == GROUPS["audit"]


def test_what_the_tests_import_is_declared() -> None:
    used = imported([*files("tests", "*.py"), *files("bench", "*.py")])
    assert used - SERVE - EXTRA - GROUPS["audit"] == GROUPS["test"] - TOOLS


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("serve", SERVE | EXTRA | GROUPS["build"]),
        ("test", SERVE | EXTRA | GROUPS["build"] | GROUPS["audit"] | GROUPS["test"]),
    ],
)
def test_everything_is_locked_with_its_hash(name: str, wanted: set[str]) -> None:
    packages = locked((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"))
    assert wanted <= packages.keys()
    assert [package for package, hashes in packages.items() if not hashes] == []


def test_the_two_locks_agree() -> None:
    versions = [
        set(
            re.findall(
                r"^[A-Za-z0-9_.-]+==\S+", (ROOT / "requirements" / name).read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        for name in ("serve.txt", "test.txt")
    ]
    assert versions[0] <= versions[1]


def test_every_dependency_is_explained() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if re.match(r'  "[A-Za-z0-9_.-]+(\[\w+\])?[<>=]', line)]
    assert len(listed) >= len(SERVE)
    assert [line for line in listed if "# " not in line] == []
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    named = {normal(name) for name in re.findall(r"`([A-Za-z0-9_.-]+)`", page)}
    assert (SERVE | EXTRA | GROUPS["build"] | GROUPS["audit"] | GROUPS["test"]) - named == set()


def test_the_npm_lock_names_hashes_and_no_host() -> None:
    text = (ROOT / "requirements" / "npm" / "package-lock.json").read_text(encoding="utf-8")
    packages = {key: value for key, value in json.loads(text)["packages"].items() if key}
    ours = {name: packages[f"node_modules/{name}"] for name in ("htmx.org", "axe-core", "html-validate")}
    assert [one["version"] for one in ours.values()] == ["4.0.1", "4.14.1", "9.7.1"]
    assert [key for key, value in packages.items() if not value.get("dev")] == ["node_modules/htmx.org"], "served"
    assert all(value["integrity"].startswith("sha512-") for value in packages.values())
    assert "resolved" not in text


def test_a_lock_without_hash_is_seen() -> None:
    text = "flask==3.1.3 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via x\nwtforms==3.2\n"
    assert locked(text) == {"flask": 2}


def test_the_engine_and_the_project_name_one_version() -> None:
    assert PROJECT["project"]["version"] == ENGINE
