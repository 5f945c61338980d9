"""An outcome as a view: what the answers lead to, where to go, and every other way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import g, url_for

from app.locale import format_phone, messages
from app.pages import views
from app.pages.terms import terms_of
from app.pages.texts import TextRenderer
from app.spec.model import Channel, GoTo, Outcome
from app.web.carry import link_to
from app.web.onward import come_back
from app.web.opendraft import OpenDraft
from app.web.site import site
from app.web.sourced import source_link
from app.web.tabs import tab_title
from app.web.ways_view import ways_of


def outcome_view(opened: OpenDraft, outcome: Outcome) -> views.OutcomeView:
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    stops, sent = outcome.effect == "stop", opened.record.frozen
    last = opened.journey.path[-1] if opened.journey.path else None
    back = opened.stop_url(last) if last else opened.start_url()
    return views.OutcomeView(
        title=texts.inline(outcome.title),
        tab=tab_title(opened, outcome.title),
        body=texts.block(outcome.body),
        effect=outcome.effect,
        action=None if stops or sent else opened.url("finish.outcome", outcome_id=outcome.id, **come_back()),
        save_url=None if sent else opened.url("phones.saved"),
        go_to=tuple(_go_to(opened, outcome, texts)),
        ways=ways_of(
            opened.procedure,
            g.locale,
            journey=opened.journey,
            channels=_channels(opened, stops),
            sent=opened.record.state == "sent",
            here=not stops,
        ),
        source=source_link(outcome.source, opened.procedure.language, g.locale),
        to_check=outcome.needs_review,
        back_url=opened.url("finish.receipt") if sent else back,
        check_url=opened.url("finish.check"),
        terms=terms_of(opened.procedure, ("outcome", outcome.id), (outcome.title, outcome.body), texts),
    )


def _go_to(opened: OpenDraft, outcome: Outcome, texts: TextRenderer) -> Iterator[views.Link]:
    for place, target in enumerate(outcome.go_to):
        with_answers = link_to(opened, outcome, place) if target.procedure else None
        if with_answers is not None:
            yield views.Link(texts.plain(target.title), with_answers)
        else:
            yield from go_to_links(target, texts, g.locale)


def _channels(opened: OpenDraft, stops: bool) -> Iterable[Channel] | None:
    """Where to file. A stop ends the questions before all is known, so that each way of the procedure may be open: only
    the office decides, and nobody is kept from asking it.
    """
    return None if stops else opened.channels


def go_to_links(target: GoTo, texts: TextRenderer, locale: str) -> list[views.Link]:
    """The link of a `go_to`: another procedure, a page of the web, a phone. An office is words and an empty address; so
    is a procedure that this installation does not serve.
    """
    title = texts.plain(target.title)
    if target.procedure and target.procedure in site().published.current:
        return [views.Link(title, url_for("public.start", locale=locale, slug=target.procedure))]
    if target.url:
        return [views.Link(title, target.url)]
    if target.phone:
        number = target.phone.replace(" ", "")
        words = f"{title}{messages(locale).gettext(' :')} {format_phone(target.phone, locale)}"
        return [views.Link(words, f"tel:{number}")]
    note = texts.plain(target.office) if target.office else None
    return [views.Link(title, "", note=note)]
