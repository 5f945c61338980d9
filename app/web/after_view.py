"""What follows filing, as views: dates, papers of the office, silence, remedies."""

from __future__ import annotations

from collections.abc import Iterator

from flask import g

from app.journey.model import Journey
from app.locale import format_date, format_duration, messages
from app.pages import views
from app.pages.texts import TextRenderer
from app.paper.prose import within_from
from app.spec.model import Duration, Procedure, Text


def after_view(procedure: Procedure, journey: Journey) -> views.After:
    """The stages, dates and remedies that hold for this person."""
    texts = TextRenderer(procedure, g.locale, journey=journey)
    return views.After(
        dates=tuple(_dates(journey, texts)),
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


def _dates(journey: Journey, texts: TextRenderer) -> Iterator[views.DatedLine]:
    say = messages(g.locale).gettext
    for date in journey.silence:
        pattern = (
            say("Sans réponse {after} après un dossier complet")
            if date.silence.counted_from == "complete_file"
            else say("Sans réponse {after} après le dépôt")
        )
        span = pattern.format(after=format_duration(date.silence.after, g.locale))
        when = span
        if date.falls_on is not None:
            when = day = format_date(date.falls_on, g.locale)
            if date.silence.counted_from == "complete_file":  # on which day it was complete, only the office knows
                when = say("{span}, donc pas avant le {day}").format(span=span, day=day)
        what = texts.inline(date.silence.means)
        yield views.DatedLine(when, what, date.silence.needs_review)
