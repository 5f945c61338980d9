"""A page of questions bound to one person: what they typed or had answered, what is wrong with it, how it is drawn.

WTForms binds and validates; the kinds read; the templates draw. Built from data, never from class attributes: a
question may be called `data` or `errors`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup, escape
from wtforms.form import BaseForm

from app.fields.blank import Blanks, Filled
from app.fields.field import SPECIFY, Context, FormData, KindField
from app.fields.lines import display
from app.fields.parameters import Bound, Component, faults
from app.fields.wording import Words
from app.kinds.base import UNKNOWN, Problem, Value
from app.spec.model import Field

MOST_PROTOTYPES = 20_000
_prototypes: dict[int, tuple[Field, KindField]] = {}
_unbound = BaseForm({})


def _(source: str) -> str:
    return source


SAME = _("La même réponse que pour « {label} » : {answer}")


class Typed(dict[str, list[str]]):
    """Texts by control name, as WTForms reads them."""

    def getlist(self, name: str) -> list[str]:
        return self.get(name, [])


@dataclass(frozen=True, slots=True)
class FormError:
    """What is wrong with one question: the words that also stand beside it, and the control to correct first."""

    message: str
    control_id: str


class _PageForm(BaseForm):
    """The questions of one page; `context` is what reading an answer may need."""

    context: Context


class BoundForm:
    """A page's questions with one person's text. `validate` first; then `values`, `errors`, `advice`."""

    def __init__(
        self, fields: tuple[Field, ...], words: Words, context: Context, known: Mapping[str, Field], blanks: Blanks
    ) -> None:
        self._words = words
        self._known = known
        self._blanks = blanks
        self._context = context
        self._fields = {spec.id: _prototype(spec).copy() for spec in fields}
        self._form = _PageForm({})
        # Copies of prototypes instead of fields built anew for each request.
        self._form._fields.update(self._fields)
        self._form.context = context

    def process(self, typed: FormData | None, answers: Mapping[str, Any]) -> None:
        """Take what was typed; where nothing was sent, show the stored answers."""
        for name, bound in self._fields.items():
            bound.process(typed, (answers.get(name), answers.get(name + SPECIFY)))

    def validate(self) -> bool:
        """Read every answer. True when all can be saved."""
        return bool(self._form.validate())

    def forgive_blanks(self) -> None:
        """Say nothing of questions that nobody has answered yet, after `validate`."""
        for bound in self._fields.values():
            if not any(text.strip() for _, texts in bound.sent() for text in texts):
                bound.problems = ()

    @property
    def values(self) -> dict[str, Value | None]:
        """The answers that were read, by question; None where there is none, or an invalid one."""
        found: dict[str, Value | None] = {}
        for name, bound in self._fields.items():
            found[name] = bound.value
            if bound.specifying:
                found[name + SPECIFY] = bound.specified
        return found

    @property
    def raw(self) -> dict[str, list[str]]:
        """Exactly what was typed or ticked, by control name: what `process` takes again."""
        return {control: texts for bound in self._fields.values() for control, texts in bound.sent()}

    @property
    def errors(self) -> list[FormError]:
        """One for each question with a fault, in the order of the page; the same words as beside the question."""
        return [
            FormError(" ".join(messages), bound.faulty_control())
            for bound in self._fields.values()
            # Most questions have nothing against them, and `faults` is not asked for nothing.
            if (bound.problems or bound.page_errors) and (messages := faults(self._bound(bound)))
        ]

    @property
    def advice(self) -> list[str]:
        """What may be a slip, in words. It never keeps an answer from being saved."""
        return [self._words.problem(bound.spec, advice) for bound in self._fields.values() for advice in bound.advice]

    def add_error(self, name: str, message: str) -> None:
        """Show `message`, found by a check across questions, at the question `name`; at the last one if it is not on
        the page.
        """
        at = self._fields.get(name) or list(self._fields.values())[-1]
        at.page_errors.append(message)

    def components(self) -> Iterator[Component | Filled]:
        """What the templates draw, question by question."""
        for bound in self._fields.values():
            yield self._blanks.drawn(self._bound(bound))

    def _bound(self, bound: KindField) -> Bound:
        return Bound(bound, self._words, self._same_label(bound.spec))

    def _same_label(self, spec: Field) -> Markup | None:
        """The box "the same as": only when the other question has an answer that this one could take."""
        other = self._known.get(spec.same_as or "")
        value = self._context.answer(spec.same_as) if spec.same_as else None
        if other is None or value is None or value == UNKNOWN:
            return None
        lines = display(other, value, self._words)
        label, answer = self._words.plain(other.label), self._words.say(", ").join(lines)
        return escape(self._words.say(SAME)).format(label=label, answer=Markup("<bdi>{}</bdi>").format(answer))


def bind(
    fields: tuple[Field, ...],
    words: Words,
    *,
    typed: FormData | None,
    answers: Mapping[str, Any],
    today: date,
    around: Mapping[str, Any],
    known: Mapping[str, Field],
    blanks: Blanks,
) -> BoundForm:
    """The form of some questions. `typed` None: show `answers`, those of the page. `around` are the draft's answers and
    `known` its questions, for "the same as".
    """
    form = BoundForm(fields, words, Context(today, answers, around), known, blanks)
    form.process(typed, answers)
    return form


def slips(spec: Field, value: Value, today: date) -> tuple[Problem, ...]:
    """What may be a slip in a stored answer. Limits that another answer sets are not looked at: they are no advice."""
    field = _prototype(spec)
    if value == UNKNOWN:
        return ()
    shown = field.kind.raw(value, field.fixed_settings)
    return field.kind.parse(shown, field.fixed_settings, choices=field.choice_ids, today=today).advice


def _prototype(spec: Field) -> KindField:
    held = _prototypes.get(id(spec))
    if held is None or held[0] is not spec:
        if len(_prototypes) >= MOST_PROTOTYPES:
            _prototypes.pop(next(iter(_prototypes)))
        # The question is kept beside its prototype, so that its identity is not given to another.
        held = _prototypes[id(spec)] = (spec, KindField(spec, name=spec.id, _form=_unbound))
    return held[1]
