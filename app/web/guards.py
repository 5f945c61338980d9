"""What stands before every page: a known language, a draft that this browser may open, a form that this browser was
given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, abort, g, request
from werkzeug.datastructures import MultiDict

from app.locale import available
from app.web import visitor
from app.web.opendraft import OpenDraft, open_draft
from app.web.site import site

View = Callable[..., Response]

MOST_SAME = 300
"""Controls of one name that are read: a box for every country. What a program sends beyond them is not kept."""

_DIGEST = re.compile(r"[0-9a-f.]{1,100}")
_OLD_LINE_ENDS = re.compile("[\x0b\x85]")
_UNTYPABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)


class FormNotOurs(Exception):
    """A POST without the CSRF token of this browser: the page was open before its cookie was removed, or another site
    sent it.
    """


def set_language(locale: str) -> None:
    """Note the language of the address for this request; 404 if the service does not speak it."""
    if locale not in {language.code for language in available()}:
        abort(404)
    g.locale = locale


def in_language(view: View) -> View:
    """For pages without a draft: takes `locale` out of the address."""

    @wraps(view)
    def wrapped(locale: str, **values: Any) -> Response:
        set_language(locale)
        return view(**values)

    return wrapped


def with_draft(view: View) -> View:
    """For pages of a draft: gives the view an `OpenDraft` instead of the parts of the address."""

    @wraps(view)
    def wrapped(locale: str, slug: str, draft: str, **values: Any) -> Response:
        set_language(locale)
        opened = open_draft(slug, draft)
        return view(opened, **values)

    return wrapped


def own_visit(view: View) -> View:
    """For actions without typed text on pages without a draft: refuses a form that this browser was not given."""

    @wraps(view)
    def wrapped(**values: Any) -> Response:
        check_form(visitor.visit_sent())
        return view(**values)

    return wrapped


def own_form(view: View) -> View:
    """For actions without typed text on a draft: refuses a form that this browser was not given."""

    @wraps(view)
    def wrapped(opened: OpenDraft, **values: Any) -> Response:
        check_form(opened.token)
        return view(opened, **values)

    return wrapped


def form_is_ours(holder: str) -> bool:
    return site().signer.csrf_matches(request.form.get("csrf_token", ""), holder)


def check_form(holder: str) -> None:
    """Raises `FormNotOurs` unless the posted CSRF token belongs to the cookie value `holder`."""
    if not form_is_ours(holder):
        raise FormNotOurs


def typed_text() -> MultiDict[str, str]:
    """The posted controls without those that are ours (CSRF token, digest, action)."""
    ours = {"csrf_token", "digest", "action", "revision"}
    return MultiDict(
        (name, typable(text)) for name, texts in request.form.lists() if name not in ours for text in texts[:MOST_SAME]
    )


def posted_digest() -> str:
    """The digest that a form carried, empty when it cannot be one of ours: it is printed again in a form that comes
    back.
    """
    digest = request.form.get("digest", "")
    return digest if _DIGEST.fullmatch(digest) else ""


def typable(text: str) -> str:
    """`text` without what no keyboard gives and no page can show (HTML standard, 13.2.3.5): a person who pasted it with
    words from elsewhere cannot see it, so an error could only puzzle them. Old marks for a line end become one.
    """
    return _UNTYPABLE.sub("", _OLD_LINE_ENDS.sub("\n", text))
