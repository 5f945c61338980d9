"""Words shown around answers: authors' texts in the reader's language, our own words, our messages."""

from __future__ import annotations

from typing import Literal, Protocol, cast

from markupsafe import Markup, escape

from app import locale as locales
from app.fields.messages import message
from app.kinds.base import Problem
from app.spec.model import Field, Text

Form = Literal["plain", "inline", "block"]
Held = dict[tuple[Form, str, str], "str | Markup"]


class Texts(Protocol):
    """Gives an author's text in the reader's language with its placeholders filled."""

    def plain(self, text: Text) -> str: ...

    def inline(self, text: Text) -> Markup: ...

    def block(self, text: Text) -> Markup: ...


def _rendered(texts: Texts, form: Form, text: Text) -> str | Markup:
    if form == "plain":
        return texts.plain(text)
    return texts.inline(text) if form == "inline" else texts.block(text)


class SourceTexts:
    """Authors' texts in the reader's language, placeholders left as they are: for texts that have none."""

    def __init__(self, locale: str) -> None:
        self._messages = locales.messages(locale)
        self._locale = locale

    def plain(self, text: Text) -> str:
        return locales.typography(self._messages.pgettext(text.context, text.source), self._locale)

    def inline(self, text: Text) -> Markup:
        return escape(self.plain(text))

    def block(self, text: Text) -> Markup:
        paragraphs = self.plain(text).split("\n\n")
        return Markup("").join(Markup("<p>{}</p>").format(paragraph.strip()) for paragraph in paragraphs)


class Words:
    """The words of one page for one reader. `held` keeps texts without placeholders, which never change for a revision
    and a language.
    """

    def __init__(self, locale: str, texts: Texts, held: Held) -> None:
        self.locale = locale
        self.texts = texts
        self.held = held

    def plain(self, text: Text) -> str:
        """The text without any mark-up: for messages and for the lines of lists."""
        return str(self._fetch("plain", text))

    def inline(self, text: Text) -> Markup:
        """The text as a line of HTML, with its own language where it has no translation."""
        return cast(Markup, self._fetch("inline", text))

    def hint(self, text: Text | None) -> Markup | None:
        return None if text is None else self.inline(text)

    def block(self, text: Text | None) -> Markup | None:
        return None if text is None else cast(Markup, self._fetch("block", text))

    def _fetch(self, form: Form, text: Text) -> str | Markup:
        if "{" in text.source:
            return _rendered(self.texts, form, text)
        key = (form, text.context, text.source)
        found = self.held.get(key)
        if found is None:
            found = self.held[key] = _rendered(self.texts, form, text)
        return found

    def say(self, source: str, **params: str | int) -> str:
        """One of our own words or messages, translated, filled, with the spaces its language wants."""
        translated = locales.messages(self.locale).typeset(source)
        return locales.typography(translated.format(**params) if params else translated, self.locale)

    def problem(self, field: Field, problem: Problem) -> str:
        """The message for what is wrong with the answer to `field`; the author's own where there is one."""
        own = field.errors.get(problem.code)
        if own is not None:
            return self.plain(own)
        return self.say(message(field.kind, _variant(problem)), **self._params(field, problem))

    def _params(self, field: Field, problem: Problem) -> dict[str, str | int]:
        params: dict[str, str | int] = {**problem.params, "label": self.plain(field.label)}
        if "limit" in params:
            params["limit"] = locales.format_date(str(params["limit"]), self.locale)
        if field.unknown is not None:
            params["unknown"] = self.plain(field.unknown)
        for choice in field.choices:
            if params.get("exclusive") == choice.id:
                params["exclusive"] = self.plain(choice.label)
            if choice.specify is not None and params.get("specify") == choice.id:
                params["specify"] = self.plain(choice.specify)
        return params


def _variant(problem: Problem) -> str:
    return f"{problem.code}_today" if problem.params.get("today") else problem.code
