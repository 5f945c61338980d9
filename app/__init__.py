"""Guichet: a YAML description of an administrative procedure becomes an accessible service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.spec.version import ENGINE

if TYPE_CHECKING:
    from flask import Flask

    from app.web.settings import Settings

__version__ = ENGINE


def create_app(settings: Settings) -> Flask:
    """The web application for an installation whose database is ready and whose procedures are published."""
    # Imported here so that a command such as `guichet check` never loads Flask.
    from app.web.factory import build_app

    return build_app(settings)
