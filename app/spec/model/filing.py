"""Documents, channels, outcomes, and the papers and time limits that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from app.spec.model.questions import Note
from app.spec.model.values import ChannelKind, Condition, Due, Duration, Effect, Level, Ref, Saying, Text

DESKS: tuple[ChannelKind, ...] = ("counter", "substitution")
"""The ways of filing with a person to whom a paper can be brought."""


@dataclass(frozen=True, slots=True)
class Need:
    level: Level
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Part:
    id: str
    title: Text
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A paper to give. `need` rows are read in order, the first that holds gives the level; none: not asked.

    `one_of` lists the complete ways to satisfy it, each a tuple of part ids; empty: the document itself. `max_size` in
    bytes.
    """

    id: str
    title: Text
    need: tuple[Need, ...]
    why: Text | None = None
    hint: Text | None = None
    help: Text | None = None
    source: str | None = None
    one_of: tuple[tuple[str, ...], ...] = ()
    issued_within: str | None = None
    files_min: int = 1
    files_max: int = 10
    formats: tuple[str, ...] = ("pdf", "jpeg", "png")
    max_size: int = 10_000_000
    for_each: str | None = None
    due: Due = "filing"
    channels: tuple[str, ...] = ()
    satisfied_by: str | None = None
    template: str | None = None
    needs_review: bool = False
    may_say: tuple[Saying, ...] = ()
    """What a person may say instead of giving it."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of the office's own site: `items` are field ids, document ids or derived names, in its order."""

    title: Text
    items: tuple[str, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    id: str
    kind: ChannelKind
    title: Text
    when: Condition | None = None
    url: str | None = None
    how: Text | None = None
    office: Ref | None = None
    """A derived lookup: the row holds the office's name and address."""
    files: bool = True
    """Whether papers are filed this way; False: a person helps there, nothing is filed."""
    helps: bool = False
    source: str | None = None
    needs_review: bool = False
    screens: tuple[Screen, ...] = ()
    formats: tuple[str, ...] = ()
    max_size: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    title: Text
    phone: str | None = None
    hours: Text | None = None
    url: str | None = None
    email: str | None = None
    how: Text | None = None
    free: bool = False
    source: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class GoTo:
    """Where an outcome leads: exactly one of `procedure`, `url`, `phone`, `office` is set."""

    title: Text
    procedure: str | None = None
    url: str | None = None
    phone: str | None = None
    office: Text | None = None
    carry: tuple[str, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    id: str
    effect: Effect
    when: Condition
    title: Text
    body: Text
    source: str | None = None
    needs_review: bool = False
    go_to: tuple[GoTo, ...] = ()


@dataclass(frozen=True, slots=True)
class Fee:
    fact: str
    due: Due = "hand_over"
    when: Condition | None = None
    says: Text | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """When one may file: names of derived dates or date questions. It counts for those of whom `when` is true; `late`
    is what they pay besides, once the last day is over.
    """

    opens: str | None = None
    closes: str | None = None
    late: Fee | None = None
    late_says: Text | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    id: str
    text: Text
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter the service writes. `body` is Markdown with placeholders; paragraphs may have their own `when`
    (`paragraphs`). A message is read out on the phone or copied into a form.
    """

    id: str
    title: Text
    to: Text
    subject: Text
    paragraphs: tuple[Note, ...]
    when: Condition | None = None
    source: str | None = None
    needs_review: bool = False
    message: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    paper: Text
    proves: Text
    does_not_prove: Text
    next: Text | None = None
    deadline: Text | None = None
    source: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Silence:
    after: Duration
    means: Text
    counted_from: Literal["filed", "complete_file"]
    when: Condition | None = None
    source: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class Remedy:
    title: Text
    to: Text
    how: Text
    within: Duration | None = None
    counted_from: Text | None = None
    source: str | None = None
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class AfterSending:
    stages: tuple[Stage, ...] = ()
    silence: tuple[Silence, ...] = ()
    remedies: tuple[Remedy, ...] = ()
