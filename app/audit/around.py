"""The pages around the procedures: catalogue, help, coming back, leaving, and each failure in words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from unittest.mock import patch

from app.audit.criteria import reference
from app.audit.installation import OPERATOR, Installation, Visitor
from app.audit.journeys import Journeyed
from app.audit.states import Sort, State
from app.locale import SOURCE
from app.spec.model import Procedure
from app.store.drafts import Drafts
from app.store.limits import TooManyDrafts
from app.web.evidence import STATUSES, Evidence, Judged, Page, Tester
from app.web.site import EXTENSION

TOO_OFTEN = 6
"""How often a code has to be wrong until it is too often."""
CONTACT = "accessibilite@example.org"
NOBODY = "abcdefghjkm"


def public(installation: Installation, locale: str) -> Iterator[State]:
    """Pages that hold nobody's data."""
    visitor = installation.visitor(locale)
    yield visitor.open(f"/{locale}/").state("catalogue:shown", "catalogue")
    yield visitor.open(f"/{locale}/help").state("help:shown", "help")
    yield visitor.open(f"/{locale}/accessibility").state("accessibility:shown", "accessibility")
    yield visitor.open(f"/{locale}/offline").state("offline:shown", "offline")
    with _audited(installation):
        yield visitor.open(f"/{locale}/accessibility").state("accessibility:audited", "accessibility")


@contextmanager
def _audited(installation: Installation) -> Iterator[None]:
    """As when somebody answers for the service, and an audit said something of every sort."""
    before, statuses = installation.site, cycle(STATUSES)
    found = Evidence(
        before.revision, before.now(), reference().version, 1, (SOURCE,), ("Chromium", "axe"),
        tuple(Judged(one.number, one.title, next(statuses)) for one in reference().criteria),
        (Tester("auditrice", "NVDA, Firefox", before.today().isoformat()),), (Page("", "Vos démarches"),),
    )  # fmt: skip
    settings = replace(before.settings, operator=OPERATOR, contact=CONTACT)
    installation.app.extensions[EXTENSION] = replace(before, settings=settings, audited=found, frames={})
    try:
        yield
    finally:
        installation.app.extensions[EXTENSION] = before


def starts(installation: Installation, procedure: Procedure, locale: str, person: Journeyed) -> Iterator[State]:
    """The first page of a procedure, for somebody new and for somebody who has begun on this phone."""
    installation.day.day = person.journey.today
    visitor = installation.visitor(locale)
    visitor.slug = procedure.slug
    yield visitor.open(f"/{locale}/{procedure.slug}/").state("start:new", "start")
    begun = installation.draft(procedure.slug, locale, person.journey, person.answers)
    yield begun.open(f"/{locale}/{procedure.slug}/").state("start:begun", "start")
    notice = {"cause": "day", "new_documents": [one.id for one in procedure.documents], "fees": ["fees"]}
    begun.hold(person.answers, person.journey, notice=notice)
    yield begun.open(begun.below("check")).state("check:changed-since", "check")


def phones(installation: Installation, procedure: Procedure, locale: str, person: Journeyed) -> Iterator[State]:
    """Stopping, leaving a phone, coming back by code, erasing."""
    visitor = installation.draft(procedure.slug, locale, person.journey, person.answers)
    record = installation.site.store.drafts.load(visitor.draft)
    assert record is not None
    code = record.data["code"]
    pages: tuple[Sort, ...] = ("saved", "leave", "erase")
    for page in pages:
        yield visitor.open(visitor.below(page)).state(f"{page}:shown", page)
    lost = visitor.below("check")
    yield visitor.send(visitor.below("leave"), {}).state("left:shown", "left")
    yield visitor.open(lost).state("draft-not-here:403", "error")
    yield from _by_code(visitor, locale, code)
    yield visitor.open(visitor.below("erase")).send(visitor.below("erase"), {}).state("erased:shown", "erased")
    resume = f"/{locale}/resume"
    yield visitor.open(resume).send(resume, {"code": code}).state("resume:wrong-code", "resume")
    for _ in range(TOO_OFTEN):
        visitor.open(resume).send(resume, {"code": code})
    yield visitor.state("resume:too-often", "resume")


def _by_code(visitor: Visitor, locale: str, code: str) -> Iterator[State]:
    resume = f"/{locale}/resume"
    yield visitor.open(resume).state("resume:empty", "resume")
    yield visitor.send(resume, {"code": " "}).state("resume:no-code", "resume")
    visitor.open(resume).send(resume, {"code": code})
    yield visitor.state("resume:found", "resume")
    found = visitor.html
    yield visitor.send(f"{resume}/open", {"until": "1"}).state("resume:too-late", "resume")
    visitor.html = found
    visitor.send(f"{resume}/open", {})
    cookie = visitor.client.get_cookie(f"guichet-{visitor.draft}")
    visitor.token = cookie.value if cookie is not None else ""


def failures(installation: Installation, procedure: Procedure, locale: str, person: Journeyed) -> Iterator[State]:
    """Every page that says that something went wrong."""
    visitor = installation.draft(procedure.slug, locale, person.journey, person.answers)
    start = f"/{locale}/{procedure.slug}/"
    yield visitor.open(f"/{locale}/nowhere/").state("failure:404", "error")
    yield visitor.open(f"{start}{NOBODY}/check").state("failure:403", "error")
    yield visitor.open(f"/{locale}/fault").state("failure:500", "error")
    yield visitor.send(start, {}, own=False).state("failure:form-not-ours", "error")
    yield visitor.put(f"/{locale}/help").state("failure:405", "error")
    needed = next((one for one in person.journey.documents if one.due == "filing"), None)
    if needed is not None:
        heavy = {"file": (io.BytesIO(bytes(installation.settings.max_upload + 1)), "film.mp4")}
        yield visitor.send(visitor.below(f"documents/{needed.key}"), heavy).state("failure:413", "error")
    rush = TooManyDrafts(installation.day())
    visitor.open(start)
    with patch.object(Drafts, "create", side_effect=rush):
        yield visitor.send(start, {}).state("failure:429", "error")
