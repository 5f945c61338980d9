"""A date in three boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.fields.parameters import Adapter, Bound, Component, autocomplete, group, part
from app.fields.wording import Words
from app.locale import format_date
from app.spec.model import Field


def _(source: str) -> str:
    return source


DAY_UNKNOWN = _("Si vous ne savez pas le jour, laissez la case vide.")
MONTH_UNKNOWN = _("Si vous ne savez pas le jour ou le mois, laissez la case vide.")


def component(bound: Bound) -> Component:
    own = autocomplete(bound.spec) == "bday"
    missing = bound.spec.settings.get("unknown_parts", ())

    def box(name: str, label: str, mode: str, width: str) -> Component:
        token = f"bday-{name}" if own else None
        return part(bound, name, label, inputmode=mode, width=width, autocomplete=token, conditional=name in missing)

    parts = [
        box("day", _("Jour"), "numeric", "2"),
        # A month may be a name: no numeric keypad.
        box("month", _("Mois"), "text", "6"),
        box("year", _("Année"), "numeric", "4"),
    ]
    if not missing or bound.spec.hint is not None:
        # An author who wrote a hint has said it in words that fit the question.
        return group(bound, parts)
    return group(bound, parts, hint=bound.words.say(MONTH_UNKNOWN if "month" in missing else DAY_UNKNOWN))


def lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    return [format_date(str(value), words.locale)]


ADAPTER = Adapter(component, lines)
