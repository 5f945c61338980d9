"""Stopping, leaving a phone, coming back by code, erasing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from markupsafe import Markup

from app.pages.views.base import NO_WAYS, Link, View, Ways
from app.pages.views.public import DraftLink

CodeError = Literal["missing", "unknown", "throttled", "again"]


@dataclass(frozen=True)
class SavedView(View):
    """After "Save and stop": the resume code, large. `expires` is the day the draft ends."""

    template: ClassVar[str] = "saved.html"
    code: str
    expires: str
    continue_url: str
    leave_url: str
    resume_url: str
    """Whole address of the page where the code is typed, to print."""
    slip_url: str | None = None
    """The slip as PDF."""
    unfinished: tuple[Link, ...] = ()
    """Pages where something is typed that could not be saved as answers."""


@dataclass(frozen=True)
class LeaveView(View):
    """Confirm leaving this phone; the code is shown a last time. `others` are the other drafts that it opens: leaving
    closes them too.
    """

    template: ClassVar[str] = "leave.html"
    code: str
    expires: str
    action: str
    back_url: str
    others: tuple[DraftLink, ...] = ()


@dataclass(frozen=True)
class LeftView(View):
    """The phone was left."""

    template: ClassVar[str] = "left.html"
    resume_url: str


@dataclass(frozen=True)
class ResumeView(View):
    """Type the code. `error`: `missing`, `unknown`, `throttled`, `again` (the confirmation was open too long),
    `refused` (the form was not given to this browser), `cookies` (this browser keeps none).
    """

    template: ClassVar[str] = "resume.html"
    action: str
    typed: str = ""
    error: str | None = None

    @property
    def failed(self) -> bool:
        return self.error is not None


@dataclass(frozen=True)
class ResumeConfirmView(View):
    """A draft was found: its procedure and days, before anything of it is shown."""

    template: ClassVar[str] = "resume_confirm.html"
    procedure: str | Markup
    started: str
    changed: str
    action: str
    draft: str
    until: str
    proof: str
    back_url: str


@dataclass(frozen=True)
class EraseView(View):
    """Confirm that the draft is erased for good. `action` None: it was sent, so it is the authority's to erase, and the
    page says whom to ask (`ways`).
    """

    template: ClassVar[str] = "erase.html"
    action: str | None
    back_url: str
    ways: Ways = NO_WAYS
    withdraw_url: str | None = None
    """Where what was sent is taken back; None when it already was."""


@dataclass(frozen=True)
class ErasedView(View):
    """The draft is erased."""

    template: ClassVar[str] = "erased.html"
    home_url: str
