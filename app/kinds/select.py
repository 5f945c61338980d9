"""One choice in a long list. Value: the choice id."""

from __future__ import annotations

from app.kinds.single import OneChoice


class _Select(OneChoice):
    name = "select"


KIND = _Select()
