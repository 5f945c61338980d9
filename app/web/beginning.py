"""A new draft, and the cookie that lets this browser open it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, g, url_for

from app.spec.model import Procedure
from app.web import visitor
from app.web.respond import leave_for
from app.web.site import site


def begin_draft(procedure: Procedure, answers: Mapping[str, Any]) -> Response:
    """Start a draft that holds `answers`, and send the person into it. Raises `TooManyDrafts`."""
    installation = site()
    record, token, _code = installation.store.drafts.create(
        procedure=procedure.slug,
        revision=procedure.sha256,
        locale=g.locale,
        mode=installation.settings.mode,
        data={"answers": dict(answers), "pending": {}, "day": installation.today().isoformat()},
    )
    response = leave_for(url_for("steps.resume_here", locale=g.locale, slug=procedure.slug, draft=record.id))
    visitor.grant(response, record.id, token)
    return response
