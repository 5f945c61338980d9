"""A procedure that uses every part of the walk, and short ways to build conditions."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.journey.model import Journey
from app.journey.walk import build_journey
from app.spec.model import Condition, Field, Page, Procedure, Rule, Step, Text
from app.spec.model import Ref as Reference
from app.spec.model import Test as ModelTest

TODAY = date(2026, 11, 24)


def t(source: str) -> Text:
    return Text(source)


def f(name: str, kind: str = "text", **more: Any) -> Field:
    return Field(name, kind, t(name), **more)


def step(name: str, *fields: Field, **more: Any) -> Step:
    return Step(name, t(name), (Page(name, fields, more.pop("checks", ())),), **more)


def is_(name: str, *values: Any) -> ModelTest:
    return ModelTest(Reference(name), "is", values)


def a_procedure(*steps: Step, **more: Any) -> Procedure:
    return Procedure("p", "fr", t("T"), t("S"), "0" * 64, steps=steps, **more)


def walk(procedure: Procedure, answers: dict[str, Any], today: date = TODAY, **more: Any) -> Journey:
    return build_journey(procedure, answers, today, started=more.pop("started", today), **more)


def keys(journey: Journey) -> list[str]:
    return [stop.key for stop in journey.path]


def rule(name: str, when: Condition) -> Rule:
    return Rule(name, t(name), when)


__all__ = ["TODAY", "Reference", "a_procedure", "f", "is_", "keys", "rule", "step", "t", "walk"]
