"""The real `Wording` and the real test of conditions, made from the rooms that own languages, values and texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.fields import display
from app.journey.evaluate import State
from app.journey.model import Answers, Journey
from app.journey.plan import plan_for
from app.locale import dir_of, format_date, format_duration, format_number, messages, unmarked
from app.pages.texts import TextRenderer
from app.paper.letters import Holds
from app.paper.wording import Wording
from app.spec.model import Condition, Field, Procedure, Text


def zone_named(name: str) -> ZoneInfo | None:
    """A time zone; None where this machine does not know it: moments are then printed in UTC, and say so."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return None


def moment_in_words(moment: datetime, zone: ZoneInfo | None, locale: str) -> str:
    """A day, an hour and its zone, so that nobody can read it otherwise: `24 novembre 2026 à 11:30 (Europe/Paris,
    UTC+1)`.
    """
    local = moment.astimezone(zone or UTC)
    ahead = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    hours, minutes = divmod(abs(ahead), 60)
    offset = "UTC" + (f"{'-' if ahead < 0 else '+'}{hours}" if ahead else "") + (f":{minutes:02d}" if minutes else "")
    place = f"{zone.key}, {offset}" if zone is not None else offset
    pattern = unmarked(messages(locale).typeset("{day} à {time} ({place})"))
    return pattern.format(day=format_date(local.date(), locale), time=f"{local:%H:%M}", place=place)


def wording_for(procedure: Procedure, journey: Journey | None, locale: str, *, zone: ZoneInfo | None = None) -> Wording:
    """How papers of this procedure speak to this person; `journey` None: a blank form."""
    catalogue = messages(locale)
    whole = TextRenderer(procedure, locale, journey=journey)

    def text(source: Text, item: Answers | None) -> str:
        if not item or journey is None:
            return unmarked(whole.plain(source))
        # An item's answers are read first: the same journey, seen from inside the item.
        inside = replace(journey, answers={**journey.answers, **item})
        return unmarked(TextRenderer(procedure, locale, journey=inside).plain(source))

    def value(field: Field, answer: Any) -> Sequence[str]:
        return [unmarked(line) for line in display(field, answer, locale, procedure)]

    def day(when: date | str) -> str:
        return format_date(when, locale)

    return Wording(
        language=locale,
        direction="rtl" if dir_of(locale) == "rtl" else "ltr",
        gettext=lambda source: unmarked(catalogue.typeset(source)),
        text=text,
        value=value,
        day=day,
        moment=lambda moment: moment_in_words(moment, zone, locale),
        number=lambda number: format_number(number, locale),
        span=lambda span: format_duration(span, locale),
    )


def holds_for(procedure: Procedure, journey: Journey) -> Holds:
    """What says whether a condition holds at the end of a journey (for the paragraphs of letters)."""
    plan = plan_for(procedure)
    state = State(
        journey.today,
        dict(journey.answers),
        {field.id for stop in journey.path for field in stop.fields},
        journey.derived.get,
        journey.facts.get,
        plan.part,
    )

    def holds(condition: Condition) -> bool:
        return plan.conditions.holds(condition, state)

    return holds
