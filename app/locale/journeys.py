"""The texts that a person meets: each worked example walks its way, and all it shows is noted by address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.journey.model import Journey
from app.locale.addresses import address, shared_address
from app.locale.authored import Authored
from app.locale.entries import Key
from app.spec.compiler import compile_folder
from app.spec.diagnostics import Findings
from app.spec.model import Procedure
from app.spec.model.walk import said_in
from app.spec.source import load
from app.spec.worked import check_worked_examples
from app.verify.cases import journey_of

Journeys = Mapping[str, Mapping[str, frozenset[Key]]]
"""By procedure, then by person."""


def journeys_of(procedures: Path, texts: Authored) -> Journeys:
    """The texts that the persons of each `cases.yaml` meet. A procedure without readable examples has none."""
    return {slug: _persons(procedures / slug, procedures, entries) for slug, entries in _keys(texts).items()}


def _keys(texts: Authored) -> Mapping[str, frozenset[Key]]:
    return {slug: frozenset(entry.key for entry in entries) for slug, entries in texts.journeys.items()}


def _persons(folder: Path, procedures: Path, known: frozenset[Key]) -> Mapping[str, frozenset[Key]]:
    file = folder / "cases.yaml"
    procedure = compile_folder(folder, procedures / "shared", procedures / "tables").procedure
    if procedure is None or not file.is_file():
        return {}
    written, findings = file.read_text(encoding="utf-8"), Findings()
    check_worked_examples(written, str(file), procedure, findings)
    tree = None if findings.has_errors else load(written, str(file), Findings())
    persons = {}
    for node in tree.items() if tree is not None else ():
        journey = journey_of(procedure, node.to_plain())
        persons[node.text("person") or f"ligne {node.span.line}"] = frozenset(_met(procedure, journey, known))
    return persons


def _met(procedure: Procedure, journey: Journey, known: frozenset[Key]) -> Iterator[Key]:
    for part in _shown(procedure, journey):
        for said in said_in(part):
            text = said.text
            for key in ((address(text.context), text.source), (shared_address(text.context), text.source)):
                if key in known:
                    yield key
                    break


def _shown(procedure: Procedure, journey: Journey) -> Iterator[Any]:
    yield from (procedure.title, procedure.summary, procedure.for_whom, procedure.not_for, procedure.authority)
    yield procedure.contacts
    for stop in journey.path:
        yield from (stop.step.title, stop.step.picture, stop.step.repeat, stop.notes, stop.fields)
    for needed in journey.documents:
        yield needed.document
        yield from (procedure.parts[name] for way in needed.document.one_of for name in way)
    yield from (fee.fee for fee in journey.fees)
    yield from (shown.check for shown in (*journey.advice, *journey.errors))
    yield from (silence.silence for silence in journey.silence)
    yield from (journey.outcomes, journey.channels, journey.declarations, journey.letters, journey.remedies)
    if procedure.after_sending is not None:
        yield procedure.after_sending.stages
