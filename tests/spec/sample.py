"""A small sound procedure with some of its sections written anew in the test, compiled and walked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.journey.model import Journey
from app.journey.walk import build_journey
from app.spec.codes.examples import TABLES, TODAY, whole
from app.spec.compiler import compile_text
from app.spec.diagnostics import Diagnostic, render
from app.spec.model import Procedure

STEPS = """
rules: {}
steps:
  - id: "situation"
    title: "Votre situation"
    fields:
"""
"""The head of a procedure whose questions a test writes; no rule reads questions that are gone."""


def compiled(sections: str, *, blocks: Mapping[str, str] | None = None, today: date = TODAY) -> Procedure:
    """The procedure; the test fails with every finding where there is one."""
    files = whole(sections)
    found = compile_text(files.text, blocks={**files.blocks, **(blocks or {})}, tables=TABLES, today=today)
    assert [render(one, files.text.split("\n")) for one in found.diagnostics] == []
    assert found.procedure is not None
    return found.procedure


def findings(sections: str, *, blocks: Mapping[str, str] | None = None, today: date = TODAY) -> list[Diagnostic]:
    files = whole(sections)
    return compile_text(files.text, blocks={**files.blocks, **(blocks or {})}, tables=TABLES, today=today).diagnostics


def codes(sections: str, *, blocks: Mapping[str, str] | None = None, today: date = TODAY) -> set[str]:
    return {found.code for found in findings(sections, blocks=blocks, today=today)}


def walked(procedure: Procedure, answers: Mapping[str, Any], today: date = TODAY, **more: Any) -> Journey:
    """The journey of a person who has seen every page."""
    pages = [page.id for step in procedure.steps for page in step.pages]
    items = [
        f"{step.id}/{item['id']}"
        for step in procedure.steps
        if step.repeat is not None
        for item in answers.get(step.id, ())
    ]
    given = {"_visited": [*pages, *items], **answers}
    return build_journey(procedure, given, today, started=more.pop("started", today), **more)


def outcomes(procedure: Procedure, answers: Mapping[str, Any], today: date = TODAY) -> list[str]:
    return [outcome.id for outcome in walked(procedure, answers, today).outcomes]
