"""A bad and a good example of every diagnostic code: shown in the documentation, run by the tests.

An example is a few sections of a procedure. They take the place of those of a small sound procedure (`BASE`), so that
only what matters is shown. A first line `# fichier` makes it a whole file, `# bloc` a shared block named `contact` that
the procedure uses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.spec.codes.examples.conditions import CONDITIONS
from app.spec.codes.examples.meaning import MEANING
from app.spec.codes.examples.plain import PLAIN
from app.spec.codes.examples.proofs import PROOFS
from app.spec.codes.examples.references import REFERENCES
from app.spec.codes.examples.shape import SHAPE
from app.spec.codes.examples.writing import WRITING

EXAMPLES: dict[str, tuple[str, str]] = {**WRITING, **SHAPE, **REFERENCES, **CONDITIONS, **MEANING, **PLAIN, **PROOFS}
"""By code: what is wrong, and the same thing put right."""

TODAY = date(2026, 11, 24)
"""The day on which the examples are read."""

TABLES = {"prefectures.csv": "department,name\n94,Préfecture de Créteil\n95,Préfecture de Cergy\n"}

BLOCK = """
block: "contact"
fields:
  - id: "phone"
    kind: "phone"
    label: "Numéro de téléphone"
"""

BASE = """
procedure: "exemple"
language: "fr"
title: "Un exemple"
summary: "Une petite démarche sans faute."
authority: "La préfecture"
sources:
  - {title: "CESEDA", kind: "law"}
checked_on: "2026-11-20"
review_by: "2027-02-20"
facts:
  stamp: {periods: [{value: 50, unit: "EUR", source: "L436-7"}]}
  delay: {periods: [{value: 3, unit: "months", source: "R431-23"}]}
lists:
  europe: ["BE", "DE"]
rules:
  has_moved: {says: "A déménagé", when: {moved: "yes"}}
steps:
  - id: "situation"
    title: "Votre situation"
    fields:
      - {id: "moved", kind: "yes_no", label: "Avez-vous déménagé ?"}
      - {id: "move_date", kind: "date", label: "Quel jour ?", when: {moved: "yes"}}
      - id: "changes"
        kind: "checkboxes"
        label: "Quoi d'autre ?"
        choices: [{id: "name", label: "Mon nom"}, {id: "family", label: "Ma famille"}]
      - id: "permit_kind"
        kind: "radios"
        label: "Votre titre ?"
        choices: [{id: "visa", label: "Un visa"}, {id: "card", label: "Une carte"}]
      - {id: "hours", kind: "whole_number", label: "Heures de travail ?"}
      - {id: "address", kind: "address", label: "Votre adresse"}
  - id: "children"
    title: "Vos enfants"
    repeat: {item: "Enfant"}
    fields:
      - {id: "child_birth", kind: "date", label: "Date de naissance", birth: "yes"}
channels:
  anef: {kind: "external", title: "Le site des démarches", source: "R431-2"}
contacts:
  - {title: "Le centre de contact", phone: "0 806 001 620"}
"""

_SECTION = re.compile(r"^(?=[^\s#-])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Whole:
    """What must be compiled to run an example."""

    text: str
    blocks: dict[str, str]


def whole(example: str) -> Whole:
    """The files that an example stands for."""
    text = example.lstrip("\n")
    if text.startswith("# fichier"):
        return Whole(text.partition("\n")[2], {"contact": BLOCK})
    if text.startswith("# bloc"):
        used = whole('rules: {}\nsteps:\n  - id: "contact"\n    title: "Pour vous joindre"\n    use: "contact"\n')
        return Whole(used.text, {"contact": text.partition("\n")[2]})
    sections = {_name(section): section for section in _SECTION.split(BASE) if section.strip()}
    extra = []
    for section in (part for part in _SECTION.split(text) if part.strip()):
        ended = section if section.endswith("\n") else section + "\n"
        if _name(section) in sections:
            sections[_name(section)] = ended
        else:
            extra.append(ended)
    return Whole("".join([*sections.values(), *extra]), {"contact": BLOCK})


def _name(section: str) -> str:
    return section.partition(":")[0].strip()


def visible(example: str) -> str:
    """An example with its invisible characters spelled out, since a page would hide them."""
    shown = example.lstrip("\n").replace("\u00a0", "⍽").replace("\t", "→").replace("\x07", "␇")
    return shown if shown.endswith("\n") else shown + "\n"
