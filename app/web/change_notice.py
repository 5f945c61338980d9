"""Says in words what a new revision or a new day changed for a draft."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.locale import messages
from app.pages.texts import TextRenderer
from app.pages.views import ChangeNotice
from app.spec.model import Text
from app.web import address
from app.web.opendraft import OpenDraft


def change_notice(opened: OpenDraft, stored: dict[str, Any], locale: str) -> ChangeNotice:
    """The notice for what `app.web.changes.difference` stored; names what is there in the words of the procedure."""
    say = messages(locale).gettext
    procedure = opened.procedure
    texts = TextRenderer(procedure, locale, journey=opened.journey)
    labels = {question.id: question.label for step in procedure.steps for question in step.fields}
    documents = {document.id: document.title for document in procedure.documents}
    outcomes = {outcome.id: outcome.title for outcome in procedure.outcomes}

    def names(ids: Iterable[str], known: dict[str, Text]) -> list[str]:
        return [texts.plain(known[one.split("/")[0]]) for one in ids if one.split("/")[0] in known]

    items: list[str] = []
    for key, pattern, known in (
        ("new_questions", say("Nouvelle question : {name}"), labels),
        ("gone_questions", say("Cette question n'est plus posée : {name}"), labels),
        ("new_documents", say("Nouveau document : {name}"), documents),
        ("gone_documents", say("Ce document n'est plus demandé : {name}"), documents),
        ("new_outcomes", say("À savoir : {name}"), outcomes),
        ("gone_outcomes", say("Ne s'applique plus : {name}"), outcomes),
    ):
        items += [pattern.format(name=name) for name in dict.fromkeys(names(stored.get(key, ()), known))]
    if stored.get("fees"):
        items.append(say("Le prix a changé. Regardez-le dans « Vérifier vos réponses »."))
    if stored.get("window"):
        items.append(say("Le moment pour déposer a changé. Regardez les dates."))
    title = (
        say("La démarche a changé. Vos réponses sont gardées.")
        if stored["cause"] == "revision"
        else say("La date d'aujourd'hui change votre démarche. Vos réponses sont gardées.")
    )
    return ChangeNotice(title, tuple(items), opened.url("finish.notice_read"), address.path())
