"""Where, when and under which number the person filed elsewhere (mode `prepare`)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from app.fields import BoundForm, build_form
from app.journey.model import Stop
from app.locale import messages
from app.pages.texts import TextRenderer
from app.spec.model import Choice, Field, Page, Step, Text
from app.web.guards import typed_text
from app.web.opendraft import OpenDraft

OTHER = "other"
FILING = "_filed"
"""Where a form that could not be recorded is kept among what was typed."""


def filing_form(opened: OpenDraft, locale: str) -> BoundForm:
    """The form with what was typed and could not be recorded, else as it was last recorded, or empty."""
    filed = opened.data.get("filed") or {}
    answers = {"filed_where": filed.get("where"), "filed_on": filed.get("on"), "filed_number": filed.get("number")}
    known = {name: value for name, value in answers.items() if value}
    return build_form(_stop(opened, locale), opened.procedure, locale).bind(
        None, known, opened.pending(FILING), opened.today
    )


def retyped_filing(opened: OpenDraft, locale: str) -> BoundForm:
    """The form with what was typed, neither checked nor kept."""
    return build_form(_stop(opened, locale), opened.procedure, locale).bind(typed_text(), {}, None, opened.today)


def receive_filing(opened: OpenDraft, locale: str) -> tuple[BoundForm, dict[str, Any] | None]:
    """The posted form, and what to record when it is valid: `where` (a channel id or `other`), `on` (ISO day),
    `number`.
    """
    form = retyped_filing(opened, locale)
    if not form.validate():
        return form, None
    values = form.values
    return form, {"where": values["filed_where"], "on": values["filed_on"], "number": values.get("filed_number")}


def where_in_words(opened: OpenDraft, where: str, locale: str) -> str:
    """The way of filing that was recorded."""
    channel = next((c for c in opened.procedure.channels if c.id == where), None)
    if channel is None:
        return messages(locale).gettext("Autrement")
    return TextRenderer(opened.procedure, locale, today=opened.today).plain(channel.title)


def _stop(opened: OpenDraft, locale: str) -> Stop:
    """The page of our questions about the ways that are open to this person."""
    ways = (channel for channel in opened.channels if channel.files and channel.kind != "received_here")
    return _questions(tuple(Choice(way.id, way.title) for way in ways), locale)


@lru_cache(maxsize=256)
def _questions(ways: tuple[Choice, ...], locale: str) -> Stop:
    """A page of three questions of our own, built like any page of a procedure so that it behaves like one. Built once:
    what is made ready for a question is kept under the question itself.
    """
    say = messages(locale).gettext
    choices = (*ways, Choice(OTHER, Text(say("Autrement"))))
    fields = (
        Field(
            "filed_where",
            "radios",
            Text(say("Où avez-vous déposé votre dossier ?")),
            choices=choices,
            errors={"required": Text(say("Dites où vous avez déposé votre dossier."))},
        ),
        Field(
            "filed_on",
            "date",
            Text(say("Quel jour ?")),
            hint=Text(say("Par exemple : 24 11 2026.")),
            settings={"not_after": "today"},
            subject="other",
            errors={"required": Text(say("Donnez le jour où vous avez déposé votre dossier."))},
        ),
        Field(
            "filed_number",
            "text",
            Text(say("Quel numéro vous a-t-on donné ?")),
            hint=Text(say("Il est sur la confirmation ou sur le récépissé.")),
            required=False,
            settings={"max_length": 60},
            subject="other",
        ),
    )
    key = "filed/" + "+".join(choice.id for choice in choices)
    page = Page(key, fields)
    return Stop(Step("filed", Text(say("Votre dépôt")), (page,)), page, None, fields, (), key)
