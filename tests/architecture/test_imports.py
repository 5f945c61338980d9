"""Imports go one way, in no circle, and one room owns each library."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture import graph
from tests.architecture.graph import ROOT

APP = graph.imports(graph.sources())
COMMANDS_ONLY = {
    "alembic",
    "typst",
    "pikepdf",
    "PIL",
    "pi_heif",
    "pypdf",
    "selenium",
    "axe_selenium_python",
    "mako",
    "hypothesis",
}


def test_there_is_something_to_read() -> None:
    assert len(APP) > 100
    assert {graph.room(module) for module in APP} == set(graph.ROOMS)


def test_no_module_imports_a_later_room() -> None:
    assert graph.upward(APP) == []


def test_no_module_imports_in_a_circle() -> None:
    assert graph.cycles(APP) == []


def test_one_room_owns_each_library() -> None:
    assert graph.misowned(APP) == []


def test_every_exception_is_needed() -> None:
    used = {(module, target.split(".")[0]) for module, targets in APP.items() for target in targets}
    assert graph.EXCEPTIONS.keys() <= used


def test_the_core_is_pure() -> None:
    assert graph.impure(APP) == []


def test_imports_are_written_in_full() -> None:
    assert graph.relative(APP) == []


def test_htmx_flask_stays_behind_one_module() -> None:
    assert [
        module for module, targets in APP.items() if any(target.split(".")[0] == "htmx_flask" for target in targets)
    ] == ["app.web.htmx"]


def read(**modules: str) -> dict[str, set[str]]:
    return graph.imports({name.replace("__", "."): text for name, text in modules.items()})


def test_an_upward_import_is_found_even_inside_a_function() -> None:
    bad = read(app__kinds__date="def f():\n    from app.fields import date\n", app__fields="")
    assert graph.upward(bad) == ["app.kinds.date imports app.fields: kinds may not know fields"]
    assert graph.upward(read(app__web__steps="import app.cli", app__cli="")) != []
    assert graph.upward(read(app__fields__date="import app.kinds.date", app__kinds__date="")) == []


def test_an_import_for_type_checkers_is_no_import() -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from app.web import steps\n"
    assert graph.upward(read(app__kinds__date=text, app__web="")) == []


def test_a_circle_is_found() -> None:
    bad = read(app__spec__a="import app.spec.b", app__spec__b="import app.spec.c", app__spec__c="import app.spec.a")
    assert graph.cycles(bad) == [["app.spec.a", "app.spec.b", "app.spec.c"]]
    assert graph.cycles(read(app__spec__a="import app.spec.b", app__spec__b="")) == []


@pytest.mark.parametrize("text", ["import sqlalchemy as sa", "from sqlalchemy.engine import Engine"])
def test_a_second_owner_is_found(text: str) -> None:
    assert graph.misowned(read(app__web__steps=text)) == ["app.web.steps imports sqlalchemy, which only store may"]
    assert graph.misowned(read(app__store__drafts=text)) == []


def test_an_impure_core_is_found() -> None:
    assert graph.impure(read(app__journey__walk="import markupsafe")) != []


def test_a_relative_import_is_found() -> None:
    assert graph.relative(read(app__journey__walk="from . import model")) != []


def test_web_workers_do_not_load_what_only_commands_need() -> None:
    code = "import sys, app.web.factory, app.web.htmx; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "flask" in loaded
    assert loaded & COMMANDS_ONLY == set()
