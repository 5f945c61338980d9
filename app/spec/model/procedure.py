"""A whole compiled procedure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from app.spec.model.filing import (
    AfterSending,
    Channel,
    Contact,
    Declaration,
    Document,
    Fee,
    GoTo,
    Letter,
    Outcome,
    Part,
    Window,
)
from app.spec.model.questions import Step
from app.spec.model.values import Derived, Fact, Rule, Source, Table, Text


@dataclass(frozen=True, slots=True)
class Suspended:
    since: date
    title: Text
    body: Text
    go_to: tuple[GoTo, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """A whole procedure, checked. `steps`, `documents`, `outcomes` keep the author's order; mappings are by id."""

    slug: str
    language: str
    title: Text
    summary: Text
    sha256: str
    kind: Literal["procedure", "router"] = "procedure"
    """`router`: asks which procedure to take and leads there; nothing is filed with it."""
    questions: tuple[int, int] | None = None
    """The fewest and the most questions of a journey, where that was worked out when it was published."""
    for_whom: tuple[Text, ...] = ()
    not_for: tuple[Text, ...] = ()
    authority: Text | None = None
    sources: tuple[Source, ...] = ()
    checked_on: date | None = None
    review_by: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    suspended: Suspended | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    glossary: Mapping[str, Text] = field(default_factory=dict)
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other spellings of the words of the glossary, where there are some."""
    derived: Mapping[str, Derived] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    documents: tuple[Document, ...] = ()
    parts: Mapping[str, Part] = field(default_factory=dict)
    channels: tuple[Channel, ...] = ()
    contacts: tuple[Contact, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    window: Window | None = None
    fees: tuple[Fee, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    letters: tuple[Letter, ...] = ()
    after_sending: AfterSending = field(default_factory=AfterSending)
