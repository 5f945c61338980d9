"""What only passing time makes wrong: told to the author, never a refusal to serve."""

from __future__ import annotations

from datetime import date

from app.spec.codes.phrase import Phrase
from app.spec.meaning.context import Checking
from app.spec.meaning.facts import ends, starts
from app.spec.operands import read_day


def check_time(checking: Checking, today: date) -> None:
    tree = checking.tree
    for key, code in (("review_by", "T01"), ("valid_until", "T02")):
        node = tree.get(key)
        day = read_day(node.text() or "") if node is not None else None
        if node is not None and day is not None and day < today:
            checking.findings.add(code, node, day=day)
    for name, fact in checking.symbols.facts.items():
        periods = fact.items("periods")
        current = [period for period in periods if (starts(period) or date.min) <= today <= (ends(period) or date.max)]
        if periods and not current:
            last = max((day for period in periods if (day := ends(period)) is not None and day < today), default=None)
            holder = tree.get("facts")
            checking.findings.add(
                "T03",
                holder.key_span(name) if holder else fact,
                name=name,
                day=last or Phrase("toujours", "the beginning"),
            )
