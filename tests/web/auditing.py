"""What an audit left for an installation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, repeat

from app.audit.criteria import reference
from app.web.evidence import Evidence, Judged, Page, Status, Tester
from app.web.site import EXTENSION
from tests.web.installation import MORNING, Installation
from tests.web.trial import SLUG, site_of

NAMED = {"GUICHET_OPERATOR": "L'association d'essai", "GUICHET_CONTACT": "aide@example.org"}


def audit_of(revision: str, *statuses: Status) -> Evidence:
    """An audit that says `statuses` of the first criteria, and "conform" of all others."""
    said: Iterator[Status] = chain(statuses, repeat("C"))
    return Evidence(
        revision=revision,
        at=MORNING,
        reference=reference().version,
        states=900,
        languages=("fr",),
        tools=("Chromium 156.0", "axe 4.14.1"),
        criteria=tuple(Judged(one.number, one.title, next(said)) for one in reference().criteria),
        testers=(Tester("auditrice", "NVDA 2026.3, Firefox 140", "2026-11-24"),),
        pages=(Page("", "Vos démarches"), Page(SLUG, "Vérifiez vos réponses")),
    )


@contextmanager
def audited(installation: Installation, *statuses: Status) -> Iterator[None]:
    """As after the audit of what is running, where somebody answers for it."""
    before = site_of(installation)
    settings = replace(before.settings, operator=NAMED["GUICHET_OPERATOR"], contact=NAMED["GUICHET_CONTACT"])
    found = audit_of(before.revision, *statuses)
    installation.app.extensions[EXTENSION] = replace(before, settings=settings, audited=found, frames={})
    yield
    installation.app.extensions[EXTENSION] = before
