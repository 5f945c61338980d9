"""An outcome as a view: what the answers lead to, where to go, and every other way."""

from __future__ import annotations

from flask import g, url_for

from app.locale import format_phone
from app.pages import views
from app.pages.texts import TextRenderer
from app.spec.model import GoTo, Outcome
from app.web.opendraft import OpenDraft
from app.web.ways_view import ways_of


def outcome_view(opened: OpenDraft, outcome: Outcome) -> views.OutcomeView:
    texts = TextRenderer(opened.procedure, g.locale, journey=opened.journey)
    stops = outcome.effect == "stop"
    last = opened.journey.path[-1] if opened.journey.path else None
    return views.OutcomeView(
        title=texts.inline(outcome.title),
        body=texts.block(outcome.body),
        effect=outcome.effect,
        action=None if stops else opened.url("finish.outcome", outcome_id=outcome.id),
        save_url=opened.url("phones.saved"),
        go_to=tuple(link for target in outcome.go_to for link in go_to_links(target, texts, g.locale)),
        ways=ways_of(opened.procedure, g.locale, journey=opened.journey, channels=opened.channels if not stops else ()),
        source=views.Link(outcome.source, "") if outcome.source else None,
        to_check=outcome.needs_review,
        back_url=opened.stop_url(last) if last else opened.start_url(),
        check_url=opened.url("finish.check"),
    )


def go_to_links(target: GoTo, texts: TextRenderer, locale: str) -> list[views.Link]:
    """The link of a `go_to`: another procedure, a page of the web, a phone; an office is words and an empty address."""
    title = texts.plain(target.title)
    if target.procedure:
        return [views.Link(title, url_for("public.start", locale=locale, slug=target.procedure))]
    if target.url:
        return [views.Link(title, target.url)]
    if target.phone:
        number = target.phone.replace(" ", "")
        return [views.Link(f"{title} : {format_phone(target.phone, locale)}", f"tel:{number}")]
    note = texts.plain(target.office) if target.office else None
    return [views.Link(title, "", note=note)]
