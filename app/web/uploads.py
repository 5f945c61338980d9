"""Requests whose uploads wait in an encrypted spool: Werkzeug would write large parts to a clear temporary file."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, cast

from app.web.form_text import StrictForms
from app.web.htmx import RequestBase
from app.web.site import site

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class StreamingRequest(RequestBase):
    """A request of this application. Its spools go with it, also those of a form that could not be read to its end."""

    form_data_parser_class = StrictForms

    def __init__(self, environ: WSGIEnvironment, populate_request: bool = True, shallow: bool = False) -> None:
        super().__init__(environ, populate_request, shallow)
        self._spools: list[IO[bytes]] = []

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        spool = cast(IO[bytes], site().store.spool())
        self._spools.append(spool)
        return spool

    def close(self) -> None:
        super().close()
        for spool in self._spools:
            spool.close()
