"""A draft that this browser may open: its answers, its journey today, and every change made to it.

Every change goes through `OpenDraft.change`, which reads, changes and writes under the store's lock: two tabs never
overwrite each other unseen, and a reply is sent only after the change is on disk.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from flask import abort, g

from app.journey.model import Journey, NeededDocument, Stop
from app.journey.walk import build_journey, stop_for
from app.locale import available
from app.spec.model import Channel, Procedure
from app.store.codes import is_draft_id
from app.store.drafts import DraftFrozen, DraftRecord
from app.web import visitor
from app.web.changes import moved_forward
from app.web.site import Site, site
from app.web.urls import url_to
from app.web.walked import Remembered

Data = dict[str, Any]
T = TypeVar("T")


class DraftNotHere(Exception):
    """The draft exists perhaps, but this browser may not open it: it was left, erased, expired, or belongs to someone
    else.

    The reply is the same in each case, so that a flatmate learns nothing.
    """


class OpenDraft:
    """One draft during one request.

    `data` is the stored document: `answers`, `pending` (typed text by stop key), `typed_over` (digests of the answers
    shown when it was typed), `advised` (advice already shown), `filed`, `seen` (outcomes already shown), `notice` (what
    a new revision or a new day changed), `day` (when the person last looked), `code`.
    """

    def __init__(self, installation: Site, record: DraftRecord, procedure: Procedure, token: str) -> None:
        self.site = installation
        self.record = record
        self.procedure = procedure
        self.token = token

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def data(self) -> Data:
        return self.record.data

    @property
    def answers(self) -> Mapping[str, Any]:
        answers: Mapping[str, Any] = self.data.get("answers", {})
        return answers

    @property
    def editable(self) -> bool:
        """Whether answers may still change here: a file sent to an authority is frozen, one prepared for an office
        never is.
        """
        return self.record.state in ("open", "ready")

    @cached_property
    def today(self) -> date:
        """The same day for the whole request, also across midnight."""
        return self.site.today()

    @cached_property
    def day(self) -> date:
        """The day that conditions read: today, and for what was sent the day it was sent, whatever time passes."""
        sent = self.site.store.submissions.of_draft(self.id) if self.record.frozen else None
        return self.today if sent is None else date.fromisoformat(sent.content["day"])

    @property
    def started(self) -> date:
        return self.record.started_at.astimezone(self.site.settings.zone).date()

    @property
    def last_day(self) -> date:
        """The last day on which the draft can surely be opened, morning and evening."""
        return self.record.expires_at.astimezone(self.site.settings.zone).date() - timedelta(days=1)

    @property
    def filed_on(self) -> date | None:
        filed = self.data.get("filed")
        return date.fromisoformat(filed["on"]) if filed else None

    @cached_property
    def journey(self) -> Journey:
        return self._remembered.journey

    def journey_with(self, answers: Mapping[str, Any]) -> Journey:
        """The journey that other answers would give, today."""
        return self._walked(answers).journey

    @cached_property
    def _remembered(self) -> Remembered:
        return self._walked(self.answers)

    def _walked(self, answers: Mapping[str, Any]) -> Remembered:
        asked = (self.procedure.sha256, self.day, self.filed_on, answers)
        found = self.site.walked.find(self.id, asked)
        if found is None:
            journey = build_journey(self.procedure, answers, self.day, started=self.started, filed=self.filed_on)
            found = self.site.walked.keep(self.id, asked, journey)
        return found

    def told(self, about: Hashable, work_out: Callable[[], T]) -> T:
        """What follows from the journey and from what `about` names, and from nothing else: worked out once."""
        told = self._remembered.told
        if about not in told:
            told[about] = work_out()
        found: T = told[about]
        return found

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """The ways that are open: `received_here` exists only where an authority runs the installation."""
        authority = self.site.settings.mode == "authority"
        return tuple(c for c in self.journey.channels if authority or c.kind != "received_here")

    @property
    def documents_now(self) -> tuple[NeededDocument, ...]:
        """The documents to give when filing, under the ways that are open."""
        return self.told("documents now", self._documents_now)

    def _documents_now(self) -> tuple[NeededDocument, ...]:
        open_ids = {channel.id for channel in self.channels}
        return tuple(
            needed
            for needed in self.journey.documents
            if needed.due == "filing" and (not needed.document.channels or open_ids & set(needed.document.channels))
        )

    def stop(self, key: str) -> Stop | None:
        return stop_for(self.journey, key)

    def pending(self, key: str) -> Mapping[str, list[str]] | None:
        """What was typed on a page and could not be saved as an answer, exactly as typed."""
        typed: Mapping[str, list[str]] | None = self.data.get("pending", {}).get(key)
        return typed

    def change(self, mutate: Callable[[Data], None], *, event: str | None = None, late: bool = False) -> None:
        """Apply `mutate` to a copy of the stored document and save it before anything is answered.

        Raises `DraftFrozen` when the draft was sent, also a moment ago in another tab, unless the change is one that
        may come `late`.
        """

        def apply(record: DraftRecord) -> Data:
            if record.frozen and not late:
                raise DraftFrozen(self.id)
            data: Data = dict(record.data)
            mutate(data)
            return data

        # With the language the person answers in: they find it again on another phone.
        self.record = self.site.store.drafts.update(self.id, apply, event=event, locale=g.get("locale"))
        self.refresh()

    def at(self, record: DraftRecord) -> OpenDraft:
        """The same draft as another record of it says."""
        return OpenDraft(self.site, record, self.procedure, self.token)

    def refresh(self) -> None:
        """Forget what was computed from the document before it changed."""
        for name in ("_remembered", "journey", "channels", "day"):
            self.__dict__.pop(name, None)

    def url(self, endpoint: str, **values: Any) -> str:
        """The address of a page of this draft."""
        return url_to(endpoint, locale=g.locale, slug=self.procedure.slug, draft=self.id, **values)

    def office_url(self, endpoint: str, **values: Any) -> str:
        """The address of a paper in the language that the office reads: that of the procedure."""
        own = {language.code for language in available()} & {self.procedure.language}
        locale = self.procedure.language if own else g.locale
        return url_to(endpoint, locale=locale, slug=self.procedure.slug, draft=self.id, **values)

    def stop_url(self, stop: Stop, **query: Any) -> str:
        return self.url("steps.step", key=stop.key, **query)

    def start_url(self) -> str:
        """The start page of the procedure, where every way and contact stands; help, once it is no longer served."""
        if self.procedure.slug not in self.site.published.current:
            return url_to("public.help_page", locale=g.locale)
        return url_to("public.start", locale=g.locale, slug=self.procedure.slug)

    def next_url(self) -> str:
        """Where the person goes on: the first unanswered page, a stop outcome, or what follows the questions."""
        if self.record.frozen:
            return self.url("finish.receipt")
        if self.journey.outstanding is not None:
            return self.stop_url(self.journey.outstanding)
        if self.journey.stopped_by is not None:
            return self.url("finish.outcome", outcome_id=self.journey.stopped_by.id)
        return self.url("documents.documents") if self.documents_now else self.url("finish.check")


def open_draft(slug: str, draft_id: str) -> OpenDraft:
    """The draft of this address, if this browser may open it.

    Moves an unsent draft to the procedure's current revision, and tells the person what that or the passing of days
    changed (design, decision 9). Raises `DraftNotHere`; 404 for a slug that was never served, and for what cannot be a
    draft: whoever mistyped an address has left no phone.
    """
    if not is_draft_id(draft_id):
        abort(404)
    installation = site()
    token = visitor.draft_token(draft_id)
    record = installation.store.drafts.authorise(draft_id, token) if token else None
    if record is None or record.procedure != slug:
        raise DraftNotHere
    procedure = installation.published.revision(record.revision)
    if procedure is None:
        abort(404)
    opened = OpenDraft(installation, record, procedure, token)
    current = installation.published.current.get(slug)
    if opened.editable and current is not None:
        moved_forward(opened, current)
    g.opened = opened
    return opened
