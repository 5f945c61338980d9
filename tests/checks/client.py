"""A test client that looks at every HTML page it receives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.locale import SOURCE, available
from tests.checks.page import RULES, check_page

OPT_OUTS: dict[str, tuple[str, int]] = {}
"""Rules that tests may set aside: name to (reason, number of places). A test compares it with the places that do."""


class CheckedClient(FlaskClient):
    """Use as `app.test_client_class = CheckedClient`. `locale` is read from the address, French where it says none."""

    without: frozenset[str] = frozenset()

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        for reply in (*response.history, response):
            self._check(reply)
        return response

    @contextmanager
    def without_rule(self, name: str) -> Iterator[None]:
        """Set one rule aside for the requests inside. It must be in `OPT_OUTS`, with its reason."""
        if name not in RULES or name not in OPT_OUTS:
            raise ValueError(f"« {name} » is not a rule that may be set aside; see OPT_OUTS")
        before, self.without = self.without, self.without | {name}
        try:
            yield
        finally:
            self.without = before

    def _check(self, reply: TestResponse) -> None:
        empty = reply.request.method == "HEAD" or reply.status_code in (204, 304) or 300 <= reply.status_code < 400
        if reply.mimetype != "text/html" or empty or not reply.data:
            return
        locale = locale_of(reply.request.path)
        # An address in a language that the service does not speak gets its error page in French.
        unknown = locale not in {language.code for language in available()}
        check_page(
            reply.get_data(as_text=True),
            url=reply.request.path,
            locale=SOURCE if reply.status_code == 404 and unknown else locale,
            status=reply.status_code,
            full=is_full(reply),
            without=self.without,
        )


def is_full(reply: TestResponse) -> bool:
    """Whether the request asked for a whole page: not htmx, or htmx restoring its history."""
    headers = reply.request.headers
    return headers.get("HX-Request") != "true" or headers.get("HX-History-Restore-Request") == "true"


def locale_of(path: str) -> str:
    found = re.match(r"/([a-z]{2,3}(?:-[A-Z][A-Za-z]+)?)(?:/|$)", path)
    return found[1] if found else "fr"
