"""Which day it is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def on_this_day() -> date:
    """The day in Paris, wherever the machine stands: facts change with the day of French law."""
    return datetime.now(ZoneInfo("Europe/Paris")).date()
