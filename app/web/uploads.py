"""Requests whose uploads wait in an encrypted spool: Werkzeug would write large parts to a clear temporary file."""

from __future__ import annotations

from typing import IO, cast

from app.web.htmx import RequestBase
from app.web.site import site


class StreamingRequest(RequestBase):
    """A request of this application."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return cast(IO[bytes], site().store.spool())
