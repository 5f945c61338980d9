"""One choice among a few, all in view. Value: the choice id."""

from __future__ import annotations

from app.kinds.single import OneChoice


class _Radios(OneChoice):
    name = "radios"


KIND = _Radios()
