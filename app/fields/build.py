"""The two things that the rest of Guichet asks of fields: the form of a page, and an answer in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.fields import lines as answers_in_words
from app.fields.field import FormData
from app.fields.form import BoundForm, Typed, bind
from app.fields.wording import Held, SourceTexts, Texts, Words
from app.journey.model import Stop
from app.spec.model import Field, Procedure

MOST_PROCEDURES = 256
_kept: dict[tuple[int, str, type], tuple[Procedure, Held, dict[str, Field]]] = {}


@dataclass(frozen=True, slots=True)
class PageForm:
    """The questions of one stop in one language, not yet bound to a person."""

    fields: tuple[Field, ...]
    words: Words
    known: Mapping[str, Field]

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
        )


def build_form(stop: Stop, procedure: Procedure, locale: str, *, texts: Texts | None = None) -> PageForm:
    """The form of a stop. `texts` fills the placeholders of labels and hints; None: they have none."""
    words, known = _words(procedure, locale, texts)
    return PageForm(stop.fields, words, known)


def display(field: Field, value: Any, locale: str, procedure: Procedure) -> Sequence[str]:
    """The lines of a stored answer, in the reader's language."""
    words, _known = _words(procedure, locale, None)
    return answers_in_words.display(field, value, words)


def _words(procedure: Procedure, locale: str, texts: Texts | None) -> tuple[Words, Mapping[str, Field]]:
    """The words of a procedure in a language, with the texts that were already looked up, and its questions by id."""
    spoken = SourceTexts(locale) if texts is None else texts
    key = (id(procedure), locale, type(spoken))
    kept = _kept.get(key)
    if kept is None or kept[0] is not procedure:
        if len(_kept) >= MOST_PROCEDURES:
            _kept.pop(next(iter(_kept)))
        questions = {question.id: question for step in procedure.steps for question in step.fields}
        kept = _kept[key] = (procedure, {}, questions)
    return Words(locale, spoken, kept[1]), kept[2]
