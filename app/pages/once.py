"""Pages printed once for everybody, with marks where a person's own text goes.

Between two people the frame of a page differs by a few addresses, and most pages of questions by their answers, their
addresses and two tokens. The templates print such a page once, with marks in these places; each request only puts its
own text there. (Answers inside a question work in the same way: see app/fields/blank.py.) What a print has in common is
its key: a page that differs in anything else, also in something that is added later, gets a print of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from app.pages.views import Chrome, Component, StepView

PrintFrame = Callable[[Chrome, str, str], str]
"""Prints the frame of a chrome around a `<title>` and a `<main>`."""
PrintStep = Callable[[StepView, Chrome, bool], str]
"""Prints a page of questions; its `<title>` and `<main>` alone when told so."""

_MARK = re.compile("\ue000([0-9]+)\ue001")
"""Private-use letters: texts of authors have none (app/pages/texts.py), and nobody's own text is printed."""


class _Own:
    """What is a page's own, in the order of its marks."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def html(self, text: str) -> Markup:
        """A mark in the place of `text`, which is HTML."""
        self._texts.append(text)
        return Markup(f"\ue000{len(self._texts) - 1}\ue001")  # noqa: S704 - a number between two letters

    def text(self, text: str) -> str:
        return self.html(str(escape(text)))

    def maybe(self, text: str | None) -> str | None:
        """The same where there may be none: that is something pages have in common."""
        return self.text(text) if text else text

    def put_in(self, pieces: tuple[str, ...]) -> str:
        filled = list(pieces)
        filled[1::2] = [self._texts[int(mark)] for mark in pieces[1::2]]
        return "".join(filled)


def framed(print_frame: PrintFrame, chrome: Chrome, title: str, main: str) -> str:
    """`title` and `main`, both HTML, inside the frame of `chrome`."""
    own = _Own()
    own.html(title)
    own.html(main)
    # What a frame does not show can neither make frames differ nor stay in one.
    common = _common(
        chrome,
        own,
        procedure=None,
        procedure_url=None,
        quick_exit_url=None,
        csrf_token="",
        said=None,
        notice=None,
        error=False,
    )
    return own.put_in(_frame(print_frame, common))


def is_common(view: StepView, chrome: Chrome) -> bool:
    """Whether a page of questions has nothing of its own but what `printed` puts in."""
    rare = view.errors, view.advice, view.item, view.conflict, view.reason
    if not view.common or any(rare) or chrome.said or chrome.notice or chrome.error:
        return False
    return not any(isinstance(each, Mapping) and each.get("legend_is_h1") for each in view.components)


def printed(
    print_step: PrintStep, draw: Callable[[Component], Markup], view: StepView, chrome: Chrome, *, partial: bool
) -> str:
    """A common page of questions. `draw` draws a question."""
    own = _Own()
    actions = replace(
        view.actions,
        url=own.text(view.actions.url),
        hidden=tuple(replace(control, value=own.text(control.value)) for control in view.actions.hidden),
    )
    common = replace(
        view,
        actions=actions,
        back_url=own.maybe(view.back_url),
        components=tuple(own.html(draw(component)) for component in view.components),
    )
    around = _common(chrome, own, csrf_token=own.text(chrome.csrf_token))
    return own.put_in(_step(print_step, common, around, partial))


def _common(chrome: Chrome, own: _Own, **changes: Any) -> Chrome:
    return replace(
        chrome,
        **changes,
        leave_url=own.maybe(chrome.leave_url),
        documents_url=own.maybe(chrome.documents_url),
        check_url=own.maybe(chrome.check_url),
        languages=tuple(replace(link, url=own.maybe(link.url) or "") for link in chrome.languages),
    )


@lru_cache(maxsize=256)
def _frame(print_frame: PrintFrame, chrome: Chrome) -> tuple[str, ...]:
    """Text and numbers of marks, in turn."""
    return tuple(_MARK.split(print_frame(chrome, "\ue0000\ue001", "\ue0001\ue001")))


@lru_cache(maxsize=2048)
def _step(print_step: PrintStep, view: StepView, chrome: Chrome, partial: bool) -> tuple[str, ...]:
    return tuple(_MARK.split(print_step(view, chrome, partial)))
