"""What follows filing, as views: dates, papers of the office, silence, remedies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import g

from app.journey.model import Journey, SilenceDate
from app.locale import format_date, format_duration, messages
from app.pages import views
from app.pages.texts import TextRenderer
from app.paper.prose import within_from
from app.spec.model import Duration, Procedure, Text


def after_view(procedure: Procedure, journey: Journey, today: date) -> views.After:
    """The stages, dates and remedies that hold for this person, as they are told on the day of reading."""
    texts = TextRenderer(procedure, g.locale, journey=journey)
    return views.After(
        dates=tuple(_dates(journey, texts, today)),
        stages=tuple(
            views.StageLine(
                paper=texts.inline(stage.paper),
                proves=texts.inline(stage.proves),
                does_not_prove=texts.inline(stage.does_not_prove),
                next=texts.inline(stage.next) if stage.next else None,
                deadline=texts.inline(stage.deadline) if stage.deadline else None,
                to_check=stage.needs_review,
            )
            for stage in procedure.after_sending.stages
        ),
        remedies=tuple(
            views.RemedyLine(
                title=texts.inline(remedy.title),
                to=texts.inline(remedy.to),
                how=texts.block(remedy.how),
                within=_within(remedy.within, remedy.counted_from, texts),
                to_check=remedy.needs_review,
            )
            for remedy in journey.remedies
        ),
    )


def _within(span: Duration | None, counted_from: Text | None, texts: TextRenderer) -> str | None:
    if span is None:
        return None
    return within_from(format_duration(span, g.locale), texts.plain(counted_from) if counted_from else "")


def _dates(journey: Journey, texts: TextRenderer, today: date) -> Iterator[views.DatedLine]:
    say = messages(g.locale).gettext
    for dated in journey.silence:
        yield views.DatedLine(_when(dated, today), texts.inline(dated.silence.means), dated.silence.needs_review)
    if journey.remedies and any(dated.over(today) for dated in journey.silence):
        yield views.DatedLine(
            say("Après ce délai"),
            say("Lisez plus bas à qui écrire, et dans quel délai."),
        )


def _when(dated: SilenceDate, today: date) -> str:
    """The end of a time limit: a span before filing, then a day to come, then a day that is over."""
    say = messages(g.locale).gettext
    complete = dated.silence.counted_from == "complete_file"
    pattern = (
        say("Sans réponse {after} après un dossier complet") if complete else say("Sans réponse {after} après le dépôt")
    )
    span = pattern.format(after=format_duration(dated.silence.after, g.locale))
    if dated.falls_on is None:
        return span
    day, past = format_date(dated.falls_on, g.locale), dated.over(today)
    if complete:  # on which day it was complete, only the office knows
        pattern = say("{span} : ce délai a pu finir dès le {day}") if past else say("{span}, donc pas avant le {day}")
        return pattern.format(span=span, day=day)
    return say("Sans réponse : le délai a fini le {day}").format(day=day) if past else day
