"""Made-up people to walk the real procedures with: the first worked example of each, changed as a test needs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from app.journey.answers import VISITED
from app.journey.model import Journey
from app.journey.walk import build_journey
from app.paper.wiring import holds_for
from app.spec.catalogue import Catalogue
from app.spec.folders import procedure_folders
from app.spec.model import Procedure, Text

PROCEDURES = Path(__file__).resolve().parents[2] / "procedures"
SLUGS = tuple(folder.name for folder in procedure_folders(PROCEDURES))
"""Every procedure that is shipped."""
UNKNOWN: dict[str, Any] = {"unknown": True}
TODAY = date(2026, 11, 24)
EUROPE = "AT BE BG CH CY CZ DE DK EE ES FI GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
"""The European Union without France, the European Economic Area, Switzerland."""


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(PROCEDURES, today=TODAY)


def procedure(slug: str) -> Procedure:
    return catalogue().procedures[slug]


@cache
def _cases(slug: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((PROCEDURES / slug / "cases.yaml").read_text(encoding="utf-8"))
    return found


def answers(slug: str, changes: Mapping[str, Any] | None = None, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Answers of the first worked example, with `changes` and less `without`."""
    kept = {key: value for key, value in _cases(slug)[0]["answers"].items() if key not in without}
    return {**kept, **(changes or {})}


def walk(slug: str, given: Mapping[str, Any], today: date = TODAY) -> Journey:
    """The journey of a person who looked at every page, those of optional questions too."""
    seen: tuple[str, ...] = ()
    while True:
        journey = build_journey(procedure(slug), {**given, VISITED: list(seen)}, today, started=today)
        keys = tuple(stop.key for stop in journey.path)
        if set(keys) <= set(seen):
            return journey
        seen = tuple(dict.fromkeys((*seen, *keys)))


def levels(journey: Journey) -> dict[str, str]:
    return {needed.key: needed.level for needed in journey.documents}


def outcomes(journey: Journey) -> set[str]:
    return {outcome.id for outcome in journey.outcomes}


def fees(journey: Journey) -> list[str]:
    return [due.fee.fact for due in journey.fees]


def assert_fact(journey: Journey, name: str, value: int, unit: str) -> None:
    """Today this fact has this value, and says where it comes from."""
    period = journey.facts[name]
    assert period is not None
    assert (period.value, period.unit) == (value, unit)
    assert period.source


def assert_stricter_age_of_a_proof_counts(slug: str, journey: Journey) -> None:
    """Sources differ on how old a proof of address may be: both are kept, and the stricter one is used."""
    fact = procedure(slug).facts["proof_of_address_age"]
    assert {(period.value, period.unit) for period in fact.conflict} == {(3, "months"), (6, "months")}
    used = journey.facts["proof_of_address_age"]
    assert used is not None
    assert used.value == 3


def letter(slug: str, journey: Journey, name: str) -> str:
    """The paragraphs of a letter that this person gets, as the author wrote them."""
    holds = holds_for(procedure(slug), journey)
    written = next(found for found in journey.letters if found.id == name)
    return "\n".join(p.text.source for p in written.paragraphs if holds(p.when))


def texts(slug: str) -> list[Text]:
    """Every text of a procedure, rules left out: those are for authors."""
    found: list[Text] = []

    def collect(value: Any) -> None:
        if isinstance(value, Text):
            found.append(value)
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                if key != "rules":
                    collect(inner)
        elif isinstance(value, tuple):
            for inner in value:
                collect(inner)
        elif hasattr(value, "__dataclass_fields__"):
            for name in value.__dataclass_fields__:
                if name != "rules":
                    collect(getattr(value, name))

    collect(procedure(slug))
    return found
