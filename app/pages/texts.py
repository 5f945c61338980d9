"""Authors' texts for one reader: translated, typeset, a small Markdown, placeholders filled in.

What a person typed never passes through Markdown or HTML: placeholders are put in afterwards, escaped, and isolated
with `<bdi>` so that a
name in another script cannot disturb the sentence around it. A text without a translation is shown in its own
language, marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from app.journey.facts import period_on
from app.journey.model import Journey
from app.locale import (
    country_name,
    dir_of,
    foreign,
    format_amount,
    format_date,
    format_number,
    messages,
    typography,
    unmarked,
)
from app.spec.model import Fact, Field, Period, Procedure, Text
from app.spec.model.shelf import kept

EMPTY = "…"
"""Stands for an answer or a value that is not there yet."""

_PLACEHOLDER = re.compile(r"\{(today|(?:fact|answer|derived)\.[^{}\s]+)\}")
# Private-use letters hold the place of a value while Markdown is read; none may come from an author.
_OPEN, _CLOSE = "\ue000", "\ue001"
_HELD = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_INLINE_TAGS = {"strong", "em", "a", "br"}
_BLOCK_TAGS = _INLINE_TAGS | {"p", "ul", "ol", "li"}
_SCHEMES = {"http", "https", "tel", "mailto"}

_markdown = MarkdownIt("zero", {"html": False}).enable(["list", "emphasis", "link", "autolink", "escape", "newline"])

MOST_TEXTS = 8_000
"""Texts, times languages, that are held as they are shown: about 700 bytes each."""

Form = Literal["inline", "block", "plain"]
Pieces = tuple[str, ...]
"""Text and placeholder names in turn: the odd ones are names."""


class TextRenderer:
    """Renders the texts of a procedure for a reader and, with `journey`, for a person.

    `item` is the id of the repeat's item that the text stands in: `{answer.x}` reads it first. `today` is the day for
    facts when there is no
    journey; without it, the present day.
    """

    def __init__(
        self,
        procedure: Procedure,
        locale: str,
        journey: Journey | None = None,
        item: str | None = None,
        *,
        today: date | None = None,
    ) -> None:
        self._procedure = procedure
        self._locale = locale
        self._journey = journey
        self._item = item
        self._today = today or (journey.today if journey is not None else None)
        self.varied = False
        """Whether a text that was rendered held a value: an answer, a fact, a day."""

    @property
    def locale(self) -> str:
        """The language of the reader."""
        return self._locale

    def inline(self, text: Text) -> Markup:
        """One line of HTML: emphasis and links only."""
        return self._html(text, "inline", "span")

    def block(self, text: Text) -> Markup:
        """Paragraphs and lists of HTML."""
        return self._html(text, "block", "div")

    def plain(self, text: Text) -> str:
        """The words alone, for papers, letters, titles; a link comes with its address, a list item starts a line."""
        language, pieces = _pieces(text.source, text.context, self._locale, self._procedure.language, "plain")
        parts = (self._value(part, language) if place % 2 else part for place, part in enumerate(pieces))
        shown = pieces[0] if len(pieces) == 1 else "".join(map(unmarked, parts))
        return shown if language == self._locale else foreign(shown, language)

    def _html(self, text: Text, form: Form, element: str) -> Markup:
        language, pieces = _pieces(text.source, text.context, self._locale, self._procedure.language, form)
        shown = (
            pieces[0]
            if len(pieces) == 1
            else "".join(self._isolated(part, language) if place % 2 else part for place, part in enumerate(pieces))
        )
        if language != self._locale:
            shown = f'<{element} lang="{language}" dir="{dir_of(language)}">{shown}</{element}>'
        return Markup(shown)  # noqa: S704 - sanitised by nh3; values are escaped one by one

    def _isolated(self, name: str, language: str) -> str:
        value = str(escape(unmarked(self._value(name, language))))
        return value if name == "today" or name.startswith("fact.") else f"<bdi>{value}</bdi>"

    # --- values -------------------------------------------------------------------------------------------------------

    def _value(self, name: str, language: str) -> str:
        self.varied = True
        sort, _, rest = name.partition(".")
        if sort == "today":
            return format_date(self._day(), language)
        if sort == "fact":
            return self._fact(rest, language)
        if sort == "derived":
            return self._derived(rest, language)
        return self._answer(rest, language)

    def _day(self) -> date:
        return self._today or datetime.now(UTC).date()

    def _fact(self, name: str, language: str) -> str:
        fact = self._procedure.facts.get(name)
        if fact is None:
            return EMPTY
        if fact.conflict:
            values = dict.fromkeys(_period(period, language) for period in fact.conflict)
            word = messages(language).gettext("ou")
            return f" {word} ".join(values) + _to_check(language)
        period = self._period_of(fact)
        if period is None:
            if fact.fallback is not None:
                return TextRenderer(self._procedure, language, today=self._today).plain(fact.fallback)
            return messages(language).gettext("valeur à vérifier")
        return _period(period, language) + (_to_check(language) if period.needs_review or period.starts_unknown else "")

    def _period_of(self, fact: Fact) -> Period | None:
        if self._journey is not None:
            return self._journey.facts.get(fact.name)
        return period_on(fact, self._day() if fact.as_of == "started" else None)

    def _derived(self, written: str, language: str) -> str:
        name, _, column = written.partition(".")
        value = self._journey.derived.get(name) if self._journey is not None else None
        if isinstance(value, Mapping):
            value = value.get(column)
        if value is None:
            return EMPTY
        if isinstance(value, date):
            return format_date(value, language)
        return format_number(value, language) if isinstance(value, int | Decimal) else str(value)

    def _answer(self, written: str, language: str) -> str:
        question, part = self._question(written)
        value = None if question is None else self._given(question)
        if question is None or value is None:
            return EMPTY
        if part is not None:
            found = value.get(part) if isinstance(value, Mapping) else None
            return EMPTY if found is None else country_name(str(found), language) if part == "country" else str(found)
        # Imported when an answer is shown: pages without answers do not need the forms.
        from app.fields import display

        return ", ".join(display(question, value, language, self._procedure)) or EMPTY

    def _question(self, written: str) -> tuple[Field | None, str | None]:
        """The question of a placeholder, and the part of its answer that is read."""
        questions = _questions(self._procedure)
        if written in questions:
            return questions[written], None
        name, _, part = written.rpartition(".")
        return questions.get(name), part

    def _given(self, question: Field) -> Any:
        if self._journey is None:
            return None
        answers = self._journey.answers
        if self._item is not None and question.id in _sources(self._procedure):
            ticked = answers.get(question.id)
            return [self._item] if isinstance(ticked, list) and self._item in ticked else ticked
        step = _repeats(self._procedure).get(question.id) if self._item is not None else None
        if step is not None:
            items = answers.get(step, ())
            inside: Mapping[str, Any] = next((item["answers"] for item in items if item["id"] == self._item), {})
            if question.id in inside:
                return inside[question.id]
        return answers.get(question.id)


def _period(period: Period, language: str) -> str:
    if isinstance(period.value, date):
        return format_date(period.value, language)
    if isinstance(period.value, int | Decimal):
        return format_amount(period.value, period.unit, language)
    return f"{period.value} {period.unit}" if period.unit else period.value


def _to_check(language: str) -> str:
    return " " + messages(language).gettext("(à vérifier)")


_Index = tuple[dict[str, Field], dict[str, str], frozenset[str]]


def _index(procedure: Procedure) -> _Index:
    return kept(procedure, "texts", lambda: _made(procedure))


def _made(procedure: Procedure) -> _Index:
    questions = {question.id: question for step in procedure.steps for question in step.fields}
    repeats = {question.id: step.id for step in procedure.steps if step.repeat for question in step.fields}
    each = [step.repeat.for_each for step in procedure.steps if step.repeat is not None]
    each += [document.for_each for document in procedure.documents]
    return questions, repeats, frozenset(name for name in each if name)


def _questions(procedure: Procedure) -> dict[str, Field]:
    return _index(procedure)[0]


def _repeats(procedure: Procedure) -> dict[str, str]:
    return _index(procedure)[1]


def _sources(procedure: Procedure) -> frozenset[str]:
    """Questions with boxes of which each ticked choice is an item: inside it, their answer is this choice."""
    return _index(procedure)[2]


@lru_cache(maxsize=MOST_TEXTS)
def _pieces(source: str, context: str, locale: str, own: str, form: Form) -> tuple[str, Pieces]:
    """The language a text is shown in, and its pieces. Kept by what they are made of, so a new revision shares what
    did not change.
    """
    catalogue = messages(locale)
    bare = not _PLACEHOLDER.sub("", source).strip()
    language = locale if bare or locale == own or catalogue.translated(context, source) else own
    written = typography(catalogue.pgettext(context, source) if language != own else source, language)
    names: list[str] = []

    def hold(found: re.Match[str]) -> str:
        names.append(found.group(1))
        return f"{_OPEN}{len(names) - 1}{_CLOSE}"

    held = _PLACEHOLDER.sub(hold, written.replace(_OPEN, "").replace(_CLOSE, ""))
    made = _FORMS[form](held)
    parts = _HELD.split(made)
    return language, tuple(names[int(part)] if place % 2 else part for place, part in enumerate(parts))


def _inline_html(source: str) -> str:
    return _clean(_markdown.renderInline(source), _INLINE_TAGS)


def _block_html(source: str) -> str:
    return _clean(_markdown.render(source), _BLOCK_TAGS).strip()


def _clean(html: str, tags: set[str]) -> str:
    cleaned = nh3.clean(html, tags=tags, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)
    return cleaned.replace("&nbsp;", "\u00a0")


def _plain_text(source: str) -> str:
    if "\n" not in source.strip():
        return _words(_markdown.parseInline(source.strip()))
    return _words(_markdown.parse(source)).strip()


def _words(tokens: list[Token]) -> str:
    """The words of parsed Markdown. Each list item begins its own line with a dash or its number."""
    out: list[str] = []
    number: list[int | None] = []
    for token in tokens:
        match token.type:
            case "inline":
                out.append(_inline_words(token.children or []))
            case "bullet_list_open":
                number.append(None)
            case "ordered_list_open":
                number.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                number.pop()
                out.append("" if number else "\n")
            case "list_item_open":
                now = number[-1]
                out.append("  " * (len(number) - 1) + ("- " if now is None else f"{now}. "))
                number[-1] = None if now is None else now + 1
            case "paragraph_close":
                out.append("\n" if token.hidden or number else "\n\n")
    return "".join(out)


def _inline_words(tokens: list[Token]) -> str:
    out: list[str] = []
    for place, token in enumerate(tokens):
        match token.type:
            case "text":
                out.append(token.content)
            case "softbreak":
                out.append(" ")
            case "hardbreak":
                out.append("\n")
            case "link_close":
                opened = next(t for t in reversed(tokens[:place]) if t.type == "link_open")
                address = str(opened.attrGet("href")).removeprefix("mailto:").removeprefix("tel:")
                if address not in "".join(out):
                    out.append(f" ({address})")
            case _:
                pass
    return "".join(out)


_FORMS = {"inline": _inline_html, "block": _block_html, "plain": _plain_text}
