"""Small procedures drawn at random, as YAML (JSON is YAML too): steps that come and go, lists, outcomes, papers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

SLUG = "small"
READABLE = ("yes_no", "radios", "checkboxes", "whole_number", "date", "text")
KINDS = (*READABLE, "name", "long_text", "amount", "email", "address", "country", "phone", "nationality")
UNKNOWABLE = ("yes_no", "radios", "whole_number", "date", "text")

HEAD: dict[str, Any] = {
    "procedure": SLUG,
    "language": "fr",
    "title": "Au hasard",
    "summary": "Une démarche au hasard.",
    "for": ["Vous essayez."],
    "authority": "La préfecture d'essai",
    "sources": [{"title": "Code", "kind": "law"}],
    "checked_on": "2026-11-20",
    "review_by": "2027-11-20",
    "channels": {
        "online": {
            "kind": "external",
            "title": "Le site",
            "url": "https://example.org/",
            "files": "yes",
            "source": "R",
        },
        "here": {"kind": "received_here", "title": "Ici", "files": "yes", "source": "R"},
    },
    "contacts": [{"title": "Le centre", "phone": "0 806 001 620"}],
}


@dataclass
class _Known:
    """The questions asked so far that a condition may read, and those that may name an item."""

    readable: list[dict[str, Any]] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    count: int = 0


@st.composite
def procedures(draw: st.DrawFn) -> str:
    """The text of a `procedure.yaml`."""
    known = _Known()
    steps = [_step(draw, known, number) for number in range(draw(st.integers(2, 5)))]
    written: dict[str, Any] = {**HEAD, "steps": steps}
    written["documents"] = [
        {"id": f"paper{number}", "title": f"Papier {number}", "need": "optional", **_maybe_when(draw, known, 2)}
        for number in range(draw(st.integers(0, 2)))
    ]
    written["outcomes"] = [
        _outcome(draw, known, number) for number in range(draw(st.integers(0, 2)) if known.readable else 0)
    ]
    if draw(st.booleans()):
        written["declarations"] = [{"id": "truth", "text": "Je dis la vérité."}]
    return json.dumps({name: value for name, value in written.items() if value}, ensure_ascii=False)


def _step(draw: st.DrawFn, known: _Known, number: int) -> dict[str, Any]:
    step: dict[str, Any] = {"id": f"s{number}", "title": f"Étape {number}", **_maybe_when(draw, known, 2)}
    shape = draw(st.sampled_from(["plain", "plain", "plain", "list", "each"]))
    if shape == "each" and not known.ticked:
        shape = "plain"
    inside = known if shape == "plain" else _Known(list(known.readable), [], known.count)
    step["fields"] = [_question(draw, inside) for _ in range(draw(st.integers(1, 3)))]
    known.count = inside.count
    if shape == "list":
        least = draw(st.integers(0, 1))
        name = step["fields"][0]["id"]
        step["repeat"] = {"min": least, "max": draw(st.integers(max(1, least), 3)), "item": f"{{answer.{name}}}"}
    elif shape == "each":
        step["repeat"] = {"item": "Un", "for_each": draw(st.sampled_from(known.ticked))}
    return step


def _question(draw: st.DrawFn, known: _Known) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    known.count += 1
    question: dict[str, Any] = {"id": f"q{known.count}", "kind": kind, "label": f"Question {known.count} ?"}
    if draw(st.integers(0, 3)) == 0:
        question["required"] = "no"
    if kind in ("radios", "checkboxes"):
        question["choices"] = [{"id": name, "label": name.upper()} for name in "abc"[: draw(st.integers(2, 3))]]
        if draw(st.booleans()):
            question["choices"][-1]["specify"] = {"label": "Lequel ?"}
    question |= _maybe_when(draw, known, 4)
    if kind in UNKNOWABLE and draw(st.integers(0, 4)) == 0:
        # What allows "I do not know" would have to be handled wherever it is read: nothing reads it.
        question["unknown"] = {"label": "Je ne sais pas"}
    elif kind in READABLE:
        known.readable.append(question)
    if kind == "checkboxes":
        known.ticked.append(question["id"])
    return question


def _maybe_when(draw: st.DrawFn, known: _Known, one_in: int) -> dict[str, Any]:
    if not known.readable or draw(st.integers(1, one_in)) > 1:
        return {}
    return {"when": _condition(draw, known)}


def _condition(draw: st.DrawFn, known: _Known) -> dict[str, Any]:
    tests = [
        _test(draw, question) for question in draw(st.lists(st.sampled_from(known.readable), min_size=1, max_size=2))
    ]
    if len(tests) == 1:
        return tests[0]
    return {draw(st.sampled_from(["all", "any"])): tests}


_TESTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "yes_no": lambda question: "yes",
    "radios": lambda question: [choice["id"] for choice in question["choices"][:-1]],
    "checkboxes": lambda question: {"includes": question["choices"][0]["id"]},
    "whole_number": lambda question: {"at_least": 3},
    "date": lambda question: {"less_than_ahead": "3 months"},
    "text": lambda question: {"answered": "yes"},
}


def _test(draw: st.DrawFn, question: dict[str, Any]) -> dict[str, Any]:
    test = {"answered": draw(st.sampled_from(["yes", "no"]))} if draw(st.integers(0, 4)) == 0 else None
    return {question["id"]: test or _TESTS[question["kind"]](question)}


def _outcome(draw: st.DrawFn, known: _Known, number: int) -> dict[str, Any]:
    outcome: dict[str, Any] = {"id": f"o{number}", "title": f"Résultat {number}", "body": "Lisez."}
    outcome["when"] = _condition(draw, known)
    if draw(st.integers(0, 3)) == 0:
        return {**outcome, "effect": "stop", "source": "R", "go_to": [{"title": "Là", "office": "La mairie"}]}
    return {**outcome, "effect": draw(st.sampled_from(["advise", "first", "then"]))}
