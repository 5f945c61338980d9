"""What a new revision says otherwise, condition by condition aside: wordings, amounts, limits, papers, addresses.

Every part of a procedure is laid out as names and values and compared; what is only a wording is told apart from what
an applicant must do otherwise. Nothing is left out: a part without words of its own is named as the file names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from app.spec.model import Derived, Duration, FactRef, Procedure, Ref, Text
from app.verify.changes import Change

CONDITIONS = frozenset({"when", "need"})
"""Compared by whom they are true of, not by how they are written."""
WORDINGS = frozenset(
    {
        "source", "sources", "needs_review", "example", "checked_on", "review_by", "glossary", "screens",
        "autocomplete", "authority", "verbatim", "fallback", "proves", "does_not_prove", "next", "deadline",
        "reference", "context",
    }
)  # fmt: skip
SECTIONS = {
    "steps": "Étape",
    "fields": "Question",
    "documents": "Document",
    "parts": "Papier",
    "channels": "Voie de dépôt",
    "contacts": "Contact",
    "outcomes": "Issue",
    "fees": "Paiement",
    "declarations": "Déclaration",
    "letters": "Lettre",
    "facts": "Fait",
    "derived": "Calcul",
    "rules": "Règle",
    "tables": "Table",
    "after_sending": "Après l'envoi",
    "window": "Dates de dépôt",
    "suspended": "Suspension",
    "head": "Démarche",
}
ATTRIBUTES = {
    "required": "réponse obligatoire",
    "unknown": "« Je ne sais pas »",
    "choices": "réponses proposées",
    "kind": "genre",
    "settings": "réglages",
    "min": "au moins",
    "max": "au plus",
    "not_after": "pas après",
    "not_before": "pas avant",
    "one_of": "papiers acceptés",
    "files_min": "fichiers, au moins",
    "files_max": "fichiers, au plus",
    "formats": "formats",
    "max_size": "taille d'un fichier",
    "issued_within": "ancienneté du papier",
    "due": "moment",
    "may_say": "réponses sans fichier",
    "url": "adresse du site",
    "phone": "téléphone",
    "hours": "horaires",
    "email": "adresse e-mail",
    "effect": "effet",
    "go_to": "où aller",
    "periods": "valeurs",
    "conflict": "valeurs",
    "value": "valeur",
    "opens": "ouverture",
    "closes": "fin",
    "exclusive": "réponse qui exclut les autres",
    "specify": "« lequel ? »",
    "files": "dépôt de papiers",
    "helps": "aide",
    "formula": "calcul",
    "title": "titre",
    "label": "question",
    "order": "ordre",
}
Laid = dict[tuple[str, ...], Any]
"""Values by section, id and names below."""


def contents(old: Procedure, new: Procedure) -> list[Change]:
    """What changes besides conditions: first what applicants must do otherwise, then wordings alone."""
    before, after = laid_out(old), laid_out(new)
    found: list[Change] = []
    added = _whole(after, before)
    gone = _whole(before, after)
    for section, name in added:
        found.append(Change(_sort(section), f"Nouveau : {_element(section, name, after)}."))
    for section, name in gone:
        found.append(Change(_sort(section), f"Retiré : {_element(section, name, before)}."))
    for path in dict.fromkeys([*after, *before]):
        if path[:2] in added or path[:2] in gone or before.get(path) == after.get(path):
            continue
        words = " : ".join(_attribute(part) for part in path[2:])
        values = f"{_shown(before.get(path))} → {_shown(after.get(path))}"
        what = _element(path[0], path[1], after)
        is_text = isinstance(before.get(path, after.get(path)), Text) or not WORDINGS.isdisjoint(path)
        found.append(Change("text" if is_text else "content", f"{what}{', ' + words if words else ''} : {values}"))
    found.extend(_on_paper(old, new, after))
    return sorted(found, key=lambda change: change.sort == "text")


def _on_paper(old: Procedure, new: Procedure, laid: Laid) -> Iterator[Change]:
    """Conditions of a router that are read on paper. On the pages everybody else may have left before, so that no
    journey shows the change.
    """
    if "router" not in (old.kind, new.kind):
        return
    for section in ("steps", "outcomes"):
        before = {one.id: one.when for one in getattr(old, section)}
        for one in getattr(new, section):
            if one.id in before and before[one.id] != one.when:
                what = _element(section, one.id, laid)
                yield Change("content", f"{what} : sur le formulaire en papier, la condition change.")


def _whole(one: Laid, other: Laid) -> list[tuple[str, str]]:
    """Elements that only one revision has."""
    others = {path[:2] for path in other}
    return list(dict.fromkeys(path[:2] for path in one if path[:2] not in others))  # type: ignore[misc]


def _sort(section: str) -> str:
    return "text" if section in ("sources", "glossary", "rules", "parts", "tables") else "content"


def _element(section: str, name: str, laid: Laid) -> str:
    title = next((laid[section, name, key] for key in ("title", "label") if (section, name, key) in laid), None)
    said = title.source if isinstance(title, Text) else name
    return f"{SECTIONS.get(section, section)} « {said} »" if name else SECTIONS.get(section, section)


def _attribute(name: str) -> str:
    return ATTRIBUTES.get(name, name)


def _shown(value: Any) -> str:
    if value is None:
        return "rien"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Text):
        return f"« {value.source} »"
    if isinstance(value, Duration):
        return f"{value.count} {value.unit}"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, tuple | list):
        return ", ".join(map(_shown, value)) or "rien"
    return str(value)


# --- laying out


def laid_out(procedure: Procedure) -> Laid:
    """Every value of a procedure by its name."""
    found: Laid = {}
    _questions(found, procedure)
    for section in ("documents", "channels", "outcomes", "declarations", "letters"):
        for one in getattr(procedure, section):
            _lay(found, (section, one.id), one, skip=frozenset({"id"}))
    for section in ("parts", "facts", "rules", "tables", "glossary"):
        for name, one in getattr(procedure, section).items():
            _lay(found, (section, name), one, skip=frozenset({"id", "name"}))
    for name, derived in procedure.derived.items():
        found["derived", name, "formula"] = formula(derived)
    rows: list[tuple[str, str, object]] = [("contacts", one.title.source, one) for one in procedure.contacts]
    rows += [("sources", one.title, one) for one in procedure.sources]
    rows += [("fees", one.fact, one) for one in procedure.fees]
    rows += [(part, "", getattr(procedure, part)) for part in ("after_sending", "window", "suspended")]
    for section, name, one in rows:
        _lay(found, (section, name), one)
    laid = {"slug", "sha256", *SECTIONS, "glossary", "sources"}
    for field in fields(procedure):
        if field.name not in laid:
            _lay(found, ("head", "", field.name), getattr(procedure, field.name))
    return found


def _questions(found: Laid, procedure: Procedure) -> None:
    for step in procedure.steps:
        _lay(found, ("steps", step.id), step, skip=frozenset({"pages"}))
        for page in step.pages:
            for question in page.fields:
                _lay(found, ("fields", question.id), question, skip=frozenset({"id"}))
            for check in page.checks:
                _lay(found, ("steps", step.id, "checks", check.says.source), check, skip=frozenset({"says"}))
    found["head", "", "order"] = tuple(question.id for step in procedure.steps for question in step.fields)


def _lay(found: Laid, path: tuple[str, ...], value: Any, skip: frozenset[str] = frozenset()) -> None:
    """Lay out one value below a path; conditions are left out."""
    if isinstance(value, Text):
        found[path] = Text(value.source, "", value.verbatim)
    elif is_dataclass(value) and not isinstance(value, type | Duration | FactRef | Ref):
        for one in fields(value):
            if one.name not in CONDITIONS and one.name not in skip:
                _lay(found, (*path, one.name), getattr(value, one.name))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _lay(found, (*path, str(key)), one)
    elif isinstance(value, tuple | list) and any(is_dataclass(one) and not isinstance(one, Duration) for one in value):
        for number, one in enumerate(value):
            _lay(found, (*path, _name(one, number)), one, skip=frozenset({"id"}))
    elif value is not None and value != ():
        found[path] = value


def _name(value: Any, number: int) -> str:
    """What tells an item of a list from the others."""
    for key in ("id", "paper", "title"):
        held = getattr(value, key, None)
        if held is not None:
            return held.source if isinstance(held, Text) else str(held)
    return str(number + 1)


def formula(derived: Derived) -> str:
    """A derived value as one line."""
    shown = []
    for argument in derived.arguments:
        if isinstance(argument, Ref):
            shown.append(argument.name + (f".{argument.part}" if argument.part else ""))
        else:
            shown.append(argument.name if isinstance(argument, FactRef) else _shown(argument))
    options = [f"{key} {_shown(value)}" for key, value in derived.options.items()]
    return f"{derived.function}({', '.join([*shown, *options])})"
