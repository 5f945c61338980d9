"""The writing of worked examples: their shape, and that every name they use exists. Whether they come true is for
`app.verify`.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import NONE, Findings, did_you_mean
from app.spec.model import Procedure
from app.spec.source import load
from app.spec.structure import check_shape
from app.spec.tree import Node

_STEP = Phrase("L'étape", "The step")
_DOCUMENT = Phrase("Le document", "The document")
_OUTCOME = Phrase("L'issue", "The outcome")
_FEE = Phrase("Le prix", "The fee")
_DATE = Phrase("La date", "The date")
CHANNEL = Phrase("La voie de dépôt", "The way of filing")
LETTER = Phrase("La lettre", "The letter")


def check_worked_examples(text: str, file: str, procedure: Procedure | None, findings: Findings) -> None:
    """Check a `cases.yaml`; names only where its procedure compiled."""
    tree = load(text, file, findings, "cases")
    if tree is None:
        return
    check_shape(tree, "cases", findings)
    if procedure is None:
        return
    for case in tree.items():
        _answers(case.get("answers"), procedure, findings)
        _sees(case.get("sees"), procedure, findings)


def _answers(answers: Node | None, procedure: Procedure, findings: Findings) -> None:
    if answers is None:
        return
    known = [field.id for step in procedure.steps for field in step.fields]
    known += [step.id for step in procedure.steps if step.repeat is not None]
    for key, _ in answers.entries():
        if key.removesuffix("__specify") not in known:
            findings.add("R01", answers.key_span(key), name=key, suggestion=did_you_mean(key, known))


def _sees(sees: Node | None, procedure: Procedure, findings: Findings) -> None:
    if sees is None:
        return
    steps = [step.id for step in procedure.steps]
    documents = [document.id for document in procedure.documents]
    outcomes = [outcome.id for outcome in procedure.outcomes]
    for key, what, known in (
        ("steps", _STEP, steps),
        ("not_steps", _STEP, steps),
        ("documents", _DOCUMENT, documents),
        ("not_documents", _DOCUMENT, documents),
        ("outcomes", _OUTCOME, outcomes),
        ("not_outcomes", _OUTCOME, outcomes),
        ("channels", CHANNEL, [channel.id for channel in procedure.channels]),
        ("letters", LETTER, [letter.id for letter in procedure.letters]),
        ("fees", _FEE, _fees(procedure)),
    ):
        for item in sees.items(key):
            _known(str(item.value).partition("/")[0], item, what, known, findings)
    for key, what, names in (("dates", _DATE, list(procedure.derived)), ("levels", _DOCUMENT, documents)):
        holder = sees.get(key)
        if holder is None:
            continue
        for name, _ in holder.entries():
            place = Node(name, holder.key_span(name), path=(*holder.path, name))
            _known(name.partition("/")[0], place, what, names, findings)


def _fees(procedure: Procedure) -> list[str]:
    """The facts of all that may have to be paid."""
    late = procedure.window.late if procedure.window is not None else None
    return list(dict.fromkeys([*(fee.fact for fee in procedure.fees), *([late.fact] if late is not None else [])]))


def _known(name: str, node: Node, what: str, known: Iterable[str], findings: Findings) -> None:
    names = list(known)
    if name not in names:
        findings.add(
            "R08", node, what=what, name=name, known=", ".join(names) or NONE, suggestion=did_you_mean(name, names)
        )
