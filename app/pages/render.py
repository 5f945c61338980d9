"""Prints a view: as a whole page, or as the `<title>` and `<main>` that htmx puts in place of the present ones."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Template
from markupsafe import Markup

from app.pages.environment import environment
from app.pages.views import Chrome, View


@lru_cache(maxsize=2048)
def _template(locale: str, name: str) -> Template:
    return environment(locale).get_template(name)


def render_page(view: View, chrome: Chrome, *, partial: bool = False) -> str:
    """The HTML of `view` inside its frame.

    `partial` gives the same `<title>` and `<main>`, byte for byte, without the frame. A page template sets `title` and prints what stands
    inside `<main>`; the two parts are put together here only once, so that they cannot differ.
    """
    failed = chrome.error or view.failed
    page = _template(chrome.locale, f"pages/{view.template}").make_module({"view": view, "chrome": chrome})
    inner = {"chrome": chrome, "content": Markup(str(page)), "failed": failed, "heading": page.title}  # type: ignore[attr-defined]
    title = _template(chrome.locale, "partials/title.html").render(inner)
    main = _template(chrome.locale, "partials/main.html").render(inner)
    if partial:
        return f"{title}\n{main}"
    frame = _template(chrome.locale, "layouts/base.html")
    return frame.render({"chrome": chrome, "title": Markup(title), "main": Markup(main)})
