"""The two things that the rest of Guichet asks of fields: the form of a page, and an answer in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.fields import lines as answers_in_words
from app.fields.blank import Blanks
from app.fields.field import FormData
from app.fields.form import BoundForm, Typed, bind, slips
from app.fields.wording import Held, SourceTexts, Texts, Words
from app.journey.model import Stop
from app.kinds.registry import KINDS
from app.spec.model import Field, Procedure
from app.spec.model.shelf import kept


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is the same for every person: of one revision, in one language, with one way of filling placeholders."""

    questions: Mapping[str, Field]
    words: Held = field(default_factory=dict)
    blanks: Blanks = field(default_factory=Blanks)


@dataclass(frozen=True, slots=True)
class PageForm:
    """The questions of one stop in one language, not yet bound to a person."""

    fields: tuple[Field, ...]
    words: Words
    known: Mapping[str, Field]
    blanks: Blanks

    def bind(
        self,
        typed: FormData | None,
        answers: Mapping[str, Any],
        pending: Mapping[str, list[str]] | None,
        today: date,
        *,
        around: Mapping[str, Any] | None = None,
    ) -> BoundForm:
        """`typed` is what was just sent; else `pending`, kept exactly as it was typed; else the stored `answers` of the
        page.

        `around` are the draft's answers, for "the same as".
        """
        sent = (
            Typed({name: list(texts) for name, texts in pending.items()})
            if typed is None and pending is not None
            else typed
        )
        return bind(
            self.fields,
            self.words,
            typed=sent,
            answers=answers,
            today=today,
            around=answers if around is None else around,
            known=self.known,
            blanks=self.blanks,
        )

    def advice(self, answers: Mapping[str, Any], today: date) -> Iterator[str]:
        """What may be a slip in the stored `answers` of the page, in words."""
        for question in self.fields:
            value = answers.get(question.id)
            if value is not None and KINDS[question.kind].advice_codes:
                for slip in slips(question, value, today):
                    yield self.words.problem(question, slip)


def build_form(stop: Stop, procedure: Procedure, locale: str, *, texts: Texts | None = None) -> PageForm:
    """The form of a stop. `texts` fills the placeholders of labels and hints; None: they have none."""
    spoken = SourceTexts(locale) if texts is None else texts
    ready = _keep(procedure, locale, type(spoken))
    return PageForm(stop.fields, Words(locale, spoken, ready.words), ready.questions, ready.blanks)


def display(field: Field, value: Any, locale: str, procedure: Procedure) -> Sequence[str]:
    """The lines of a stored answer, in the reader's language."""
    words = Words(locale, SourceTexts(locale), _keep(procedure, locale, SourceTexts).words)
    return answers_in_words.display(field, value, words)


def _keep(procedure: Procedure, locale: str, texts: type) -> _Kept:
    return kept(procedure, ("form", texts), lambda: _ready(procedure), locale=locale)


def _ready(procedure: Procedure) -> _Kept:
    return _Kept({question.id: question for step in procedure.steps for question in step.fields})
