"""What every page shares: its frame, its ways out, small pieces that several pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from markupsafe import Markup

from app.fields import Filled

Component = Mapping[str, Any] | Filled | Markup
"""One question: parameters, read by `templates/components/<kind>/template.html`, a filled blank, or drawn already."""


@dataclass(frozen=True)
class View:
    """What one page shows, ready to print. `template` is its file below `templates/pages/`."""

    template: ClassVar[str] = ""
    acts: ClassVar[bool] = False
    """Whether it is a form of a draft: shown again with a refused token, it says so by itself."""
    lasting: ClassVar[bool] = False
    """Whether it is the same at the next visit, so that a browser without a draft may keep it."""

    @property
    def failed(self) -> bool:
        """Whether the page reports errors to correct: its title then begins with "Erreur"."""
        return False


@dataclass(frozen=True)
class Link:
    """A link. `lang` and `dir`: when its words are in another language than the page; `note` follows in small."""

    text: str | Markup
    url: str
    lang: str | None = None
    dir: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class LanguageLink:
    """Another language of the service. `name` is in that language; `url` is where its addresses begin, empty for the
    current one.
    """

    code: str
    name: str
    dir: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class ChangeNotice:
    """What a new revision or a new day changed for this draft. `action` is posted once read, then `back` is shown."""

    title: str
    items: tuple[str | Markup, ...]
    action: str
    back: str


@dataclass(frozen=True)
class AssetUrls:
    """Addresses of the fingerprinted files. `htmx` empty: not installed, pages work by plain links and forms."""

    css: str
    js: str
    htmx: str = ""
    icon: str = ""
    style: Markup | None = None
    """The style sheet itself, for pages where people arrive: they need not wait for a second answer."""
    worker: str = ""
    """The program that shows a kept page where there is no network; empty: there is none."""
    speech: str = ""
    """What reads a question aloud; empty: nothing does."""


@dataclass(frozen=True)
class Chrome:
    """The frame around `<main>`, for one request."""

    locale: str
    """Language of the page: `lang` of `<html>`."""
    dir: str
    """`ltr` or `rtl`."""
    home_url: str
    """The catalogue."""
    help_url: str
    """Help and contacts."""
    accessibility_url: str
    assets: AssetUrls
    mode: Literal["prepare", "authority"] = "prepare"
    """`prepare`: every page says that this site is not the State's."""
    service: str = "Guichet"
    """Name of the installation, at the top left and at the end of titles."""
    procedure: str | Markup | None = None
    """Title of the procedure, in the page title."""
    procedure_url: str | None = None
    """Its start page."""
    languages: tuple[LanguageLink, ...] = ()
    """All languages of the service, the current one included; shown when there are at least two."""
    place: str = ""
    """What follows the `url` of a language in the address of this page."""
    typing: bool = False
    """A page of questions: its links to other languages lead to the buttons at its foot, which send what is typed."""
    public: bool = False
    """Whether the page is the same for everybody, so that search engines may know its translations."""
    unreviewed: bool = False
    """The page shows a translation that no one who speaks the language has read."""
    partial: bool = False
    """Some texts have no translation, or lost it since the original changed: they are shown in their own language."""
    csrf_token: str = ""
    paper_url: str | None = None
    """"Do it without internet": the ways and papers of this procedure, or of the service."""
    paper_of_one: bool = False
    """Whether that is about the procedure of this page."""
    leave_url: str | None = None
    """"Leave this phone"; None outside a draft."""
    documents_url: str | None = None
    """The draft's documents; None when there are none to give."""
    check_url: str | None = None
    """The draft's answers; None outside a draft."""
    quick_exit_url: str | None = None
    """An ordinary site to go to at once from a private step; None elsewhere."""
    accessibility_state: str | None = None
    """"non encore vérifiée", "partiellement conforme"…; None: not shown."""
    said: str | None = None
    """A success to announce once ("Fichier ajouté")."""
    notice: ChangeNotice | None = None
    error: bool = False
    """The page answers a refused request: a form of a draft that has no error of its own then says why it is back."""


@dataclass(frozen=True)
class Hidden:
    """A hidden control of a form, beside the CSRF token."""

    name: str
    value: str


@dataclass(frozen=True)
class Actions:
    """The form around a page of questions, and its buttons."""

    url: str
    """Where the form is posted (`?return=check` kept)."""
    hidden: tuple[Hidden, ...] = ()
    """Digest, revision."""
    submit: str | None = None
    """Words of the main button; None: "Continuer"."""
    save: bool = True
    """Whether "Save and stop" stands beside it."""


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary. `href`: `#` and the id of a control that can take the focus; None: no link."""

    text: str
    href: str | None = None


@dataclass(frozen=True)
class Notice:
    """A box beside the text. `level` chooses its colour and its first word."""

    level: Literal["info", "advice", "warning", "ok"]
    body: str | Markup
    title: str | None = None


@dataclass(frozen=True)
class Picture:
    """A drawing that helps to find something on a paper. `alt` says what it shows; `width` and `height` in pixels."""

    url: str
    alt: str
    width: int
    height: int
    caption: str | Markup | None = None


@dataclass(frozen=True)
class ChannelCard:
    """A way of filing, or of being helped to file."""

    title: str | Markup
    how: str | Markup | None = None
    url: str | None = None
    office: tuple[str, ...] = ()
    """Name and address of the office, one line each."""
    office_lang: str | None = None
    """Their language, when it is not that of the page."""
    does: str | None = None
    """Whether one is helped there, and that nothing is filed; None for a plain way of filing."""
    elsewhere: bool = False
    """One files on another site; this service files nothing there."""
    to_check: bool = False
    source: Link | None = None


@dataclass(frozen=True)
class ContactCard:
    """A person or a service one can reach. `phone_url` is a `tel:` address."""

    title: str | Markup
    phone: str | None = None
    phone_url: str | None = None
    free: bool = False
    hours: str | Markup | None = None
    url: str | None = None
    email: str | None = None
    how: str | Markup | None = None
    to_check: bool = False
    source: Link | None = None


@dataclass(frozen=True)
class Ways:
    """Every way of filing and every human contact, for the start page, outcomes and error pages."""

    channels: tuple[ChannelCard, ...] = ()
    contacts: tuple[ContactCard, ...] = ()
    papers: tuple[Link, ...] = ()
    """Papers to print: the blank form, the letter."""


@dataclass(frozen=True)
class Term:
    """A word of the trade and what it means."""

    word: str | Markup
    meaning: str | Markup


NO_WAYS = Ways()


@dataclass(frozen=True)
class DatedLine:
    """Something that falls on a day. `when` is written out; `to_check`: the office's rule was not confirmed."""

    when: str
    what: str | Markup
    to_check: bool = False


@dataclass(frozen=True)
class Row:
    """A line of a summary: a question, the lines of its answer, and where to change it."""

    label: str | Markup
    value: tuple[str | Markup, ...]
    typed: bool = True
    """Typed by a person: printed inside `<bdi>`."""
    hidden: tuple[str, ...] = ()
    """What is shown of each line until the person asks for the whole."""
    missing: bool = False
    """Needed and not there; `value` may say what is missing, else it is an answer."""
    change_url: str | None = None
    change_label: str | None = None
    """What "Modifier" is about, for screen readers; None: the label."""
