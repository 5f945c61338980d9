"""From a person's answers to the classes they belong to: the way back from an example to the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.kinds.base import UNKNOWN, Value
from app.verify.coded import Boxes, Plain
from app.verify.relation import Slot
from app.verify.side import Side


def assignment_of(side: Side, answers: Mapping[str, Any]) -> dict[int, int] | None:
    """The values of the variables for the answers of a complete journey (those asked and given, as `Journey.answers`);
    None where an answer is none that the model knows.
    """
    values = _slots(side, answers)
    found: dict[int, int] = {}
    for slot, coded in side.frame.coded.items():
        if isinstance(coded, Plain):
            number = _class_of(side, slot, coded, values.get(slot))
            if number is None and slot in values:
                return None
            found[coded.level] = number or 0
        elif isinstance(coded, Boxes):
            found.update(_ticks(coded, values.get(slot)))
    for chain in side.frame.chains:
        prefix: tuple[Value | None, ...] = ()
        for member, level in zip(chain.members, chain.levels, strict=True):
            asked = member.slot in values or side.diagrams.holds(side.asked(member.slot), found)
            prefix = (*prefix, values.get(member.slot) if asked else chain.ordinary(prefix))
            number = chain.recognised(prefix)
            if number is None:
                return None
            found[level] = number
    return found


def _slots(side: Side, answers: Mapping[str, Any]) -> dict[Slot, Value]:
    found: dict[Slot, Value] = {}
    for name, value in answers.items():
        if name in side.reads.repeats:
            if isinstance(value, list):
                found[Slot(name)] = len(value)
                for number, item in enumerate(value, 1):
                    found.update((Slot(inner, number), one) for inner, one in item["answers"].items())
        else:
            found[Slot(name)] = value
    return found


def _class_of(side: Side, slot: Slot, coded: Plain, value: Value | None) -> int | None:
    """The class of an answer: one that has it, or one that every test says the same of."""
    for number, answer in enumerate(coded.answers):
        if value == answer.value or (value is not None and value in answer.also):
            return number
    if value is None or value == UNKNOWN:
        return None
    seen = _seen(side, slot, value)
    for number, answer in enumerate(coded.answers):
        if answer.value is not None and answer.value != UNKNOWN and _seen(side, slot, answer.value) == seen:
            return number
    return None


def _seen(side: Side, slot: Slot, value: Value) -> list[bool]:
    at = Slot(slot.name, min(slot.item, 1))
    return [view.relations.holds(test, {at: value}, at.item) for view, test in side.frame.single(slot.name)]


def _ticks(coded: Boxes, value: Value | None) -> dict[int, int]:
    ticked = value if isinstance(value, list) else []
    found = {level: int(choice in ticked) for choice, level in coded.bits.items()}
    if coded.status is not None:
        special = value if not isinstance(value, list) else ticked
        found[coded.status] = 1 + coded.specials.index(special) if special in coded.specials else 0
    return found
