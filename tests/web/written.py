"""Small procedures written inside a test, and what the store holds of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

from app.spec.model import Procedure
from app.store import Store
from app.store.drafts import DraftRecord
from app.web.opendraft import Data
from app.web.site import EXTENSION, Site
from tests.web.installation import Clock, Installation, install

SLUG = "small"
HEAD = """\
procedure: "{slug}"
language: "fr"
title: "{title}"
summary: "Une démarche pour essayer."
for: ["Vous voulez essayer."]
authority: "La préfecture d'essai"
sources: [{{title: "Code d'essai", kind: "law", checked_on: "2026-11-20"}}]
checked_on: "2026-11-20"
review_by: "2027-11-20"
channels:
  online: {{kind: "external", title: "Le site d'essai", url: "https://example.org/", files: "yes", source: "R1"}}
  here: {{kind: "received_here", title: "Ce service", files: "yes", source: "R1"}}
contacts: [{{title: "Le centre d'essai", phone: "0 806 001 620", free: "yes"}}]
"""


def write(procedures: Path, steps: str, more: str = "", *, slug: str = SLUG, title: str = "Petite démarche") -> None:
    """Write, or write again, the file of a procedure: its `steps` (a YAML list) and whatever else (`documents:` …)."""
    folder = procedures / slug
    folder.mkdir(parents=True, exist_ok=True)
    body = f"{HEAD.format(slug=slug, title=title)}{dedent(more)}\nsteps:\n{indent(dedent(steps), '  ')}\n"
    (folder / "procedure.yaml").write_text(body, encoding="utf-8")


def installed(
    folder: Path,
    steps: str,
    more: str = "",
    *,
    environment: Mapping[str, str] | None = None,
    clock: Clock | None = None,
) -> Installation:
    """An installation that serves one small procedure, kept in `folder / "procedures"`."""
    write(folder / "procedures", steps, more)
    return install(folder, procedures=folder / "procedures", environment=environment, clock=clock)


def site_of(installation: Installation) -> Site:
    found: Site = installation.app.extensions[EXTENSION]
    return found


def store_of(installation: Installation) -> Store:
    return site_of(installation).store


def procedure_of(installation: Installation, slug: str = SLUG) -> Procedure:
    return site_of(installation).published.current[slug]


def record_of(installation: Installation, draft_id: str) -> DraftRecord:
    found = store_of(installation).drafts.load(draft_id)
    assert found is not None, f"draft {draft_id} is gone"
    return found


def data_of(installation: Installation, draft_id: str) -> Data:
    return record_of(installation, draft_id).data


def answers_of(installation: Installation, draft_id: str) -> dict[str, Any]:
    """The stored answers, without what the journey keeps for itself (`_visited`, `_items`)."""
    answers: Mapping[str, Any] = data_of(installation, draft_id).get("answers", {})
    return {name: value for name, value in answers.items() if not name.startswith("_")}


def pending_of(installation: Installation, draft_id: str, key: str) -> dict[str, list[str]] | None:
    """What is kept of a page exactly as it was typed."""
    found: dict[str, list[str]] | None = data_of(installation, draft_id).get("pending", {}).get(key)
    return found
