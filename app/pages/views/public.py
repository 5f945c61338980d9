"""Pages that hold nobody's data."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar, Literal

from markupsafe import Markup

from app.pages.views.base import NO_WAYS, Link, Notice, Term, View, Ways


@dataclass(frozen=True)
class DraftLink:
    """A draft that this browser may open: procedure, day it was begun, `state` in words ("à continuer", "prêt")."""

    title: str | Markup
    url: str
    started: str
    state: str


@dataclass(frozen=True)
class CatalogueEntry:
    """A procedure. `time` in words ("10 à 20 minutes"); `closed` in words when one cannot begin now."""

    title: str | Markup
    summary: str | Markup
    url: str
    time: str | None = None
    closed: str | None = None


@dataclass(frozen=True)
class CatalogueView(View):
    """All procedures, and what was begun on this phone. `routers`: those that help to find which one to take."""

    template: ClassVar[str] = "catalogue.html"
    lasting: ClassVar[bool] = True
    entries: tuple[CatalogueEntry, ...]
    routers: tuple[CatalogueEntry, ...] = ()
    drafts: tuple[DraftLink, ...] = ()
    resume_url: str = ""


@dataclass(frozen=True)
class StartDocument:
    """A paper that may be asked. `condition` in words, None when everyone must give it."""

    title: str | Markup
    condition: str | None = None
    hint: str | Markup | None = None
    age: str | None = None
    """How old it may be, as a sentence."""
    to_check: bool = False


@dataclass(frozen=True)
class Fact:
    """A cost, a time limit, a rule with its words; `to_check` when nobody has confirmed it."""

    text: str | Markup
    to_check: bool = False
    source: Link | None = None


@dataclass(frozen=True)
class StartView(View):
    """Everything one should know before beginning a procedure."""

    template: ClassVar[str] = "start.html"
    lasting: ClassVar[bool] = True
    title: str | Markup
    summary: str | Markup
    action: str
    """Where "Commencer" is posted."""
    for_whom: tuple[str | Markup, ...] = ()
    not_for: tuple[str | Markup, ...] = ()
    documents: tuple[StartDocument, ...] = ()
    """Asked of everyone."""
    documents_if: tuple[StartDocument, ...] = ()
    """Asked in some situations only."""
    questions: str | None = None
    """"12 à 25 questions"."""
    time: str | None = None
    """"10 à 20 minutes"."""
    sends: bool = False
    """Whether the request is sent from here (mode `authority`)."""
    keep: str | None = None
    """How long a draft is kept, in words."""
    costs: tuple[Fact, ...] = ()
    limits: tuple[Fact, ...] = ()
    """Time limits, as dates where they can be."""
    ways: Ways = NO_WAYS
    authority: str | Markup | None = None
    sources: tuple[Link, ...] = ()
    checked_on: str | None = None
    overdue: bool = False
    """The review is late: a banner says so."""
    to_check: tuple[str | Markup, ...] = ()
    """What is still "à vérifier"."""
    drafts: tuple[DraftLink, ...] = ()
    terms: tuple[Term, ...] = ()
    """Words of the trade on this page, explained."""
    suspended: Notice | None = None
    """Why one cannot begin now; the button is then absent."""
    suspended_links: tuple[Link, ...] = ()
    resume_url: str = ""


@dataclass(frozen=True)
class HelpView(View):
    """Help: how the service works, and every contact."""

    template: ClassVar[str] = "help.html"
    lasting: ClassVar[bool] = True
    ways: Ways = NO_WAYS
    by_procedure: tuple[tuple[str | Markup, Ways], ...] = ()
    """Ways of each procedure, under its title."""
    resume_url: str = ""
    keep: str | None = None
    """How long a draft is kept, in the words of start pages."""


@dataclass(frozen=True)
class OfflineView(View):
    """What a phone shows that cannot reach the service; it keeps this page."""

    template: ClassVar[str] = "offline.html"
    lasting: ClassVar[bool] = True
    home_url: str
    ways: Ways = NO_WAYS


@dataclass(frozen=True)
class AuditShown:
    """What the last audit of the running revision says. `rate` is in percent; None while a criterion is not tested.

    `wrong` and `untested` are criteria (number, title in French), `testers` roles with what they used, `pages` titles
    by procedure, with an empty name for the pages around them.
    """

    day: str
    reference: str
    states: int
    level: Literal["full", "partial", "none"]
    rate: int | None
    met: int
    apart: int
    wrong: tuple[tuple[str, str], ...] = ()
    untested: tuple[tuple[str, str], ...] = ()
    tools: tuple[str, ...] = ()
    testers: tuple[tuple[str, str], ...] = ()
    pages: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class AccessibilityView(View):
    """The accessibility statement. Nothing is claimed that `state` does not say.

    `declared`: somebody with a name and a contact answers for it. `audit` is None for a revision that was never
    audited; `older` is then the day of an audit of another revision, or of one that no longer counts (`expired`).
    `contacts` answer complaints.
    """

    template: ClassVar[str] = "accessibility.html"
    lasting: ClassVar[bool] = True
    state: str
    contacts: tuple[Link, ...] = ()
    organisation: str | None = None
    plan_url: str | None = None
    declared: bool = False
    audit: AuditShown | None = None
    older: str | None = None
    expired: bool = False


@dataclass(frozen=True)
class ErrorView(View):
    """A failure as a page. `kind` is the status as text, or a case that has words of its own in the template
    (`draft_not_here`, `form_not_ours`, `no_cookies`, `too_long`, `many_people`, `not_utf8`, `unreadable`).
    """

    template: ClassVar[str] = "error.html"
    status: int
    kind: str
    home_url: str
    resume_url: str
    back_url: str | None = None
    """The person's draft, where they can go on."""
    ways: Ways = NO_WAYS

    @property
    def failed(self) -> bool:
        return self.status == HTTPStatus.UNPROCESSABLE_ENTITY
