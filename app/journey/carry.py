"""Answers that may go along from one procedure to another, with the person's consent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.journey.model import Answers
from app.journey.possible import possible_for
from app.spec.model import Field, Procedure


def carried(answers: Answers, target: Procedure, names: Iterable[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that `target` can take: those of `names` that were asked and answered, then the constants `given`.

    Only questions that the other procedure asks under the same name, and answers that have the shape of one there. A
    question inside a list is never taken along: whose it would be is not clear.
    """
    questions = _questions(target)
    found: dict[str, Any] = {}
    for name in names:
        value, specified = answers.get(name), answers.get(f"{name}__specify")
        if name in questions and value is not None and possible_for(questions[name])(value):
            found[name] = value
            if specified is not None:
                found[f"{name}__specify"] = specified
    fits = {name: value for name, value in given.items() if name in questions and possible_for(questions[name])(value)}
    return {**found, **fits}


def _questions(procedure: Procedure) -> dict[str, Field]:
    return {question.id: question for step in procedure.steps if step.repeat is None for question in step.fields}
