"""Says in words what a new revision or a new day changed for a draft."""

from __future__ import annotations

from typing import Any

from app.locale import messages
from app.pages.texts import TextRenderer
from app.pages.views import ChangeNotice
from app.spec.model import Procedure, Text
from app.web import address
from app.web.opendraft import OpenDraft


def change_notice(opened: OpenDraft, stored: dict[str, Any], locale: str) -> ChangeNotice:
    """The notice for what `app.web.changes.difference` stored; names what is there in the words of the procedure, and
    what is gone in the words that the person knows.
    """
    say = messages(locale).gettext
    since = opened.site.published.revision(stored.get("since", {}).get("revision", ""))
    names = _Names([since, opened.procedure] if since else [opened.procedure])
    texts = TextRenderer(opened.procedure, locale, journey=opened.journey)
    items: list[str] = []
    for key, pattern, known in (
        ("new_questions", say("Nouvelle question : {name}"), names.questions),
        ("gone_questions", say("Cette question n'est plus posée : {name}"), names.questions),
        ("again", say("Répondez de nouveau à cette question : {name}"), names.questions),
        ("new_documents", say("Nouveau document : {name}"), names.documents),
        ("gone_documents", say("Ce document n'est plus demandé : {name}"), names.documents),
        ("new_outcomes", say("À savoir : {name}"), names.outcomes),
        ("gone_outcomes", say("Ne s'applique plus : {name}"), names.outcomes),
        ("new_advice", say("Conseil : {name}"), names.advice),
    ):
        # A document that is asked for each item carries the item's id.
        ids = [one.partition("/")[0] if key.endswith("_documents") else one for one in stored.get(key, ())]
        found = [known[one] for one in ids if one in known]
        items += [pattern.format(name=name) for name in dict.fromkeys(map(texts.plain, found))]
    if stored.get("fees"):
        items.append(say("Le prix a changé. Regardez-le dans « Vérifier vos réponses »."))
    if stored.get("window"):
        items.append(say("Le moment pour déposer a changé. Regardez les dates."))
    if not items:
        items.append(say("Regardez « Mes réponses »."))
    title = (
        say("La démarche a changé. Vos réponses sont gardées.")
        if stored["cause"] == "revision"
        else say("La date d'aujourd'hui change votre démarche. Vos réponses sont gardées.")
    )
    return ChangeNotice(title, tuple(items), opened.url("finish.notice_read"), address.path())


class _Names:
    """What ids stand for, in the newest of some revisions of one procedure that knows them. What is asked in private is
    not named: a notice stands on every page.
    """

    def __init__(self, revisions: list[Procedure]) -> None:
        self.questions: dict[str, Text] = {}
        self.documents: dict[str, Text] = {}
        self.outcomes: dict[str, Text] = {}
        self.advice: dict[str, Text] = {}
        for procedure in revisions:
            steps = [step for step in procedure.steps if not step.private]
            self.questions |= {question.id: question.label for step in steps for question in step.fields}
            checks = (check for step in steps for page in step.pages for check in page.checks)
            self.advice |= {check.says.source: check.says for check in checks}
            self.documents |= {document.id: document.title for document in procedure.documents}
            self.outcomes |= {outcome.id: outcome.title for outcome in procedure.outcomes}
        private = (step for step in revisions[-1].steps if step.private)
        for question in (question for step in private for question in step.fields):
            self.questions.pop(question.id, None)
