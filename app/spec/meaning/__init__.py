"""Checks of meaning: what is sound to the letter and wrong for an applicant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.spec.conditions import ConditionReader
from app.spec.model import Derived
from app.spec.symbols import Symbols
from app.spec.tree import Node


def check_meaning(
    tree: Node, symbols: Symbols, reader: ConditionReader, derived: Mapping[str, Derived], today: date
) -> None:
    """Run every check of meaning over an expanded tree; `today` decides only what is stale."""
    for node in tree.walk():
        when = node.get("when")
        if when is not None and when.is_map:
            reader.read(when)
