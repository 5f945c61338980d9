"""Facts: their periods follow each other without a gap, and each value says where it comes from."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from app.spec.amounts import number_and_unit
from app.spec.codes.phrase import Phrase, joined
from app.spec.diagnostics import replace, suggested
from app.spec.likeness import closest
from app.spec.meaning.context import Checking
from app.spec.operands import read_day
from app.spec.structure import NUMBER, line_of
from app.spec.tree import Node
from app.spec.units import CURRENCIES, FRENCH, KNOWN, MEASURES

_MONEY = Phrase("ou le code d'une monnaie : EUR", "or the code of a currency: EUR")


def check_facts(checking: Checking) -> None:
    for name, fact in checking.symbols.facts.items():
        periods, conflict = fact.get("periods"), fact.get("conflict")
        # What a fault has taken out is told where the fault is.
        if (periods is None) == (conflict is None) and not checking.findings.within(fact.span):
            checking.findings.add("M03", checking.tree.get("facts").key_span(name), name=name)  # type: ignore[union-attr]
        for value in (*fact.items("periods"), *fact.items("conflict")):
            if value.get("source") is None and not value.flag("needs_review"):
                checking.findings.add("M14", value, name=name)
            _check_number(checking, value)
            check_unit(checking, value.get("unit"))
        _periods(checking, name, fact.items("periods"))


def _check_number(checking: Checking, period: Node) -> None:
    """A text that should be a number: one that has a unit beside it, or in it."""
    value, unit = period.get("value"), period.get("unit")
    if value is None or not isinstance(value.value, str):
        return
    amount = number_and_unit(value.value)
    if unit is None and (amount is None or amount[1] not in KNOWN):
        return
    number, counted = amount if amount is not None else ("…", "")
    more = f', unit: "{counted}"' if unit is None else ""
    # A value on a line of its own has its unit on the next one: only likely, and told in words.
    inline = period.span.line == period.span.end_line
    fix = replace(value, number + more, "likely" if counted else "certain") if amount and (inline or not more) else None
    line = line_of(value, number + more)
    checking.findings.add("S10", value, value=value.value, wanted=NUMBER, line=line, fix=fix)


def check_unit(checking: Checking, unit: Node | None) -> None:
    """A unit that nobody knows would stand as it is on the page, and no test could use it."""
    if unit is None or unit.value in KNOWN:
        return
    written = str(unit.value)
    meant = FRENCH.get(written.lower()) or closest(written, [*MEASURES, *sorted(CURRENCIES)])
    checking.findings.add(
        "S04",
        unit,
        value=written,
        known=joined(", ".join(MEASURES), _MONEY),
        suggestion=suggested(meant) if meant else "",
        fix=replace(unit, f'"{meant}"') if meant else None,
    )


def starts(period: Node) -> date | None:
    return read_day(period.text("from") or "")


def ends(period: Node) -> date | None:
    return read_day(period.text("until") or "")


def _periods(checking: Checking, name: str, periods: list[Node]) -> None:
    for period in periods:
        first, last = starts(period), ends(period)
        if first is not None and last is not None and last < first:
            checking.findings.add("M07", period.get("until") or period, first="from", second="until")
    dated = sorted(periods, key=lambda period: (starts(period) or date.min, ends(period) or date.max))
    for earlier, later in pairwise(dated):
        last, first = ends(earlier), starts(later)
        if later.text("from") == "unknown" or (first is None and last is not None and ends(later) is not None):
            continue
        if last is None or first is None or last >= first:
            checking.findings.add("M02", later, name=name, day=first or Phrase("premier jour", "the first day"))
        elif last + timedelta(days=1) < first:
            checking.findings.add("M01", later.get("from") or later, name=name, after=last, before=first)
