"""`guichet check`: what the files say, then what can be proven of every applicant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.spec import check
from app.spec.codes.phrase import Phrase, filled, said
from app.spec.diagnostics import Findings

if TYPE_CHECKING:
    from app.spec.compiler import Compiled
    from app.verify.extent import Extent

_QUESTIONS = Phrase("{slug} : de {low} à {high} questions", "{slug}: {low} to {high} questions")
_DOCUMENTS = Phrase("de {low} à {high} documents", "{low} to {high} documents")
_JOURNEYS = Phrase("{count} sortes de parcours", "{count} kinds of journeys")


def main(argv: Sequence[str]) -> int:
    """Run the command. Returns 0 without errors, 1 with some, 2 when it was called wrongly."""
    return check.main(argv, prove_one)


def prove_one(compiled: Compiled, findings: Findings) -> str:
    """Run the proofs of one procedure; its smallest and largest journeys, in words."""
    # What has not changed is not proven again: then none of this is loaded.
    from app.verify.telling import prove

    proven = prove(compiled, findings)
    if proven is None or proven.extent is None or compiled.procedure is None:
        return ""
    return _words(compiled.procedure.slug, proven.extent)


def _words(slug: str, extent: Extent) -> Phrase:
    parts = [filled(_QUESTIONS, slug=slug, low=extent.questions[0], high=extent.questions[1])]
    if extent.documents is not None and any(extent.documents):
        parts.append(filled(_DOCUMENTS, low=extent.documents[0], high=extent.documents[1]))
    parts.append(filled(_JOURNEYS, count=f"{extent.journeys:,}".replace(",", "\u202f")))
    return Phrase(", ".join(parts) + ".", ", ".join(said(part, "en") for part in parts) + ".")
