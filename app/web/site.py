"""What one running installation holds: its settings, its store, its procedures, its clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import current_app

from app.pages.assets import Assets
from app.pages.views import Chrome
from app.store import Store
from app.web.evidence import Evidence
from app.web.published import Published
from app.web.settings import Settings
from app.web.tokens import Signer
from app.web.walked import Walked

EXTENSION = "guichet"


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a request may need beyond its own data. One per process."""

    settings: Settings
    store: Store
    signer: Signer
    published: Published
    assets: Assets
    clock: Callable[[], datetime]
    revision: str = ""
    """Which program serves which procedures, as one hash."""
    audited: Evidence | None = None
    """The last audit, of whatever revision."""
    walked: Walked = field(default_factory=Walked)
    frames: dict[tuple[str, str], Chrome] = field(default_factory=dict)
    """What the pages of a procedure (by SHA-256) have around them in one language; see app/web/chrome.py."""

    def now(self) -> datetime:
        """The present moment in the authority's time zone."""
        return self.clock().astimezone(self.settings.zone)

    def today(self) -> date:
        """The present day in the authority's time zone: what every condition on dates counts from."""
        return self.now().date()


def site() -> Site:
    """The installation that the current request runs in."""
    found: Site = current_app.extensions[EXTENSION]
    return found
