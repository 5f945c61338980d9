"""Whether a stored answer can still be one: a new revision may have removed its choice or changed the kind of its
question.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from app.kinds.base import UNKNOWN
from app.kinds.date import span
from app.spec.model import Field

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def possible_for(question: Field) -> Callable[[Any], bool]:
    """What tells whether a value has the shape of an answer to `question` and names only choices it offers.

    Finer rules were met when it was typed.
    """
    shape = _SHAPES.get(question.kind, _text)
    may_not_know = question.unknown is not None
    ids = frozenset(choice.id for choice in question.choices)

    def possible(value: Any) -> bool:
        if value == UNKNOWN:
            return may_not_know
        if not shape(value):
            return False
        return not ids or (ids.issuperset(value) if isinstance(value, list) else value in ids)

    return possible


def _text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value)


def _date(value: Any) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        span(value)
    except ValueError:
        return False
    return True


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _amount(value: Any) -> bool:
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _yes_no(value: Any) -> bool:
    return value in ("yes", "no")


def _address(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(part, str) for part in value.values())


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "checkboxes": _texts,
    "nationality": _texts,
    "date": _date,
    "whole_number": _whole,
    "amount": _amount,
    "yes_no": _yes_no,
    "address": _address,
}
