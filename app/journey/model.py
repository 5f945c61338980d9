"""What a procedure comes to for one person on one day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from app.kinds.base import Value
from app.spec.model import (
    Channel,
    Check,
    Condition,
    Declaration,
    Document,
    Due,
    Fee,
    Field,
    Letter,
    Level,
    Note,
    Outcome,
    Page,
    Period,
    Remedy,
    Silence,
    Step,
)

Answers = Mapping[str, Any]
"""By field id; a repeat step's id holds `[{"id": "1", "answers": {field id: value}}, …]`; `<field>__specify` holds a
text.
"""


@dataclass(frozen=True, slots=True)
class Stop:
    """One page on the path. `item` is the item's id on a repeat; `key` is its address below the draft
    (`children/1/birth`).
    """

    step: Step
    page: Page
    item: str | None = None
    fields: tuple[Field, ...] = ()
    """Those of the page that are asked of this person."""
    notes: tuple[Note, ...] = ()
    key: str = ""
    answered: bool = False
    """Every required question asked here has a valid answer and no error check fires."""
    is_list: bool = False
    """The add-another page of a repeat: `page` then has no field to fill."""


@dataclass(frozen=True, slots=True)
class NeededDocument:
    """`key` names it among the draft's files: the document id, or `<document id>/<item id>`."""

    document: Document
    level: Level
    key: str
    item: str | None = None
    item_label: str | None = None
    satisfied: bool = False
    """By the answer of the field named in `satisfied_by`."""
    dated_from: date | None = None
    """The earliest day it may bear if filed on the journey's day; None where no age is asked, or none known that day.
    """

    @property
    def due(self) -> Due:
        return self.document.due


@dataclass(frozen=True, slots=True)
class FeeDue:
    fee: Fee
    period: Period | None
    """None where the fact has no current value: its fallback is shown."""


@dataclass(frozen=True, slots=True)
class WindowState:
    opens: date | None
    closes: date | None
    state: Literal["early", "open", "late", "unknown"]
    late: FeeDue | None = None
    """What is to be paid besides by those who file after the last day; once it is over, also one of the fees."""


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    check: Check
    key: str
    """Where it is shown: the key of a stop."""


@dataclass(frozen=True, slots=True)
class SilenceDate:
    silence: Silence
    falls_on: date | None

    def over(self, today: date) -> bool:
        """Whether the day is behind the reader; on the last day itself, an answer may still come."""
        return self.falls_on is not None and self.falls_on < today


@dataclass(frozen=True, slots=True)
class Journey:
    """Everything that follows from (procedure, answers, today). Pure data; recomputed on every request.

    `path` holds the stops in order, up to a `stop` outcome. `answers` are only those asked and answered: what may be
    read, shown on check answers and sent. `aside` names what is kept and not asked now: a field, a repeat, an item of
    one (`<repeat>/<item>`) or an answer inside one (`<repeat>/<item>/<field>`).
    """

    today: date
    path: tuple[Stop, ...]
    answers: Answers
    aside: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    stopped_by: Outcome | None = None
    documents: tuple[NeededDocument, ...] = ()
    channels: tuple[Channel, ...] = ()
    fees: tuple[FeeDue, ...] = ()
    window: WindowState | None = None
    declarations: tuple[Declaration, ...] = ()
    letters: tuple[Letter, ...] = ()
    advice: tuple[ShownAdvice, ...] = ()
    errors: tuple[ShownAdvice, ...] = ()
    """Cross-field checks of level error that hold; their page is then not answered."""
    beyond: tuple[tuple[str, str], ...] = ()
    """Keys of stops and ids of dates that lie beyond another answer; their page is then not answered either."""
    derived: Mapping[str, Value | date | None] = field(default_factory=dict)
    facts: Mapping[str, Period | None] = field(default_factory=dict)
    silence: tuple[SilenceDate, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    _late: Mapping[str, Callable[[], Any]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _places: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _steps: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def walked(cls, late: Mapping[str, Callable[[], Any]], **known: Any) -> Journey:
        """A journey whose `late` parts are worked out when one is first looked at: most requests look at few."""
        journey = object.__new__(cls)
        for name, value in known.items():
            object.__setattr__(journey, name, value)
        for name, value in (("_late", late), ("_places", {}), ("_steps", {})):
            object.__setattr__(journey, name, value)
        return journey

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Asked only for what is not set: a late part, once.
            if name == "_late" or name not in self._late:
                raise AttributeError(name)
            value = self._late[name]()
            object.__setattr__(self, name, value)
            return value

    @property
    def outstanding(self) -> Stop | None:
        """The first stop that still needs an answer; None when the questions are done."""
        return next((stop for stop in self.path if not stop.answered), None)

    @property
    def places(self) -> Mapping[str, int]:
        """Where each stop stands on the path, by its key."""
        if not self._places:
            self._places.update((stop.key, place) for place, stop in enumerate(self.path))
        return self._places

    @property
    def steps(self) -> Mapping[str, int]:
        """The number of each step of the path, from 1, by its id."""
        if not self._steps:
            ids = dict.fromkeys(stop.step.id for stop in self.path)
            self._steps.update((step, number) for number, step in enumerate(ids, 1))
        return self._steps

    def faulty(self, key: str) -> bool:
        """Whether the answers of a page contradict each other, or an answer given before."""
        return any(shown.key == key for shown in self.errors) or any(place == key for place, _ in self.beyond)

    @property
    def complete(self) -> bool:
        """All questions answered and no stop outcome."""
        return self.stopped_by is None and self.outstanding is None


ConditionLike = Condition | None
