"""What no engine can decide, decided by comparing the page with the procedure it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from app.audit.findings import Finding
from app.audit.oracles import forms, pages
from app.audit.view import View

Oracle = Callable[[View], Iterator[Finding]]

ORACLES: Mapping[str, Oracle] = {
    "name": forms.name,
    "description": forms.description,
    "required": forms.required,
    "invalid": forms.invalid,
    "group": forms.group,
    "message": forms.message,
    "autocomplete": forms.autocomplete,
    "order-of-questions": forms.order,
    "summary": pages.summary,
    "title": pages.title,
    "headings": pages.headings,
    "landmarks": pages.landmarks,
    "skip-link": pages.skip_link,
    "language": pages.language,
    "references": pages.references,
    "keyboard-order": pages.keyboard_order,
    "live-regions": pages.live_regions,
    "unique-names": pages.unique_names,
    "target-size": pages.target_size,
    "new-window": pages.new_window,
    "submit": pages.submit,
    "time-limit": pages.time_limit,
    "zoom": pages.zoom,
    "images": pages.images,
    "presentation": pages.presentation,
    "absent": pages.absent,
}
"""By the name of their rule. Each looks at one state."""


def findings_of(view: View) -> list[Finding]:
    """What every oracle says of one state."""
    return [finding for oracle in ORACLES.values() for finding in oracle(view)]
