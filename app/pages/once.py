"""Pages printed once for everybody, with marks where a person's own text goes.

Between two people the frame of a page differs by a few addresses, and most pages of questions by their answers, their
addresses and two tokens. The templates print such a page once, with marks in these places; each request only puts its
own text there. (Answers inside a question work in the same way: see app/fields/blank.py.) What a print has in common is
its key: a page that differs in anything else, also in something that is added later, gets a print of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from markupsafe import Markup, escape

from app.pages.views import Actions, Chrome, Component, StepView

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
    key = (print_step, partial, _view_key(view), _chrome_key(chrome))
    pieces = _steps.get(key)
    if pieces is None:
        if len(_steps) >= MOST_STEPS:
            _steps.pop(next(iter(tuple(_steps)), key), None)
        pieces = _steps[key] = _cut(print_step, view, chrome, partial)
    filled = list(pieces)
    own = _texts_of(draw, view, chrome)
    filled[1::2] = [own[int(mark)] for mark in pieces[1::2]]
    return "".join(filled)


MOST_STEPS = 400
"""Pages, times languages, whole or for htmx: 5 to 20 KB each."""
_steps: dict[tuple[Any, ...], tuple[str, ...]] = {}
"""Text and numbers of marks, in turn, of each common page by what it has in common."""


def _names(kind: type[Any], *own: str) -> Callable[[Any], tuple[Any, ...]]:
    """Reads every field of a `kind` but its `own`: a field that is added later is part of the key by itself."""
    return attrgetter(*(field.name for field in fields(kind) if field.name not in own))


_shared_by_views = _names(StepView, "actions", "back_url", "components")
_shared_by_actions = _names(Actions, "url", "hidden")
_shared_by_chromes = _names(Chrome, "csrf_token", "leave_url", "documents_url", "check_url", "paper_url", "place")


def _view_key(view: StepView) -> tuple[Any, ...]:
    actions = view.actions
    hidden = tuple(control.name for control in actions.hidden)
    back = view.back_url and True
    return _shared_by_views(view), _shared_by_actions(actions), hidden, back, len(view.components)


def _chrome_key(chrome: Chrome) -> tuple[Any, ...]:
    return _shared_by_chromes(chrome), tuple(url and True for url in _urls_of(chrome))


def _urls_of(chrome: Chrome) -> tuple[str | None, ...]:
    """The addresses in a frame that are a page's own."""
    return chrome.leave_url, chrome.documents_url, chrome.check_url, chrome.paper_url


def _texts_of(draw: Callable[[Component], Markup], view: StepView, chrome: Chrome) -> list[str]:
    """What is a page's own as HTML, in the order in which `_cut` marks it."""
    actions = view.actions
    return [
        escape(actions.url),
        *(escape(control.value) for control in actions.hidden),
        *([escape(view.back_url)] if view.back_url else ()),
        *(draw(component) for component in view.components),
        escape(chrome.csrf_token),
        *(escape(address) for address in _urls_of(chrome) if address),
        escape(chrome.place),
    ]


def _cut(print_step: PrintStep, view: StepView, chrome: Chrome, partial: bool) -> tuple[str, ...]:
    """The page printed with a mark in each place of a text of its own, cut at the marks."""
    own = _Own()
    actions = replace(
        view.actions,
        url=own.text(""),
        hidden=tuple(replace(control, value=own.text("")) for control in view.actions.hidden),
    )
    common = replace(
        view,
        actions=actions,
        back_url=own.maybe(view.back_url),
        components=tuple(own.html("") for _ in view.components),
    )
    around = _common(chrome, own, csrf_token=own.text(""))
    return tuple(_MARK.split(print_step(common, around, partial)))


def _common(chrome: Chrome, own: _Own, **changes: Any) -> Chrome:
    return replace(
        chrome,
        **changes,
        leave_url=own.maybe(chrome.leave_url),
        documents_url=own.maybe(chrome.documents_url),
        check_url=own.maybe(chrome.check_url),
        paper_url=own.maybe(chrome.paper_url),
        place=own.text(chrome.place),
    )


@lru_cache(maxsize=64)
def _frame(print_frame: PrintFrame, chrome: Chrome) -> tuple[str, ...]:
    """Text and numbers of marks, in turn."""
    return tuple(_MARK.split(print_frame(chrome, "\ue0000\ue001", "\ue0001\ue001")))
