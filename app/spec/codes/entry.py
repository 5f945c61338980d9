"""One row of the catalogue of diagnostics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Code:
    """What a diagnostic says. `message` and `fix` are templates filled by the check that found it.

    `bad` and `good` are pieces of YAML: the sections they hold replace those of a small sound procedure (see
    `app.spec.codes.examples`), so that the documentation can show a few lines and the tests can run them. An example that begins
    with `# fichier entier` is taken as a whole file.
    """

    code: str
    severity: Literal["error", "warning", "hint", "stale"]
    message: str
    why: str
    fix: str
    bad: str
    good: str
    today: str | None = None
    """The day on which the examples are read, for what only time makes wrong."""
