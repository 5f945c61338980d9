"""Drawings that help to find something on a paper, shipped under `static/pictures`."""

from __future__ import annotations

from app.journey.model import Stop
from app.pages.texts import TextRenderer
from app.pages.views import Picture
from app.web.site import site

WIDTH, HEIGHT = 320, 200
"""Pixels kept free for a drawing before it arrives, so that nothing jumps; drawings are SVG and scale."""


def picture_of(stop: Stop, texts: TextRenderer) -> Picture | None:
    """The drawing of a step; None when it has none or the file is not shipped."""
    drawn = stop.step.picture
    url = site().assets.url(f"pictures/{drawn.file}") if drawn else ""
    if drawn is None or not url:
        return None
    return Picture(url, texts.plain(drawn.alt), WIDTH, HEIGHT)
