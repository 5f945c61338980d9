"""Pages after the last act, and papers shown as pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from app.pages.views.base import (
    NO_WAYS,
    Component,
    DatedLine,
    ErrorLink,
    Link,
    Row,
    View,
    Ways,
)


@dataclass(frozen=True)
class SealedFile:
    """A document in the file, with the SHA-256 of its content in hexadecimal."""

    document: str | Markup
    name: str
    size: str
    sha256: str
    url: str | None = None
    waits: bool = False
    """It is still to be looked through."""
    since: str | None = None
    """What is wrong with it, as found after it had been sent."""


@dataclass(frozen=True)
class StageLine:
    """A paper that the office gives after filing: what it proves and what it does not."""

    paper: str | Markup
    proves: str | Markup
    does_not_prove: str | Markup
    next: str | Markup | None = None
    deadline: str | Markup | None = None
    to_check: bool = False


@dataclass(frozen=True)
class RemedyLine:
    """A way to contest or to ask again. `within` in words."""

    title: str | Markup
    to: str | Markup
    how: str | Markup
    within: str | None = None
    to_check: bool = False


@dataclass(frozen=True)
class FilingForm:
    """Where, when and under which number the person filed. `action` is posted."""

    action: str
    components: tuple[Component, ...]
    errors: tuple[ErrorLink, ...] = ()


@dataclass(frozen=True)
class After:
    """What follows filing: dates, papers of the office, silence, remedies."""

    dates: tuple[DatedLine, ...] = ()
    stages: tuple[StageLine, ...] = ()
    remedies: tuple[RemedyLine, ...] = ()


NOT_YET = After()


@dataclass(frozen=True)
class ReadyView(View):
    """The page "My file is ready" (mode `prepare`): nothing is filed by it; the pack, then what the person records."""

    template: ClassVar[str] = "ready.html"
    acts: ClassVar[bool] = True
    reference: str
    made_at: str
    """Day and hour, with the time zone in words."""
    pack_url: str | None = None
    pack_size: str | None = None
    pack_for: str | Markup | None = None
    """The way of filing whose order, formats and limits the pack follows, where there are others."""
    packs: tuple[Link, ...] = ()
    """The packs for the others."""
    papers: tuple[Link, ...] = ()
    """Papers and letters to read or print."""
    files: tuple[SealedFile, ...] = ()
    missing: tuple[Link, ...] = ()
    """Documents still missing, each with where to give it."""
    instead: tuple[Row, ...] = ()
    """What was said in place of files."""
    fees: tuple[Row, ...] = ()
    """What has to be paid, with what filing late would add."""
    ways: Ways = NO_WAYS
    filing: FilingForm | None = None
    filed: tuple[Row, ...] = ()
    """What the person recorded, once they did."""
    after: After = NOT_YET
    code: str | None = None
    expires: str = ""
    """The last day of the code, in words."""
    change_url: str | None = None
    erase_url: str | None = None

    @property
    def failed(self) -> bool:
        return bool(self.filing and self.filing.errors)


@dataclass(frozen=True)
class ReceiptView(View):
    """The receipt of a submission (mode `authority`)."""

    template: ClassVar[str] = "receipt.html"
    reference: str
    received_at: str
    authority: str | Markup
    proves: str | Markup
    does_not_prove: str | Markup
    sections: tuple[Row, ...] = ()
    files: tuple[SealedFile, ...] = ()
    missing: tuple[str | Markup, ...] = ()
    """Needed documents that were not sent."""
    instead: tuple[Row, ...] = ()
    """What was said in place of files."""
    papers: tuple[Link, ...] = ()
    sha256: str | None = None
    """Of the whole submission."""
    ways: Ways = NO_WAYS
    after: After = NOT_YET
    code: str | None = None
    expires: str = ""
    """The last day of the code, in words."""
    withdrawn_at: str | None = None
    """When the person took the request back, in words; None if they did not."""
    withdraw_url: str | None = None
    start_url: str | None = None
    """Where a new request begins, once this one was taken back."""


@dataclass(frozen=True)
class WithdrawView(View):
    """Confirm that what was sent is taken back. `action` is posted."""

    template: ClassVar[str] = "withdraw.html"
    reference: str
    sent_at: str
    authority: str | Markup
    action: str
    back_url: str
    ways: Ways = NO_WAYS


@dataclass(frozen=True)
class LetterText:
    """A letter in one language: sender, addressee, place and date, subject, paragraphs; the person signs by hand.

    With `to_label` it is a message: no place, no day, nothing to sign; whoever asks stands at its end.
    """

    lang: str
    dir: str
    sender: tuple[str, ...]
    to: tuple[str | Markup, ...]
    subject_label: str
    subject: str | Markup
    paragraphs: tuple[Markup, ...]
    place_and_date: str
    signature_label: str
    to_label: str = ""


@dataclass(frozen=True)
class LetterView(View):
    """A letter to print, as the office reads it, and what it says in the language of the reader where that differs."""

    template: ClassVar[str] = "letter.html"
    title: str | Markup
    letter: LetterText
    translation: LetterText | None = None
    message: bool = False
    """Whether it is read out or copied into a form instead of posted."""
    pdf_url: str | None = None
    back_url: str | None = None
    source: Link | None = None
    to_check: bool = False
    tab: str = ""
    """What the page is called in `<title>`: the heading without anything that was typed."""


@dataclass(frozen=True)
class SheetScreen:
    """One screen of the office's site, with what to type or to give there."""

    title: str | Markup
    rows: tuple[Row, ...]
    note: str | Markup | None = None


@dataclass(frozen=True)
class SheetView(View):
    """What to copy, in the order of the office's screens."""

    template: ClassVar[str] = "sheet.html"
    title: str | Markup
    screens: tuple[SheetScreen, ...]
    channel_url: str | None = None
    pdf_url: str | None = None
    back_url: str | None = None


@dataclass(frozen=True)
class PaperQuestion:
    """A question on the paper form. `choices` give boxes to tick, else `lines` of writing space; `answer` fills it."""

    label: str | Markup
    hint: str | Markup | None = None
    condition: str | None = None
    optional: bool = False
    choices: tuple[str | Markup, ...] = ()
    several: bool = False
    lines: int = 1
    answer: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperSection:
    heading: str | Markup
    questions: tuple[PaperQuestion, ...]
    condition: str | None = None


@dataclass(frozen=True)
class PaperFormView(View):
    """The form on paper, blank or filled, as a page to print."""

    template: ClassVar[str] = "paper_form.html"
    title: str | Markup
    sections: tuple[PaperSection, ...]
    documents: tuple[str | Markup, ...] = ()
    declarations: tuple[str | Markup, ...] = ()
    ways: Ways = NO_WAYS
    pdf_url: str | None = None
    back_url: str | None = None
