"""The one WTForms field: it gathers the text of a kind's controls and lets the kind read it.

A prototype is built once per question; each request works on a copy, which costs a few microseconds where building a
WTForms field anew costs dozens.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import wtforms
from wtforms.utils import unset_value

from app.kinds import text as specify_kind
from app.kinds.base import UNKNOWN, Kind, Problem, Value
from app.kinds.registry import KINDS
from app.spec.model import Choice, Field

UNKNOWN_CHOICE = "__unknown"
"""Sent by the radio button "I do not know": a button among the others, since a radio cannot be unticked."""

SPECIFY = "__specify"


class FormData(Protocol):
    """What was sent: several texts by control name."""

    def __contains__(self, name: object) -> bool: ...

    def getlist(self, name: str) -> list[str]: ...


@dataclass(slots=True)
class Context:
    """What reading an answer may need besides its own text.

    `answers` are the stored ones of the page (of its item on a repeat), `around` the whole draft's, `valid` those of
    the page read so far.
    """

    today: date
    answers: Mapping[str, Any]
    around: Mapping[str, Any]
    valid: dict[str, Any] = field(default_factory=dict)

    def answer(self, name: str) -> Any:
        """The answer to another question, the freshest first; None when there is none."""
        for held in (self.valid, self.answers, self.around):
            found = held.get(name)
            if found is not None:
                return found
        return None


class KindField(wtforms.Field):
    """A question on a page. After `validate`: `value`, `problems`, `advice`, `specified`."""

    spec: Field
    kind: Kind
    controls: Mapping[str, str]
    choice_ids: tuple[str, ...]
    specifying: tuple[Choice, ...]

    def __init__(self, spec: Field, **bound: Any) -> None:
        super().__init__(label=spec.id, **bound)
        self.spec = spec
        self.kind = KINDS[spec.kind]
        self.controls = {part: f"{spec.id}-{part}" if part else spec.id for part in self.kind.parts}
        self.choice_ids = tuple(choice.id for choice in spec.choices)
        self.specifying = tuple(choice for choice in spec.choices if choice.specify is not None)
        alone = [choice.id for choice in spec.choices if choice.exclusive]
        self.fixed_settings = {**spec.settings, "exclusive": alone} if alone else spec.settings
        self.unknown_is_choice = spec.unknown is not None and spec.kind in ("radios", "yes_no")
        self._reset()

    def _reset(self) -> None:
        self.typed: dict[str, list[str]] = {}
        self.texts: list[str] = []
        self.unknown_ticked = self.same_ticked = False
        self.value: Value | None = None
        self.specified: str | None = None
        self.problems: tuple[Problem, ...] = ()
        self.advice: tuple[Problem, ...] = ()
        self.page_errors: list[str] = []

    def copy(self) -> KindField:
        """A fresh field for one request: nothing typed, nothing read."""
        # Not `KindField.__new__`: WTForms makes that an unbound field.
        twin: KindField = object.__new__(KindField)
        twin.__dict__.update(self.__dict__)
        twin.errors = []
        twin._reset()
        return twin

    def names(self) -> Iterable[str]:
        """Every control name that this question may send."""
        yield from self.controls.values()
        if self.spec.unknown is not None:
            yield f"{self.spec.id}__unknown"
        if self.spec.same_as is not None:
            yield f"{self.spec.id}__same"
        if self.specifying:
            yield self.spec.id + SPECIFY

    def sent(self) -> Iterable[tuple[str, list[str]]]:
        """What the person sent, control by control: what `process` takes again."""
        name = self.spec.id
        for part, texts in self.typed.items():
            yield self.controls[part], list(texts)
        if self.unknown_ticked:
            yield (name, [UNKNOWN_CHOICE]) if self.unknown_is_choice else (f"{name}__unknown", ["yes"])
        if self.same_ticked:
            yield f"{name}__same", ["yes"]
        if self.texts:
            yield name + SPECIFY, list(self.texts)

    def process(self, formdata: FormData | None, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Take what was sent, else show the stored answer `data`, a pair (value, text of "which one?")."""
        self.process_errors: list[str] = []
        if formdata is not None:
            self._take(formdata)
        elif data is not unset_value:
            self._show(*data)

    def _take(self, sent: FormData) -> None:
        name = self.spec.id
        self.typed = {part: sent.getlist(control) for part, control in self.controls.items() if control in sent}
        if self.spec.unknown is not None:
            self.unknown_ticked = f"{name}__unknown" in sent
            if self.unknown_is_choice and UNKNOWN_CHOICE in self.typed.get("", ()):
                self.unknown_ticked, self.typed = True, {}
        if self.spec.same_as is not None:
            self.same_ticked = f"{name}__same" in sent
        if self.specifying:
            self.texts = sent.getlist(name + SPECIFY)

    def _show(self, value: Value | None, specified: str | None) -> None:
        if value == UNKNOWN:
            self.unknown_ticked = True
        elif value is not None:
            self.typed = self.kind.raw(value, self.fixed_settings)
        if specified and self.specifying:
            chosen = [place for place, choice in enumerate(self.specifying) if choice.id in self.typed.get("", ())]
            self.texts = [""] * len(self.specifying)
            self.texts[chosen[0] if chosen else 0] = specified

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        context: Context = form.context
        if not (self.same_ticked and self._same(context)):
            self._read(context)
        if self.value is None and self.spec.required and not self.problems:
            self.problems = (Problem("required"),)
        self.errors = [problem.code for problem in self.problems]
        if not self.problems:
            context.valid[self.spec.id] = self.value
        return not self.problems

    def _same(self, context: Context) -> bool:
        """Take the answer of the other question, when there is one that fits this question."""
        other = context.answer(self.spec.same_as or "")
        if other is None or other == UNKNOWN:
            return False
        settings = self.settings(context)
        shown = self.kind.raw(other, settings)
        parsed = self.kind.parse(shown, settings, choices=self.choice_ids, today=context.today)
        if parsed.value is None:
            return False
        self.value, self.advice = parsed.value, parsed.advice
        return True

    def _read(self, context: Context) -> None:
        if self.unknown_ticked:
            typed = any(text.strip() for texts in self.typed.values() for text in texts)
            if typed and not self.unknown_is_choice:
                self.problems = (Problem("unknown_and_value"),)
            else:
                self.value = dict(UNKNOWN)
            return
        parsed = self.kind.parse(self.typed, self.settings(context), choices=self.choice_ids, today=context.today)
        self.value, self.problems, self.advice = parsed.value, parsed.problems, parsed.advice
        if self.specifying and not self.problems:
            self._read_specified(context)

    def _read_specified(self, context: Context) -> None:
        chosen: Sequence[Any] = self.value if isinstance(self.value, list) else [self.value]
        for place, choice in enumerate(self.specifying):
            if choice.id not in chosen:
                continue
            text = self.texts[place] if place < len(self.texts) else ""
            parsed = specify_kind.KIND.parse({"": [text]}, {}, today=context.today)
            code = parsed.problems[0].code if parsed.problems else "required"
            if parsed.value is None:
                params = dict(parsed.problems[0].params) if parsed.problems else {}
                self.problems = (Problem(f"specify_{code}", specify_part(place), {**params, "specify": choice.id}),)
                self.value = None
                return
            self.specified = f"{self.specified} ; {parsed.value}" if self.specified else str(parsed.value)

    def settings(self, context: Context) -> Mapping[str, Any]:
        """The author's settings; limits that name another date question hold that question's answer."""
        if self.spec.kind != "date":
            return self.fixed_settings
        resolved = dict(self.fixed_settings)
        for key in ("not_after", "not_before"):
            limit = resolved.get(key)
            if isinstance(limit, str) and limit != "today" and not limit[:1].isdigit():
                resolved[key] = context.answer(limit)
        return resolved

    def faulty_control(self) -> str:
        """The HTML id of the first control to correct."""
        return self.control_id(self.problems[0].part if self.problems else None)

    def control_id(self, part: str | None) -> str:
        """The HTML id of the control that a problem is about; of the first one for None."""
        if part is not None and part.startswith(SPECIFY):
            return self.spec.id + part
        return self.controls[self._first_part() if part is None else part]

    def _first_part(self) -> str:
        """The part whose control stands first on the page: an address only in France asks no kind."""
        if self.spec.kind == "address" and not (
            self.spec.settings.get("allow_abroad") or self.spec.settings.get("allow_none")
        ):
            return "care_of"
        return self.kind.parts[0]


def specify_part(place: int) -> str:
    """Suffix of the id of the n-th "which one?" box, from 0; its control name has none."""
    return SPECIFY if place == 0 else f"{SPECIFY}-{place + 1}"
