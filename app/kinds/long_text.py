"""Several lines of text. Value: str with line feeds. Settings `max_length` (characters, 2000) and `rows` (shown height,
5).
"""

from __future__ import annotations

from collections.abc import Sequence

from app.kinds.base import Example, Parsed, Settings
from app.kinds.single import SingleKind, wrong
from app.kinds.typed import has_control, lines

LENGTH = 2000
ROWS = 5


class _LongText(SingleKind):
    name = "long_text"
    error_codes = ("required", "too_long", "characters")
    examples = (
        Example({"": ["Bonjour,\r\n\r\nmon dossier est bloqué.  \r\n"]}, "Bonjour,\n\nmon dossier est bloqué."),
        Example({"": ["\r\n"]}, code="required"),
        Example({"": ["abcdef"]}, code="too_long", settings={"max_length": 5}),
        Example({"": ["a\x07b"]}, code="characters"),
    )

    def clean(self, text: str) -> str:
        return lines(text)

    def read(self, text: str, settings: Settings, choices: Sequence[str]) -> Parsed:
        if has_control(text):
            return wrong("characters")
        longest = int(settings.get("max_length", LENGTH))
        if len(text) > longest:
            return wrong("too_long", max=longest, length=len(text))
        return Parsed(text)


KIND = _LongText()
