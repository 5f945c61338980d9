"""Prints a view: as a whole page, or as the `<title>` and `<main>` that htmx puts in place of the present ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import cast

from jinja2 import Template
from markupsafe import Markup

from app.locale import SOURCE, marked_up
from app.pages.environment import environment
from app.pages.once import framed, is_common, printed
from app.pages.views import Chrome, Component, StepView, View


@lru_cache(maxsize=2048)
def _template(locale: str, name: str) -> Template:
    return environment(locale).get_template(name)


def render_page(view: View, chrome: Chrome, *, partial: bool = False) -> str:
    """The HTML of `view` inside its frame.

    `partial` gives the same `<title>` and `<main>`, byte for byte, without the frame. A page template sets `title` and
    prints what stands inside `<main>`; both are put together only here, so that they cannot differ.
    """
    if isinstance(view, StepView) and is_common(view, chrome):
        html = printed(_whole, _drawer(chrome.locale), view, chrome, partial=partial)
    else:
        html = _whole(view, chrome, partial)
    return html if chrome.locale == SOURCE else marked_up(html)


def _whole(view: View, chrome: Chrome, partial: bool) -> str:
    refused = chrome.error and view.acts and not view.failed
    page = _template(chrome.locale, f"pages/{view.template}").make_module({"view": view, "chrome": chrome})
    heading = page.title  # type: ignore[attr-defined]
    inner = {"chrome": chrome, "content": _printed(str(page)), "failed": view.failed or refused}
    inner |= {"refused": refused, "heading": heading}
    title = _template(chrome.locale, "partials/title.html").render(inner)
    main = _template(chrome.locale, "partials/main.html").render(inner)
    if partial:
        return f"{title}\n{main}"
    return framed(_print_frame, replace(chrome, typing=isinstance(view, StepView)), title, main)


def _drawer(locale: str) -> Callable[[Component], Markup]:
    return cast(Callable[[Component], Markup], environment(locale).globals["component"])


def _print_frame(chrome: Chrome, title: str, main: str) -> str:
    frame = _template(chrome.locale, "layouts/base.html")
    return frame.render({"chrome": chrome, "title": _printed(title), "main": _printed(main)})


def _printed(html: str) -> Markup:
    """What a template of ours has printed, escaped where it had to be."""
    return Markup(html)  # noqa: S704
