"""The texts of procedures to translate: each with its line in the YAML, what it is, its limits and its legal nature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.locale.addresses import SHARED, address, shared_address
from app.locale.entries import Entry, merged
from app.spec.compiler import Compiled, compile_folder
from app.spec.folders import procedure_folders
from app.spec.model import Choice, Field
from app.spec.model.walk import Said, said_in
from app.spec.plain.checks import HINT, LABEL
from app.spec.tree import Node

_PLACEHOLDER = re.compile(r"\{(answer|fact|derived)\.([^{}\s]+)\}")

ROLES: Mapping[str, str] = {
    "label": "Question",
    "hint": "Aide courte, sous la question",
    "help": "Aide longue, à déplier",
    "why": "Pourquoi on le demande",
    "unknown": "Case « je ne sais pas »",
    "specify": "Question de plus, si cette réponse est choisie",
    "errors": "Message d'erreur",
    "says": "Phrase d'un contrôle, d'une règle ou d'un prix",
    "title": "Titre",
    "summary": "Résumé, au début",
    "for_whom": "Pour qui",
    "not_for": "Pour qui ce n'est pas",
    "authority": "Qui décide",
    "body": "Texte d'une issue",
    "how": "Comment faire",
    "hours": "Heures d'ouverture",
    "alt": "Ce que montre une image, pour qui ne la voit pas",
    "item": "Nom d'un élément d'une liste",
    "fallback": "À la place d'une valeur qui manque, au milieu d'une phrase",
    "glossary": "Explication d'un mot",
    "subject": "Objet d'une lettre",
    "to": "Destinataire",
    "paper": "Nom d'un papier",
    "proves": "Ce que le papier prouve",
    "does_not_prove": "Ce que le papier ne prouve pas",
    "next": "Ce qui vient après",
    "deadline": "Délai",
    "means": "Ce que veut dire le silence de l'administration",
    "counted_from": "Début d'un délai",
    "office": "Nom d'un bureau",
    "note": "Remarque",
}


@dataclass(frozen=True, slots=True)
class Authored:
    """The texts of the procedures of one folder. `own` by slug; `shared` once for all of them.

    `languages` is the language each procedure is written in; `journeys` all its texts, those of shared blocks included,
    in its order.
    """

    own: Mapping[str, list[Entry]]
    shared: list[Entry]
    languages: Mapping[str, str]
    journeys: Mapping[str, list[Entry]]
    glossaries: Mapping[str, Mapping[str, tuple[str, ...]]]
    """The words that each procedure explains, with their other spellings."""
    broken: tuple[str, ...] = ()
    """Procedures that do not compile: nothing is known of their texts."""


def authored_entries(procedures: Path) -> Authored:
    """The texts of every procedure below `procedures`."""
    own: dict[str, list[Entry]] = {}
    journeys: dict[str, list[Entry]] = {}
    languages: dict[str, str] = {}
    glossaries: dict[str, Mapping[str, tuple[str, ...]]] = {}
    shared: list[Entry] = []
    broken: list[str] = []
    blocks = procedures / "shared"
    for folder in procedure_folders(procedures):
        compiled = compile_folder(folder, blocks, procedures / "tables")
        if compiled.procedure is None:
            broken.append(folder.name)
            continue
        languages[folder.name] = compiled.procedure.language
        spellings = compiled.procedure.spellings
        glossaries[folder.name] = {word: spellings.get(word, ()) for word in compiled.procedure.glossary}
        mine = journeys[folder.name] = merged(_entries(compiled, procedures))
        own[folder.name] = [entry for entry in mine if not _is_shared(entry)]
        shared += [entry for entry in mine if _is_shared(entry)]
    return Authored(own, merged(shared), languages, journeys, glossaries, tuple(broken))


def _is_shared(entry: Entry) -> bool:
    return (entry.context or "").startswith(f"{SHARED}/")


def _entries(compiled: Compiled, procedures: Path) -> Iterator[Entry]:
    procedure, written = compiled.procedure, compiled.written
    assert procedure is not None
    assert written is not None
    labels = {field.id: field.label.source for step in procedure.steps for field in step.fields}
    for said in said_in(procedure):
        text = said.text
        node = _node(written.tree, text.context)
        place = _place(node or written.tree, procedures)
        by_block = node is not None and Path(node.span.file).parent == procedures / "shared"
        where = shared_address(text.context) if by_block else address(text.context)
        yield Entry(text.source, where, (place,), tuple(_comments(said, labels)))
    for word in procedure.glossary:
        context = f"{procedure.slug}/glossary/{word}"
        node = _node(written.tree, context)
        by_block = node is not None and Path(node.span.file).parent == procedures / "shared"
        where = (shared_address if by_block else address)(f"{context}/word")
        yield Entry(word, where, (_place(node or written.tree, procedures),), ("Mot expliqué",))


# --- what a translator should know ------------------------------------------------------------------------------------


def _comments(said: Said, labels: Mapping[str, str]) -> Iterator[str]:
    yield _role(said)
    if said.text.verbatim:
        yield "Texte de loi, cité mot pour mot : traduisez-le sans le simplifier."
    elif getattr(said.owner, "effect", None) == "stop":
        yield "Effet : la démarche s'arrête ici. Le sens exact compte."
    if said.question is not None and said.role in ("label", "hint") and said.owner is said.question:
        yield f"Longueur : {LABEL if said.role == 'label' else HINT} signes au plus, si possible."
    if source := getattr(said.owner, "source", None):
        yield f"Source : {source}"
    if getattr(said.owner, "needs_review", False):
        yield "À vérifier : le texte français n'est pas sûr et peut changer."
    for sort, name in dict.fromkeys(_PLACEHOLDER.findall(said.text.source)):
        yield f"{{{sort}.{name}}} : {_filled(sort, name, labels)}"


def _role(said: Said) -> str:
    role = ROLES.get(said.role, "Texte")
    if isinstance(said.owner, Choice) and said.question is not None and said.role in ("label", "hint"):
        return f"{'Réponse proposée' if said.role == 'label' else 'Aide sous une réponse'} à : {_short(said.question)}"
    if said.question is not None and said.role != "label":
        return f"{role} (question : {_short(said.question)})"
    return role


def _short(question: Field) -> str:
    return " ".join(question.label.source.split())


def _filled(sort: str, name: str, labels: Mapping[str, str]) -> str:
    if sort == "answer":
        label = labels.get(name) or labels.get(name.rpartition(".")[0])
        return f"la réponse à « {label} »" if label else "une réponse"
    return "une valeur avec son unité" if sort == "fact" else "une valeur calculée (date, nombre, nom)"


# --- where it is written ----------------------------------------------------------------------------------------------


def _place(node: Node, procedures: Path) -> tuple[str, int]:
    file = Path(node.span.file)
    return (procedures.name / file.relative_to(procedures)).as_posix(), node.span.line


def _node(tree: Node, context: str) -> Node | None:
    """What an address of the model leads to in the file; the nearest thing around it where the text is not written."""
    node: Node | None = tree
    for part in context.split("/")[1:]:
        found = _inside(node, part) if node is not None else None
        if found is None:
            return node
        node = found
    return node


def _inside(node: Node, part: str) -> Node | None:
    if node.is_map:
        if part == "paragraphs" and (body := node.get("body")) is not None:
            rest = node.get("paragraphs")
            # A letter's body is its first paragraph.
            return Node([body, *(rest.items() if rest is not None else [])], node.span)
        return node.get(part)
    items = node.items()
    named = next((item for item in items if item.text("id") == part), None)
    return named or (items[int(part)] if part.isdecimal() and int(part) < len(items) else None)
