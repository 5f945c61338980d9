"""Flask-Babel, told that the address of the page chooses the language."""

from __future__ import annotations

from flask import Flask, g, request
from flask_babel import Babel  # type: ignore[import-untyped]

from app.locale import SOURCE, available


def init_locale(app: Flask) -> None:
    """Set up Flask-Babel on `app`: French by default, else the language of the address (`/ar/…`), where it is
    available.
    """
    app.config.setdefault("BABEL_DEFAULT_LOCALE", SOURCE)
    Babel(app, locale_selector=chosen_locale)


def chosen_locale() -> str:
    """The language of the present request."""
    wanted = g.get("locale") or (request.view_args or {}).get("locale")
    return wanted if wanted in {language.code for language in available()} else SOURCE
