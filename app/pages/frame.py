"""The frame of a page, printed once for all pages that have the same: only a few of its addresses differ.

The template prints it with marks where they stand; each page then puts its own in. What a frame does not show (the
token, what is said once) is taken out before, so that it can neither make frames differ nor stay in one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from markupsafe import escape

from app.pages.views import Chrome

Print = Callable[[Chrome, str, str], str]
"""Prints the frame of a chrome around a `<title>` and a `<main>`."""

_MARK = re.compile("\ue000([0-9]+)\ue001")
"""Private-use letters: nothing that a frame shows has them."""


def framed(print_frame: Print, chrome: Chrome, title: str, main: str) -> str:
    """`title` and `main`, both HTML, inside the frame of `chrome`."""
    common, own = _parted(chrome)
    pieces = list(_pieces(print_frame, common))
    put = [title, main, *(str(escape(url)) for url in own)]
    pieces[1::2] = [put[int(mark)] for mark in pieces[1::2]]
    return "".join(pieces)


@lru_cache(maxsize=512)
def _pieces(print_frame: Print, chrome: Chrome) -> tuple[str, ...]:
    """Text of the frame and numbers of marks, in turn."""
    return tuple(_MARK.split(print_frame(chrome, _mark(0), _mark(1))))


def _parted(chrome: Chrome) -> tuple[Chrome, list[str]]:
    """What many pages have in common, and the addresses that are a page's own, in the order of their marks from 2."""
    own: list[str] = []

    def mark(url: str | None) -> str | None:
        if not url:
            return url
        own.append(url)
        return _mark(len(own) + 1)

    common = replace(
        chrome,
        leave_url=mark(chrome.leave_url),
        documents_url=mark(chrome.documents_url),
        check_url=mark(chrome.check_url),
        languages=tuple(replace(link, url=mark(link.url) or "") for link in chrome.languages),
        procedure=None,
        procedure_url=None,
        quick_exit_url=None,
        csrf_token="",
        said=None,
        notice=None,
        error=False,
    )
    return common, own


def _mark(number: int) -> str:
    return f"\ue000{number}\ue001"
