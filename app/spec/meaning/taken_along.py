"""Answers that an outcome takes along into another procedure: asked there too, under the same name, and possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.spec.codes.phrase import Phrase
from app.spec.diagnostics import did_you_mean
from app.spec.meaning.context import Checking
from app.spec.symbols import FieldSymbol
from app.spec.tree import Node, Span

_NOT_ASKED = Phrase("cette démarche ne le demande pas", "that procedure does not ask it")
_OTHER_KIND = Phrase("la question n'y est pas du même genre", "the question is of another kind there")
_IN_ITEMS = Phrase("c'est une question d'une étape répétée", "it is a question of a repeated step")
_IMPOSSIBLE = Phrase("« {value} » n'y est pas une réponse possible", "“{value}” is not a possible answer there")


def check_taken_along(checking: Checking) -> None:
    suspended = checking.tree.get("suspended")
    for node in [*checking.tree.items("outcomes"), *([suspended] if suspended is not None else [])]:
        for way in node.items("go_to"):
            slug = way.text("procedure")
            taken = way.get("carry") is not None or way.get("with") is not None
            there = checking.symbols.elsewhere(slug) if slug and taken else None
            if slug and there is not None:
                _way(checking, way, slug, there)


def _way(checking: Checking, way: Node, slug: str, there: Mapping[str, FieldSymbol]) -> None:
    for name, where, own, value in _taken(checking, way):
        target = there.get(name)
        problem = ""
        if target is None:
            problem = _NOT_ASKED
        elif target.repeats or (own is not None and own.repeats):
            problem = _IN_ITEMS
        elif own is not None and own.kind != target.kind:
            problem = _OTHER_KIND
        elif value is not None and target.choices is not None and not _possible(value, target.choices):
            shown = value.to_plain()
            problem = Phrase(str(_IMPOSSIBLE).format(value=shown), _IMPOSSIBLE.english.format(value=shown))
        if problem:
            known = target.choices or () if target is not None else list(there)
            near = did_you_mean(str(value.value) if target is not None and value is not None else name, known)
            checking.findings.add("R15", where, name=name, slug=slug, problem=problem, suggestion=near)


def _taken(checking: Checking, way: Node) -> Iterator[tuple[str, Span, FieldSymbol | None, Node | None]]:
    """Name, place, own question and constant value of everything that is taken along."""
    for node in way.items("carry"):
        own = checking.symbols.fields.get(node.text() or "")
        if own is not None:
            yield own.id, node.span, own, None
    given = way.get("with")
    for name, node in way.entries("with"):
        yield name, given.key_span(name) if given is not None else node.span, None, node


def _possible(value: Node, choices: tuple[str, ...]) -> bool:
    plain = value.to_plain()
    if isinstance(plain, bool):
        plain = "yes" if plain else "no"
    return all(one in choices for one in (plain if isinstance(plain, list) else [plain]))
