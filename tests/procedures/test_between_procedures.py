"""From one procedure to the next: what is taken along must fit where it arrives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.spec.model import Field, GoTo
from tests.procedures.people import catalogue, procedure


def ways() -> Iterator[tuple[str, str, GoTo]]:
    for slug, found in sorted(catalogue().procedures.items()):
        for outcome in found.outcomes:
            for way in outcome.go_to:
                if way.procedure:
                    yield slug, outcome.id, way


def questions(slug: str) -> dict[str, Field]:
    return {field.id: field for step in procedure(slug).steps if step.repeat is None for field in step.fields}


WAYS = list(ways())


@pytest.mark.parametrize(("slug", "outcome", "way"), WAYS, ids=[f"{slug}-{outcome}" for slug, outcome, _ in WAYS])
def test_an_answer_taken_along_is_an_answer_there(slug: str, outcome: str, way: GoTo) -> None:
    assert way.procedure is not None
    here, there = questions(slug), questions(way.procedure)
    assert [name for name in way.carry if name not in there] == []
    for name in way.carry:
        assert here[name].kind == there[name].kind, name


@pytest.mark.parametrize(("slug", "outcome", "way"), WAYS, ids=[f"{slug}-{outcome}" for slug, outcome, _ in WAYS])
def test_an_answer_given_there_is_one_of_its_choices(slug: str, outcome: str, way: GoTo) -> None:
    assert way.procedure is not None
    there = questions(way.procedure)
    for name, value in way.given.items():
        field = there[name]
        allowed = {choice.id for choice in field.choices} or {"yes", "no"}
        assert set(value if isinstance(value, list | tuple) else [value]) <= allowed, (outcome, name)
        assert name not in way.carry, name


def test_the_move_leads_to_the_duplicate_and_back() -> None:
    led = {(slug, way.procedure) for slug, _, way in WAYS}
    assert ("duplicate-permit", "change-of-address") in led
    assert ("change-of-address", "duplicate-permit") in led
    assert ("change-of-address", "dcem") in led
    assert ("change-of-address", "provisional-paper") in led
