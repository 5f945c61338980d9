"""One row of the catalogue of diagnostics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """What a diagnostic says: `message` and `fix` are templates filled by the check that found it, in French, as a
    `Phrase` that holds the English too. The examples of each code are in `app.spec.codes.examples`.
    """

    code: str
    severity: Literal["error", "warning", "hint", "stale"]
    message: str
    why: str
    fix: str
