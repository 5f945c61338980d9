"""Words for authors in both languages of the tool."""

from __future__ import annotations

from typing import Literal, Self

Language = Literal["fr", "en"]


class Phrase(str):
    """A French wording that knows its English one. It is the French text wherever text is wanted, so that only what
    chooses a language has to know of it.
    """

    __slots__ = ("english",)
    english: str

    def __new__(cls, french: str, english: str) -> Self:
        made = super().__new__(cls, french)
        made.english = english
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        return type(self), (str(self), self.english)


def said(text: str, language: Language) -> str:
    """A text in a language; a text that is the same in both stays what it is."""
    return text.english if language == "en" and isinstance(text, Phrase) else str(text)


def filled(template: str, **params: object) -> Phrase:
    """A template with its blanks filled, in both languages."""
    english = {name: said(value, "en") if isinstance(value, str) else value for name, value in params.items()}
    return Phrase(str(template).format(**params), said(template, "en").format(**english))


def joined(*texts: str) -> Phrase:
    """Sentences one after the other, empty ones left out."""
    kept = [text for text in texts if text]
    return Phrase(" ".join(map(str, kept)), " ".join(said(text, "en") for text in kept))


def either(words: list[str]) -> Phrase:
    """« a, b ou c »."""
    return Phrase(_either(list(map(str, words)), "ou"), _either([said(word, "en") for word in words], "or"))


def _either(words: list[str], between: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {between} {words[-1]}" if words else ""
