"""Figures for the monitor of an operator, in the text format of Prometheus: counts, never data of people."""

from __future__ import annotations

import ipaddress

from flask import Blueprint, Response, abort, make_response, request

from app.web.site import site

pages = Blueprint("metrics", __name__)


@pages.get("/metrics", endpoint="metrics")
def metrics() -> Response:
    """On loopback only; a request that a proxy passed on is not from this machine, whatever its last hop."""
    if not _from_here():
        abort(404)
    response = make_response("\n".join(_lines()) + "\n")
    response.headers["Content-Type"] = "text/plain; version=0.0.4; charset=utf-8"
    return response


def _from_here() -> bool:
    passed_on = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "Via"))
    try:
        return not passed_on and ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _lines() -> list[str]:
    counts = site().store.counts()
    lines = ["# HELP guichet_drafts Drafts by procedure and state.", "# TYPE guichet_drafts gauge"]
    lines += [
        f'guichet_drafts{{procedure="{procedure}",state="{state}"}} {number}'
        for (procedure, state), number in sorted(counts.drafts.items())
    ]
    lines += [
        "# HELP guichet_files Files that people gave.",
        "# TYPE guichet_files gauge",
        f"guichet_files {counts.files}",
    ]
    lines += [
        "# HELP guichet_file_bytes Their size in bytes.",
        "# TYPE guichet_file_bytes gauge",
        f"guichet_file_bytes {counts.file_bytes}",
        "# HELP guichet_procedures Procedures served.",
        "# TYPE guichet_procedures gauge",
        f"guichet_procedures {len(site().published.current)}",
    ]
    return lines
