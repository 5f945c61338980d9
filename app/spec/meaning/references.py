"""Names used outside conditions: each must lead to something of the right sort."""

from __future__ import annotations

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import did_you_mean
from app.spec.meaning.context import Checking
from app.spec.operands import FACT_WORDS, fact_fits
from app.spec.tree import Node

_A_DATE = Phrase(
    "Il faut une question ou une valeur calculée de type date.",
    "It takes a question or a derived date.",
)
_PART = Phrase("La partie", "The part")
_LETTER = Phrase("La lettre", "The letter")
_CHANNEL = Phrase("La voie de dépôt", "The way of filing")
_EACH = Phrase("L'étape répétée, ou la question à cases", "The repeated step, or the question with boxes")
_SCREEN = Phrase("L'écran", "The screen")
_QUESTION = Phrase("La question", "The question")


def check_references(checking: Checking) -> None:
    tree, symbols = checking.tree, checking.symbols
    for document in tree.items("documents"):
        _document(checking, document)
    for _, channel in tree.entries("channels"):
        _channel(checking, channel)
    facts = [_window(checking), *(fee.get("fact") for fee in tree.items("fees"))]
    for fact in facts:
        _fact(checking, fact)
    for node in tree.entries("facts"):
        as_of = node[1].get("as_of")
        if as_of is not None and as_of.value != "started":
            checking.readable("`as_of`", as_of, ("date",), _A_DATE)
    for outcome in [*tree.items("outcomes"), *([suspended] if (suspended := tree.get("suspended")) else [])]:
        for way in outcome.items("go_to"):
            for carried in way.items("carry"):
                checking.known(Phrase("La réponse emportée", "The answer taken along"), carried, symbols.fields)
            if symbols.procedures is not None and way.get("procedure") is not None:
                checking.known(Phrase("La démarche", "The procedure"), way.get("procedure"), symbols.procedures)


def _window(checking: Checking) -> Node | None:
    """Look at the days to file; returns the name of their late fee."""
    window = checking.tree.get("file_between")
    if window is None:
        return None
    for key in ("opens", "closes"):
        checking.readable(f"`{key}`", window.get(key), ("date",), _A_DATE)
    late = window.get("late")
    fee = late.get("fee") if late is not None else None
    if fee is not None and window.get("closes") is None:
        checking.findings.add("R16", fee, name=fee.value)
    return fee


def _fact(checking: Checking, node: Node | None, unit_of_time: bool = False) -> None:
    if node is None or not isinstance(node.value, str):
        return
    fact = checking.symbols.facts.get(node.value)
    if fact is None:
        if node.value not in checking.symbols.broken:
            near = did_you_mean(node.value, checking.symbols.facts)
            checking.findings.add("R05", node, name=node.value, suggestion=near)
    elif unit_of_time and not fact_fits(fact, "duration"):
        checking.findings.add("C12", node, name=node.value, wanted=FACT_WORDS["duration"])


def _document(checking: Checking, document: Node) -> None:
    symbols = checking.symbols
    for way in document.items("one_of"):
        for part in way.items():
            checking.known(_PART, part, symbols.parts)
    for channel in document.items("channels"):
        checking.known(_CHANNEL, channel, symbols.channels)
    if document.get("template") is not None:
        checking.known(_LETTER, document.get("template"), symbols.letters)
    if document.get("for_each") is not None:
        boxes = [name for name, question in symbols.fields.items() if question.kind == "checkboxes"]
        checking.known(_EACH, document.get("for_each"), [*symbols.repeats, *boxes])
    if document.get("satisfied_by") is not None:
        checking.known(_QUESTION, document.get("satisfied_by"), symbols.fields)
    within = document.get("issued_within")
    if within is not None:
        _fact(checking, within.get("fact") or within, unit_of_time=True)


def _channel(checking: Checking, channel: Node) -> None:
    symbols = checking.symbols
    office = channel.get("office")
    if office is not None and isinstance(office.value, str):
        name = office.value.removeprefix("derived.")
        if name not in symbols.derived or "lookup" not in dict(symbols.derived[name].entries()):
            known = [name for name, node in symbols.derived.items() if "lookup" in dict(node.entries())]
            checking.findings.add(
                "R13",
                office,
                what="`office`",
                name=office.value,
                suggestion=did_you_mean(name, known),
                wanted=Phrase(
                    "Il faut une valeur calculée avec `lookup`.", "It takes a derived value that uses `lookup`."
                ),
            )
    for screen in channel.items("screens"):
        for item in screen.items("items"):
            checking.known(
                _SCREEN,
                item,
                [*symbols.fields, *symbols.documents, *symbols.derived, *symbols.repeats],
            )
