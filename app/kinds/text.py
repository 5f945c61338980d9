"""One line of text. Value: str, NFC, inner spaces single. Setting `max_length` (characters, 120)."""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings
from app.kinds.single import SingleKind, wrong
from app.kinds.typed import has_control

LENGTH = 120


class _Text(SingleKind):
    name = "text"
    error_codes = ("required", "too_long", "characters")
    examples = (
        Example({"": ["  Saint-Louis   du Sénégal "]}, "Saint-Louis du Sénégal"),
        Example({"": ["داكار"]}, "داكار"),
        Example({"": [" "]}, code="required"),
        Example({"": ["abcdef"]}, code="too_long", settings={"max_length": 5}),
        Example({"": ["a\x00b"]}, code="characters"),
    )

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        if has_control(text):
            return wrong("characters")
        longest = int(settings.get("max_length", LENGTH))
        if len(text) > longest:
            return wrong("too_long", max=longest, length=len(text))
        return Parsed(text)


KIND = _Text()
