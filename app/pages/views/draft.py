"""Pages of a draft: questions, lists, documents, answers, declarations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from app.pages.views.base import (
    NO_WAYS,
    Actions,
    Component,
    ErrorLink,
    Link,
    Notice,
    Picture,
    Row,
    Term,
    View,
    Ways,
)


@dataclass(frozen=True)
class ConflictRow:
    """One question that two tabs answered differently: what is saved, and what was just typed."""

    label: str | Markup
    saved: tuple[str, ...]
    typed: tuple[str, ...]


@dataclass(frozen=True)
class StepView(View):
    """A page of questions."""

    template: ClassVar[str] = "step.html"
    heading: str | Markup
    actions: Actions
    components: tuple[Component, ...] = ()
    errors: tuple[ErrorLink, ...] = ()
    advice: tuple[Notice, ...] = ()
    notes: tuple[Markup, ...] = ()
    picture: Picture | None = None
    progress: str | None = None
    """"Étape 2 sur 6", or "Étape 2" where the number of steps is not certain."""
    item: str | None = None
    """Which item of a list the page is about ("Enfant : Aminata")."""
    place: str | None = None
    """The same without its name, for `<title>` ("Numéro 2")."""
    back_url: str | None = None
    conflict: tuple[ConflictRow, ...] = ()
    reason: str | None = None
    """Why the page is shown again without being saved: `csrf`."""
    terms: tuple[Term, ...] = ()
    """Words of the trade on this page, explained."""
    required_note: bool = True
    """Whether the sentence on required questions is shown (at least two questions)."""
    common: bool = False
    """Whether its own words are the same for everybody: no text holds an answer."""
    tab: str = ""
    """What the page is called in `<title>`: the heading without anything that was typed."""

    @property
    def failed(self) -> bool:
        return bool(self.errors or self.conflict or self.reason)


@dataclass(frozen=True)
class ListItem:
    """One item of an add-another list. `change_url` is None where it is asked nothing now, `remove_url` where the list
    follows from an answer.
    """

    label: str | Markup
    change_url: str | None
    remove_url: str | None = None
    done: bool = True


@dataclass(frozen=True)
class ListView(View):
    """The add-another page of a repeat. `error` is `too_few`, `too_many` or `unfinished`; `most` items at most."""

    template: ClassVar[str] = "list.html"
    acts: ClassVar[bool] = True
    heading: str | Markup
    actions: Actions
    items: tuple[ListItem, ...] = ()
    notes: tuple[Markup, ...] = ()
    progress: str | None = None
    back_url: str | None = None
    can_add: bool = True
    most: int = 0
    least: int = 0
    add_label: str | None = None
    """Words of the "add" button; None: "Ajouter"."""
    error: str | None = None
    tab: str = ""
    """What the page is called in `<title>`: the heading without anything that was typed."""

    @property
    def failed(self) -> bool:
        return self.error is not None


@dataclass(frozen=True)
class RemoveView(View):
    """Confirm that an item, or a file, is removed."""

    template: ClassVar[str] = "remove.html"
    label: str | Markup
    action: str
    back_url: str
    tab: str = ""
    """Which one, in `<title>`: the list and the place in it, without anything that was typed."""


@dataclass(frozen=True)
class StoredFile:
    """A file that was given. `size` in words; `remove_url`, `earlier_url` and `later_url` are posted.

    `state` is `waiting`, `ready`, `refused` or `lost`; `refusal` says why it is not here. `notes` say what was done to
    it, `advice` what to look at again.
    """

    name: str
    size: str
    remove_url: str | None = None
    url: str | None = None
    id: str = ""
    late: bool = False
    """Whether it has waited for longer than one expects."""
    state: str = "ready"
    refusal: str | None = None
    notes: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    pages: int | None = None
    thumb_url: str | None = None
    earlier_url: str | None = None
    later_url: str | None = None
    replace_url: str | None = None
    twin: str = ""
    """What tells it from others of its name on the page, for those who hear one link alone."""


@dataclass(frozen=True)
class InsteadOfFile:
    """What may be said in place of a file: `bring`, `lacking` (with the reason). `url` is posted.

    `said` is what was said, in words; `reason` what was typed and not taken yet, `error` why not; at most `most`
    characters.
    """

    url: str
    bring: bool = False
    lacking: bool = False
    said: str | None = None
    reason: str = ""
    most: int = 600
    error: str | None = None


@dataclass(frozen=True)
class DocumentItem:
    """A document to give. `id` is unique on the page and safe in an address."""

    id: str
    title: str | Markup
    upload_url: str
    pieces_url: str = ""
    """Where a script announces a file that it sends in pieces."""
    optional: bool = False
    satisfied: bool = False
    """By an answer (an e-photo code): nothing to upload."""
    owner: str | Markup | None = None
    """Whose it is, on a repeat ("Aminata")."""
    why: str | Markup | None = None
    hint: str | Markup | None = None
    help: str | Markup | None = None
    age: tuple[str, ...] = ()
    """How old it may be, and the day that makes if it is filed today."""
    choices: tuple[tuple[str | Markup, ...], ...] = ()
    """The ways of proving it: each is a list of papers that belong together."""
    formats: str = ""
    """"PDF, JPEG ou PNG"."""
    accept: str = ""
    """The `accept` attribute: ".pdf,.jpg,.jpeg,.png"."""
    max_size: str = ""
    """"10 Mo"."""
    max_files: int = 1
    fewest: str = ""
    """How many files it takes, where one is not enough."""
    files: tuple[StoredFile, ...] = ()
    given: int = 0
    """How many of the files are kept."""
    replaces: str = ""
    """The id of the file whose place the next one takes; `replaces_name` is its name, `cancel_url` keeps it."""
    replaces_name: str = ""
    cancel_url: str = ""
    errors: tuple[str, ...] = ()
    template_url: str | None = None
    """A letter or form to print and sign."""
    to_check: bool = False
    instead: InsteadOfFile | None = None


@dataclass(frozen=True)
class DocumentsView(View):
    """Documents to give now. `later` are asked at the appointment or at hand-over: nothing to upload."""

    template: ClassVar[str] = "documents.html"
    acts: ClassVar[bool] = True
    items: tuple[DocumentItem, ...]
    actions: Actions
    usual: tuple[str, str] | None = None
    """Formats and size of most documents, said once for all of them; None where no two agree."""
    later: tuple[Link | Markup | str, ...] = ()
    terms: tuple[Term, ...] = ()
    back_url: str | None = None
    progress: str | None = None
    script_url: str = ""
    """The script that sends files in pieces."""
    sends: bool = False
    """Whether nothing can be added once the request is sent."""
    here_url: str = ""
    """This page: to look whether the files that wait are done."""

    @property
    def failed(self) -> bool:
        return any(item.errors or (item.instead and item.instead.error) for item in self.items)

    @property
    def waiting(self) -> bool:
        return any(file.state == "waiting" for item in self.items for file in item.files)


@dataclass(frozen=True)
class CheckSection:
    """The answers of one step, or of one item of a list."""

    heading: str | Markup
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class AsideRow:
    """An answer that is kept but no longer asked: not sent. `field` is posted to erase it."""

    field: str
    label: str | Markup
    value: tuple[str, ...]


@dataclass(frozen=True)
class CheckView(View):
    """Check answers before the last act; readable at any moment."""

    template: ClassVar[str] = "check.html"
    acts: ClassVar[bool] = True
    sections: tuple[CheckSection, ...]
    actions: Actions
    outstanding: tuple[Link, ...] = ()
    """Pages that still need an answer."""
    unsaved: tuple[Link, ...] = ()
    """Pages where something was typed and could not be saved: the answers shown are those from before."""
    documents: tuple[Row, ...] = ()
    advice: tuple[Notice, ...] = ()
    fees: tuple[Row, ...] = ()
    aside: tuple[AsideRow, ...] = ()
    erase_url: str = ""
    erase_draft_url: str | None = None
    back_url: str | None = None
    complete: bool = True
    errors: tuple[ErrorLink, ...] = ()
    """Files of required documents that cannot be read: nothing is sent without them."""

    @property
    def failed(self) -> bool:
        return bool(self.errors)


@dataclass(frozen=True)
class DeclarationItem:
    """A statement to confirm. `error` when it was left unticked."""

    id: str
    text: str | Markup
    checked: bool = False
    error: bool = False


@dataclass(frozen=True)
class DeclarationView(View):
    """The applicant's statement. `sends`: the button files the request here; else it makes the file ready."""

    template: ClassVar[str] = "declaration.html"
    acts: ClassVar[bool] = True
    declarations: tuple[DeclarationItem, ...]
    action: str
    back_url: str
    sends: bool = False
    missing: tuple[str | Markup, ...] = ()
    """Needed documents that are not there, where nothing can be added once it is sent."""
    documents_url: str = ""

    @property
    def failed(self) -> bool:
        return any(item.error for item in self.declarations)


@dataclass(frozen=True)
class CarryView(View):
    """Whether to begin another procedure with a copy of these answers. `without_url`: its start page."""

    template: ClassVar[str] = "carry.html"
    procedure: str | Markup
    rows: tuple[Row, ...]
    action: str
    without_url: str
    back_url: str


@dataclass(frozen=True)
class OutcomeView(View):
    """What the answers lead to. `effect`: `stop` ends the path, others let the person continue by posting `action`."""

    template: ClassVar[str] = "outcome.html"
    title: str | Markup
    body: Markup
    effect: str = "stop"
    action: str | None = None
    save_url: str | None = None
    """The page with the code, where `action` is None."""
    go_to: tuple[Link, ...] = ()
    ways: Ways = NO_WAYS
    source: Link | None = None
    to_check: bool = False
    back_url: str | None = None
    check_url: str | None = None
    terms: tuple[Term, ...] = ()
    tab: str = ""
    """What the page is called in `<title>`: the heading without anything that was typed."""
