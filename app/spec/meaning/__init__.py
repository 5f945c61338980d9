"""Checks of meaning: what is sound to the letter and wrong for an applicant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.spec.conditions import ConditionReader
from app.spec.glossary import spelled
from app.spec.meaning.context import Checking
from app.spec.meaning.cycles import check_cycles
from app.spec.meaning.facts import check_facts
from app.spec.meaning.fields import check_fields
from app.spec.meaning.names import check_names
from app.spec.meaning.order import check_order
from app.spec.meaning.quality import check_quality
from app.spec.meaning.references import check_references
from app.spec.meaning.taken_along import check_taken_along
from app.spec.meaning.texts import check_texts, check_verbatim
from app.spec.meaning.time import check_time
from app.spec.meaning.ways_out import check_ways_out
from app.spec.model import Derived
from app.spec.plain import check_plain
from app.spec.symbols import Symbols
from app.spec.tree import Node


def check_meaning(
    tree: Node, symbols: Symbols, reader: ConditionReader, derived: Mapping[str, Derived], today: date
) -> None:
    """Run every check of meaning over an expanded tree; `today` decides only what is stale."""
    checking = Checking(tree, symbols, reader, derived, reader.findings)
    check_names(checking)
    check_references(checking)
    check_fields(checking)
    check_facts(checking)
    check_ways_out(checking)
    check_cycles(checking)
    check_order(checking)
    check_quality(checking)
    check_taken_along(checking)
    check_texts(checking)
    check_verbatim(checking)
    check_plain(checking.texts, tree.text("language") or "", spelled(tree), checking.findings)
    check_time(checking, today)
