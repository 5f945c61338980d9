"""Forms whose text is not UTF-8 are refused: Werkzeug alone would keep other words than those that were typed.

Our pages are UTF-8, so every browser sends UTF-8. Other bytes come from a program or a broken link in between. They are
not guessed: nearly any bytes are words in windows-1252, and a name read wrongly would go into a request unseen.
"""

from __future__ import annotations

from typing import IO
from urllib.parse import parse_qsl

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser

Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class NotUtf8(BadRequest):
    """The text of a form is not UTF-8: nothing of the form was taken."""


class StrictForms(FormDataParser):
    """Reads forms as Werkzeug does. Raises `NotUtf8` where that would put other signs for bytes it cannot read."""

    def _parse_urlencoded(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Parsed:
        try:
            items = parse_qsl(stream.read().decode(), keep_blank_values=True, errors="strict")
        except UnicodeDecodeError as error:
            raise NotUtf8 from error
        return stream, self.cls(items), self.cls()

    def _parse_multipart(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Parsed:
        parsed = super()._parse_multipart(stream, mimetype, content_length, options)
        # A real U+FFFD is refused as well: our forms with files hold no text that a person types.
        if any("\ufffd" in text for texts in parsed[1].listvalues() for text in texts):
            raise NotUtf8
        return parsed
