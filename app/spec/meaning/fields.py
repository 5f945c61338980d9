"""Questions: choices where the kind wants them, bounds, and earlier answers of the same kind."""

from __future__ import annotations

import re
from decimal import Decimal

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import did_you_mean
from app.spec.meaning.context import Checking
from app.spec.meaning.facts import check_unit
from app.spec.operands import read_day
from app.spec.symbols import FieldSymbol
from app.spec.tree import Node

SEVERAL_ANSWERS = Phrase("Il faut une question à plusieurs réponses.", "It takes a question with several answers.")
_BIRTH = re.compile(r"\b(date de naissance|date of birth|né|née)\b", re.IGNORECASE)
_SOURCED = frozenset({"select", "country", "nationality"})


def check_fields(checking: Checking) -> None:
    for question in checking.symbols.fields.values():
        _choices(checking, question)
        _same_as(checking, question)
        _limits(checking, question)
        _bounds(checking, question.node)
        _birth(checking, question)
        if question.kind == "amount":
            check_unit(checking, question.node.get("unit"))
    for step in checking.tree.items("steps"):
        repeat = step.get("repeat")
        if repeat is not None:
            _bounds(checking, repeat)
            _for_each(checking, repeat.get("for_each"), step)
        for check in step.items("checks"):
            if check.get("at") is not None:
                checking.known("`at`", check.get("at"), [str(field.text("id")) for field in step.items("fields")])
    for document in checking.tree.items("documents"):
        if (files := document.get("files")) is not None:
            _bounds(checking, files)


def _fault(checking: Checking, where: Node, question: FieldSymbol, problem: str) -> None:
    checking.findings.add("M08", where, name=question.id, kind=question.kind, problem=problem)


def _choices(checking: Checking, question: FieldSymbol) -> None:
    node, source = question.node, question.node.get("options_from")
    written = node.get("choices")
    place = node.get("id") or node
    if source is not None:
        known = [*checking.symbols.lists, *checking.symbols.tables]
        if source.value not in known and source.value not in checking.symbols.broken:
            checking.findings.add("R03", source, name=source.value, suggestion=did_you_mean(str(source.value), known))
        if written is not None and question.kind in _SOURCED:
            _fault(
                checking,
                source,
                question,
                Phrase(
                    "a `choices` et `options_from` : gardez l'un des deux",
                    "has both `choices` and `options_from`: keep one of them",
                ),
            )
    elif question.facts.choice_based and written is None and question.id not in checking.symbols.broken:
        _fault(checking, place, question, Phrase("n'a pas de réponses possibles", "has no possible answers"))
    if written is not None and not question.facts.choice_based:
        _fault(checking, written, question, Phrase("n'a pas besoin de `choices`", "has no use for `choices`"))
    if question.kind != "checkboxes":
        for choice in node.items("choices"):
            if choice.flag("exclusive"):
                _fault(
                    checking,
                    choice.get("exclusive") or choice,
                    question,
                    Phrase(
                        "n'a qu'une réponse : `exclusive` est sans effet", "has one answer: `exclusive` has no effect"
                    ),
                )


def _same_as(checking: Checking, question: FieldSymbol) -> None:
    node = question.node.get("same_as")
    if node is None or not checking.known("`same_as`", node, checking.symbols.fields):
        return
    other = checking.symbols.fields[str(node.value)]
    if other.rank >= question.rank:
        checking.findings.add("C05", node, name=other.id)
    elif other.kind != question.kind:
        checking.findings.add("M12", node, name=question.id, other=other.id)
    elif other.repeats and other.step.id != question.step.id:
        checking.findings.add("C08", node, name=other.id, step=other.step.id)


def _limits(checking: Checking, question: FieldSymbol) -> None:
    """`not_after` and `not_before`: today, a day, or an earlier date."""
    if question.kind != "date":
        return
    for key in ("not_after", "not_before"):
        node = question.node.get(key)
        if node is None or node.value == "today" or read_day(str(node.value)) is not None:
            continue
        wanted = Phrase(
            'Il faut "today", un jour comme "2026-07-31", ou une date demandée plus tôt.',
            'It takes "today", a day like "2026-07-31", or a date asked earlier.',
        )
        if checking.readable(f"`{key}`", node, ("date",), wanted):
            other = checking.symbols.fields.get(str(node.value))
            if other is not None and other.rank >= question.rank:
                checking.findings.add("C05", node, name=other.id)


def _birth(checking: Checking, question: FieldSymbol) -> None:
    """A date of birth that may lie in the future is a slip that nobody is told of."""
    node = question.node
    label = node.get("label")
    words = (label.text() or label.text("text") or "") if label is not None else ""
    asked = question.id.rpartition(".")[2].endswith("birth_date") or _BIRTH.search(words)
    limited = node.get("birth") is not None or node.get("not_after") is not None
    if question.kind == "date" and asked and not limited:
        checking.findings.add("M28", label or node, name=question.id)


def _bounds(checking: Checking, node: Node) -> None:
    low, high = node.get("min"), node.get("max")
    if low is None or high is None:
        return
    if isinstance(low.value, int | Decimal) and isinstance(high.value, int | Decimal) and low.value > high.value:
        checking.findings.add("M11", high, low=low.value, high=high.value)


def _for_each(checking: Checking, written: Node | None, step: Node) -> None:
    node = written.get("of") or written if written is not None else None
    if node is None or not checking.readable("`for_each`", node, ("choices",), SEVERAL_ANSWERS):
        return
    other = checking.symbols.fields.get(str(node.value))
    own = checking.symbols.steps.get(step.text("id") or "")
    if other is not None and own is not None and other.rank >= own.first:
        checking.findings.add("C05", node, name=other.id)
    for choice in written.items("choices") if written is not None and other is not None else ():
        known = other.choices if other is not None and other.choices is not None else ()
        if choice.text() not in known:
            checking.findings.add(
                "C03",
                choice,
                value=choice.value,
                name=node.value,
                known=", ".join(known),
                suggestion=did_you_mean(str(choice.value), known),
            )
